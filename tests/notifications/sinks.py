"""What receives messages in tests: a web server and a mail server on this machine, each with its list of arrivals."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Sink:
    """`arrived` holds what came, in order; `heard` runs before the sender gets its answer."""

    address: str = ""
    arrived: list[Any] = field(default_factory=list)
    heard: Callable[[Any], None] = lambda _one: None
    status: int = 200
    reply: dict[str, Any] = field(default_factory=lambda: {"errcode": 0})
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Post:
    path: str
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)


@contextmanager
def web() -> Iterator[Sink]:
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sink.arrived.append(Post(self.path, {k.lower(): v for k, v in self.headers.items()}, text))
            sink.heard(sink.arrived[-1])
            answer = json.dumps(sink.reply).encode()
            self.send_response(sink.status)
            for name, value in {"Content-Length": str(len(answer)), **sink.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_args: None  # type: ignore[method-assign]  # who was killed does not wait for it
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    sink.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def mailbox() -> Iterator[Sink]:
    sink = Sink()

    class Handler:
        async def handle_DATA(  # noqa: N802 (the library calls it so)
            self, _server: Any, _session: Any, envelope: Any
        ) -> str:
            sink.arrived.append(message_from_bytes(envelope.content, policy=default))
            sink.heard(sink.arrived[-1])
            return "250 OK" if sink.status == 200 else f"{sink.status} no"

    with socket.socket() as free:  # the controller asks for a number
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        sink.address = f"127.0.0.1:{port}"
        yield sink
    finally:
        controller.stop()
