"""查询码卡: the codes of a contact as text and picture, shown once, printed four to an A4 sheet."""

from __future__ import annotations

from typing import Any

import segno
from flask import current_app, render_template, url_for
from werkzeug.utils import redirect

from liaison.access import Action, requires
from liaison.contacts.actions import reissuing
from liaison.contacts.models import Contact
from liaison.contacts.queries import details, visible
from liaison.contacts.views import shown_once
from liaison.contacts.views.pages import acting, blueprint
from liaison.core.db import db
from liaison.core.errors import NotAllowed


@blueprint.get("/contacts/<number>/card")
@requires(Action.PRINT_CARDS)
def card(number: str) -> Any:
    contact, voices = _own(number)
    codes = shown_once.take(number)
    cards = [_card(voice, code) for voice, code in zip(voices, codes, strict=False)]
    site, school = url_for("feedback.index", _external=True), current_app.config["SCHOOL"]
    return render_template("contacts/card.html", contact=contact, voices=voices, cards=cards, site=site, school=school)


@blueprint.post("/contacts/<number>/reissue")
@requires(Action.PRINT_CARDS)
def reissue(number: str) -> Any:
    _own(number)
    codes = reissuing.reissue(acting(), number)
    db.session.commit()
    shown_once.keep(number, codes)
    return redirect(url_for("contacts.card", number=number), 303)


def _own(number: str) -> tuple[Contact, list[Any]]:
    """The contact and the voices this person filed there; who only may look at it gets no cards."""
    contact = visible.load(acting(), number)
    voices = details.own_voices(acting(), number)
    if not voices and contact.filed_by_id != acting().id:
        raise NotAllowed
    return contact, voices


def _card(voice: Any, code: str) -> dict[str, Any]:
    address = url_for("feedback.show", code=code, _external=True)
    picture = segno.make(address, error="m").svg_data_uri(border=2, dark="#000", light="#fff")
    return {"title": voice.title, "number": voice.number, "code": grouped(code), "picture": picture}


def grouped(code: str) -> str:
    """ABCDE-FGHJK: easier to copy by hand."""
    return f"{code[:5]}-{code[5:]}"
