"""The pages of docs/ that are written by the program: the process, and the settings of the operator's guide."""

from __future__ import annotations

from pathlib import Path

from liaison.config import SETTINGS
from workflows.document import document

DOCS = Path(__file__).parent.parent / "docs"
BEGIN, END = "<!-- settings: written by `make docs` -->", "<!-- end of settings -->"


def write() -> list[str]:
    """Write both; returns the paths, relative to the project."""
    (DOCS / "workflow.md").write_text(document(), encoding="utf-8")
    guide = DOCS / "guides" / "operate.md"
    guide.write_text(with_settings(guide.read_text(encoding="utf-8")), encoding="utf-8")
    return ["docs/workflow.md", "docs/guides/operate.md"]


def with_settings(guide: str) -> str:
    """The guide with its table of settings made anew between the two marks."""
    before, rest = guide.split(BEGIN, 1)
    _old, after = rest.split(END, 1)
    return f"{before}{BEGIN}\n{settings_table()}\n{END}{after}"


def settings_table() -> str:
    rows = [f"| `LIAISON_{s.name}` | {_default(s.default)} | {s.meaning} |" for s in SETTINGS]
    return "\n".join(["| 环境变量 | 默认 | 含义 |", "|---|---|---|", *rows])


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"`{value}`" if value != "" else "（空）"
