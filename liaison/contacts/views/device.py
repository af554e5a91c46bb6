"""What the device itself asks for: places while one types, a category, the offline shell, emergency numbers."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, jsonify, render_template, request, send_from_directory
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from liaison.access import Action, public, requires
from liaison.contacts.queries import places
from liaison.contacts.views.choices import words_of
from liaison.contacts.views.pages import blueprint
from liaison.core.db import db
from liaison.settings import in_force
from liaison.tickets.models.voices import TEXT_LENGTH
from liaison.tickets.queries import categories

NATIONAL = [("急救", "120"), ("报警", "110"), ("火警", "119"), ("全国心理援助热线", "12356")]


@blueprint.get("/contacts/places")
@requires(Action.RECORD_CONTACT)
def find_places() -> Any:
    """Up to eight places for what was typed so far: id, the name on the chip, where it belongs."""
    found = places.search(request.args.get("q", ""))
    return jsonify([{"id": place.id, "name": words_of(place), "within": place.within} for place in found])


@blueprint.post("/contacts/category")
@requires(Action.RECORD_CONTACT)
def category() -> Any:
    """The likely category of a text: id and name, or nothing. POST, so that no text stands in an address."""
    row = categories.suggest(request.form.get("text", "")[:TEXT_LENGTH])
    return jsonify({"id": row.id, "name": row.name} if row else {})


@blueprint.get("/contacts/emergency")
@public  # numbers only; they must open when the session has ended and without network
def emergency() -> Any:
    return render_template("contacts/emergency.html", own=_own_numbers(), national=NATIONAL)


def emergency_numbers() -> list[tuple[str, str]]:
    """The university's own first, then the country's."""
    return [*_own_numbers(), *((_(name), number) for name, number in NATIONAL)]


def _own_numbers() -> list[tuple[str, str]]:
    """The university's own. They are shown even while the database does not answer."""
    try:
        return in_force.phones()
    except SQLAlchemyError:
        db.session.rollback()
        return in_force.phones_of_the_environment()


@blueprint.get("/worker.js")
@public  # a script without data; a browser fetches it before anybody signs in
def worker() -> Response:
    """The service worker. It must lie at the root to serve every page of the site."""
    response = send_from_directory(f"{current_app.static_folder}/js", "worker.js", max_age=0)
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/offline")
@public  # says that there is no network; kept by the service worker
def offline() -> Any:
    return render_template("errors/offline.html")
