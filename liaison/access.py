"""Who may do what: one table (domain.md §2.3), closed by default.

A view declares what it needs with `public`, `signed_in` or `requires(action)`; a route without a
declaration makes the program refuse to start. What one may not see is loaded by nobody: the
capability's queries turn a scope of this table into a condition, and not visible means 404.
`parts_of` says which parts of a workflow an actor plays for one ticket.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from flask import Flask

from liaison.people.actor import Actor
from liaison.people.words import Role
from workflows.engine import Labelled
from workflows.parts import Part

View = TypeVar("View", bound=Callable[..., Any])


class Scope(Enum):
    """How far a permission reaches."""

    OWN = "O"  # own records and filings
    DELEGATOR = "D"  # those of the leader one acts for
    UNIT = "U"  # own unit
    SUPERVISED = "S"  # units supervised or linked
    ASSIGNED = "A"  # tickets assigned to him
    NORMAL = "N"  # all normal tickets
    RESTRICTED = "R"  # restricted tickets where named
    DOSSIER = "by dossier"  # one restricted ticket, asked for with a reason, for 72 hours
    AGGREGATE = "G"  # figures only, k ≥ 5
    ALL = "✔"


class Action(Labelled):
    """The rows of the matrix, in its order; only those whose pages exist."""

    RECORD_CONTACT = "record_contact", "记录联系"
    CONFIRM_CONTACT = "confirm_contact", "确认代录的联系"
    EDIT_CONTACT = "edit_contact", "修改联系记录"
    APPROVE_LATE = "approve_late", "批准补录"
    VIEW_CONTACTS = "view_contacts", "查看联系记录"
    VIEW_BRIEF = "view_brief", "查看联系前一页"
    VIEW_GAPS = "view_gaps", "查看走访空白"
    FILE_VOICE = "file_voice", "提交诉求"
    VIEW_TICKETS = "view_tickets", "查看普通事项"
    VIEW_RESTRICTED = "view_restricted", "查看受限事项"
    VIEW_SLIP = "view_slip", "查看联系方式"
    GRANT_SLIP = "grant_slip", "准许经办人查看联系方式"
    READ_LOOKS = "read_looks", "查看谁看过"
    USE_CONFIDENTIAL = "use_confidential", "使用保密渠道"
    KEEP_RESTRICTED = "keep_restricted", "管理受限事项的知情人"
    READ_HANDOFFS = "read_handoffs", "查看移交记录"
    READ_DOSSIERS = "read_dossiers", "查阅受限事项的申请"
    WORK_TICKETS = "work_tickets", "办理事项"
    IMPORT_VOICES = "import_voices", "导入诉求"
    MANAGE_ROSTER = "manage_roster", "维护名册"
    MANAGE_CALENDAR = "manage_calendar", "维护校历"
    MANAGE_LIMITS = "manage_limits", "维护时限"
    VIEW_CATALOGUE = "view_catalogue", "查看派单目录"
    MANAGE_CATALOGUE = "manage_catalogue", "维护派单目录"
    CHECK_TICKETS = "check_tickets", "核实答复"
    CHECK_AT_VISIT = "check_at_visit", "走访时核实答复"
    VIEW_DRAWS = "view_draws", "查看抽签公示"
    VIEW_PUBLICATIONS = "view_publications", "查看公开情况"
    VIEW_ORDERS = "view_orders", "查看督办单"
    PROPOSE_ORDER = "propose_order", "提议督办"
    ISSUE_ORDER = "issue_order", "下达督办单"
    VIEW_PROGRAMMES = "view_programmes", "查看联系制度"
    VIEW_FIGURES = "view_figures", "查看数据"
    VIEW_STATEMENTS = "view_statements", "查看履职情况说明"
    ISSUE_STATEMENTS = "issue_statements", "出具履职情况说明"
    EXPORT_TICKETS = "export_tickets", "导出台账"
    VIEW_REPORTS = "view_reports", "查看报告"
    WRITE_REPORTS = "write_reports", "撰写报告"
    VIEW_PARTY_TABLES = "view_party_tables", "查看党组织情况表"
    EXPORT_EVENTS = "export_events", "导出流转记录"
    DECLARE_SPECIAL = "declare_special", "宣布特殊时期"
    MANAGE_RULES = "manage_rules", "维护规则与派单目录"
    PROPOSE_FEEDBACK = "propose_feedback", "提议反馈设置"
    APPROVE_FEEDBACK = "approve_feedback", "批准反馈设置"
    SET_UP = "set_up", "初始化"
    READ_SETTINGS = "read_settings", "查看设置"
    MANAGE_ACCOUNTS = "manage_accounts", "维护账号与角色"
    READ_AUDIT = "read_audit", "查看审计日志"
    VIEW_DUTIES = "view_duties", "查看本人的任务"
    VIEW_PROGRESS = "view_progress", "查看完成情况"
    PRINT_CARDS = "print_cards", "打印查询码卡"
    READ_FORMS = "read_forms", "查看记录表"
    COLLECT_FORMS = "collect_forms", "汇总记录表与申报"
    DECLARE = "declare", "本人申报"
    VIEW_PROMPTS = "view_prompts", "查看核实提示"
    CONCLUDE_PROMPTS = "conclude_prompts", "对核实提示作结论"


R, S = Role, Scope

MATRIX: dict[Action, dict[Role, frozenset[Scope]]] = {
    action: {role: frozenset(scopes) for role, scopes in row.items()}
    for action, row in {
        Action.RECORD_CONTACT: {R.LEADER: {S.OWN}, R.LIAISON: {S.DELEGATOR}, R.CADRE: {S.OWN}, R.HEAD: {S.OWN}},
        Action.CONFIRM_CONTACT: {R.LEADER: {S.OWN}, R.CADRE: {S.OWN}},
        Action.EDIT_CONTACT: {R.LEADER: {S.OWN}, R.LIAISON: {S.DELEGATOR}, R.CADRE: {S.OWN}, R.HEAD: {S.OWN}},
        Action.APPROVE_LATE: {R.DIRECTOR: {S.ALL}},
        Action.VIEW_CONTACTS: {
            R.LEADER: {S.OWN, S.SUPERVISED},
            R.LIAISON: {S.DELEGATOR},
            R.CADRE: {S.OWN},
            R.HEAD: {S.UNIT},
            R.DESK: {S.UNIT},
            R.CLERK: {S.ALL},
            R.DIRECTOR: {S.ALL},
            R.AUDITOR: {S.ALL},
        },
        Action.VIEW_BRIEF: {  # the matters in it are those VIEW_TICKETS shows
            R.LEADER: {S.OWN, S.SUPERVISED},
            R.LIAISON: {S.DELEGATOR},
            R.CADRE: {S.OWN},
            R.HEAD: {S.UNIT},
            R.DESK: {S.UNIT},
            R.CLERK: {S.ALL},
            R.DIRECTOR: {S.ALL},
        },
        Action.VIEW_GAPS: {
            R.LEADER: {S.OWN, S.SUPERVISED},
            R.LIAISON: {S.DELEGATOR},
            R.CADRE: {S.OWN},
            R.HEAD: {S.UNIT},
            R.DESK: {S.UNIT},
            R.CLERK: {S.ALL},
            R.DIRECTOR: {S.ALL},
            R.AUDITOR: {S.ALL},
        },
        Action.FILE_VOICE: {
            R.LEADER: {S.OWN},
            R.LIAISON: {S.DELEGATOR},
            R.CADRE: {S.OWN},
            R.HEAD: {S.OWN},
            R.DESK: {S.UNIT},
            R.CLERK: {S.ALL},
            R.DIRECTOR: {S.ALL},
            R.CONFIDENTIAL: {S.ALL},
        },
        Action.VIEW_TICKETS: {
            R.LEADER: {S.OWN, S.SUPERVISED},
            R.LIAISON: {S.DELEGATOR},
            R.CADRE: {S.OWN},
            R.HANDLER: {S.ASSIGNED},
            R.HEAD: {S.UNIT},
            R.DESK: {S.UNIT},
            R.CLERK: {S.NORMAL},
            R.DIRECTOR: {S.NORMAL},
            R.CONFIDENTIAL: {S.NORMAL},
            R.AUDITOR: {S.NORMAL},
        },
        Action.VIEW_RESTRICTED: {
            R.HANDLER: {S.ASSIGNED},
            R.HEAD: {S.RESTRICTED},
            R.DIRECTOR: {S.RESTRICTED},
            R.CONFIDENTIAL: {S.RESTRICTED},
            R.AUDITOR: {S.DOSSIER},
        },
        Action.VIEW_SLIP: {
            R.HANDLER: {S.ASSIGNED},  # by a grant, with a reason, until the episode is handled
            R.CLERK: {S.NORMAL},
            R.DIRECTOR: {S.NORMAL},
            R.CONFIDENTIAL: {S.RESTRICTED},
        },
        Action.GRANT_SLIP: {R.CLERK: {S.NORMAL}, R.DIRECTOR: {S.NORMAL}, R.CONFIDENTIAL: {S.RESTRICTED}},
        Action.READ_LOOKS: {
            R.CLERK: {S.NORMAL},
            R.DIRECTOR: {S.NORMAL},
            R.CONFIDENTIAL: {S.RESTRICTED},
            R.AUDITOR: {S.ALL},
        },
        Action.USE_CONFIDENTIAL: {
            R.LEADER: {S.OWN},
            R.LIAISON: {S.AGGREGATE},  # the telephone numbers, and that somebody took the call; no text
            R.CADRE: {S.OWN},
            R.HEAD: {S.OWN},
            R.DESK: {S.OWN},
            R.CLERK: {S.OWN},
            R.DIRECTOR: {S.OWN},
            R.CONFIDENTIAL: {S.OWN},
        },
        Action.KEEP_RESTRICTED: {R.CONFIDENTIAL: {S.RESTRICTED}},
        Action.READ_HANDOFFS: {R.DIRECTOR: {S.ALL}, R.CONFIDENTIAL: {S.ALL}, R.AUDITOR: {S.AGGREGATE}},
        Action.READ_DOSSIERS: {R.DIRECTOR: {S.RESTRICTED}, R.CONFIDENTIAL: {S.RESTRICTED}, R.AUDITOR: {S.OWN}},
        Action.WORK_TICKETS: {
            R.LEADER: {S.OWN},
            R.LIAISON: {S.DELEGATOR},
            R.CADRE: {S.OWN},
            R.HANDLER: {S.ASSIGNED},
            R.HEAD: {S.UNIT},
            R.DESK: {S.UNIT},
            R.CLERK: {S.NORMAL},
            R.DIRECTOR: {S.NORMAL},
            R.CONFIDENTIAL: {S.RESTRICTED},
        },
        Action.IMPORT_VOICES: {R.CLERK: {S.ALL}, R.DIRECTOR: {S.ALL}},
        Action.MANAGE_ROSTER: {R.DIRECTOR: {S.ALL}, R.ADMIN: {S.ALL}},
        Action.MANAGE_CALENDAR: {R.DIRECTOR: {S.ALL}, R.ADMIN: {S.ALL}},
        Action.MANAGE_LIMITS: {R.DIRECTOR: {S.ALL}},
        Action.VIEW_CATALOGUE: {R.CLERK: {S.ALL}, R.DIRECTOR: {S.ALL}},
        Action.MANAGE_CATALOGUE: {R.DIRECTOR: {S.ALL}},
        Action.CHECK_TICKETS: {R.CLERK: {S.NORMAL}, R.DIRECTOR: {S.NORMAL}, R.CONFIDENTIAL: {S.RESTRICTED}},
        Action.CHECK_AT_VISIT: {R.LEADER: {S.OWN}, R.LIAISON: {S.DELEGATOR}, R.CADRE: {S.OWN}},
        Action.VIEW_ORDERS: {
            R.LEADER: {S.SUPERVISED},
            R.HANDLER: {S.UNIT},
            R.HEAD: {S.UNIT},
            R.CLERK: {S.NORMAL},
            R.DIRECTOR: {S.ALL},
            R.CONFIDENTIAL: {S.RESTRICTED},
            R.AUDITOR: {S.NORMAL},
        },
        Action.PROPOSE_ORDER: {R.CLERK: {S.NORMAL}, R.DIRECTOR: {S.ALL}},
        Action.ISSUE_ORDER: {R.DIRECTOR: {S.ALL}},
        Action.VIEW_DRAWS: {
            R.LEADER: {S.ALL},
            R.HEAD: {S.ALL},
            R.CLERK: {S.ALL},
            R.DIRECTOR: {S.ALL},
            R.CONFIDENTIAL: {S.ALL},
            R.AUDITOR: {S.ALL},
        },
        Action.VIEW_PUBLICATIONS: {R.CLERK: {S.NORMAL}, R.DIRECTOR: {S.ALL}, R.AUDITOR: {S.NORMAL}},
        Action.VIEW_PROGRAMMES: {  # whoever owes by them, and the office
            R.LEADER: {S.ALL},
            R.LIAISON: {S.ALL},
            R.CADRE: {S.ALL},
            R.HEAD: {S.ALL},
            R.CLERK: {S.ALL},
            R.DIRECTOR: {S.ALL},
            R.AUDITOR: {S.ALL},
        },
        Action.VIEW_FIGURES: {R.HEAD: {S.UNIT}, R.CLERK: {S.ALL}, R.DIRECTOR: {S.ALL}, R.AUDITOR: {S.ALL}},
        Action.VIEW_STATEMENTS: {R.LEADER: {S.OWN}, R.CADRE: {S.OWN}, R.HEAD: {S.OWN}, R.DIRECTOR: {S.ALL}},
        Action.ISSUE_STATEMENTS: {R.DIRECTOR: {S.ALL}},  # on a numbered request
        Action.EXPORT_TICKETS: {  # what one may see as tickets, as a file; each with its purpose
            R.HEAD: {S.UNIT},
            R.CLERK: {S.NORMAL},
            R.DIRECTOR: {S.NORMAL},
            R.AUDITOR: {S.NORMAL},
        },
        Action.VIEW_REPORTS: {R.CLERK: {S.ALL}, R.DIRECTOR: {S.ALL}},  # they hold leaders side by side: the office only
        Action.WRITE_REPORTS: {R.DIRECTOR: {S.ALL}},
        Action.VIEW_PARTY_TABLES: {R.HEAD: {S.UNIT}, R.DIRECTOR: {S.ALL}},  # a college's head of his own
        Action.EXPORT_EVENTS: {R.DIRECTOR: {S.ALL}},
        Action.DECLARE_SPECIAL: {R.DIRECTOR: {S.ALL}},
        Action.MANAGE_RULES: {R.DIRECTOR: {S.ALL}},
        Action.PROPOSE_FEEDBACK: {R.DIRECTOR: {S.ALL}},
        Action.APPROVE_FEEDBACK: {R.AUDITOR: {S.ALL}},
        Action.SET_UP: {R.DIRECTOR: {S.ALL}, R.ADMIN: {S.ALL}},
        Action.READ_SETTINGS: {R.DIRECTOR: {S.ALL}, R.ADMIN: {S.ALL}, R.AUDITOR: {S.ALL}},
        Action.MANAGE_ACCOUNTS: {R.ADMIN: {S.ALL}},
        Action.READ_AUDIT: {R.AUDITOR: {S.ALL}, R.SECURITY: {S.ALL}},
        Action.READ_FORMS: {  # as the row «leader figures»; a liaison sees what is printed for whom he records
            R.LEADER: {S.OWN},
            R.LIAISON: {S.DELEGATOR},
            R.CADRE: {S.OWN},
            R.HEAD: {S.OWN},
            R.CLERK: {S.ALL},
            R.DIRECTOR: {S.ALL},
        },
        Action.COLLECT_FORMS: {R.CLERK: {S.ALL}, R.DIRECTOR: {S.ALL}},
        Action.DECLARE: {R.CADRE: {S.OWN}, R.HEAD: {S.OWN}, R.DIRECTOR: {S.OWN}},
        Action.VIEW_DUTIES: {R.LEADER: {S.OWN}, R.CADRE: {S.OWN}, R.HEAD: {S.OWN}},  # «leader figures», O
        Action.VIEW_PROGRESS: {R.CLERK: {S.ALL}, R.DIRECTOR: {S.ALL}},  # the same, ✔: nobody else compares people
        Action.VIEW_PROMPTS: {R.LEADER: {S.OWN}, R.CADRE: {S.OWN}, R.HEAD: {S.OWN, S.UNIT}, R.DIRECTOR: {S.ALL}},
        Action.CONCLUDE_PROMPTS: {R.DIRECTOR: {S.ALL}},
        Action.PRINT_CARDS: {R.LEADER: {S.OWN}, R.LIAISON: {S.DELEGATOR}, R.CADRE: {S.OWN}, R.HEAD: {S.OWN}},
    }.items()
}


@cache
def scopes_of(roles: frozenset[Role], action: Action) -> frozenset[Scope]:
    """How far somebody with these roles may go with an action; empty = not at all."""
    row = MATRIX.get(action, {})
    return frozenset(scope for role in roles for scope in row.get(role, ()))


def scopes(actor: Actor, action: Action) -> frozenset[Scope]:
    """How far the actor may go with an action; empty = not at all."""
    return scopes_of(actor.roles, action)


def units_of(actor: Actor, action: Action) -> frozenset[int] | None:
    """Whose matters an action reaches: of the units he heads; None: everybody's."""
    return None if Scope.ALL in scopes(actor, action) else actor.at(Role.HEAD)


