"""Which texts are alike: Jaccard of their 4-grams, exact, without comparing every text with every other.

Two sets of n and m grams that share at least t of their union must meet among the rarest few of each (prefix
filter): only texts that meet there are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import ceil

GRAM = 4


def grams(text: str) -> frozenset[str]:
    """The 4-grams of a text without its blanks; a shorter text is one gram."""
    plain = "".join(text.split())
    return frozenset(plain[n : n + GRAM] for n in range(max(1, len(plain) - GRAM + 1)))


def alike(texts: Sequence[str], percent: int) -> Iterator[tuple[int, int]]:
    """The places of every two texts at least so much alike, the earlier place first."""
    sets = [grams(text) for text in texts]
    rarity = Counter(gram for one in sets for gram in one)
    seen: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(sets):
        near: set[int] = set()
        for gram in _rarest(one, rarity, percent):
            near.update(seen[gram])
            seen[gram].append(n)
        yield from ((m, n) for m in sorted(near) if _is_alike(sets[m], one, percent))


def _rarest(one: Iterable[str], rarity: Counter[str], percent: int) -> list[str]:
    ordered = sorted(one, key=lambda gram: (rarity[gram], gram))
    return ordered[: len(ordered) - ceil(len(ordered) * percent / 100) + 1]


def _is_alike(one: frozenset[str], other: frozenset[str], percent: int) -> bool:
    both = len(one & other)
    return both * 100 >= percent * (len(one) + len(other) - both)
