"""到点的事: everything that happens because time passed. `flask tick` does it once, `python app.py` every minute.

Every job asks the database what is due, so it may run twice at once, late, or not for a week. Each has its own
transactions; one that fails is told and does not stop the others.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from flask import Flask, current_app

from liaison.contacts import locking, recomputing
from liaison.core import files, leases, submissions
from liaison.core.clock import now, today
from liaison.core.db import db
from liaison.core.errors import Conflict
from liaison.exchange.rosters import undoing
from liaison.feedback.actions import forget_dead_codes
from liaison.feedback.board import renewing
from liaison.notifications import digest, sender
from liaison.oversight.actions import reports, snapshots
from liaison.oversight.prompts import nightly
from liaison.oversight.queries import snapshots as kept_months
from liaison.people.actions import sweep as sweep_sign_in
from liaison.slips import expiring as slips
from liaison.tickets.actions import following, sampling, urging
from liaison.tickets.queries import draws
from workflows.ticket_states import State

Value = TypeVar("Value")
LEASE = 600  # seconds one run may take before another one may begin
MINUTE = 60.0


@dataclass(frozen=True)
class Job:
    """`do` returns how many things were done, and raises when some were not. `every`: how long it then rests."""

    name: str
    do: Callable[[], int]
    every: timedelta = timedelta(0)


@dataclass(frozen=True)
class Done:
    name: str
    count: int = 0
    failure: str = ""


def run() -> list[Done]:
    """Do what is due, in the order of JOBS. Empty where another process is at it."""
    until = now() + timedelta(seconds=current_app.config.get("LEASE_SECONDS", LEASE))
    if not _committed(lambda: leases.take("tick", until)):
        return []
    try:
        return [done for job in JOBS if (done := _run(job)) is not None]
    finally:
        _committed(lambda: leases.give_back("tick", until))


def _run(job: Job) -> Done | None:
    """One job; None while it rests."""
    rested_until = now() + job.every
    try:
        if job.every and not _committed(lambda: leases.take(job.name, rested_until)):
            return None
        done = Done(job.name, job.do())
        db.session.commit()
    except Exception as error:  # whatever it was, the other jobs go on
        db.session.rollback()
        current_app.logger.exception("tick: %s", job.name)
        if job.every:
            _committed(lambda: leases.give_back(job.name, rested_until))
        return Done(job.name, failure=f"{type(error).__name__}: {error}")
    return done


def _committed(deed: Callable[[], Value]) -> Value:
    value = deed()
    db.session.commit()
    return value


def close_settled() -> int:
    """评价期满办结: one transaction each, so that a long list keeps nobody waiting."""
    return _each(following.over(State.FEEDBACK_GIVEN), following.close_if_due)


def end_info_waits() -> int:
    """补充期满，按现有信息接着办."""
    return _each(following.over(State.INFO_NEEDED), following.end_info_wait)


def open_month() -> int:
    """抽签: the seed of this month is made and its hash published, at the first run of the month."""
    is_new = draws.of_month(today().replace(day=1)) is None
    sampling.open_month(today().replace(day=1))
    return int(is_new)


def draw_told() -> int:
    """抽取回访: answers told since the last run, and matters settled on the spot before they are confirmed."""
    spots = _each(iter(draws.spots()), sampling.mark_spot)
    drawn = _each(iter(draws.to_draw(State.FEEDBACK_GIVEN, State.CALLBACK, since=_last_month())), sampling.draw)
    return spots + drawn + _each(iter(draws.to_send()), sampling.send)


def freeze_months() -> int:
    """月末封存: files that were shut before they were drawn, then every month that is over, each once."""
    _each(iter(draws.to_draw(State.CLOSED, since=_last_month())), sampling.draw)
    return _each(iter(draws.unfrozen(today().replace(day=1))), sampling.freeze)


def _last_month() -> date:
    return (today().replace(day=1) - timedelta(days=1)).replace(day=1)


def _each(things: Iterator[Value], deed: Callable[[Value], bool]) -> int:
    done, failures = 0, []
    for thing in things:
        try:
            done += deed(thing)
            db.session.commit()
        except Conflict:  # somebody moved it at this moment
            db.session.rollback()
        except Exception as error:
            db.session.rollback()
            failures.append(error)
    if failures:
        raise failures[0]
    return done


def keep_figures() -> int:
    """数据快照: every month whose lock has passed, each in its own transaction."""
    return _each(iter(kept_months.unlocked()), snapshots.take)


def draft_reports() -> int:
    """生成: every period whose figures are kept and that has no draft yet."""
    return _each(iter(reports.undrafted()), reports.draft)


def tidy_up() -> int:
    """Sessions, wrong tries, keys of forms, deliveries, undone imports and waiting files that nobody needs any more."""
    undoing.forget_old()
    sweep_sign_in()
    submissions.sweep()
    sender.sweep()
    files.sweep()
    return 0


JOBS = [
    Job("补充期满", end_info_waits),
    Job("抽签", open_month),
    Job("抽取回访", draw_told),
    Job("评价期满办结", close_settled),
    Job("月末封存", freeze_months, every=timedelta(hours=1)),
    Job("计入", recomputing.count_new),
    Job("进度", recomputing.renew_stale, every=timedelta(minutes=5)),
    Job("月度锁定", locking.freeze_locked, every=timedelta(hours=1)),
    Job("数据快照", keep_figures, every=timedelta(hours=1)),
    Job("报告草稿", draft_reports, every=timedelta(hours=1)),
    Job("拟督办", urging.propose_due, every=timedelta(hours=1)),
    Job("核实提示", nightly.ask_tonight),
    Job("每日汇总", digest.tell_all),
    Job("发送", sender.send_due),
    Job("查询码失效", forget_dead_codes, every=timedelta(days=1)),  # asks each code; a dead one opens nothing anyway
    Job("公示页", renewing.renew, every=timedelta(days=1)),
    Job("联系方式到期", slips.forget_expired, every=timedelta(hours=1)),
    Job("清理", tidy_up, every=timedelta(hours=1)),
]


def start(app: Flask, every: float = MINUTE) -> threading.Event:
    """Run in a thread of this process until the returned event is set; the lease keeps other processes out."""
    stopped = threading.Event()
    threading.Thread(target=_keep_ticking, args=(app, every, stopped), name="tick", daemon=True).start()
    return stopped


def _keep_ticking(app: Flask, every: float, stopped: threading.Event) -> None:
    while not stopped.wait(every):
        try:
            with app.app_context():
                run()
        except Exception:  # the database was busy; the next minute comes
            app.logger.exception("tick")


def words(done: list[Done]) -> str:
    """What a run did, for the shell."""
    if not done:
        return "另一个进程正在运行，这次不用做。"
    said = [f"{one.name} 未完成（{one.failure}）" if one.failure else f"{one.name} {one.count}" for one in done]
    return "；".join(said) + "。"
