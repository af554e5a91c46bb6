"""The table beside the goals, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.worker import Worker
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


def rest(workers: Mapping[tuple[str, int], Worker], due_dates: Mapping[str, float]) -> Iterator[str]:
    """What is not a request: starting, the memory of one worker, due dates."""
    yield _line(["", "goal", *(f"{name} {_thousands(size)}" for name, size in workers)])
    yield _line(["---", "---", *("---:" for _ in workers)])
    starts = (f"{one.seconds:.1f} s, of it processor {one.processor:.1f} s" for one in workers.values())
    yield _line(["start, to the first answer", "≤ 3 s", *starts])
    yield _line(["memory of one worker (PSS)", "≤ 150 MiB", *(f"{one.memory:.0f} MiB" for one in workers.values())])
    yield ""
    a_minute = (f"{due_dates[name] / 1e6:.1f} million {name}" for name in ("bare", "in a request"))
    yield f"Due dates a minute on one core (goal 1 million): {', '.join(a_minute)}."


def keep(page: Path, lines: list[str], reference: float) -> None:
    """Write the page: what was measured, how, and the figures."""
    page.write_text("\n".join([*HEAD, f"Reference loop of plain Python: {reference:.1f} ms.", "", *lines, ""]), "utf-8")


def renew(page: Path, runs: Runs) -> None:
    """Put rows measured alone into the page, each in the place of the one of its name; what they missed comes last."""
    _heading, _ruler, *measured = table(runs)
    anew = {_name(line): line for line in measured}
    names = {f"{work.group}: {work.name}: " for works in runs.values() for work in works}
    lines = page.read_text("utf-8").splitlines()
    kept = [anew.get(_name(line), line) for line in lines if not any(f": {name}" in line for name in names)]
    page.write_text("\n".join([*kept, *missed(runs), ""]), "utf-8")


def _name(line: str) -> str:
    """Of a row of the large table what was measured; of anything else nothing that is measured."""
    return line.split(" | ")[0]


HEAD = """# Benchmarks

Written by `make bench ARGS=--write`: CPU milliseconds per request (medians of 36; program, with PostgreSQL + the
process of the server that answers it) · SQL statements, beside the goals of the specification. What misses its goal
is **bold** and listed below. Milliseconds are those of a machine whose reference loop of plain Python takes 9 ms:
each row is scaled by the loop before and after it, for neighbours make this kind of machine twice as slow from one
minute to the next. Archives of the two sizes are built by `tests/bench/archive.py`, about four events per
ticket. Machines differ and are noisy: compare columns of one run, not runs. The rows of figures may be younger than
the others: `ARGS="--figures --write"` measures them alone.
""".splitlines()


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
