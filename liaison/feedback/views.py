"""Which address shows which page to the holder of a code. All public: students have no account (rulings §1).

The code comes in the body of a POST each time; no session knows it. Looking a code up reads only; what has to
be written – a telling, a deed, a wrong try – is a transaction of its own.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from liaison.access import public
from liaison.core.db import read_only, writing
from liaison.core.errors import Conflict, NotVisible, TooMany
from liaison.feedback import actions, presenting, queries, watching
from liaison.feedback.forms import DEEDS, CodeForm, DeedForm, blank, keys
from liaison.feedback.matters import Held, Matter
from liaison.people import throttling
from liaison.settings import in_force
from liaison.tickets.actions import codes

blueprint = Blueprint("feedback", __name__)

RACES = 3  # so often a page tries again when somebody moved the ticket at the same moment

Answer = tuple[str, int]


@blueprint.before_request
def _read_first() -> None:
    """Whether a code exists is found without keeping anybody from writing."""
    read_only(True)


@blueprint.after_request
def _tell_nobody(response: Response) -> Response:
    """The address of a card holds a code; it must not travel on in a Referer."""
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("/code")
@public  # students type their code here
def index() -> str:
    return render_template("feedback/index.html", form=CodeForm(formdata=None))


@blueprint.get("/privacy")
@public  # what is kept and for how long; asks for nothing
def privacy() -> str:
    own = [line for line in in_force.text("privacy_notice").splitlines() if line.strip()]
    days = {name: in_force.number(name) for name in ("code_days", "slip_days")}
    return render_template("feedback/privacy.html", own=own, **days)


@blueprint.get("/code/<code>")
@public  # what the card's picture leads to; asks the database nothing, so a look ahead finds and records nothing
def show(code: str) -> Any:
    form = CodeForm(formdata=None, data={"code": codes.tidy(code)})
    if codes.is_code(code):
        return render_template("feedback/show.html", form=form)
    form.code.errors = [_("这个地址里的查询码不完整，请照卡片补上。")]
    return render_template("feedback/index.html", form=form), 404


@blueprint.post("/code")
@public  # the code itself is the key
def read() -> Any:
    form = CodeForm()
    if not form.validate():
        return render_template("feedback/index.html", form=form), 422
    held = _opened(form.code.data)
    return _page(form.code.data, held) if held else _not_found(form)


@blueprint.post("/code/rate")
@public  # as `read`
def rate() -> Any:
    return _deed("rate")


@blueprint.post("/code/remark")
@public  # as `read`
def remark() -> Any:
    return _deed("remark")


@blueprint.post("/code/supplement")
@public  # as `read`
def supplement() -> Any:
    return _deed("supplement")


@blueprint.post("/code/reopen")
@public  # as `read`
def reopen() -> Any:
    return _deed("reopen")


@blueprint.post("/code/leave")
@public  # as `read`
def leave() -> Any:
    return _deed("leave")


@blueprint.post("/code/forget")
@public  # as `read`
def forget() -> Any:
    return _deed("forget")


@blueprint.post("/code/withdraw")
@public  # as `read`
def withdraw() -> Any:
    return _deed("withdraw")


@blueprint.post("/code/object")
@public  # as `read`
def object_to_route() -> Any:
    return _deed("object")


def _opened(code: str) -> Held | None:
    """What the code opens, told to its holder. A member of staff who looks tells nobody (domain.md §4.6)."""
    code_hash = codes.hashed(code)
    held = queries.find(code_hash)
    for _race in range(RACES):
        if held is None or not held.is_new or current_user.is_authenticated:
            break
        try:
            with writing():
                actions.open_page(code_hash)
        except Conflict:
            pass  # somebody moved it just now: what he made of it is read below
        held = queries.find(code_hash)
    return held


def _not_found(form: CodeForm) -> Answer:
    """Unknown and dead codes answer alike; too many wrong ones from one address have to wait (rulings §13)."""
    address = request.remote_addr or ""
    try:
        throttling.check("code", address)
        with writing():
            throttling.failed("code", address, throttling.CODE)
    except TooMany as wait:
        form.code.errors = [_("试错的次数多了，请 %(n)s 分钟后再试。正确的查询码随时可以打开。", n=wait.minutes)]
        return render_template("feedback/index.html", form=form), 429
    form.code.errors = [_("没有找到这个查询码。请照卡片核对每个字符；事情了结 60 天后，查询码就不能用了。")]
    return render_template("feedback/index.html", form=form), 404


def _deed(deed: str) -> Answer:
    """One press of the holder: find, do, draw the same page again. A second press changes nothing."""
    form = DEEDS[deed]()
    code = form.code.data or ""
    held = _opened(code)
    if held is None:
        return _not_found(CodeForm(formdata=None, data={"code": code}))
    matter = held.matter(form.number.data)
    if matter is None:
        raise NotVisible
    if current_user.is_authenticated:
        return _staff_pressed(deed, matter, code, held)
    if not form.validate():
        return _page(code, held, posted=(deed, form), status=422)
    return _done(deed, form, matter)


def _staff_pressed(deed: str, matter: Matter, code: str, held: Held) -> Answer:
    """Nothing is done in a holder's name; that somebody tried to rate is noted, not who."""
    if deed == "rate":
        with writing():
            watching.tried_by_staff(matter.row.ticket_id)
    return _page(code, held)


def _done(deed: str, form: DeedForm, matter: Matter) -> Answer:
    """Do it, and say so. The process' own refusals may name staff: the holder reads a sentence of ours."""
    refused = False
    try:
        with writing():
            getattr(actions, deed)(matter, **form.given())
            if deed == "rate":
                watching.rated(matter.row.ticket_id, request.remote_addr or "")
    except Conflict:
        refused = True
    held = queries.find(codes.hashed(form.code.data))
    now = held.matter(matter.number) if held else None
    if held is None or now is None:
        raise NotVisible
    if refused and not now.has_done(deed):
        return _page(form.code.data, held, said=_("刚才情况有变化，这一步没有做成，下面是最新的。"), status=409)
    return _page(form.code.data, held, said=presenting.thanks(deed, now))


def _page(
    code: str, held: Held, *, said: str = "", posted: tuple[str, DeedForm] | None = None, status: int = 200
) -> Answer:
    """The page of a code, with the forms of what its holder may do now."""
    is_staff = current_user.is_authenticated
    shown = [presenting.shown(matter) for matter in held.matters]
    forms = [{} if is_staff else _forms(matter, posted) for matter in held.matters]
    hidden = [keys(code, matter.number) for matter in held.matters]
    page = render_template(
        "feedback/read.html",
        matters=list(zip(shown, forms, hidden, strict=True)),
        said=said,
        is_done=status == 200,
        is_staff=is_staff,
    )
    return page, status


def _forms(matter: Matter, posted: tuple[str, DeedForm] | None) -> dict[str, DeedForm]:
    """The form of each open deed; the one that came back with a sentence keeps what was typed."""
    forms = {deed: blank(deed) for deed in matter.deeds}
    if posted and posted[1].number.data == matter.number and posted[0] in forms:
        forms[posted[0]] = posted[1]
    return forms
