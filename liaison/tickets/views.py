"""Which address shows which page: the queue, the list, one ticket, and one view for all moves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from liaison.access import Action, may, requires
from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.core.forms import tidy
from liaison.core.language import gettext as _
from liaison.people.actor import me
from liaison.tickets import looking, presenting, pressing
from liaison.tickets.actions import assists, knowing, requesting
from liaison.tickets.actions import catalogue as deciding
from liaison.tickets.forms import DEED_FORMS, MOVE_FORMS, MoveForm, Offered, form_for, search_form, words_form
from liaison.tickets.forms.catalogue import LineForm
from liaison.tickets.models import Ticket
from liaison.tickets.models.catalogue import LineStanding
from liaison.tickets.panel import Panel
from liaison.tickets.queries import choices, filters, lists, visible
from liaison.tickets.queries import legacy as old_ledger
from liaison.tickets.queries import queue as waiting
from liaison.tickets.queries.catalogue import lines as lines_of_catalogue
from workflows.ticket_states import Stage, State

blueprint = Blueprint("tickets", __name__)

SPEAKING, OVER = (
    (LineStanding.PROPOSED, LineStanding.IN_FORCE),
    (LineStanding.REPLACED, LineStanding.REJECTED),
)
FILTER_NAMES = tuple(filters.FILTERS)


@blueprint.get("/queue")
@requires(Action.WORK_TICKETS)
def queue() -> str:
    """待办: what waits for me, oldest promise first."""
    asked = request.args
    kept = {key: asked[key] for key in ("tab", "after", "before") if key in asked}
    found = waiting.queue(me(), asked)
    return _drawn(
        "tickets/queue.html",
        tabs=waiting.tabs(me()),
        counts=waiting.counts(me()),
        **_listed("tickets.queue", found, kept, waiting.helps(me(), found.rows)),
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
    return _drawn(
        "tickets/index.html",
        search=search_form(asked, _offered()) if is_narrowed else words_form(asked),
        is_filtered=is_filtered,
        is_narrowed=is_narrowed,
        total=found.total or 0,
        of_old=old_ledger.count(me(), asked["text"]) if asked.get("text") else 0,
        **_listed("tickets.index", found, kept),
    )


@blueprint.get("/tickets/legacy")
@requires(Action.VIEW_TICKETS)
def legacy() -> str:
    """历史台账: matters of the time before this system, to be read and searched; they count nowhere."""
    words = tidy(request.args.get("text", ""))
    found = old_ledger.page(me(), words, request.args)
    newer = url_for("tickets.legacy", text=words or None, before=found.before) if found.before else None
    older = url_for("tickets.legacy", text=words or None, after=found.after) if found.after else None
    shown = {"rows": found.rows, "newer_url": newer, "older_url": older}
    return render_template("tickets/legacy.html", search=words_form({"text": words}), **shown)


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


def _listed(endpoint: str, found: Any, kept: dict[str, Any], helps: Any = None) -> dict[str, Any]:
    """The list, its pager, and the ticket opened beside it."""
    opened = request.args.get("open", "")
    steps = {key: value for key, value in kept.items() if key not in {"after", "before"}}
    base = url_for(endpoint, **kept)
    joint = "&" if "?" in base else "?"
    return {
        "rows": presenting.list_rows(found.rows, lambda number: f"{base}{joint}open={number}", opened, helps),
        "newer_url": url_for(endpoint, **steps, before=found.before) if found.before else None,
        "older_url": url_for(endpoint, **steps, after=found.after) if found.after else None,
        "kept": steps,
        "back_url": base,
        "panel": Panel(me(), looking.opened(me(), opened), back=base) if opened else None,
    }


@blueprint.get("/tickets/<number>")
@requires(Action.VIEW_TICKETS)
def show(number: str) -> str:
    """One ticket: where it stands, who has it, what was said, what happened, what I may do now."""
    ticket = looking.opened(me(), number)
    panel = Panel(me(), ticket, all_events="history" in request.args)
    return _drawn("tickets/show.html", panel=panel)


def _drawn(template: str, *, panel: Panel | None, **shown: Any) -> str:
    """The page; and whoever filed the ticket on it knows its answer from now on."""
    page = render_template(template, panel=panel, **shown)
    if panel is not None:
        knowing.seen(panel.ticket, panel.page.events, me())
    return page


@blueprint.post("/tickets/<number>/<move>")
@requires(Action.VIEW_TICKETS)  # who may see it but not do it reads 403 from the process, not 404
def move(number: str, move: str) -> Response | tuple[str, int]:
    """One press of a button: load, permit, act, redirect."""
    ticket = visible.load(me(), number)
    form = _posted(ticket, move)
    return pressing.answer(ticket, form, move, form["voice"].data or 0 if "voice" in form else 0)


@blueprint.get("/catalogue")
@requires(Action.VIEW_CATALOGUE)
def catalogue() -> str:
    """派单目录: what rulings have settled, and what waits for the director's yes."""
    found = lines_of_catalogue()
    lines, earlier = [one for one in found if one.standing in SPEAKING], [one for one in found if one.standing in OVER]
    forms = {line.id: LineForm(formdata=None, data={"words": line.words}) for line in lines if not line.decided_at}
    may_decide = may(me(), Action.MANAGE_CATALOGUE)
    return render_template("tickets/catalogue.html", lines=lines, earlier=earlier, forms=forms, may_decide=may_decide)