def may(actor: Actor, action: Action) -> bool:
    return bool(scopes(actor, action))


# --- which parts of the ticket workflow an actor plays -----------------------------------------


@dataclass(frozen=True)
class Relation:
    """What `parts_of` must know of a ticket; the caller fills it from the row."""

    is_restricted: bool = False
    is_filer: bool = False
    lead_unit_id: int | None = None
    handler_id: int | None = None
    college_id: int | None = None  # the college whose own matter it is, if any: where a desk may act
    co_unit_ids: frozenset[int] = frozenset()
    co_handler_ids: frozenset[int] = frozenset()


def parts_of(actor: Actor, relation: Relation) -> frozenset[Part]:
    """The parts an actor plays for one ticket: the roles of §2.2 seen from that ticket."""
    rules: dict[Part, bool] = {
        Part.FILER: relation.is_filer,
        Part.HEAD: relation.lead_unit_id in actor.at(Role.HEAD),
        Part.HANDLER: _is_handler(actor, relation),
        Part.CO_HEAD: bool(relation.co_unit_ids & actor.at(Role.HEAD)),
        Part.CO_HANDLER: bool(relation.co_unit_ids & actor.at(Role.HANDLER)),
        Part.SUPERVISING: relation.lead_unit_id in actor.supervised,
    }
    office = _restricted_parts(actor) if relation.is_restricted else _normal_parts(actor, relation)
    return frozenset(part for part, plays in {**rules, **office}.items() if plays)


