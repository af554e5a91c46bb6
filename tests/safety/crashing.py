"""A real server process that is killed, and clients that remember what was acknowledged to them."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests import html

ROOT = Path(__file__).parent.parent.parent
LOST = (OSError, http.client.HTTPException)  # the connection broke: nobody knows whether it was done


class Server:
    """`python app.py` on a database of its own."""

    def __init__(self, url: str) -> None:
        own = {"DATABASE_URL": url, "SECRET_KEY": "only for the crash test", "EMERGENCY_PHONES": "24 h=8765-4321"}
        self.env = {**os.environ, **{f"LIAISON_{name}": value for name, value in own.items()}}
        self.port = _free_port()

    def run(self, *command: str) -> str:
        """Run a program of ours to its end in the server's environment; what it printed."""
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=self.env, capture_output=True, check=True)
        return done.stdout.decode()

    def start(self) -> float:
        """Start it and wait for the first good answer; the seconds of work it took, for `make bench`."""
        began = time.monotonic()
        command = [sys.executable, "app.py", "--port", str(self.port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, **quiet)
        while not self._answers():
            assert self.process.poll() is None, "the server ended by itself"
            assert time.monotonic() - began < 60, "the server does not answer"
            time.sleep(0.05)
        used = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """As a power cut would: no goodbye."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _answers(self) -> bool:
        try:
            link = Link(self.port, {})
            is_up = link.ask("GET", "/healthz")[0] == 200
            link.close()
            return is_up
        except LOST:
            return False


class Link:
    """One person's connection: cookies kept, opened anew when it broke."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port, self.cookies = port, cookies
        self.wire: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> tuple[int, str]:
        """Status and body. Raises one of LOST when the server is gone."""
        try:
            return self._ask(method, path, data)
        except LOST:
            self.close()
            raise

    def close(self) -> None:
        if self.wire is not None:
            self.wire.close()
        self.wire = None

    def _ask(self, method: str, path: str, data: dict[str, Any] | None) -> tuple[int, str]:
        self.wire = self.wire or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        self.wire.request(method, path, urlencode(data, doseq=True) if data else None, headers)
        answer = self.wire.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, text

    def form(self, page: str, action: str) -> dict[str, Any]:
        """The fields of a page's form, as a browser would send them."""
        tree, _ = html.parse(self.ask("GET", page)[1])
        found = next(form for form in tree.iter("form") if form.get("action") == action)
        return html.form_fields(found)


@dataclass
class Desk:
    """What all clients start from: the two forms as they were drawn once, and the cookies they came with."""

    filing: dict[str, Any]
    noting: dict[str, Any]
    leader: dict[str, str]
    handler: dict[str, str]


def sit_down(server: Server, house: dict[str, Any]) -> Desk:
    """Open the pages of both people once."""
    leader, handler = (Link(server.port, {"sign-in": house[who]}) for who in ("li", "sun"))
    page = f"/tickets/{house['tickets'][0][0]}"
    filing, noting = leader.form("/contacts/new", "/contacts/new"), handler.form(page, f"{page}/progress")
    for link in (leader, handler):
        link.close()
    filing |= {"place_id": house["place"], "acknowledged": "yes"}
    return Desk(filing, noting, leader.cookies, handler.cookies)


class Client:
    """Files contacts and notes progress, one after the other, until it is told to stop.

    What was sent and not answered is sent again, unchanged, when the server is back.
    """

    def __init__(self, server: Server, desk: Desk, ticket: str, version: int) -> None:
        self.desk, self.ticket, self.version = desk, ticket, version
        self.leader, self.handler = Link(server.port, dict(desk.leader)), Link(server.port, dict(desk.handler))
        self.filed: dict[str, str] = {}  # form → number of the contact it made
        self.noted: list[str] = []
        self.waiting: tuple[str, str] | None = None  # the deed whose answer is not known
        self.faults: list[str] = []

    @property
    def acknowledged(self) -> int:
        return len(self.filed) + len(self.noted)

    def run_until(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                self._one_more()
            except LOST:
                break
        self.leader.close()
        self.handler.close()

    def _one_more(self) -> None:
        if self.waiting is None:
            self.waiting = ("file" if self.acknowledged % 2 else "note", uuid.uuid4().hex)
        kind, key = self.waiting
        self._file(key) if kind == "file" else self._note(key)
        self.waiting = None

    def _file(self, form_id: str) -> None:
        said = {"form_id": form_id, "problems-0-text": f"三楼的热水器又坏了，第 {form_id} 次说起"}
        status, body = self.leader.ask("POST", "/contacts/new", {**self.desk.filing, **said})
        found = re.search(r"LJ\d{4}-\d{6}-\d", body)
        if status == 201 and found:
            self.filed[form_id] = found.group()
        else:
            self.faults.append(f"filing answered {status}")

    def _note(self, key: str) -> None:
        page = f"/tickets/{self.ticket}"
        data = {**self.desk.noting, "version": self.version, "note": f"进展 {key}"}
        status, _body = self.handler.ask("POST", f"{page}/progress", data)
        if status == 409 and key in self.handler.ask("GET", page)[1]:
            status = 303  # it was done before the server was killed, and the page shows it
        if status != 303:
            self.faults.append(f"progress answered {status}")
            return
        self.noted.append(key)
        self.version += 1


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
