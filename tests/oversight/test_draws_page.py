"""抽签公示: the hash first, the seed with the frozen list; anybody draws again with the script of the docs (B4)."""

import subprocess
import sys

import pytest
from sqlalchemy import select

from liaison import tick
from liaison.core.db import add
from liaison.tickets.actions import sampling
from liaison.tickets.models.draws import Draw, Lot, Why
from tests.architecture.source import ROOT
from tests.factories import make_ticket, unit_id
from workflows.ticket_states import State

SCRIPT = ROOT / "docs" / "guides" / "redraw.py"
SEED = "4f1c9a27d05be683"
NUMBERS = (
    "LX2026-000101-0 LX2026-000102-8 LX2026-000103-6 LX2026-000104-4 LX2026-000105-2 LX2026-000106-9 LX2026-000107-7"
    " LX2026-000108-5 LX2026-000109-3 LX2026-000110-8 LX2026-000111-6 LX2026-000112-4"
).split()
DRAWN = ["LX2026-000103-6", "LX2026-000105-2", "LX2026-000110-8", "LX2026-000112-4"]


@pytest.fixture
def november(db, frozen):
    """Twelve answers A of November, drawn with the seed of the specification, frozen on the first of December."""
    time = frozen("2026-11-01 00:05")
    draw = sampling.open_month(sampling.today(), SEED)
    time.to("2026-11-20 10:00")
    answer = make_ticket(State.FEEDBACK_GIVEN).answer_id
    rest = {"draw_id": draw.id, "answer_id": answer, "unit_id": unit_id("logistics"), "is_listed": True, "episode": 1}
    for number in NUMBERS:
        why = Why.BASE if number in DRAWN else None
        add(Lot, {"number": number, "why": why, "at": time.moment, "ticket_id": make_ticket().id, **rest})
    time.to("2026-12-01 00:05")
    return time, draw


def test_before_the_end_of_the_month_nobody_reads_the_seed(november, sign_in_as):
    browser = sign_in_as("wang")
    assert sampling.hash_of(SEED) in browser.get("/draws/2026-11").text
    for page in ("/draws", "/draws/2026-11"):
        assert SEED not in browser.get(page).text
    assert browser.get("/draws/2026-11/list.csv").status_code == 404
    assert browser.get("/draws/2026-10").status_code == browser.get("/draws/nothing").status_code == 404


def test_a34_sample_from_a_published_seed(november, sign_in_as, tmp_path):
    """The very script of the docs finds the drawn numbers from the list and the seed that the page publishes."""
    tick.freeze_months()
    browser = sign_in_as("zhang")
    page = browser.get("/draws/2026-11").text
    assert SEED in page
    assert sampling.hash_of(SEED).startswith("497c36c0")
    urn = tmp_path / "list.csv"
    urn.write_bytes(browser.get("/draws/2026-11/list.csv").data)
    ran = subprocess.run([sys.executable, SCRIPT, urn, SEED, "20"], capture_output=True, check=True, encoding="utf-8")
    lines = ran.stdout.splitlines()
    frozen = sampling.db.session.scalars(select(Draw)).first()
    assert lines[:2] == [f"名单摘要 {frozen.list_hash}", f"种子摘要 {frozen.seed_hash}"]
    found = {line.split()[0]: line.split()[2] for line in lines[2:]}
    rows = sampling.db.session.execute(select(Lot.number, Lot.why).where(Lot.is_listed, Lot.why.is_not(None)))
    assert found == {number: why.label for number, why in rows}
    assert set(DRAWN) <= {number for number, why in found.items() if why == "随机抽中"}


def test_the_script_has_twenty_lines():
    assert len(SCRIPT.read_text("utf-8").splitlines()) <= 20
