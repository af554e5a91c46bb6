"""XES and OCEL 2.0: what the tools of process mining read is what happened – and nobody is in it."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from liaison.oversight.figures.scope import Scope
from liaison.oversight.process import ocel, xes
from liaison.oversight.process.cases import cases
from liaison.tickets.models import TicketEvent
from tests import cast
from tests.factories import ANSWER, TEXT, go, make_ticket, move
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality

NOVEMBER = Scope(date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 30))


@pytest.fixture
def history(db, frozen):
    """Four ordinary matters – one merged, one reopened – and one that is nobody's business."""
    frozen("2026-11-02 09:00")
    closed, merged = make_ticket(State.CLOSED), make_ticket(State.TRIAGE, place="canteen-1")
    go(closed, "reopen")
    lead = make_ticket(State.IN_PROGRESS)
    move(merged, "merge", "wang", lead_ticket=lead.number, reason="同一件事")
    make_ticket(State.REDIRECTED)
    make_ticket(
        State.IN_PROGRESS, confidentiality=Confidentiality.RESTRICTED, limit_class="restricted", office="officer"
    )
    ordinary = db.select(TicketEvent).where(
        TicketEvent.ticket_id.in_(db.text("SELECT id FROM ticket WHERE confidentiality = 'normal'"))
    )
    return len(db.session.scalars(ordinary).all())


@pytest.mark.filterwarnings("ignore")  # of its own: it asks for a faster reader
def test_pm4py_opens_the_log_and_finds_every_case_and_event(history, tmp_path):
    import pm4py  # here, for it loads a good part of scientific Python; where it is missing the test fails

    file = tmp_path / "log.xes"
    file.write_text("".join(xes.written(cases(NOVEMBER, with_people=True))), "utf-8")
    log = pm4py.read_xes(str(file), return_legacy_log_object=False)
    assert log["case:concept:name"].nunique() == 4
    assert len(log) == history
    assert set(log["org:role"]) >= {"filer", "clerk", "head", "handler", "holder"}
    assert log["time:timestamp"].dt.tz is not None
    objects = tmp_path / "log.jsonocel"
    objects.write_text("".join(ocel.written(cases(NOVEMBER))), "utf-8")
    found = pm4py.read_ocel2_json(str(objects))
    assert len(found.events) == history
    assert set(found.objects["ocel:type"]) == {"ticket", "voice", "unit"}
    assert len(found.objects[found.objects["ocel:type"] == "ticket"]) == 4


@pytest.mark.parametrize("writer", [xes, ocel])
def test_no_text_no_name_no_number_is_in_it(db, history, writer):
    for with_people in (False, True):
        text = "".join(writer.written(cases(NOVEMBER, with_people=with_people)))
        for word in (TEXT, ANSWER, "同一件事", "LX2026", "R-", "3号楼", *(row[1] for row in cast.PEOPLE)):
            assert word not in text, word
        assert ("p-" in text) is with_people


def test_a_name_of_one_export_says_nothing_in_the_next(history):
    first, second = (set(_people()) for _ in range(2))
    assert len(first) == len(second) > 3
    assert not first & second


def _people():
    return re.findall(r"p-[0-9a-f]{10}", "".join(xes.written(cases(NOVEMBER, with_people=True))))


def test_objects_keep_what_was_merged_and_what_was_told(history):
    log = json.loads("".join(ocel.written(cases(NOVEMBER))))
    related = {(one["id"], r["qualifier"], r["objectId"]) for one in log["objects"] for r in one["relationships"]}
    assert [how for _id, how, _other in related].count("merged into") == 1
    known = {one["id"] for one in log["objects"]}
    assert {r["objectId"] for one in log["events"] for r in one["relationships"]} <= known
    types = {one["name"]: {a["name"] for a in one["attributes"]} for one in log["eventTypes"]}
    assert all({a["name"] for a in one["attributes"]} <= types[one["type"]] for one in log["events"])
    told = [one for one in log["events"] if one["type"] == "tell"]
    assert told
    assert all(any(r["qualifier"] == "about" for r in one["relationships"]) for one in told)


def test_the_command_writes_the_same_and_is_recorded(app, history, tmp_path):
    file = tmp_path / "log.xes"
    asked = ["events", "--from", "2026-11-01", "--to", "2026-11-30", "--purpose", "流程分析", "--output", str(file)]
    assert app.test_cli_runner().invoke(args=asked).exit_code == 0
    assert file.read_text("utf-8") == "".join(xes.written(cases(NOVEMBER)))
