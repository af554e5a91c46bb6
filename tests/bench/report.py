"""The table beside the goals, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.bench.works import Work

Runs = Mapping[tuple[str, int], list[Work]]  # database and size → what was measured, in the same order


def table(runs: Runs) -> Iterator[str]:
    """One line per piece of work: milliseconds (program + server) and statements, size by size, and the growth."""
    names = list(dict.fromkeys(name for name, _size in runs))
    sizes = sorted({size for _name, size in runs})
    columns = [f"{name} {_thousands(size)}" for name in names for size in sizes]
    growth = [f"{name} growth" for name in names] if len(sizes) > 1 else []
    yield _line(["work", "goal", *columns, *growth])
    yield _line(["---", "---", *("---:" for _ in [*columns, *growth])])
    for at, work in enumerate(next(iter(runs.values()))):
        cells = [_cell(runs[name, size][at]) for name in names for size in sizes]
        grown = [_growth(runs[name, sizes[0]][at], runs[name, sizes[-1]][at]) for name in names] if growth else []
        yield _line(
            [f"{work.group}: {work.name}", f"≤ {work.goal.milliseconds:g} · {work.goal.statements}", *cells, *grown]
        )


def missed(runs: Runs) -> list[str]:
    """What stays behind its goal, in words."""
    found = []
    for (name, size), works in runs.items():
        for work in works:
            if _is_missed(work):
                figures = f"{work.cost.total:.1f} ms, {work.cost.statements} statements"
                found.append(f"{name} {_thousands(size)}: {work.group}: {work.name}: {figures}")
    return found


def _is_missed(work: Work) -> bool:
    return work.cost.total > work.goal.milliseconds or work.cost.statements > work.goal.statements


def _cell(work: Work) -> str:
    """«3.2 · 6», or «2.9+0.8 · 6» with a server; what misses its goal is bold."""
    cost = work.cost
    spent = f"{cost.program:.1f}+{cost.server:.1f}" if cost.server else f"{cost.program:.1f}"
    words = f"{spent} · {cost.statements}"
    return f"**{words}**" if _is_missed(work) else words


def _growth(small: Work, large: Work) -> str:
    return f"{large.cost.total / small.cost.total:.2f} ×"


def _thousands(size: int) -> str:
    return f"{size // 1000:,} 000".replace(",", " ")


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
