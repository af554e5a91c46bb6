"""Every deed that the program writes into the audit log has a word on its page, and every word a deed."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from liaison.oversight.words import DEEDS
from liaison.tickets.actions import noting, recurring
from tests.architecture.source import modules
from workflows.assists import ASSISTS
from workflows.dossiers import State
from workflows.supervision import SUPERVISION
from workflows.tickets import TICKETS

pytestmark = pytest.mark.xdist_group("source")  # one worker reads the source, not every one
DEED = 1  # its place among what `append` is given
COMPOSED: dict[str, set[str]] = {  # as it is written → what it may become
    "f'ticket.{move}'": {f"ticket.{one.name}" for one in TICKETS.moves},
    "f'ticket.{name}'": {f"ticket.{name}" for name in noting.DEEDS},
    "f'ticket.{deed}'": {f"ticket.{name}" for name in (recurring.CONFIRMED, recurring.DECLINED)},
    "f'assist.{name}'": {f"assist.{one.name}" for one in ASSISTS.moves},
    "f'order.{name}'": {f"order.{one.name}" for one in SUPERVISION.moves},
    "f'dossier.{state.value}'": {f"dossier.{one.value}" for one in (State.CONFIRMED, State.DECLINED)},
    """f"request.{('agreed' if yes else 'declined')}\"""": {"request.agreed", "request.declined"},
    """f"catalogue.{('adopted' if is_adopted else 'rejected')}\"""": {"catalogue.adopted", "catalogue.rejected"},
    "f'record_form.{deed}'": {"record_form.printed", "record_form.exported"},
    "f'{what}.exported'": {
        f"{what}.exported" for what in "report statement self_check party_table ledger order_list progress card".split()
    },
    "deed": {"sign_in.failed", "sign_in.locked", "slip.left", "slip.deleted"},
}


def written() -> Iterator[ast.expr]:
    """What stands where the deed stands. A list's `append` takes one thing only."""
    for tree in modules("liaison").values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and len(node.args) > DEED and ast.unparse(node.func).endswith("append"):
                yield node.args[DEED]


def test_every_deed_has_its_word_and_every_word_its_deed() -> None:
    composed = {ast.unparse(one) for one in written() if isinstance(one, (ast.JoinedStr, ast.Name))}
    assert composed == COMPOSED.keys(), "say in COMPOSED what it may become"
    plain = [one for one in written() if not isinstance(one, (ast.JoinedStr, ast.Name))]
    deeds = {part.value for one in plain for part in ast.walk(one) if isinstance(part, ast.Constant)}
    assert deeds.union(*COMPOSED.values()) == DEEDS.keys()