def _is_handler(actor: Actor, relation: Relation) -> bool:
    """Before signing every handler of the lead unit, afterwards the named one (rulings §13)."""
    if relation.handler_id is not None:
        return relation.handler_id == actor.id
    return relation.lead_unit_id in actor.at(Role.HANDLER)


def _normal_parts(actor: Actor, relation: Relation) -> dict[Part, bool]:
    return {
        Part.CLERK: actor.has(Role.CLERK),
        Part.DIRECTOR: actor.has(Role.DIRECTOR),
        Part.DESK: relation.college_id in actor.at(Role.DESK),
        Part.CONFIDENTIAL_N: actor.has(Role.CONFIDENTIAL),
    }


def _restricted_parts(actor: Actor) -> dict[Part, bool]:
    return {
        Part.DIRECTOR_R: actor.has(Role.DIRECTOR),
        Part.CONFIDENTIAL: actor.has(Role.CONFIDENTIAL),
    }


# --- what a view declares ------------------------------------------------------------------------

PUBLIC, SIGNED_IN = "public", "signed_in"


def public(view: View) -> View:
    """Anybody, without sign-in. Every use needs its reason beside it."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Every signed-in person; what he sees is decided by the query."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def requires(action: Action) -> Callable[[View], View]:
    """Signed-in persons to whom the matrix grants the action in any scope."""

    def declare(view: View) -> View:
        view.access = action  # type: ignore[attr-defined]
        return view

    return declare


def declared(app: Flask, endpoint: str) -> str | Action | None:
    """What a route declares; files under static/ are the only ones that need not."""
    if endpoint == "static":
        return PUBLIC
    return getattr(app.view_functions[endpoint], "access", None)


def refuse_undeclared(app: Flask) -> None:
    """Refuse to start while a route says nothing about who may use it (safety.md R1)."""
    missing = sorted({rule.endpoint for rule in app.url_map.iter_rules() if declared(app, rule.endpoint) is None})
    if missing:
        raise RuntimeError(f"routes without an access declaration (liaison/access.py): {', '.join(missing)}")
