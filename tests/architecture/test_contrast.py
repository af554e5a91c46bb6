"""Words can be read without glasses, by day and by night: WCAG contrast of the colour tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "liaison" / "static" / "css" / "tokens.css").read_text()
DAY, NIGHT = (dict(re.findall(r"--([\w-]+): (#\w+);", half)) for half in TOKENS.split("@media", 1))
GROUNDS = ("paper", "sheet", "wash")
WORDS = [
    *((ink, ground, 7.0) for ink in ("ink", "ink-2") for ground in GROUNDS),
    *(("accent-deep", ground, 4.5) for ground in (*GROUNDS, "accent-soft")),
    ("on-accent", "accent", 4.5),
    ("ink", "accent-mid", 4.5),
    *((tone, f"{tone}-soft", 4.5) for tone in ("amber", "red", "green")),
    *(("line-strong", ground, 3.0) for ground in GROUNDS),
    *(("accent", ground, 3.0) for ground in GROUNDS),
]


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb, 0 to 1 (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [DAY, {**DAY, **NIGHT}], ids=["day", "night"])
@pytest.mark.parametrize(("word", "ground", "least"), WORDS)
def test_words_stand_out_from_their_ground(theme: dict[str, str], word: str, ground: str, least: float) -> None:
    dark, light = sorted((luminance(theme[word]), luminance(theme[ground])))
    assert (light + 0.05) / (dark + 0.05) >= least
