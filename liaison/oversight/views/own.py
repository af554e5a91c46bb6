"""我的看板: what one person brought in, for himself alone: what to do today, and what came of it. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from flask import render_template, url_for

from liaison.access import Action, requires
from liaison.contacts.queries import lists as contacts
from liaison.core import clock
from liaison.core.errors import NotVisible
from liaison.core.formats import day_words
from liaison.core.language import gettext as _
from liaison.oversight.figures import computing, own, showing
from liaison.oversight.figures.periods import stretches
from liaison.oversight.figures.scope import Scope
from liaison.oversight.figures.telling import ready_at
from liaison.oversight.figures.world import Said, World
from liaison.oversight.queries import figures as queries
from liaison.oversight.queries import report_matters
from liaison.oversight.views.figures import opened
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.programmes.in_force import known

SHOWN = 10  # of each fate, and of what waits for him


@blueprint.get("/dashboard/mine")
@requires(Action.VIEW_DUTIES)
def own_dashboard() -> str:
    """Of this term; what waits is of all time."""
    world, filed = _world()
    owed, asked = ([one for one in some if filed[one.own.key]] for some in (own.owed(world), own.asked(world)))
    fates = own.fates(world)
    rows = _rows([*owed[:SHOWN], *asked[:SHOWN], *(one for _words, some in fates for one in some[:SHOWN])])
    return render_template(
        "oversight/own_dashboard.html",
        scope=world.scope,
        owed=(len(owed), [rows[one.key] for one in owed[:SHOWN] if one.key in rows]),
        asked=(len(asked), [rows[one.key] for one in asked[:SHOWN] if one.key in rows]),
        to_confirm=contacts.number_to_confirm(me()),
        voices=len(world.said()),
        facts=own.facts(world),
        known=own.known(world),
        fates=[(words, len(some), [rows[one.key] for one in some[:SHOWN] if one.key in rows]) for words, some in fates],
        parts=own.parts(world),
    )


@blueprint.get("/dashboard/mine/<name>")
@requires(Action.VIEW_DUTIES)
def own_figure(name: str) -> str:
    """The matters behind one of his own numbers, each by the number he knows."""
    if name not in own.OWN:
        raise NotVisible(f"figure {name}")
    world, _filed = _world()
    shown = showing.line(own.OWN[name], world)
    ways = ("oversight.own_figure", "oversight.own_dashboard")
    return opened(shown, world.scope, ways, {}, lambda record: own.in_his_words(world, record))


def _world() -> tuple[World, dict[int, bool]]:
    """His matters of this term as they stand today; and which of them he filed himself."""
    today = clock.today()
    tickets = queries.own_tickets(me().id or 0)
    scope = Scope(stretches(known().school.terms, today)[0].first, today, today)
    return computing.world_of_one(scope, tickets), tickets


def _rows(some: Iterable[Said]) -> dict[int, Any]:
    """By voice, as components/cards.html draws them; those he may see as tickets."""
    said = {one.key: one for one in some}
    titles = queries.titles([one.own.key for one in said.values()], me())
    answers = {one.lead.handled.answer_id for one in said.values() if one.lead.handled}
    why = report_matters.explained(answers) if answers else {}
    return {
        key: _row(one, titles[one.own.key], why.get(one.lead.key)) for key, one in said.items() if one.own.key in titles
    }


def _row(one: Said, title: Any, answer: Any) -> SimpleNamespace:
    words, tone = _standing(one)
    return SimpleNamespace(
        number=one.own.number,
        title=title.title,
        where=_(answer.reason_class.label) if answer and answer.reason_class else title.unit or "",
        stage=one.lead.state.stage,
        state_label=_(one.lead.state.label),
        ended=one.lead.is_closed,
        due_words=words,
        due_tone=tone,
        url=url_for("tickets.show", number=one.own.number),
        marks=[_("已核实")] if one.lead.is_verified else [],
    )


def _standing(one: Said) -> tuple[str, str]:
    """Told, still to be told, or since when it waits."""
    if one.told_at is not None:
        return _("%(day)s 已告知", day=day_words(one.told_at)), "told"
    if one.has_outcome:
        return _("%(day)s 已有结果，还没告知", day=day_words(ready_at(one))), "amber"
    return _("%(day)s 提出", day=day_words(one.raised_at)), "calm"
