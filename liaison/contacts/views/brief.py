"""联系前一页: choose a place, read what is open there, tell what can be told (domain.md §4.11)."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.utils import redirect

from liaison.access import Action, may, requires
from liaison.contacts.forms.brief import PlaceSearchForm
from liaison.contacts.queries import brief as ask
from liaison.contacts.queries import places
from liaison.contacts.queries.ahead import visits_ahead
from liaison.contacts.queries.leaders import may_file_for
from liaison.contacts.queries.places import Place
from liaison.contacts.views.pages import acting, blueprint
from liaison.core import clock
from liaison.core.db import db
from liaison.core.errors import NotVisible
from liaison.core.formats import day_words
from liaison.core.forms import version_sent
from liaison.tickets.actions import knowing
from liaison.tickets.actions.moving import make_move
from liaison.tickets.queries import visible
from workflows.ticket_words import Channel, Outcome


@blueprint.get("/contacts/briefs")
@requires(Action.VIEW_BRIEF)
def briefs() -> str:
    """The places at hand: links, where one was lately, or found by a few characters."""
    search = PlaceSearchForm(request.args)
    typed = search.words()
    groups = [(_("找到的"), places.search(typed))] if typed else _at_hand()
    found = [one for one in groups if one[1]]
    return render_template("contacts/briefs.html", search=search, typed=typed, groups=found)


@blueprint.get("/contacts/briefs/kept")
@requires(Action.VIEW_BRIEF)
def briefs_kept() -> str:
    """带着走: one's own planned visits of the next days, as a page that the service worker keeps on the telephone."""
    return render_template(
        "contacts/briefs_kept.html", visits=visits_ahead(acting()), ready=ready_words, now=clock.now()
    )


@blueprint.get("/contacts/briefs/<int(max=9999999999):place>")
@requires(Action.VIEW_BRIEF)
def brief(place: int) -> str:
    """One phone screen about one place."""
    there, reader, found = _place(place), acting(), ask.brief(acting(), place)
    page = render_template(
        "contacts/brief.html",
        place=there,
        brief=found,
        ready=ready_words,
        may_record=may(reader, Action.RECORD_CONTACT),
    )
    knowing.seen_together(found.news, reader)
    return page


@blueprint.post("/contacts/briefs/<int(max=9999999999):place>/told/<number>/<int(max=9999999999):voice>")
@requires(Action.VIEW_BRIEF)
def told(place: int, number: str, voice: int) -> Any:
    """已当面告知, with one tap; the process says whether it was his to tell."""
    _place(place)
    ticket = visible.load(acting(), number)
    face_to_face = Channel.FACE_TO_FACE.value
    make_move(ticket, "tell", actor=acting(), version=version_sent(), voice_id=voice, channel=face_to_face, note="")
    db.session.commit()
    flash(_("已记下当面告知。"))
    return redirect(url_for("contacts.brief", place=place), 303)


def ready_words(row: Any) -> str:
    """What to say, by the outcome: done, under way until when, planned, or not possible and why."""
    day = day_words(row.expected_on) if row.expected_on else ""
    heads = {
        Outcome.A: _("已解决。"),
        Outcome.B: _("正在办理，预计%(day)s。", day=day) if day else _("正在办理。"),
        Outcome.C: _("已列入计划，预计%(day)s。", day=day) if day else _("已列入计划。"),
        Outcome.D: _("暂时办不了，原因如下。"),
    }
    return f"{heads[row.outcome]}{row.text}"


def _place(key: int) -> Place:
    found = places.by_ids([key])
    if not found:
        raise NotVisible(str(key))
    return found[0]


def _at_hand() -> list[tuple[str, list[Place]]]:
    linked = places.links(may_file_for(acting()) or [acting().id or 0])
    recent = [place for place in places.habits(acting().id).places if place.id not in {one.id for one in linked}]
    return [(_("我的联系点"), linked), (_("最近去过"), recent)]
