"""One press of a button, whatever it does: validate, act, commit once, redirect – or the same page with the sentence.

Nothing typed is ever lost: on an error or a lost race the form comes back as it was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict
from liaison.core.language import gettext as _
from liaison.people.actor import me
from liaison.tickets import looking
from liaison.tickets.actions import assists, events, following, noting, publishing, recurring, requesting
from liaison.tickets.actions.moving import make_move, permit
from liaison.tickets.forms import MOVE_FORMS, MoveForm
from liaison.tickets.models import Ticket
from liaison.tickets.panel import Panel, Posted
from liaison.tickets.queries import visible
from workflows.tickets import TICKETS

HANDS_OVER = {"sign", "uphold_return", "comment", "hand_off", "raise_level"}  # who did this may see it no more
ON_THE_TICKET = {"ask_co", "withhold", "take_back", *noting.DEEDS}  # deeds beside the moves at the address of a move
OF_A_CO_UNIT = {"sign_co", "send_back_co", "waive_co", "give_back_co"}


def answer(ticket: Ticket, form: MoveForm, name: str, row: int = 0) -> Response | tuple[str, int]:
    """Do the deed and go back to where its doer came from; `row` is the voice, co-unit or request it is about."""
    number = ticket.number
    posted = Posted(name, form, row)
    try:
        if not form.validate():
            if name in MOVE_FORMS:
                permit(ticket, name, actor=me(), version=form.version.data)
            return _again(ticket, posted, 422)
        said = DEEDS.get(name, _move)(ticket, form, name, row)
        db.session.commit()
    except BadInput as refused:
        form.put(refused.errors)
        return _again(ticket, posted, 422)
    except Conflict as conflict:
        db.session.rollback()
        form.form_errors.append(conflict.message)
        return _again(visible.load(me(), number), posted, 409)
    flash(_("%(number)s：已%(deed)s。", number=number, deed=said))
    return redirect(_back(number, name), 303)


def _move(ticket: Ticket, form: MoveForm, name: str, row: int) -> str:
    """The move, or – where it is not his to make – the request for it."""
    given, version = form.given(), form.version.data
    if requesting.may_only_ask(ticket, name, me()):
        requesting.ask(ticket, name, actor=me(), version=version, **given)
        return _("提请%(deed)s", deed=_(TICKETS.move(name).label))
    make_move(ticket, name, actor=me(), version=version, voice_id=row or None, **given)
    following.follow(ticket, name)
    return _(TICKETS.move(name).label)


def _ask_co(ticket: Ticket, form: MoveForm, _name: str, _row: int) -> str:
    assists.ask(ticket, actor=me(), version=form.version.data, **form.given())
    return _(events.BESIDE["ask_co"])


def _assist(ticket: Ticket, form: MoveForm, name: str, row: int) -> str:
    deed = next(deed for deed, beside in assists.DEEDS.items() if beside == name)
    held = assists.load(ticket, row)
    assists.move(ticket, held, deed, actor=me(), version=form.version.data, **form.given())
    return _(events.BESIDE[name])


def _give_back(ticket: Ticket, form: MoveForm, _name: str, row: int) -> str:
    requesting.give_back(ticket, row, actor=me(), version=form.version.data, **form.given())
    return _("申请退回协办")


def _settle(ticket: Ticket, form: MoveForm, name: str, row: int) -> str:
    asked = requesting.load(ticket, row)
    reason = str(form["reason"].data or "")
    requesting.settle(ticket, asked, name == "agree", actor=me(), version=form.version.data, reason=reason)
    return _(events.BESIDE[name])


def _recur(ticket: Ticket, form: MoveForm, name: str, row: int) -> str:
    decide = {recurring.CONFIRMED: recurring.confirm, recurring.DECLINED: recurring.decline}[name]
    decide(ticket, recurring.load(row, actor=me()), actor=me(), version=form.version.data)
    return _(events.BESIDE[name])


def _say(ticket: Ticket, form: MoveForm, name: str, _row: int) -> str:
    words = str(form["reason"].data or "") if "reason" in form else ""
    noting.say(ticket, name, actor=me(), version=form.version.data, words=words)
    return _(events.BESIDE[name])


def _decide_public(ticket: Ticket, form: MoveForm, name: str, _row: int) -> str:
    deed = publishing.withhold if name == "withhold" else publishing.take_back
    deed(ticket, actor=me(), version=form.version.data, **form.given())
    return _(events.BESIDE[name])


Deed = Callable[[Ticket, MoveForm, str, int], str]
DEEDS: dict[str, Deed] = {
    "ask_co": _ask_co,
    **dict.fromkeys(("sign_co", "send_back_co", "waive_co"), _assist),
    "give_back_co": _give_back,
    **dict.fromkeys(("agree", "decline"), _settle),
    **dict.fromkeys((recurring.CONFIRMED, recurring.DECLINED), _recur),
    **dict.fromkeys(noting.DEEDS, _say),
    **dict.fromkeys(("withhold", "take_back"), _decide_public),
}


def _again(ticket: Ticket, posted: Posted, code: int) -> tuple[str, int]:
    """The same page once more: the sentence beside its field, everything typed still there."""
    looking.record(me(), ticket)
    panel = Panel(me(), ticket, posted=posted)
    return render_template("tickets/show.html", panel=panel), code


def _back(number: str, name: str) -> str:
    """Back to the list one works through, else to the ticket. Only our own addresses (safety.md R26)."""
    asked = request.form.get("back", "")
    own: list[Any] = [url_for("tickets.queue"), url_for("tickets.index")]
    is_gone = name in HANDS_OVER and not visible.sees(me(), number)
    if asked.isprintable() and any(asked == place or asked.startswith(f"{place}?") for place in own):
        return asked if is_gone else f"{asked}{'&' if '?' in asked else '?'}open={number}"
    return str(own[0]) if is_gone else url_for("tickets.show", number=number)
