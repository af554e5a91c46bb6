"""The menus: one table. A place is shown to whom the action is granted (looks.md «Where things are»)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from liaison.access import Action, may


@dataclass(frozen=True)
class Place:
    endpoint: str
    label: Any
    icon: str
    action: Action | None  # None = every signed-in person
    is_on_phone_bar: bool = False


PLACES = [
    Place("tickets.queue", _l("待办"), "queue", Action.WORK_TICKETS, True),
    Place("tickets.index", _l("事项"), "list", Action.VIEW_TICKETS, True),
    Place("contacts.index", _l("联系记录"), "visit", Action.VIEW_CONTACTS, True),
    Place("notifications.index", _l("提醒"), "bell", None, True),
    Place("exchange.import_voices", _l("导入诉求"), "import", Action.IMPORT_VOICES),
    Place("people.units", _l("单位"), "unit", Action.MANAGE_ROSTER),
    Place("people.accounts", _l("账号"), "people", Action.MANAGE_ACCOUNTS),
    Place("oversight.audit_log", _l("审计"), "shield", Action.READ_AUDIT),
]


def init_app(app: Flask) -> None:
    app.context_processor(_menu)


def menu() -> list[dict[str, Any]]:
    """The places of the signed-in person, in the order of the table."""
    if not current_user.is_authenticated:
        return []
    return [
        {
            "url": url_for(place.endpoint),
            "label": place.label,
            "icon": place.icon,
            "current": request.endpoint == place.endpoint,
            "on_phone_bar": place.is_on_phone_bar,
        }
        for place in PLACES
        if place.action is None or may(current_user, place.action)
    ]


def _menu() -> dict[str, Any]:
    can_file = current_user.is_authenticated and may(current_user, Action.RECORD_CONTACT)
    return {"menu": menu(), "new_contact_url": url_for("contacts.new") if can_file else None, "_": _}
