"""What rows say of one another and of what is there: whom they point to, trees, posts, receivers, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from liaison.access import Action, may
from liaison.exchange.rosters import editions, holding, legacy
from liaison.exchange.rosters.lines import Wish
from liaison.exchange.rosters.reading import WHOLE, Finding
from liaison.exchange.rosters.sheets import BY_CODE
from liaison.exchange.rosters.shelves import SHELVES
from liaison.people.actor import Actor
from liaison.people.words import PostCategory, Role

if TYPE_CHECKING:
    from liaison.exchange.rosters.planning import Plan

NEEDS = {  # the others: whoever may open the page
    "dispatch_catalogue": Action.MANAGE_CATALOGUE,
    "legacy_ticket": Action.IMPORT_VOICES,
    **editions.NEEDS,
}
FOR_EVER = date.max


def run(plan: Plan, actor: Actor, kinds: Collection[str]) -> None:
    """Every check; faults and warnings are noted in the plan. `kinds`: the sheets of the file."""
    plan.faults += permitted(actor, kinds)
    for check in (pointed, trees, closings, receivers, accounts, posts, categories, legacy.refused):
        plan.faults += check(plan, actor)
    plan.warnings += [*same_names(plan), *secretaries(plan), *without_principal(plan), *other_heads(plan)]
    plan.warnings += legacy.doubtful(plan)


def permitted(actor: Actor, kinds: Collection[str]) -> Iterator[Finding]:
    for code, action in NEEDS.items():
        if code in kinds and not may(actor, action):
            yield Finding(BY_CODE[code].tab, WHOLE, "", _("这张表由党政办主任导入。"))


def pointed(plan: Plan, _actor: Actor) -> Iterator[Finding]:
    """Whom a row points to is there, or comes with the same file; a unit is of a type that fits."""
    for shelf, wishes in plan.wanted.items():
        for wish in wishes.values():
            for column, to in SHELVES[shelf].points.items():
                key = wish.key.get(column) or wish.values.get(column)
                if key:
                    yield from _pointed(plan, wish, column, to, key)


def _pointed(plan: Plan, wish: Wish, column: str, to: str, key: Any) -> Iterator[Finding]:
    if not plan.has(to, (key,)):
        yield _of(wish, column, _nobody(to, key))
    elif column in wish.fits and _is_new(plan, wish, column, key) and _type(plan, key) not in wish.fits[column]:
        yield _of(wish, column, _("“%(key)s”不是这一类单位。", key=key))


def _is_new(plan: Plan, wish: Wish, column: str, key: Any) -> bool:
    """Does the row point elsewhere than before?"""
    row = plan.stock.get(wish.shelf, wish.known)
    return row is None or row.values[column] != key


def _type(plan: Plan, code: str) -> Any:
    return plan.value("unit", (code,), "type")


def _nobody(shelf: str, key: Any) -> str:
    if shelf == "unit":
        return _("没有编号为“%(key)s”的单位。", key=key)
    if shelf == "person":
        return _("没有工号为“%(key)s”的教职工。", key=key)
    return _("校历里没有这个学期，请先导入校历。")


def trees(plan: Plan, _actor: Actor) -> Iterator[Finding]:
    """No unit stands below itself; a code keeps its sort of thing."""
    for (code,), wish in plan.wanted.get("unit", {}).items():
        above, seen = plan.value("unit", (code,), "parent_id"), {code}
        while above and above not in seen:
            seen.add(above)
            above = plan.value("unit", (above,), "parent_id")
        if above == code:
            yield _of(wish, "parent_id", _("绕了一圈：它成了自己的下级。"))
        row, wanted = plan.stock.get("unit", (code,)), wish.fresh.get("type")
        if row and wanted and row.values["type"] is not wanted:
            yield _of(wish, "code", _("这个编号已经是“%(type)s”的。", type=_(row.values["type"].label)))


def closings(plan: Plan, _actor: Actor) -> Iterator[Finding]:
    """A unit that holds something closes on its own page, with a successor (rulings §13)."""
    closing = {
        row.id: wish
        for key, wish in plan.wanted.get("unit", {}).items()
        if wish.values.get("closed_on") and (row := plan.stock.get("unit", key)) and not row.values["closed_on"]
    }
    for unit_id, words in holding.of_units(set(closing)).items():
        yield _of(closing[unit_id], "closed_on", words)


def receivers(plan: Plan, _actor: Actor) -> Iterator[Finding]:
    """A unit that receives tickets has a head and a handler (domain.md §2.1)."""
    held = {(key[2], key[1]) for key in [*plan.stock.rows("role_grant"), *plan.wanted.get("role_grant", {})]}
    for (code,), wish in plan.wanted.get("unit", {}).items():
        row = plan.stock.get("unit", (code,))
        if wish.values.get("can_receive_tickets") and not (row and row.values["can_receive_tickets"]):
            for role, column in ((Role.HEAD, "head"), (Role.HANDLER, "handlers")):
                if (code, role) not in held:
                    words = _("承办单位要有%(role)s，请填工号。", role=_(role.label))
                    yield Finding(wish.kind.tab, wish.row, wish.kind.names[column][0], words)


def accounts(plan: Plan, actor: Actor) -> Iterator[Finding]:
    """Nobody closes his own account or an administrator's, or takes a role; a login is one person's."""
    people, admins = plan.wanted.get("person", {}), _administrators(plan)
    logins = {row.values["login"]: key for key, row in plan.stock.rows("person").items()}
    for key, wish in people.items():
        row = plan.stock.get("person", key)
        is_closing = wish.values.get("is_active") is False and row is not None and row.values["is_active"]
        if row and is_closing and (row.id == actor.id or key[0] in admins):
            yield _of(wish, "is_active", _("自己的账号和管理员的账号，请另一位管理员在账号页停用。"))
        login = wish.values.get("login") or (None if row else wish.fresh["login"])
        if login and logins.setdefault(login, key) != key:
            yield _of(wish, "login", _("账号“%(login)s”已有人用。", login=login))
    own = next((key[0] for key, row in plan.stock.rows("person").items() if row.id == actor.id), None)
    for grant, wish in plan.wanted.get("role_grant", {}).items():
        if grant[0] == own and plan.stock.get("role_grant", grant) is None:
            yield _of(wish, "person_id", _("自己的角色由另一位管理员设置。"))


def _administrators(plan: Plan) -> set[str]:
    return {key[0] for key in plan.stock.rows("role_grant") if key[1] is Role.ADMIN}


def posts(plan: Plan, _actor: Actor) -> Iterator[Finding]:
    """One 主要职务 at a time."""
    for wish, other in _overlapping(plan, _principals(plan)):
        yield _of(wish, "is_principal", _("主要职务同时只能有一个，和“%(title)s”重叠。", title=other))


def categories(plan: Plan, _actor: Actor) -> Iterator[Finding]:
    for (code,), wish in plan.wanted.get("category", {}).items():
        if not (len(code) == 2 and code.isdigit()):
            yield _of(wish, "code", _("请写两位数字，如 01。"))


def same_names(plan: Plan) -> Iterator[Finding]:
    """同名: two people of one name are two people, if both are meant."""
    called = defaultdict(set)
    for key, row in plan.stock.rows("person").items():
        called[row.values["name"]].add(key[0])
    for key, wish in plan.wanted.get("person", {}).items():
        called[wish.values.get("name", "")].add(key[0])
    for key, wish in plan.wanted.get("person", {}).items():
        others = called[wish.values.get("name", "")] - {key[0]}
        if wish.values.get("name") and others and plan.stock.get("person", key) is None:
            numbers = _("、").join(sorted(others)[:3])
            yield _of(wish, "name", _("同名：另有工号 %(numbers)s。请确认不是同一个人。", numbers=numbers))


def secretaries(plan: Plan) -> Iterator[Finding]:
    """Two 党委书记 on one day: possible for a while, and worth a look."""
    category = {PostCategory.PARTY_SECRETARY}
    held = [post for post in _posts(plan) if _post(plan, post, "category") in category]
    for wish, other in _overlapping(plan, {"": held}):
        yield _of(wish, "category", _("同一时间另有一位党委书记（%(title)s），请核对起止日期。", title=other))


def without_principal(plan: Plan) -> Iterator[Finding]:
    """Who holds posts and no main one."""
    have = {key[0] for key in _posts(plan) if _post(plan, key, "is_principal")}
    named: set[str] = set()
    for key, wish in plan.wanted.get("post", {}).items():
        if key[0] not in have | named:
            named.add(key[0])
            yield _of(wish, "is_principal", _("这位老师没有主要职务，表格里会用排在最前的一个。"))


def other_heads(plan: Plan) -> Iterator[Finding]:
    """A head who is not in the sheet stays head: roles end on the page of accounts only."""
    wanted = plan.wanted.get("role_grant", {})
    named = {key[2]: wish for key, wish in wanted.items() if key[1] is Role.HEAD}
    for person, role, unit in plan.stock.rows("role_grant"):
        if role is Role.HEAD and unit in named and (person, role, unit) not in wanted:
            words = _("现任负责人（工号 %(no)s）不在表里，角色仍保留。如已离任，请在账号页结束。", no=person)
            yield _of(named[unit], "person_id", words)


Held = tuple[Any, ...]  # the key of a post: person, unit, title, from


def _posts(plan: Plan) -> list[Held]:
    """Those of people whose posts the file speaks of, and whoever is secretary."""
    wanted = plan.wanted.get("post", {})
    if not wanted:
        return []
    people = {key[0] for key in wanted}
    secretary = PostCategory.PARTY_SECRETARY
    there = [
        key
        for key, row in plan.stock.rows("post").items()
        if key not in wanted and (key[0] in people or row.values["category"] is secretary)
    ]
    return [*there, *wanted]


def _principals(plan: Plan) -> dict[str, list[Held]]:
    found = defaultdict(list)
    for key in _posts(plan):
        if _post(plan, key, "is_principal"):
            found[key[0]].append(key)
    return found


def _overlapping(plan: Plan, groups: dict[str, list[Held]]) -> Iterator[tuple[Wish, str]]:
    """Posts of the file that share a day with another of their group, and what that one is called."""
    wanted = plan.wanted.get("post", {})
    for held in groups.values():
        ordered = sorted(held, key=lambda key: (key[3], key in wanted))
        until, longest = date.min, ordered[0] if ordered else ()
        for key in ordered:
            if key[3] <= until and key != longest:
                late = key if key in wanted else longest
                if late in wanted:
                    yield wanted[late], f"{(longest if late is key else key)[0]} {(longest if late is key else key)[2]}"
            end = _post(plan, key, "until_on") or FOR_EVER
            if end > until:
                until, longest = end, key


def _post(plan: Plan, key: Held, column: str) -> Any:
    return plan.value("post", key, column)


def _of(wish: Wish, column: str, words: str) -> Finding:
    return Finding(wish.kind.tab, wish.row, wish.heading(column), words)
