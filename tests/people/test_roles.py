"""Roles are given by somebody else, for a time, where they hold (domain.md §2.2, safety.md §3 三员分立)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liaison.core.clock import today
from liaison.core.db import db
from liaison.core.errors import BadInput, Conflict, NotVisible
from liaison.people import actions
from liaison.people.models import RoleGrant
from liaison.people.queries.accounts import grants_of
from liaison.people.queries.acting import ties_of
from liaison.people.words import INCOMPATIBLE, OF_A_UNIT, Role
from tests.cast import person, unit


def _grant(login: str, role: Role, code: str | None = None, days: int | None = None, begins: int = 0) -> RoleGrant:
    first = today() + timedelta(days=begins)
    last = first + timedelta(days=days) if days is not None else None
    return actions.grant_role(
        person(login), role, unit(code) if code else None, first, last, actor_id=person("admin").id
    )


def _roles(login: str) -> frozenset[Role]:
    db.session.flush()
    return ties_of(person(login).id).roles


def test_a_role_holds_from_its_first_day(app: Any) -> None:
    _grant("sun", Role.HEAD, "logistics")
    _grant("sun", Role.CADRE, "logistics", begins=1)
    assert _roles("sun") == {Role.HANDLER, Role.HEAD}


@pytest.mark.parametrize("pair", [tuple(sorted(pair)) for pair in INCOMPATIBLE])
@pytest.mark.parametrize("first", [0, 1])
def test_one_person_does_not_hold_both(app: Any, pair: tuple[Role, Role], first: int) -> None:
    _grant("sun", Role(pair[first]))
    db.session.flush()
    with pytest.raises(BadInput) as wrong:
        _grant("sun", Role(pair[1 - first]))
    assert "不能兼任" in wrong.value.errors["role"]


def test_one_after_the_other_is_possible(app: Any) -> None:
    _grant("sun", Role.AUDITOR, days=10)
    db.session.flush()
    _grant("sun", Role.ADMIN, begins=11)


@pytest.mark.parametrize("role", sorted(OF_A_UNIT))
def test_a_role_of_a_unit_needs_one(app: Any, role: Role) -> None:
    with pytest.raises(BadInput) as wrong:
        _grant("wang", role)
    assert "unit" in wrong.value.errors


@pytest.mark.parametrize("role", sorted(set(Role) - OF_A_UNIT))
def test_a_role_of_the_whole_has_none(app: Any, role: Role) -> None:
    with pytest.raises(BadInput) as wrong:
        _grant("sun", role, "logistics")
    assert "unit" in wrong.value.errors


def test_the_same_twice_is_refused(app: Any) -> None:
    with pytest.raises(BadInput) as wrong:
        _grant("sun", Role.HANDLER, "logistics")
    assert "已有这个角色" in wrong.value.errors["role"]
    _grant("sun", Role.HANDLER, "library")


def test_an_administrator_gives_himself_nothing(sign_in_as: Any) -> None:
    admin = sign_in_as("admin")
    assert "/accounts/admin/roles" not in admin.get("/accounts/admin").text
    sent = {"role-role": "director", "role-from_on": today().isoformat()}
    assert admin.send("/accounts/admin/roles", sent).status_code == 409
    assert _roles("admin") == {Role.ADMIN}
    own = grants_of(person("admin").id)[0].id
    assert admin.send(f"/accounts/admin/roles/{own}/end").status_code == 409


def test_the_page_gives_and_takes(sign_in_as: Any, deeds: Any) -> None:
    admin = sign_in_as("admin")
    admin.submit("/accounts/sun", {"role-role": "head", "role-unit": "后勤保障处"}, to="/accounts/sun/roles")
    assert Role.HEAD in _roles("sun")
    given = next(row for row in grants_of(person("sun").id) if row.role is Role.HEAD)
    assert given.giver == "管理员"
    admin.submit("/accounts/sun", to=f"/accounts/sun/roles/{given.id}/end")
    assert Role.HEAD not in _roles("sun")
    assert [deed for deed, _about in deeds()] == ["role.granted", "role.ended"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"role-role": "head"}, "请写明是哪个"),
        ({"role-role": "head", "role-unit": "没有的处"}, "没有叫「没有的处」的单位"),
        ({"role-role": ""}, "请选角色"),
        ({"role-role": "holder"}, ""),
        ({"role-role": "clerk", "role-from_on": "2026-12-01", "role-until_on": "2026-11-01"}, "结束的日子"),
        ({"role-role": "clerk", "role-from_on": ""}, "请选从哪天开始"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(sign_in_as: Any, typed: dict[str, str], sentence: str) -> None:
    before = db.session.query(RoleGrant).count()
    answer = sign_in_as("admin").submit("/accounts/sun", typed, to="/accounts/sun/roles")
    assert answer.status_code == 400
    assert sentence in answer.text
    assert db.session.query(RoleGrant).count() == before


def test_a_grant_of_somebody_else_is_not_found(app: Any) -> None:
    theirs = grants_of(person("li").id)[0].id
    with pytest.raises(NotVisible):
        actions.end_role(person("sun"), theirs, actor_id=person("admin").id)


def test_one_administrator_always_stays(app: Any) -> None:
    only = grants_of(person("admin").id)[0].id
    with pytest.raises(Conflict) as wrong:
        actions.end_role(person("admin"), only, actor_id=person("wang").id)
    assert "至少要留一位" in wrong.value.message
    with pytest.raises(Conflict):
        actions.deactivate(person("admin"), actor_id=person("wang").id)


def test_a_post_has_the_category_that_says_what_is_owed(sign_in_as: Any) -> None:
    from liaison.people.queries.accounts import posts_of
    from liaison.people.words import PostCategory

    admin = sign_in_as("admin")
    typed = {"post-title": "副处长", "post-unit": "后勤保障处", "post-category": "division_deputy", "post-rank": "副处"}
    assert admin.submit("/accounts/sun", typed, to="/accounts/sun/posts").status_code == 303
    post = next(row for row in posts_of(person("sun").id) if row.title == "副处长")
    assert (post.category, post.rank) == (PostCategory.DIVISION_DEPUTY, "副处")
    assert "中层副职，副处" in admin.get("/accounts/sun").text
    refused = admin.submit("/accounts/sun", {**typed, "post-category": "x"}, to="/accounts/sun/posts")
    assert refused.status_code == 400


def test_posts_are_kept_when_they_are_over(sign_in_as: Any) -> None:
    admin = sign_in_as("admin")
    typed = {"post-title": "副处长", "post-unit": "logistics"}
    admin.submit("/accounts/sun", typed, to="/accounts/sun/posts")
    assert admin.submit("/accounts/sun", typed, to="/accounts/sun/posts").status_code == 400
    page = admin.get("/accounts/sun").text
    assert "副处长" in page
    from liaison.people.queries.accounts import posts_of

    post = next(row for row in posts_of(person("sun").id) if row.title == "副处长")
    admin.submit("/accounts/sun", to=f"/accounts/sun/posts/{post.id}/end")
    assert "副处长" in admin.get("/accounts/sun").text
