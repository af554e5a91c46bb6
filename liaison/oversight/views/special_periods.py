"""特殊时期: what was declared, a new declaration, one taken back. The director's page."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from liaison.access import Action, requires
from liaison.core.db import db
from liaison.core.errors import BadInput
from liaison.core.paging import Listing
from liaison.oversight.forms.special_periods import SpecialPeriodForm
from liaison.oversight.views.pages import blueprint
from liaison.people.actor import me
from liaison.people.models import Person
from liaison.programmes.actions import special as actions
from liaison.programmes.models import SpecialPeriod

COLUMNS: Any = (
    SpecialPeriod.id,
    SpecialPeriod.from_on,
    SpecialPeriod.until_on,
    SpecialPeriod.reason,
    SpecialPeriod.withdrawn_at,
    Person.name,
)
DECLARED = Listing(
    select(*COLUMNS).join(Person, Person.id == SpecialPeriod.declared_by_id), [SpecialPeriod.id], is_descending=True
)


@blueprint.route("/special-periods", methods=["GET", "POST"])
@requires(Action.DECLARE_SPECIAL)
def special_periods() -> Any:
    form = SpecialPeriodForm()
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form), 422
    try:
        actions.declare(me(), form.from_on.data, form.until_on.data, form.reason.data)
        db.session.commit()
    except BadInput as wrong:
        db.session.rollback()
        for name, sentence in wrong.errors.items():
            form[name].errors = [sentence]
        return _page(form), 422
    flash(_("已宣布。这几天的网上联系按面对面计算，覆盖到的报表都会注明。"))
    return redirect(url_for("oversight.special_periods"), 303)


@blueprint.post("/special-periods/<int(max=9999999999):key>/withdraw")
@requires(Action.DECLARE_SPECIAL)
def withdraw_special_period(key: int) -> Any:
    actions.withdraw(me(), key)
    db.session.commit()
    flash(_("已撤回。进度会在几分钟内重算。"))
    return redirect(url_for("oversight.special_periods"), 303)


def _page(form: SpecialPeriodForm) -> str:
    page = DECLARED.page(request.args)
    return render_template(
        "oversight/special_periods.html",
        form=form,
        page=page,
        newer_url=url_for("oversight.special_periods", before=page.before) if page.before else None,
        older_url=url_for("oversight.special_periods", after=page.after) if page.after else None,
    )
