"""Killed under load: what was acknowledged is there, what was sent again is there once (safety.md G-01, G-02)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, text

from liaison.audit.chain import LINKED, walk
from tests import databases, machine
from tests.safety.crashing import Client, Server, sit_down
from tests.safety.rounds import rounds

DEEDS = 40  # acknowledged between two kills


@pytest.fixture(params=machine.chosen())
def server(request: pytest.FixtureRequest, worker_id: str) -> Iterator[Server]:
    database = databases.KINDS[request.param](f"crash_{worker_id}")
    running = Server(database.url)
    yield running
    running.kill()


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(server: Server):
    house = json.loads(server.run("-m", "tests.safety.crash_house").splitlines()[-1])
    server.start()
    desk = sit_down(server, house)
    clients = [Client(server, desk, ticket, version) for ticket, version in house["tickets"]]
    for _ in rounds(2):
        _work(clients, server.kill)
        server.start()
    _work(clients, lambda: None)
    assert [fault for client in clients for fault in client.faults] == []
    _compare(clients, server.env["LIAISON_DATABASE_URL"])


def _work(clients: list[Client], then: Any) -> None:
    """All clients at work until enough was acknowledged; then that happens, and they stop."""
    stop = threading.Event()
    threads = [threading.Thread(target=client.run_until, args=[stop]) for client in clients]
    enough = sum(client.acknowledged for client in clients) + DEEDS
    for thread in threads:
        thread.start()
    while sum(client.acknowledged for client in clients) < enough and any(thread.is_alive() for thread in threads):
        time.sleep(0.01)
    then()
    stop.set()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()


def _compare(clients: list[Client], url: str) -> None:
    """The database against what the clients remember."""
    unknown = {client.waiting for client in clients} - {None}
    filed = {form: number for client in clients for form, number in client.filed.items()}
    noted = {f"进展 {key}" for client in clients for key in client.noted}
    with create_engine(url, poolclass=NullPool).connect() as database:

        def all_of(query: str) -> list[Any]:
            return list(database.execute(text(query)))

        made = dict(map(tuple, all_of("SELECT form_id, made FROM submission")))
        notes = [reason for (reason,) in all_of("SELECT reason FROM ticket_event WHERE move = 'progress'")]
        numbers = [number for (number,) in all_of("SELECT number FROM contact")]
        said = [words for (words,) in all_of("SELECT text FROM voice WHERE contact_id IS NOT NULL")]
        serials = sorted(int(n[7:13]) for (n,) in all_of("SELECT number FROM ticket"))
        events = all_of("SELECT ticket_id, seq FROM ticket_event ORDER BY ticket_id, seq")
        counts = dict(map(tuple, all_of("SELECT id, event_count FROM ticket")))
        chain = walk(all_of(f"SELECT {', '.join(LINKED)}, hash FROM audit_row ORDER BY seq"))
    assert filed.items() <= made.items()
    assert set(made) - set(filed) <= {key for _kind, key in unknown}
    assert sorted(numbers) == sorted(set(made.values()))
    assert len(said) == len(set(said)) == len(numbers)
    assert noted <= set(notes)
    assert len(notes) == len(set(notes))
    assert serials == list(range(1, len(serials) + 1)), "a number is missing"
    assert [seq for _ticket, seq in events] == [n for key in sorted(counts) for n in range(1, counts[key] + 1)]
    assert chain.is_whole, chain.reason
