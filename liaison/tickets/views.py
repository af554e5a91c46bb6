"""Which address shows which page: the queue, the list, one ticket, and one view for all moves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from liaison.access import Action, requires
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotVisible
from liaison.core.forms import tidy
from liaison.core.language import gettext as _
from liaison.people.actor import me
from liaison.tickets import presenting
from liaison.tickets.actions import following
from liaison.tickets.actions.moving import make_move, permit
from liaison.tickets.forms import MOVE_FORMS, MoveForm, form_for, search_form, words_form
from liaison.tickets.models import Ticket
from liaison.tickets.panel import Panel
from liaison.tickets.queries import choices, filters, lists, visible
from liaison.tickets.queries import queue as waiting
from workflows.engine import UnknownMove
from workflows.ticket_states import Stage, State
from workflows.tickets import TICKETS

blueprint = Blueprint("tickets", __name__)

FILTER_NAMES = tuple(filters.FILTERS)
HANDS_OVER = {"sign"}  # whoever signs for a colleague has done his part and sees it no more


@blueprint.get("/queue")
@requires(Action.WORK_TICKETS)
def queue() -> str:
    """待办: what waits for me, oldest promise first."""
    asked = request.args
    kept = {key: asked[key] for key in ("tab", "after", "before") if key in asked}
    found = waiting.queue(me(), asked)
    return render_template(
        "tickets/queue.html",
        tabs=waiting.tabs(me()),
        counts=waiting.counts(me()),
        **_listed("tickets.queue", found, kept),
    )


@blueprint.get("/tickets/")
@requires(Action.VIEW_TICKETS)
def index() -> str:
    """事项: everything this person may see, newest first, filtered."""
    asked = {key: tidy(value) for key, value in request.args.items()}
    kept = {key: asked[key] for key in (*FILTER_NAMES, "after", "before") if asked.get(key)}
    found = lists.index(me(), asked)
    is_filtered = any(asked.get(name) for name in FILTER_NAMES)
    is_narrowed = any(asked.get(name) for name in FILTER_NAMES if name != "text") or "narrow" in asked
    return render_template(
        "tickets/index.html",
        search=search_form(asked, _offered()) if is_narrowed else words_form(asked),
        is_filtered=is_filtered,
        is_narrowed=is_narrowed,
        total=found.total or 0,
        **_listed("tickets.index", found, kept),
    )


def _offered() -> dict[str, list[tuple[str, Any]]]:
    """What the filters offer to choose from."""
    rows = choices.to_narrow_by()
    return {
        "stage": [(stage.value, _(stage.label)) for stage in Stage],
        "state": [(state.value, _(state.label)) for state in State],
        "unit": [(str(row.id), row.name) for row in rows["unit"]],
        "category": [(str(row.id), _(row.name)) for row in rows["category"]],
        "term": [(str(row.id), f"{row.year} {_(row.name)}") for row in rows["term"]],
        "mine": filters.whose(me()),
    }


def _listed(endpoint: str, found: Any, kept: dict[str, Any]) -> dict[str, Any]:
    """The list, its pager, and the ticket opened beside it."""
    opened = request.args.get("open", "")
    steps = {key: value for key, value in kept.items() if key not in {"after", "before"}}
    base = url_for(endpoint, **kept)
    joint = "&" if "?" in base else "?"
    return {
        "rows": presenting.list_rows(found.rows, lambda number: f"{base}{joint}open={number}", opened),
        "newer_url": url_for(endpoint, **steps, before=found.before) if found.before else None,
        "older_url": url_for(endpoint, **steps, after=found.after) if found.after else None,
        "kept": steps,
        "back_url": base,
        "panel": Panel(me(), visible.load(me(), opened), back=base) if opened else None,
    }


@blueprint.get("/tickets/<number>")
@requires(Action.VIEW_TICKETS)
def show(number: str) -> str:
    """One ticket: where it stands, who has it, what was said, what happened, what I may do now."""
    ticket = visible.load(me(), number)
    panel = Panel(me(), ticket, all_events="history" in request.args)
    return render_template("tickets/show.html", panel=panel)


@blueprint.post("/tickets/<number>/<move>")
@requires(Action.VIEW_TICKETS)  # who may see it but not do it reads 403 from the process, not 404
def move(number: str, move: str) -> Response | tuple[str, int]:
    """One press of a button: load, permit, act, redirect."""
    ticket = visible.load(me(), number)
    form = _posted(ticket, move)
    try:
        if not form.validate():
            permit(ticket, move, actor=me(), version=form.version.data)
            return _again(ticket, form, move, 422)
        make_move(
            ticket,
            move,
            actor=me(),
            version=form.version.data,
            voice_id=form["voice"].data if "voice" in form else None,
            **form.given(),
        )
        following.follow(ticket, move)
        db.session.commit()
    except BadInput as refused:
        _put(form, refused.errors)
        return _again(ticket, form, move, 422)
    except Conflict as conflict:
        db.session.rollback()
        form.form_errors.append(conflict.message)
        return _again(visible.load(me(), number), form, move, 409)
    flash(_("%(number)s：已%(deed)s。", number=number, deed=_(TICKETS.move(move).label)))
    return redirect(_back(number, move), 303)


def _posted(ticket: Ticket, move: str) -> MoveForm:
    """The form of this move, filled from the request; a move without a page does not exist here."""
    try:
        TICKETS.move(move)
    except UnknownMove:
        raise NotVisible(move) from None
    if move not in MOVE_FORMS:
        raise NotVisible(move)
    return form_for(move, ticket)


def _put(form: MoveForm, errors: dict[str, str]) -> None:
    for name, words in errors.items():
        if name in form:
            form[name].errors = [*form[name].errors, words]
        else:
            form.form_errors.append(words)


def _again(ticket: Ticket, form: MoveForm, move: str, code: int) -> tuple[str, int]:
    """The same page once more: the sentence beside its field, everything typed still there."""
    panel = Panel(me(), ticket, posted=(move, form))
    return render_template("tickets/show.html", panel=panel), code


def _back(number: str, move: str) -> str:
    """Back to the list one works through, else to the ticket. Only our own addresses (safety.md R26)."""
    asked = request.form.get("back", "")
    own = [url_for("tickets.queue"), url_for("tickets.index")]
    is_gone = move in HANDS_OVER and not visible.sees(me(), number)
    if asked.isprintable() and any(asked == place or asked.startswith(f"{place}?") for place in own):
        return asked if is_gone else f"{asked}{'&' if '?' in asked else '?'}open={number}"
    return own[0] if is_gone else url_for("tickets.show", number=number)
