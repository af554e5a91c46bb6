"""A person's row in the workbook 条目完成表. Pure values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liaison.programmes.reckoning import Line

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """`since`: requirement and why it asks for less than the whole, "" where it asks for all."""

    name: str
    title: str
    lines: tuple[Line, ...]
    since: tuple[tuple[str, str], ...]

    def line(self, codes: Codes) -> Line | None:
        return next((one for one in self.lines if one.codes == codes), None)

    @property
    def remarks(self) -> Iterator[str]:
        """What a number alone does not say."""
        yield from (f"{title}：{words}" for title, words in self.since if words)
        yield from (f"{one.rule.title}：{len(one.waiting)} 次待本人确认" for one in self.lines if one.waiting)
