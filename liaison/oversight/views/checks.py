"""核实: what waits for somebody who neither dispatched nor handled it, and the page with the three questions."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from liaison.access import Action, may, requires
from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict
from liaison.core.language import gettext as _
from liaison.core.language import lazy_gettext as _l
from liaison.oversight.forms.checks import CheckForm
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.tickets import presenting
from liaison.tickets.actions import checks as actions
from liaison.tickets.models import Ticket
from liaison.tickets.models.draws import Why
from liaison.tickets.models.tellings import CheckKind
from liaison.tickets.queries import checks as queries
from liaison.tickets.queries import draws, visible
from liaison.tickets.queries import page as reading
from workflows.ticket_states import State
from workflows.ticket_words import CheckResult

DONE: dict[str, Any] = {
    "check_ok": _l("已记下核实相符，事项办结。"),
    "check_unreached": _l("两次未联系上，事项按未核实办结。"),
    "check_mismatch": _l("已记下核实不符，事项退回原单位重办。"),
    "check_mismatch_onspot": _l("已记下核实不符，事项重新研判。"),
    "attempt": _l("已记下一次未接通，请改日再联系一次。"),
    "look": _l("已记下核实结果。"),
}


@blueprint.get("/checks")
@requires(Action.CHECK_TICKETS)
def checks() -> str:
    """待核实, and what was found untrue and waits for a decision."""
    is_deciding = request.args.get("tab") == "decide"
    kept: dict[str, Any] = {"tab": "decide"} if is_deciding else {}
    found = (queries.to_decide if is_deciding else queries.waiting)(me(), request.args)
    address = "tickets.show" if is_deciding else "oversight.check"
    rows = presenting.list_rows(found.rows, lambda number: url_for(address, number=number))
    for row, read in zip(rows, found.rows, strict=True):
        row.marks = [*row.marks, *([_(read.why.label)] if read.why else [])]
    return render_template(
        "oversight/checks.html",
        rows=rows,
        counts=queries.counts(me()),
        is_deciding=is_deciding,
        newer_url=url_for("oversight.checks", **kept, before=found.before) if found.before else None,
        older_url=url_for("oversight.checks", **kept, after=found.after) if found.after else None,
    )


@blueprint.get("/checks/<number>")
@requires(Action.CHECK_TICKETS)
def check(number: str) -> str:
    ticket = visible.load(me(), number)
    form = CheckForm(formdata=None, data={"kind": CheckKind.CALLBACK.value, "version": ticket.version})
    return _page(ticket, form)


@blueprint.post("/checks/<number>")
@requires(Action.CHECK_TICKETS)
def record_check(number: str) -> Any:
    """What was found: it ends the call-back, calls again, or reopens."""
    ticket, form = visible.load(me(), number), CheckForm()
    if not form.validate():
        return _page(ticket, form), 422
    try:
        result, kind = CheckResult(form.result.data), CheckKind(form.kind.data)
        done = actions.check(ticket, result, kind, actor=me(), version=form.version.data, **form.given())
        db.session.commit()
    except BadInput as refused:
        form.note.errors = list(refused.errors.values())
        return _page(ticket, form), 422
    except Conflict as refused:
        db.session.rollback()
        form.form_errors.append(refused.message)
        return _page(visible.load(me(), number), form), 409
    flash(str(DONE[done]))
    return redirect(url_for("oversight.checks"), 303)


@blueprint.app_template_global()
def may_be_checked(ticket: Ticket) -> bool:
    """Whether the page of a ticket leads this person to the three questions."""
    return may(me(), Action.CHECK_TICKETS) and _is_open(ticket)


def _page(ticket: Ticket, form: CheckForm) -> str:
    form.version.data = ticket.version
    page = reading.load_page(ticket)
    lot = draws.lot_of(ticket.id, ticket.episode)
    words, tone = presenting.due(ticket, clock.now())
    return render_template(
        "oversight/check.html",
        ticket=ticket,
        form=form,
        page=page,
        why=_why(lot.why if lot else None),
        due_words=words,
        due_tone=tone,
        earlier=queries.of_ticket(ticket.id),
        refusal="" if _is_open(ticket) else _("这件事项现在没有要核实的结果。"),
        not_his=actions.may_check(ticket, me()),
    )


def _why(why: Why | None) -> str:
    return _(why.label) if why else _("没有抽中；也可以核实")


def _is_open(ticket: Ticket) -> bool:
    is_answered = ticket.state in queries.ANSWERED and ticket.handled_at is not None
    return ticket.state is State.CALLBACK or is_answered
