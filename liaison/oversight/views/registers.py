"""登记: 联系点, 教师, 请假外出, 名单, 课程 – what the rules are counted from, a row at a time, for the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from liaison.access import Action, requires
from liaison.contacts.views.choices import Group
from liaison.core.db import db
from liaison.core.errors import BadInput, NotVisible
from liaison.oversight.forms import registers as forms
from liaison.oversight.forms.registers import FIND, SEARCHES, RegisterForm, RegisterSearchForm
from liaison.oversight.queries import registers as ask
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.programmes.actions import registers as actions
from liaison.programmes.actions.registers import Register


@dataclass(frozen=True)
class Shelf:
    """A register as it is shown."""

    register: Register
    form: type[RegisterForm]
    title: Any
    purpose: Any


SHELVES = {
    shelf.register.name: shelf
    for shelf in (
        Shelf(actions.LINKS, forms.LinkForm, _l("联系点"), _l("领导和干部联系的党组织、院系、班级、宿舍、社团。")),
        Shelf(actions.STAFF_LINKS, forms.ColleagueForm, _l("联系教师"), _l("联系的青年教师和结对的教师，只记姓名。")),
        Shelf(actions.ABSENCES, forms.AbsenceForm, _l("请假外出"), _l("不在校的日子不计要求；只记类型，不记事由。")),
        Shelf(actions.OBLIGED, forms.ObligedForm, _l("走访名单"), _l("原则上每年走访一个家庭的教职工，由组织部定。")),
        Shelf(actions.COURSES, forms.CourseForm, _l("课程"), _l("每学期的思政课，校领导逐门听一次。")),
    )
}

DAYS = (_l("从哪天起"), _l("到哪天"))
COLUMNS = {
    "links": (_l("谁"), _l("联系哪里"), _l("联络员"), *DAYS),
    "colleagues": (_l("谁"), _l("联系哪位老师"), *DAYS),
    "absences": (_l("谁"), _l("类型"), *DAYS),
    "obliged": (_l("谁"), *DAYS),
    "courses": (_l("课程名称"), _l("课程号"), _l("学期"), _l("开课单位"), _l("思政课")),
}


@blueprint.get("/registers")
@requires(Action.MANAGE_ROSTER)
def registers() -> Any:
    """The first of them."""
    return _list(SHELVES[actions.LINKS.name])


@blueprint.route("/registers/<register>", methods=["GET", "POST"])
@requires(Action.MANAGE_ROSTER)
def register(register: str) -> Any:
    """The list, and a form for one row more."""
    shelf = _shelf(register)
    if request.method == "GET":
        return _list(shelf)
    form = shelf.form()
    if not _is_complete(form):
        return _list(shelf, form), 200 if FIND in request.form else 422
    return _tried(form, lambda: actions.add(me(), shelf.register, form.values), shelf) or (_list(shelf, form), 422)


@blueprint.route("/registers/<register>/<int(max=9999999999):key>", methods=["GET", "POST"])
@requires(Action.MANAGE_ROSTER)
def registered(register: str, key: int) -> Any:
    """One row: what it says, and what it should have said."""
    shelf = _shelf(register)
    row = actions.row_of(shelf.register, key)
    form = shelf.form(data=dict(row)) if request.method == "GET" else shelf.form()
    if request.method == "GET":
        form.seen.data = actions.fingerprint(row)
        form.only_look()
        return _one(shelf, key, form)
    if not _is_complete(form):
        return _one(shelf, key, form), 200 if FIND in request.form else 422
    seen = form.seen.data or ""
    done = _tried(form, lambda: actions.correct(me(), shelf.register, key, seen, form.values), shelf)
    return done or (_one(shelf, key, form), 422)


@blueprint.post("/registers/<register>/<int(max=9999999999):key>/end")
@requires(Action.MANAGE_ROSTER)
def end_registered(register: str, key: int) -> Any:
    shelf = _shelf(register)
    if not shelf.register.is_dated:
        raise NotVisible(register)
    actions.end(me(), shelf.register, key)
    return _done(shelf, _("已结束，昨天是最后一天。"))


@blueprint.post("/registers/<register>/<int(max=9999999999):key>/remove")
@requires(Action.MANAGE_ROSTER)
def remove_registered(register: str, key: int) -> Any:
    shelf = _shelf(register)
    actions.remove(me(), shelf.register, key)
    return _done(shelf, _("已删去，审计里留有记录。"))


@blueprint.get("/registers/find/<sort>")
@requires(Action.MANAGE_ROSTER)
def find_registered(sort: str) -> Any:
    """Up to eight people or units for what was typed so far."""
    if sort not in SEARCHES:
        raise NotVisible(sort)
    return jsonify([{"id": one.id, "name": forms.label(one)} for one in SEARCHES[sort][0](request.args.get("q", ""))])


def _shelf(name: str) -> Shelf:
    if name not in SHELVES:
        raise NotVisible(name)
    return SHELVES[name]


def _is_complete(form: RegisterForm) -> bool:
    """Both are asked, so that every field says what it lacks."""
    if FIND in request.form:
        form.only_look()
        return False
    is_valid, is_clear = form.validate(), form.look()
    return is_valid and is_clear


def _tried(form: RegisterForm, deed: Any, shelf: Shelf) -> Any:
    """The answer when it was done; None, with sentences beside the fields, when it cannot be."""
    try:
        deed()
    except BadInput as wrong:
        db.session.rollback()
        for name, sentence in wrong.errors.items():
            form[name].errors = [sentence]
        return None
    return _done(shelf, _("已登记，进度几分钟内重算。"))


def _done(shelf: Shelf, words: str) -> Any:
    db.session.commit()
    flash(words)
    return redirect(url_for("oversight.register", register=shelf.register.name), 303)


def _list(shelf: Shelf, form: RegisterForm | None = None) -> str:
    name, search = shelf.register.name, RegisterSearchForm(request.args)
    words, with_past = search.words(), bool(request.args.get("past"))
    page = ask.rows(shelf.register, words, with_past, request.args)
    here: dict[str, Any] = {"register": name} | {k: v for k, v in {"q": words, "past": with_past or None}.items() if v}
    drawn = form or shelf.form(formdata=None)
    return render_template(
        "oversight/registers.html",
        shelf=shelf,
        form=drawn,
        finders=_finders(drawn),
        is_open=form is not None,
        page=page,
        term_words=ask.term_words,
        search=search,
        columns=[str(one) for one in COLUMNS[name]],
        with_past=with_past,
        tabs=[_tab(one, name) for one in SHELVES.values()],
        other_url=url_for("oversight.register", **{**here, "past": None if with_past else 1}),
        newer_url=url_for("oversight.register", **here, before=page.before) if page.before else None,
        older_url=url_for("oversight.register", **here, after=page.after) if page.after else None,
    )


def _one(shelf: Shelf, key: int, form: RegisterForm) -> str:
    return render_template(
        "oversight/registered.html",
        shelf=shelf,
        key=key,
        row=ask.row(shelf.register, key),
        form=form,
        finders=_finders(form),
    )


def _finders(form: RegisterForm) -> dict[str, Any]:
    """Field → what its finder needs: the line to type into, the chips, the address that finds more."""
    return {
        f"{pick.name}_id": {
            "text": form[f"{pick.name}_text"],
            "groups": [Group("", list(form[f"{pick.name}_id"]))],
            "address": url_for("oversight.find_registered", sort=pick.sort),
        }
        for pick in form.picks
    }


def _tab(shelf: Shelf, name: str) -> dict[str, Any]:
    url = url_for("oversight.register", register=shelf.register.name)
    return {"url": url, "label": shelf.title, "current": shelf.register.name == name}
