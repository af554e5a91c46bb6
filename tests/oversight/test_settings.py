"""设置: one table says what there is; what is saved holds from then on; feedback needs a second key (B27)."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from liaison.audit.models import AuditRow
from liaison.core.errors import NotAllowed
from liaison.people.queries import acting
from liaison.people.words import Role
from liaison.settings import actions, in_force, queries
from liaison.settings.models import SettingProposal, SettingVersion
from liaison.settings.table import BY_NAME, SECTIONS, SETTINGS, Kind, defaults
from tests import cast
from tests.factories import go, make_ticket
from workflows.ticket_states import State

WHY = {"note": "学期末学生回得晚"}


def propose(browser, section="feedback", **typed):
    return browser.submit(f"/settings/{section}", {**WHY, **typed}, to=f"/settings/{section}")


def decide(browser, answer="confirm", section="feedback", **typed):
    return browser.submit(f"/settings/{section}", typed, to=f"/settings/{section}/{answer}")


def deeds(db):
    return list(
        db.session.scalars(select(AuditRow.deed).where(AuditRow.deed.like("settings.%")).order_by(AuditRow.seq))
    )


def test_every_default_lies_within_its_own_bounds():
    for section in SECTIONS:
        for setting in section.settings:
            assert setting.kind is not Kind.NUMBER or setting.least <= setting.default <= setting.most, setting.name
            assert setting.kind is not Kind.NUMBER or setting.least > 0, f"{setting.name}: nothing is switched off by 0"


def test_what_is_shipped_is_what_the_specification_says():
    given = {name: setting.default for name, (_section, setting) in SETTINGS.items()}
    assert (given["rating_days"], given["reopen_days"], given["unreachable_days"], given["sample_rate"]) == (
        7,
        15,
        14,
        20,
    )
    assert (given["info_days"], given["info_rounds"], given["hot_voices"], given["hot_days"]) == (5, 2, 5, 14)
    assert (given["code_days"], given["month_lock_day"], given["digest_at"]) == (60, 5, "08:30")
    assert {s.name for s in SECTIONS if s.needs_second_key} == {"feedback", "sampling"}


@pytest.mark.parametrize(
    ("login", "status"),
    [("director", 200), ("admin", 200), ("auditor", 200), ("wang", 404), ("zhang", 404), ("sun", 404), ("li", 404)],
)
def test_no_role_of_a_department_reaches_them(sign_in_as, login, status):
    browser = sign_in_as(login)
    for address in ("/settings", "/settings/feedback", "/settings/rules"):
        assert browser.get(address).status_code == status, address
    assert status == 200 or browser.send("/settings/feedback", {"rating_days": 3}).status_code == 404


def test_the_director_saves_what_needs_no_second_key(db, sign_in_as):
    browser = sign_in_as("director")
    assert browser.submit("/settings/rules", {"info_rounds": "3"}, to="/settings/rules").status_code == 303
    assert in_force.number("info_rounds") == 3
    assert in_force.number("info_days") == 5
    page = browser.get("/settings/rules").text
    assert "2 → 3" in page
    assert "周主任" in page
    assert deeds(db) == ["settings.saved"]


@pytest.mark.parametrize("section", ["rules", "limits", "desk", "feedback", "sampling"])
def test_the_administrator_and_the_auditor_change_none_of_these(sign_in_as, section):
    for login in ("admin", "auditor"):
        browser = sign_in_as(login)
        assert f'action="/settings/{section}"' not in browser.get(f"/settings/{section}").text
        assert browser.send(f"/settings/{section}", {"base": 0, **WHY}).status_code == 403
    assert queries.editions() == {}


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"info_days": "0"}, "1 到 20"), ({"hot_voices": ""}, "2 到 50"), ({"code_days": "9" * 400}, "15 到 365")],
)
def test_what_cannot_be_comes_back_with_a_sentence(sign_in_as, typed, words):
    page = sign_in_as("director").submit("/settings/rules", typed, to="/settings/rules")
    assert page.status_code == 422
    assert words in page.text


def test_two_at_once_the_second_reads_who_was_faster_and_loses_nothing(db, sign_in_as):
    browser = sign_in_as("director")
    late = {"base": 0, "digest_at": "09:15", "quiet_from": "21:00", "quiet_until": "07:00", "note": "大家都说太早"}
    sign_in_as("admin").submit("/settings/notices", {"digest_at": "08:00"}, to="/settings/notices")
    answer = browser.send("/settings/notices", late)
    assert answer.status_code == 409
    for words in ("管理员刚才先改了", 'value="09:15"', "大家都说太早", 'name="base" type="hidden" value="1"'):
        assert words in answer.text
    assert browser.send("/settings/notices", {**late, "base": 1}).status_code == 303
    assert in_force.time_of("digest_at").isoformat() == "09:15:00"


def test_feedback_waits_for_the_second_key_and_then_holds(db, sign_in_as):
    assert propose(sign_in_as("director"), rating_days="10").status_code == 303
    assert in_force.number("rating_days") == 7
    auditor = sign_in_as("auditor")
    assert "周主任提议修改" in auditor.get("/settings").text
    assert decide(auditor).status_code == 303
    assert in_force.number("rating_days") == 10
    page = auditor.get("/settings").text
    for words in ("7 → 10", "周主任", "曹老师", WHY["note"]):
        assert words in page
    assert deeds(db) == ["settings.proposed", "settings.confirmed"]
    assert decide_again(auditor) == 409


def decide_again(auditor):
    return auditor.send("/settings/feedback/confirm", {"proposal": 1}).status_code


def test_what_the_auditor_declines_changes_nothing(db, sign_in_as):
    propose(sign_in_as("director"), "sampling", sample_rate="5")
    auditor = sign_in_as("auditor")
    assert decide(auditor, "decline", "sampling").status_code == 422
    assert decide(auditor, "decline", "sampling", reason="抽得太少").status_code == 303
    assert in_force.number("sample_rate") == 20
    assert "抽得太少" in sign_in_as("director").get("/settings/sampling").text
    assert propose(sign_in_as("director"), "sampling", sample_rate="30").status_code == 303


def test_one_proposal_waits_at_a_time_and_needs_a_reason(sign_in_as):
    director = sign_in_as("director")
    assert propose(director, rating_days="10", note="").status_code == 422
    assert propose(director, rating_days="10").status_code == 303
    assert 'action="/settings/feedback"' not in director.get("/settings/feedback").text
    typed = {
        "base": 0,
        "rating_days": 12,
        "reopen_days": 15,
        "unreachable_days": 14,
        "ask_filer_days": 3,
        "note": "再长一点",
    }
    second = director.send("/settings/feedback", typed)
    assert second.status_code == 409
    for words in ("已有一份提议", 'value="12"', "再长一点"):
        assert words in second.text
    assert director.send("/settings/feedback/defaults").status_code == 303
    assert queries.editions() == {}  # what waits is not overtaken


def test_who_proposed_cannot_approve_whatever_roles_he_holds(db, client_of):
    both = cast.person("director")
    cast._grant(both, Role.AUDITOR, None, from_on=cast.LONG_AGO)  # noqa: SLF001 – a person no list of roles forbids
    db.session.commit()
    browser = client_of(both)
    propose(browser, rating_days="10")
    assert "/settings/feedback/confirm" not in browser.get("/settings/feedback").text
    key = db.session.scalars(select(SettingProposal.id)).one()
    assert browser.send("/settings/feedback/confirm", {"proposal": key}).status_code == 403
    assert in_force.number("rating_days") == 7


def test_the_director_alone_has_no_way_to_the_second_key(db, sign_in_as):
    director = sign_in_as("director")
    propose(director, rating_days="10")
    assert director.send("/settings/feedback/confirm", {"proposal": 1}).status_code == 404
    with pytest.raises(NotAllowed):
        actions.save(BY_NAME["feedback"], {}, acting.actor_of(cast.person("director").id), base=0, note="")


def test_the_database_itself_refuses_a_change_without_the_second_key(db):
    given = {"section": "feedback", "edition": 2, "content": {}, "made_at": cast.clock.now(), "note": ""}
    db.session.add(SettingVersion(**given, made_by_id=cast.person("director").id))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    me = cast.person("director").id
    db.session.add(SettingVersion(**given, made_by_id=me, approved_by_id=me))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_versions_are_only_added(db, setting):
    setting(rating_days=9)
    version = db.session.scalars(select(SettingVersion)).one()
    version.note = "later"
    with pytest.raises(Exception, match="append-only"):
        db.session.flush()


def test_a_window_that_is_open_keeps_its_days(db, frozen, setting):
    time = frozen("2026-11-02 09:00")
    ticket = go(make_ticket(), "accept dispatch sign submit_answer head_approve office_approve tell")
    due = ticket.next_due_at
    time.on(days=1)
    setting(rating_days=3, reopen_days=7)
    assert in_force.number("rating_days", due) == 3
    assert in_force.number("rating_days", ticket.last_told_at) == 7
    db.session.refresh(ticket)
    assert ticket.next_due_at == due
    assert ticket.state is State.FEEDBACK_GIVEN


def test_texts_and_telephones_stay_out_of_the_audit_log(db, sign_in_as):
    typed = {"emergency_phones": "保卫处值班 0100-110"}
    sign_in_as("admin").submit("/settings/telephones", typed, to="/settings/telephones")
    row = db.session.scalars(select(AuditRow).where(AuditRow.deed == "settings.saved")).one()
    assert "0100-110" not in row.detail
    assert "emergency_phones" in row.detail


def test_a_process_learns_what_another_saved(app, monkeypatch, setting):
    setting(rating_days=9)
    in_force.forget()
    assert in_force.number("rating_days") == 7
    monkeypatch.setitem(app.config, "SETTING_SECONDS", 30)
    assert in_force.number("rating_days") == 9


def test_asking_costs_no_statement(app, setting, queries):
    setting(rating_days=9)
    with queries() as asked:
        assert in_force.number("rating_days") == 9
        assert in_force.number("sample_rate") == defaults(BY_NAME["sampling"])["sample_rate"]
    assert asked == []
