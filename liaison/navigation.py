"""The menus: one table. A place is shown to whom the action is granted (looks.md «Where things are»)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, redirect, request, url_for
from werkzeug.wrappers import Response

from liaison.access import Action, may, public, signed_in
from liaison.core.addresses import fixed
from liaison.core.language import lazy_gettext as _l
from liaison.people.actor import Actor, me
from liaison.settings import in_force


@dataclass(frozen=True)
class Place:
    endpoint: str
    label: Any
    icon: str
    action: Action | None  # None = every signed-in person
    is_on_phone_bar: bool = False  # the first four of them that a person has
    group: str = ""  # of the places behind 更多, where there are many; empty = always in sight


GROUPS = {"rules": _l("联系制度"), "watch": _l("监督"), "house": _l("名册与设置")}
SHORT = 8  # places that need no 更多
ON_PHONES = 4  # beside the large ＋ (looks.md)
PLACES = [
    Place("tickets.queue", _l("待办"), "queue", Action.WORK_TICKETS, True),
    Place("tickets.index", _l("事项"), "list", Action.VIEW_TICKETS, True),
    Place("contacts.index", _l("联系记录"), "visit", Action.VIEW_CONTACTS, True),
    Place("oversight.duties", _l("我的任务"), "programme", Action.VIEW_DUTIES, True),
    Place("oversight.own_dashboard", _l("我的看板"), "figures", Action.VIEW_DUTIES, group="rules"),
    Place("oversight.progress_table_page", _l("完成情况"), "figures", Action.VIEW_PROGRESS, group="rules"),
    Place("contacts.gaps", _l("走访空白"), "place", Action.VIEW_GAPS, group="rules"),
    Place("oversight.record_forms", _l("记录表"), "papers", Action.READ_FORMS),
    Place("oversight.declaration", _l("申报"), "person", Action.DECLARE, group="rules"),
    Place("oversight.programmes", _l("联系制度"), "programme", Action.VIEW_PROGRAMMES, group="rules"),
    Place("notifications.index", _l("提醒"), "bell", None, True),
    Place("oversight.dashboard", _l("看板"), "figures", Action.VIEW_FIGURES),
    Place("oversight.figures", _l("数据"), "figures", Action.VIEW_FIGURES, group="watch"),
    Place("oversight.ledger", _l("台账"), "list", Action.EXPORT_TICKETS, group="watch"),
    Place("oversight.statements", _l("履职说明"), "person", Action.VIEW_STATEMENTS, group="rules"),
    Place("oversight.reports", _l("报告"), "papers", Action.VIEW_REPORTS, group="watch"),
    Place("oversight.checks", _l("核实"), "check", Action.CHECK_TICKETS),
    Place("oversight.orders", _l("督办"), "audit", Action.VIEW_ORDERS),
    Place("oversight.process", _l("流程"), "figures", Action.VIEW_FIGURES, group="watch"),
    Place("oversight.burden", _l("负担台账"), "papers", Action.VIEW_REPORTS, group="watch"),
    Place("board.publications", _l("公开情况"), "papers", Action.VIEW_PUBLICATIONS, group="watch"),
    Place("oversight.draws", _l("抽签公示"), "papers", Action.VIEW_DRAWS, group="watch"),
    Place("oversight.office_prompts", _l("核实提示"), "search", Action.CONCLUDE_PROMPTS, group="watch"),
    Place("confidential.handoffs", _l("移交"), "phone", Action.READ_HANDOFFS, group="watch"),
    Place("confidential.dossiers", _l("查阅"), "shield", Action.READ_DOSSIERS, group="watch"),
    Place("exchange.import_voices", _l("导入诉求"), "import", Action.IMPORT_VOICES, group="house"),
    Place("tickets.catalogue", _l("派单目录"), "list", Action.VIEW_CATALOGUE, group="house"),
    Place("exchange.rosters", _l("名册"), "import", Action.MANAGE_ROSTER, group="house"),
    Place("oversight.registers", _l("登记"), "people", Action.MANAGE_ROSTER, group="house"),
    Place("people.units", _l("单位"), "unit", Action.MANAGE_ROSTER, group="house"),
    Place("oversight.calendar", _l("校历"), "programme", Action.MANAGE_CALENDAR, group="house"),
    Place("oversight.limits", _l("时限"), "clock", Action.MANAGE_LIMITS, group="house"),
    Place("oversight.settings", _l("设置"), "settings", Action.READ_SETTINGS, group="house"),
    Place("people.accounts", _l("账号"), "people", Action.MANAGE_ACCOUNTS, group="house"),
    Place("oversight.audit_log", _l("审计"), "shield", Action.READ_AUDIT, group="watch"),
]


def init_app(app: Flask) -> None:
    app.context_processor(_context)
    app.add_url_rule("/", "home", home)
    app.add_url_rule("/healthz", "healthz", healthz)


@signed_in
def home() -> Response:
    """The first place of the menu: what waits for this person. The set-up, while the system is not in use yet."""
    if may(me(), Action.SET_UP) and not in_force.is_live():
        return redirect(url_for("oversight.set_up"), 303)
    return redirect(url_for(places(me())[0].endpoint), 303)


@public  # a balancer asks without an account; it learns nothing but that the program answers
def healthz() -> str:
    return "ok"


def places(actor: Actor) -> list[Place]:
    """The places the access table grants this person, in the order of the menu."""
    return [place for place in PLACES if place.action is None or may(actor, place.action)]


def _context() -> dict[str, Any]:
    actor: Actor | None = g.get("actor")
    if actor is None:
        return {"menu": [], "folded_places": {}, "new_contact_url": None}
    granted = places(actor)
    is_short = len(granted) <= SHORT
    bar = [place for place in granted if place.is_on_phone_bar][:ON_PHONES]
    return {
        "menu": [_drawn(place) | {"on_phone_bar": place in bar} for place in granted if is_short or not place.group],
        "folded_places": {} if is_short else {label: _of(group, granted) for group, label in GROUPS.items()},
        "new_contact_url": fixed("contacts.new") if may(actor, Action.RECORD_CONTACT) else None,
    }


def _of(group: str, granted: list[Place]) -> list[dict[str, Any]]:
    return [_drawn(place) for place in granted if place.group == group]


def _drawn(place: Place) -> dict[str, Any]:
    return {
        "url": fixed(place.endpoint),
        "label": place.label,
        "icon": place.icon,
        "current": request.endpoint == place.endpoint,
    }
