"""docs/workflow.md is written from the tables and never by hand."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from workflows.document import WORKFLOWS, document
from workflows.engine import Workflow

ROOT = Path(__file__).parents[2]


def test_the_document_is_current() -> None:
    written = (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8")
    assert written == document(), "the tables changed: run `python -m workflows > docs/workflow.md`"


def test_the_command_prints_it() -> None:
    command = [sys.executable, "-m", "workflows"]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env={"PYTHONUTF8": "1"})
    assert printed.stdout.decode() == document()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_every_state_and_move_is_in_it(workflow: Workflow) -> None:
    chapter = document().split(f"## {workflow.label} `{workflow.name}`")[1].split("\n## ")[0]
    for state in workflow.states:
        assert f"| `{state}` | {state.label} |" in chapter
    for move in workflow.moves:
        assert f"| `{move.name}` | {move.label} |" in chapter


def test_every_word_in_it_is_chinese() -> None:
    for row in re.findall(r"^\| `.*$", document(), re.MULTILINE):
        assert not re.search(r"[a-z]{2}", row.split("|", 2)[2]), row
