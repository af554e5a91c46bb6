"""A deed that takes longer than a person looks at a white page: it goes on in a thread, and tells how far it is.

The deed is one transaction: a process that dies has done nothing of it. What it tells is a small file, so that
another process of the server can show it; who is dead is seen by his number.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Protocol

from flask import copy_current_request_context, current_app, g
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from liaison.core import files
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict
from liaison.core.spreadsheets import Unreadable

PATIENCE = 1.5  # seconds: a short deed is over before anybody sees that there was one


class Owner(Protocol):
    """Who asked for it."""

    @property
    def id(self) -> int | None: ...


Told = Callable[[int, int], None]  # so much of so much
Deed = Callable[[Told], str]  # returns where it led; raises what is wrong

_threads: dict[str, threading.Thread] = {}


@dataclass(frozen=True)
class Job:
    """How far it is. `led_to` when it is over, `refused` when it could not be done."""

    name: str
    pid: int
    done: int = 0
    total: int = 0
    is_over: bool = False
    led_to: str = ""
    refused: str = ""

    @property
    def is_running(self) -> bool:
        return not self.is_over


def start(name: str, token: str, actor: Owner, deed: Deed, after: Callable[[], object] = bool) -> None:
    """Begin; returns when it is over, or when patience is. Ends the transaction of the request.

    `after`: what follows once it is committed.
    """
    db.session.rollback()
    _tell(actor, token, Job(name, os.getpid()))
    thread = threading.Thread(
        target=copy_current_request_context(_do), args=(name, token, actor, deed, after), daemon=True
    )
    _threads[token] = thread
    thread.start()
    thread.join(PATIENCE)


def of(actor: Owner, token: str) -> Job | None:
    """The job of a person under a word; one whose process is gone says so."""
    told = files.look(actor.id, token, "job")
    job = Job(**json.loads(told)) if told else None
    if job and job.is_running and not _is_alive(job, token):
        return Job(
            job.name, job.pid, is_over=True, refused=_("服务器重启过，这一步没有做完，什么都没有写入。请再来一次。")
        )
    return job


def forget(actor: Owner, token: str) -> None:
    files.drop(actor.id, token, "job")


def _do(name: str, token: str, actor: Owner, deed: Deed, after: Callable[[], object]) -> None:
    g.actor = actor
    end = partial(Job, name, os.getpid(), is_over=True)
    try:
        led_to = deed(lambda done, total: _tell(actor, token, Job(name, os.getpid(), done, total)))
        db.session.commit()
        after()
        job = end(led_to=led_to)
    except (Unreadable, Conflict) as refused:
        job = end(refused=refused.message)
    except BadInput as refused:
        job = end(refused="".join(refused.errors.values()))
    except OperationalError:
        job = end(refused=_("同时办理的人多，请稍等几秒再试。"))
    except Exception:  # whoever waits must learn that it is over
        current_app.logger.exception("job %s", name)
        job = end(refused=_("没有做完，什么都没有写入。请再试一次；还不行时请找系统管理员。"))
    db.session.rollback()
    _tell(actor, token, job)
    _threads.pop(token, None)


def _tell(actor: Owner, token: str, job: Job) -> None:
    files.keep(actor.id, json.dumps(asdict(job)).encode(), token, "job")


def _is_alive(job: Job, token: str) -> bool:
    if job.pid == os.getpid():
        return token in _threads
    try:
        os.kill(job.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
