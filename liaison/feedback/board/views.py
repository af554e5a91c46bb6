"""Which address shows the board. All public: whoever lives in a building may read what came of what was said there."""

from __future__ import annotations

from typing import Any

import segno
from flask import Blueprint, Response, abort, current_app, make_response, render_template, request, url_for

from liaison.access import Action, public, requires
from liaison.core.language import gettext as _
from liaison.feedback.board import feed as feeding
from liaison.feedback.board import office, presenting, queries
from liaison.people.actor import me
from liaison.settings import in_force

blueprint = Blueprint("board", __name__)

SHEET_TEXTS, SHEET_LINES = 4, 6  # so much fits on an A4 sheet in letters one reads in passing


@blueprint.get("/board")
@public  # the way to the boards of the places
def index() -> str:
    _is_wanted()
    found = queries.texts(request.args)
    return render_template(
        "feedback/board/index.html",
        places=queries.places(),
        texts=[presenting.text(row) for row in found.rows],
        others=presenting.lines(queries.cells(None)),
        **_turning("board.index", found),
    )


@blueprint.get("/board/<code>")
@public  # merged counts and released texts only
def show(code: str) -> str:
    _is_wanted()
    place = queries.place(code)
    found, cells = queries.texts(request.args, place.id), queries.cells(place.id)
    return render_template(
        "feedback/board/show.html",
        place=place,
        lines=presenting.lines(cells),
        counted_at=presenting.counted_at(cells),
        texts=[presenting.text(row) for row in found.rows],
        **_turning("board.show", found, code=code),
    )


@blueprint.get("/board/<code>/sheet")
@public  # the same, to hang in the corridor
def sheet(code: str) -> str:
    _is_wanted()
    place = queries.place(code)
    cells, found = queries.cells(place.id), queries.texts({}, place.id)
    address = url_for("feedback.index", _external=True)
    return render_template(
        "feedback/board/sheet.html",
        place=place,
        school=current_app.config["SCHOOL"],
        lines=presenting.lines(cells)[:SHEET_LINES],
        counted_at=presenting.counted_at(cells),
        texts=[presenting.text(row) for row in found.rows[:SHEET_TEXTS]],
        address=address,
        picture=segno.make(address, error="m").svg_data_uri(border=2, dark="#000", light="#fff"),
    )


@blueprint.get("/board.atom")
@public  # for the website of the university
def feed() -> Response:
    _is_wanted()
    return _as_feed(feeding.of(_("公示页"), url_for("board.index", _external=True), queries.texts({}).rows))


@blueprint.get("/board/<code>.atom")
@public  # as `feed`, of one place
def feed_of_place(code: str) -> Response:
    _is_wanted()
    place = queries.place(code)
    address = url_for("board.show", code=code, _external=True)
    return _as_feed(feeding.of(place.name, address, queries.texts({}, place.id).rows, place.id))


@blueprint.get("/publications")
@requires(Action.VIEW_PUBLICATIONS)
def publications() -> str:
    """公开情况: what waits for a decision, what is public, what was kept back and why."""
    tab = office.tab(request.args.get("tab", ""))
    found = office.listed(me(), tab, request.args)
    return render_template(
        "feedback/board/publications.html",
        tab=tab,
        tabs=office.TABS,
        balance=office.balance(),
        rows=found.rows,
        **_turning("board.publications", found, tab=tab),
    )


def _is_wanted() -> None:
    """A university may do without (domain.md §9, step 11)."""
    if not in_force.is_on("board_on"):
        abort(404)


def _turning(endpoint: str, found: Any, **given: Any) -> dict[str, Any]:
    return {
        "newer_url": url_for(endpoint, **given, before=found.before) if found.before else None,
        "older_url": url_for(endpoint, **given, after=found.after) if found.after else None,
    }


def _as_feed(words: str) -> Response:
    """May be kept by whoever asks each time whether it still stands: what is taken down is gone at once."""
    response = make_response(words)
    response.mimetype = "application/atom+xml"
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response
