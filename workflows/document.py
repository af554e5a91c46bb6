"""docs/workflow.md, written from the tables: `python -m workflows` prints it."""

from collections.abc import Iterable

from workflows.assists import ASSISTS
from workflows.contacts import CONTACTS
from workflows.dossiers import DOSSIERS
from workflows.engine import Labelled, Move, Start, Workflow
from workflows.extensions import EXTENSIONS
from workflows.monthly import MONTHLY
from workflows.proposals import PROPOSALS
from workflows.returns import RETURNS
from workflows.supervision import SUPERVISION
from workflows.tickets import TICKETS
from workflows.topics import TOPICS

WORKFLOWS = (TICKETS, ASSISTS, RETURNS, EXTENSIONS, SUPERVISION, PROPOSALS, DOSSIERS, CONTACTS, MONTHLY, TOPICS)

HEAD = """# 流程

由 `python -m workflows` 从 `workflows/` 中的表生成，改表后重新生成：`python -m workflows > docs/workflow.md`。
图中不画不改变状态的动作；表中以 ↺ 表示。[*] 表示事项产生之前或流程结束。"""


def document() -> str:
    """The whole page: for each workflow its diagram, its states and its moves; ends with a newline."""
    return "\n\n".join([HEAD, *(_chapter(workflow) for workflow in WORKFLOWS)]) + "\n"


def _chapter(workflow: Workflow) -> str:
    parts = (
        f"## {workflow.label} `{workflow.name}`",
        f"```mermaid\n{workflow.diagram()}\n```",
        _table(("状态", "名称", "环节"), map(_state_row, workflow.states)),
        _table(("动作", "名称", "从 → 到", "由谁", "需要填写"), map(_move_row, workflow.moves)),
    )
    return "\n\n".join(parts)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _state_row(state: Labelled) -> tuple[str, ...]:
    stage = getattr(state, "stage", None)
    return f"`{state}`", state.label, stage.label if stage else "–"


def _move_row(move: Move) -> tuple[str, ...]:
    doers = "、".join(part.label for part in move.doers)
    needs = "、".join(need.label if isinstance(need, Labelled) else need for need in move.needs)
    return f"`{move.name}`", move.label, _ways(move), doers, needs or "–"


def _ways(move: Move) -> str:
    """«待受理、研判中 → 已移交», one phrase for each target."""
    sources: dict[str, list[str]] = {}
    for source, target, _ in move.ways():
        word = "[*]" if source is Start.NEW else _word(source)
        sources.setdefault("↺" if target is None else f"→ {_word(target)}", []).append(word)
    return "；".join(f"{'、'.join(words)} {goal}" for goal, words in sources.items())


def _word(state: str) -> str:
    return state.label if isinstance(state, Labelled) else state
