"""The auditor's page. Looking is a deed too, and leaves a row (domain.md §8)."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from liaison.access import Action, requires
from liaison.audit.actions import append
from liaison.core.db import writing
from liaison.oversight.forms.audit_log import AuditFilter
from liaison.oversight.queries import audit_log as queries
from liaison.oversight.views.pages import blueprint
from liaison.oversight.words import DEEDS, RESULTS


@blueprint.get("/audit")
@requires(Action.READ_AUDIT)
def audit_log() -> Any:
    form = AuditFilter(request.args)
    filters = form.asked()
    with writing():
        append(current_user.id, "audit.read", filters=sorted(filters), of=filters.get("deed"), day=filters.get("day"))
    page = queries.audit_rows(filters, request.args)
    kept: dict[str, Any] = {name: value for name, value in request.args.items() if name in form}
    return render_template(
        "oversight/audit_log.html",
        form=form,
        page=page,
        chain=queries.chain(),
        deeds=DEEDS,
        results=RESULTS,
        moment_of=queries.moment_of,
        newer_url=url_for("oversight.audit_log", **kept, before=page.before) if page.before else None,
        older_url=url_for("oversight.audit_log", **kept, after=page.after) if page.after else None,
    )