@blueprint.post("/catalogue/<int(max=9999999999):row>/<any(adopt, reject):deed>")
@requires(Action.MANAGE_CATALOGUE)
def decide_line(row: int, deed: str) -> Response:
    """采纳 or 不采纳 a proposed line."""
    line, form = deciding.load(row), LineForm()
    deciding.decide(line, deed == "adopt", actor=me(), words=form.words.data or "" if form.validate() else "")
    db.session.commit()
    flash(_("已采纳，列入目录。") if deed == "adopt" else _("已记为不采纳。"))
    return redirect(url_for("tickets.catalogue"), 303)


def _posted(ticket: Ticket, move: str) -> MoveForm:
    """The form of this move or deed, filled from the request; what has no page does not exist here."""
    kind = MOVE_FORMS.get(move) or (DEED_FORMS[move] if move in pressing.ON_THE_TICKET else None)
    if kind is None:
        raise NotVisible(move)
    return form_for(move, Offered(ticket), kind=kind)


@blueprint.post("/tickets/<number>/assists/<int(max=9999999999):row>/<deed>")
@requires(Action.VIEW_TICKETS)
def assist(number: str, row: int, deed: str) -> Response | tuple[str, int]:
    """签收、退回重答、免除 of one co-assignment, or a co-unit's «not ours»."""
    ticket = visible.load(me(), number)
    held = assists.load(ticket, row)
    if deed not in pressing.OF_A_CO_UNIT:
        raise NotVisible(deed)
    form = form_for(deed, Offered(ticket, held.unit_id), kind=DEED_FORMS[deed])
    return pressing.answer(ticket, form, deed, row)


@blueprint.post("/tickets/<number>/recurrences/<int(max=9999999999):row>/<any(recurrence, no_recurrence):deed>")
@requires(Action.VIEW_TICKETS)
def recur(number: str, row: int, deed: str) -> Response | tuple[str, int]:
    """Whether an earlier matter came back: yes or no, by the office."""
    ticket = visible.load(me(), number)
    return pressing.answer(ticket, form_for(deed, Offered(ticket), kind=DEED_FORMS[deed]), deed, row)


@blueprint.post("/tickets/<number>/requests/<int(max=9999999999):row>/<any(agree, decline):deed>")
@requires(Action.VIEW_TICKETS)
def settle(number: str, row: int, deed: str) -> Response | tuple[str, int]:
    """Yes or no to what somebody may only ask for."""
    ticket = visible.load(me(), number)
    requesting.load(ticket, row)
    return pressing.answer(ticket, form_for(deed, Offered(ticket), kind=DEED_FORMS[deed]), deed, row)
