"""Twenty senders killed at their work: nothing lost, nothing twice in the inbox, the same key outside (G-18, R15)."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from time import sleep

import pytest

from liaison.core.db import db as extension
from liaison.core.leases import Lease
from liaison.notifications import digest
from liaison.notifications.actions import tell
from liaison.notifications.models import Delivery, Notice
from liaison.notifications.words import Result
from tests import databases
from tests.architecture.source import ROOT
from tests.cast import person
from tests.factories import make_ticket
from tests.notifications import sinks
from workflows.ticket_states import Stage, State

KILLS = 20
PEOPLE = ["zhang", "sun", "wang", "li", "director"]


class Hunter:
    """Starts senders one by one and kills them: before they are answered, just after it, or at any moment."""

    def __init__(self, settings, ahead):
        words = [sys.executable, "-m", "tests.notifications.mortal", json.dumps(settings), str(ahead)]
        self.nest = subprocess.Popen(words, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.born, self.victim, self.manner, self.chance = threading.Event(), 0, "", Random(7)
        assert self._line() == "ready"

    def _line(self):
        return self.nest.stdout.readline().strip()

    def run(self, manner):
        """One sender; returns how it ended: minus the signal, or its exit code."""
        self.born.clear()
        self.manner = manner
        self.nest.stdin.write("\n")
        self.nest.stdin.flush()
        self.victim = int(self._line())
        self.born.set()
        if manner == "any":
            self._kill_after(self.chance.uniform(0, 0.06))
        return int(self._line())

    def heard(self, _message):
        self.born.wait(5)
        if self.manner == "before":
            self._kill()
        elif self.manner == "after":
            threading.Thread(target=self._kill_after, args=(self.chance.uniform(0, 0.01),)).start()

    def _kill_after(self, seconds):
        sleep(seconds)
        self._kill()

    def _kill(self):
        with suppress(ProcessLookupError):
            os.kill(self.victim, signal.SIGKILL)

    def close(self):
        self.nest.stdin.close()
        self.nest.wait(10)
        self.nest.stdout.close()


@pytest.fixture
def hunters():
    """Makes one, and ends it whatever happens."""
    made = []

    def make(*given):
        made.append(Hunter(*given))
        return made[0]

    yield make
    for hunter in made:
        hunter.close()
    databases.written.update(extension.metadata.tables)  # what another process wrote, nobody here has seen


def test_twenty_killed_senders_lose_nothing_and_double_nothing_in_the_inbox(app, db, frozen, hunters):
    time = frozen("2026-11-16 09:00")
    tickets = [make_ticket(State.IN_PROGRESS).number for _ in range(3)]
    db.session.execute(db.text("UPDATE person SET email = login || '@example.edu'"))
    db.session.commit()
    time.to("2026-11-24 09:00")
    with sinks.web() as web, sinks.mailbox() as mailbox:
        put_notices(db, tickets[:1])
        ahead = (time.moment - datetime.now(UTC)).total_seconds()
        hunter = hunters(settings(app, web, mailbox), ahead)
        put_notices(db, tickets)
        for sink in (web, mailbox):
            sink.arrived.clear()
            sink.heard = hunter.heard
        killed = runs = 0
        while killed < KILLS and runs < 3 * KILLS:
            killed += hunter.run(("before", "after", "any")[killed % 3]) == -signal.SIGKILL
            runs += 1
        assert killed == KILLS
        sleep(0.1)  # the last lease ends
        while hunter.run("") == 75:
            sleep(0.05)
        arrived = [(post.body["to"], post.body["subject"], post.headers["webhook-id"]) for post in web.arrived]
        arrived += [(letter["To"], letter["Subject"], letter["Message-ID"]) for letter in mailbox.arrived]
    db.session.rollback()
    assert set(db.session.scalars(db.select(Delivery.result))) == {Result.SENT}  # nothing lost
    keys = Counter(key for _to, _about, key in arrived)
    wanted = {key_of(row) for row in db.session.execute(db.select(Delivery.outlet, Delivery.notice_id))}
    assert set(keys) == wanted
    assert len(wanted) >= 2 * len(PEOPLE) * len(tickets)
    meant = defaultdict(set)
    for to, about, key in arrived:
        meant[to, about].add(key)
    assert {len(same) for same in meant.values()} == {1}  # what came twice came with its key
    told = list(db.session.execute(db.select(Notice.recipient_id, Notice.text_key, Notice.about)).all())
    assert len(told) == len(set(told))
    assert {text for _person, text, _about in told} == {"ticket.reopen", digest.TEXT}
    assert sum(keys.values()) > len(keys)  # some did come twice: the killing was real


def put_notices(db, tickets):
    """Nothing sent, nothing told today but one urgent notice of each ticket to each of these people."""
    for rows in (Delivery, Notice, Lease):
        db.session.execute(db.delete(rows))
    ids = [person(login).id for login in PEOPLE]
    for number in tickets:
        tell(ids, "ticket.reopen", about=number, stage=Stage.RESOLVE, path="/", urgent=True, dedupe="1:9")
    db.session.commit()


def key_of(row):
    key = f"{row.outlet}-{row.notice_id}"
    return f"<{key}@example.edu>" if row.outlet == "mail" else key


def settings(app, web, mailbox):
    kept = {name: app.config[name] for name in ("INSTANCE", "DATABASE_URL", "SECRET_KEY", "CALENDAR_SECONDS")}
    return kept | {
        "LEASE_SECONDS": 0.05,
        "MAIL_SERVER": mailbox.address,
        "MAIL_SECURITY": "none",
        "MAIL_FROM": "liaison@example.edu",
        "WEBHOOK_URL": web.address,
        "WEBHOOK_SECRET": "c2VjcmV0IG9mIHRoaXMgdGVzdA==",
        "HOOK_HOSTS": "127.0.0.1",
    }
