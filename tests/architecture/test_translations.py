"""The English catalogue answers every Chinese text of the program, and nothing else."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from tests.architecture.source import ROOT
from tests.architecture.texts import HAN, MEANT, categories, texts

CATALOGUE = "liaison/translations/en/LC_MESSAGES/messages.po"
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}")


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    """Chinese → English; a file that cannot be read, or an entry written twice, ends the test here."""
    source = (ROOT / CATALOGUE).read_text("utf-8")
    with (ROOT / CATALOGUE).open("rb") as file:
        read = read_po(file, locale="en", abort_invalid=True)
    entries = {str(entry.id): str(entry.string) for entry in read if entry.id}
    assert source.count("\nmsgid ") == len(entries) + 1, "an entry is written twice"  # + 1: the head of the file
    return entries


def test_every_text_has_an_english_entry(english: dict[str, str]) -> None:
    missing = {text: path for text, path in texts().items() if not english.get(text)}
    lines = "\n".join(f'#: {path}\nmsgid "{_quoted(text)}"\nmsgstr ""\n' for text, path in missing.items())
    assert not missing, f"add these to {CATALOGUE}, with English in msgstr:\n\n{lines}"


def test_no_entry_is_left_over(english: dict[str, str]) -> None:
    left = sorted(set(english) - set(texts()))
    assert not left, f"no page says these any more; delete them from {CATALOGUE}: {left}"


def test_both_languages_have_the_same_places_to_fill(english: dict[str, str]) -> None:
    unlike = [text for text, said in english.items() if set(PLACES.findall(text)) != set(PLACES.findall(said))]
    assert not unlike, f"the %(…)s or {{…}} of these differ in {CATALOGUE}: {unlike}"


def test_english_is_english(english: dict[str, str]) -> None:
    chinese = {text: said for text, said in english.items() if HAN.search(said) and set(_runs(said)) - MEANT}
    assert not chinese, f"Chinese in the English of {CATALOGUE}: {chinese}"


def test_english_keeps_to_western_punctuation(english: dict[str, str]) -> None:
    found = [said for said in english.values() if re.search("[，。：；？！（）、《》]", said)]
    assert not found


def test_categories_are_called_the_same_in_their_table(english: dict[str, str]) -> None:
    # 其他 is also the word for other kinds of contact, and both say «Other»
    assert {name: english.get(name) for name in categories()} == categories()


def _runs(text: str) -> list[str]:
    return re.findall(f"{HAN.pattern}+", text)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
