"""记一次联系: the page a leader opens in a corridor. Three taps without a problem, five with one."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.utils import redirect
from wtforms import SelectChoice

from liaison.access import Action, requires
from liaison.contacts.actions import reissuing
from liaison.contacts.actions.filing import Filed, Problem, file_contact
from liaison.contacts.actions.planning import hold
from liaison.contacts.forms import MOST_PROBLEMS, CaptureForm, ProblemForm
from liaison.contacts.models import lock_day, locks_at
from liaison.contacts.occasions import Occasion
from liaison.contacts.queries import places
from liaison.contacts.queries.leaders import may_file_for
from liaison.contacts.queries.places import Habits, Place
from liaison.contacts.views import choices, confiding, planning, shown_once
from liaison.contacts.views.device import emergency_numbers
from liaison.contacts.views.pages import acting, blueprint
from liaison.core import clock, formats
from liaison.core.db import db
from liaison.core.forms import version_sent
from liaison.core.submissions import already_made, remember
from liaison.programmes.words import ContactKind
from liaison.slips import sealing
from liaison.slips.forms import channel_of, consent_words
from liaison.tickets.lint import rules_for_device
from liaison.tickets.queries import categories

BESIDE = ("find", "find_target", "add_problem")  # buttons that only draw the page anew


@blueprint.route("/contacts/new", methods=["GET", "POST"])
@requires(Action.RECORD_CONTACT)
def new() -> Any:
    form = CaptureForm()
    if request.method == "GET":
        return _fresh(form)
    if any(button in request.form for button in BESIDE):
        _add_block(form)
        return _page(form)
    complete = _complete(form)
    return _page(form, 422) if complete is None else _file(form, *complete)


def _fresh(form: CaptureForm) -> Any:
    """The page as one opens it: as one would fill it anyway, as a plan said, or with what a duty asks for."""
    habits = places.habits(acting().id)
    _preset(form, habits)
    picked = choices.asked_for(form, request.args)
    if request.args.get("planned"):
        picked = [planning.prefill(form, request.args["planned"])]
    return _page(form, recent=[*picked, *habits.places])


def _preset(form: CaptureForm, habits: Habits) -> None:
    """What one would choose anyway: the kind used last, now, oneself or the only leader one writes for."""
    mine = may_file_for(acting())
    form.kind.data = habits.kind or ContactKind.ENTER_DORM
    form.held_at.data = clock.local(clock.now()).replace(tzinfo=None, second=0, microsecond=0)
    form.leaders.data = [acting().id] if acting().id in mine else list(mine) if len(mine) == 1 else []


def _add_block(form: CaptureForm) -> None:
    if "add_problem" in request.form and len(form.problems) < MOST_PROBLEMS:
        form.problems.append_entry()


def _complete(form: CaptureForm) -> tuple[Occasion, list[Problem]] | None:
    """The plain values of a form without a mistake; None where something must be shown first."""
    is_valid = form.validate()
    place = choices.place_of(form)
    leader_ids = choices.leaders_of(form, acting())
    about = confiding.whom(form.heard, acting())
    if not is_valid or place is None or leader_ids is None or about is None or _is_too_late(form, leader_ids):
        return None
    if form.must_show_hints():
        return None
    occasion = Occasion(**form.facts, **vars(place), leader_ids=leader_ids)
    return occasion, [_problem(*pair) for pair in zip(form.heard, about, strict=True)]


def _is_too_late(form: CaptureForm, leader_ids: tuple[int, ...]) -> bool:
    """补录 is the leader's own (domain.md §2.3)."""
    is_late = form.moment is not None and clock.now() >= locks_at(form.moment)
    if is_late and acting().id not in leader_ids:
        form.held_at.errors = [_("那个月已经锁定，补录由领导本人来记。")]
        return True
    return False


def _problem(block: ProblemForm, about_person_id: int | None) -> Problem:
    may_confide = confiding.may_confide(acting())
    slip = block.slip.data if sealing.is_offered() else ""
    return Problem(
        text=block.text.data,
        kind=block.kind.data,
        category_id=block.category_id.data,
        is_urgent=block.is_urgent.data,
        answer=block.answer.data if block.is_on_spot.data else "",
        is_sensitive=may_confide and block.is_sensitive.data,
        may_confide=may_confide,
        complained_of_id=block.complained_of_id.data,
        about_person_id=about_person_id,
        slip=(channel_of(block.slip_channel.data), slip) if slip else None,
    )


def _file(form: CaptureForm, occasion: Occasion, problems: list[Problem]) -> Any:
    """One transaction. A form sent twice breaks the key of `submission` and leads to what it made before."""
    try:
        filed = _filed(form, occasion, problems)
        remember(acting().id or 0, form.form_id.data, filed.number)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return _again(form)
    shown_once.keep(filed.number, [one.code for one in filed.raised])
    return _sent(filed.number, bool(problems), occasion)


def _filed(form: CaptureForm, occasion: Occasion, problems: list[Problem]) -> Filed:
    """Filed anew; or, where it was planned, the plan carried out."""
    if not form.planned.data or already_made(acting().id or 0, form.form_id.data):
        return file_contact(acting(), occasion, problems, form.late_reason.data)
    contact = planning.own_plan(form.planned.data)
    return hold(acting(), contact, version_sent(), occasion, problems, form.late_reason.data)


def _again(form: CaptureForm) -> Any:
    """The same form once more: no second contact; new codes, because the first answer may have been lost."""
    number = already_made(acting().id or 0, form.form_id.data)
    if number is None:
        current_app.logger.exception("a contact named something that is not there")
        form.place_text.errors = [_("地点、分类或名单刚有变动，请重新选一次。")]
        return _page(form, 422)
    codes = reissuing.reissue(acting(), number)
    db.session.commit()
    shown_once.keep(number, codes)
    return _sent(number, bool(codes), None)


def _sent(number: str, has_cards: bool, occasion: Occasion | None) -> Any:
    """To the cards, or to the record where there is nothing to hand out; the page's script asks for JSON."""
    address = url_for("contacts.card" if has_cards else "contacts.show", number=number)
    if occasion is not None and not has_cards:
        when, what = formats.moment_words(occasion.held_at), _(occasion.kind.label)
        flash(_("已记下：%(when)s，%(what)s。", when=when, what=what))
    if request.accept_mimetypes.best == "application/json":
        return jsonify(number=number, address=address), 201
    return redirect(address, 303)


def _page(form: CaptureForm, code: int = 200, recent: list[Place] | None = None) -> Any:
    offered = choices.offer(form, acting(), places.habits(acting().id).places if recent is None else recent)
    blank = ProblemForm(prefix="problems-__n__-")
    listed = [SelectChoice(value="", label=_("由党政办公室判断"))]
    listed += [SelectChoice(value=row.id, label=_(row.name)) for row in categories.all_categories()]
    units = confiding.units() if confiding.may_confide(acting()) else []
    for block in [blank, *[one.form for one in form.problems]]:
        block.category_id.choices = listed
        block.complained_of_id.choices = units
    page = render_template(
        "contacts/new.html",
        form=form,
        offered=offered,
        blank=blank,
        rules=rules_for_device(),
        may_confide=bool(units),
        consent=consent_words() if sealing.is_offered() else "",
        danger=[block for block in form.heard if block.is_danger],
        phones=emergency_numbers() if any(block.is_danger for block in form.heard) else [],
        drawn=int(clock.now().timestamp() * 1000),
        lock_day=lock_day(clock.now()),
    )
    return page, code
