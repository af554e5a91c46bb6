"""附件1、附件2 field by field, from records with nothing typed (domain.md §3.3, promise B25)."""

from datetime import date

import pytest

from liaison.contacts.models import ContactTarget, LateEntry
from liaison.core import clock
from liaison.oversight.queries import record_forms as queries
from liaison.oversight.queries.record_holders import of_month
from liaison.oversight.record_forms import LINE_LENGTH, Held, generated_work, work
from liaison.people.models import Link, StaffLink, Unit
from liaison.people.words import PostCategory, UnitType
from liaison.programmes.models import WORK_LENGTH, CarrierPlan, ProgrammeEdition
from liaison.programmes.words import ContactKind, MonthlyFormKind
from liaison.tickets.models import Category, Ticket
from tests import cast
from tests.factories import actor, at, go, unit_id
from tests.oversight.conftest import NOVEMBER

K, P = ContactKind, PostCategory
A1, A2 = MonthlyFormKind.FIVE_LINKS, MonthlyFormKind.THREE_STRENGTHS


@pytest.fixture
def form(db, fujian):
    """form("li"): his form of November as it prints."""

    def load(login, kind=A1, month=NOVEMBER):
        db.session.flush()
        return queries.load(actor(login), kind, month, actor(login).id)

    return load


def unit(db, code, name, kind):
    row = Unit(code=code, name=name, type=kind, opened_on=cast.LONG_AGO, parent_id=unit_id("mechanical"))
    db.session.add(row)
    db.session.flush()
    return row


def linked(db, login, unit, **days):
    given = {"from_on": cast.LONG_AGO} | days
    db.session.add(Link(person_id=cast.person(login).id, unit_id=unit.id, **given))


# --- 附件1 -----------------------------------------------------------------------------------------


def test_the_head_says_whose_and_the_twelve_rows_stand_in_the_order_of_the_annex(form):
    found = form("li")
    assert (found.holder.name, found.holder.title) == ("李书记", "党委书记")
    assert [line.label for line in found.links] == ["党总支", "院系班子", "党支部", "教研室", "青年教师"]
    assert [line.label for line in found.entries] == "进课堂 进班级 进宿舍 进食堂 进社团 进讲座 进网络".split()


def test_what_is_not_there_stays_blank(form):
    found = form("chen")
    assert {(line.name, line.days, line.work) for line in found.links + found.entries} == {("", "", "")}
    assert (found.collected, found.told, found.confirmed_at) == (0, 0, None)


def test_a_link_row_names_the_linked_unit_and_the_days(db, form, held):
    branch = unit(db, "mech-gb", "机械学院党总支", UnitType.GENERAL_BRANCH)
    linked(db, "li", branch)
    held("li", "2026-11-05 15:00", K.VISIT_GENERAL_BRANCH, "mech-gb", summary="调研“三会一课”")
    held("li", "2026-11-19 09:00", K.VISIT_GENERAL_BRANCH, "mech-gb", heard=2)
    line = form("li").links[0]
    assert (line.name, line.days) == ("机械学院党总支", "11月5日、11月19日")
    assert line.work == "调研“三会一课”；开展联系活动，收集问题2件"


def test_the_young_teacher_is_named_and_nothing_of_the_talk_is_printed(db, form, held):
    him = {"person_id": cast.person("li").id, "colleague_id": cast.person("liaison").id}
    db.session.add(StaffLink(from_on=cast.LONG_AGO, is_young_teacher=True, **him))
    held("li", "2026-11-12 16:00", K.TALK_YOUNG_TEACHER, "mechanical", summary="谈了个人困难")
    line = form("li").links[4]
    assert (line.name, line.days, line.work) == ("何老师", "11月12日", "开展联系活动")


def test_a_unit_he_is_not_linked_with_is_named_beside_what_was_done_there(db, form, held):
    linked(db, "li", unit(db, "mech-b1", "学生第一党支部", UnitType.BRANCH))
    unit(db, "mech-b2", "学生第二党支部", UnitType.BRANCH)
    held("li", "2026-11-12 16:00", K.VISIT_BRANCH, "mech-b2", summary="参加组织生活")
    line = form("li").links[2]
    assert (line.name, line.work) == ("学生第一党支部", "学生第二党支部：参加组织生活")


def test_the_target_unit_counts_as_the_place_does(db, form, held):
    branch = unit(db, "mech-b1", "学生第一党支部", UnitType.BRANCH)
    linked(db, "li", branch)
    contact = held("li", "2026-11-12 16:00", K.PARTY_CLASS, "mechanical", title="入党为什么")
    db.session.add(ContactTarget(contact_id=contact.id, unit_id=branch.id))
    assert form("li").links[2].work == "《入党为什么》"


def test_one_contact_of_two_kinds_prints_in_both_rows_as_the_same_occasion(form, held):
    held("li", "2026-11-18 14:00", K.ENTER_LECTURE, "mechanical", second_kind=K.ENTER_DORM, summary="讲座后走访")
    found = {line.label: line for line in form("li").entries}
    for label in ("进讲座", "进宿舍"):
        assert found[label].work == "讲座后走访（同次）"
        assert found[label].days == "11月18日"


def test_two_kinds_of_one_row_are_no_double(form, held):
    held("li", "2026-11-18 14:00", K.ENTER_GROUP, "mech-2301", second_kind=K.THEME_MEETING, summary="主题班会")
    assert form("li").entries[1].work == "主题班会"


def test_several_contacts_of_one_day_and_place_are_written_once_in_time_and_name(form, held):
    held("li", "2026-11-18 14:00", K.ENTER_DORM, summary="看了三楼")
    held("li", "2026-11-18 19:00", K.ENTER_DORM, summary="看了四楼")
    line = form("li").entries[2]
    assert (line.name, line.days, line.work) == ("3号楼", "11月18日", "看了三楼；看了四楼")


def test_a_contact_takes_sixty_characters_at_most():
    kinds = {"kinds": frozenset({K.FIELD_STUDY}), "first_kind": K.FIELD_STUDY}
    one = Held(held_at=at("2026-11-18 14:00"), place="机械学院", title="字" * 60, **kinds)
    assert work(one) == "《" + "字" * (LINE_LENGTH - 1)


@pytest.mark.parametrize(
    ("when", "is_printed"),
    [("2026-10-31 23:30", False), ("2026-11-01 00:10", True), ("2026-11-30 23:50", True), ("2026-12-01 00:05", False)],
)
def test_a_contact_belongs_to_the_month_in_which_it_began(form, held, when, is_printed):
    held("li", when, K.ENTER_DORM)
    assert bool(form("li").entries[2].days) is is_printed


def test_only_what_he_confirmed_himself_is_printed(db, form, held):
    held("li", "2026-11-05 15:00", K.ENTER_DORM, by="liaison")  # waits for his word
    held("chen", "2026-11-06 15:00", K.ENTER_DORM)
    late = held("li", "2026-11-07 15:00", K.ENTER_DORM, is_late=True)  # 补录, after the month was locked
    asked = LateEntry(contact_id=late.id, reason="当天在外地，没有带手机", asked_at=clock.now())
    db.session.add(asked)
    db.session.commit()
    assert form("li").entries[2].days == ""
    asked.is_approved, asked.decided_at = True, clock.now()
    db.session.commit()
    assert form("li").entries[2].days == "11月7日"


def test_the_foot_counts_what_was_heard_and_what_was_told(db, form, held):
    contact = held("li", "2026-11-05 15:00", K.ENTER_DORM, heard=3)
    with clock.at(at("2026-11-09 09:00")):
        ticket = db.session.scalars(db.select(Ticket).where(Ticket.contact_id == contact.id)).first()
        go(ticket, "accept dispatch sign submit_answer head_approve office_approve tell")
    found = form("li")
    assert (found.collected, found.told) == (3, 1)
    assert found.foot == "收集问题 3 件，已反馈 1 件　　本人确认："


# --- whose form ----------------------------------------------------------------------------------


def names(kind=A1, month=NOVEMBER):
    return {holder.name: holder.title for holder in of_month(kind, month)}


def test_leaders_have_the_first_annex_and_heads_and_deputies_the_second(fujian, post_of):
    assert set(names(A1)) == {"李书记", "陈副校长", "许副校长"}
    assert {"张处长", "刘老师", "郭院长", "余主任", "周主任"} <= set(names(A2))
    assert "孙师傅" not in names(A2)
    post_of("sun", P.DIVISION_DEPUTY)
    assert names(A2)["孙师傅"] == "副处长"


def test_the_post_of_the_last_day_of_the_month_is_printed(db, fujian, post_of):
    zhang = cast.person("zhang")
    old = db.session.scalars(db.select(cast.Post).filter_by(person_id=zhang.id)).one()
    old.until_on = date(2026, 11, 15)
    post_of("zhang", P.DIVISION_HEAD, "图书馆馆长", "library", from_on=date(2026, 11, 16))
    assert names(A2)["张处长"] == "图书馆馆长"
    assert names(A2, date(2026, 10, 1))["张处长"] == "后勤保障处处长"


def test_who_left_prints_the_post_of_his_last_day_and_the_month_after_nothing(db, fujian):
    old = db.session.scalars(db.select(cast.Post).filter_by(person_id=cast.person("zhang").id)).one()
    old.until_on = date(2026, 11, 15)
    db.session.flush()
    assert names(A2)["张处长"] == "后勤保障处处长"
    assert "张处长" not in names(A2, date(2026, 12, 1))


def test_who_rose_in_mid_month_has_the_form_of_his_new_post_only(db, fujian, post_of):
    old = db.session.scalars(db.select(cast.Post).filter_by(person_id=cast.person("zhang").id)).one()
    old.until_on = date(2026, 11, 15)
    post_of("zhang", P.VICE_LEADER, "副校长", "university", from_on=date(2026, 11, 16))
    assert names(A1)["张处长"] == "副校长"
    assert "张处长" not in names(A2)


def test_two_posts_of_one_sort_are_one_form_with_both_titles(fujian, post_of):
    post_of("chen", P.VICE_LEADER, "总会计师", "university", order=5)
    assert names(A1)["陈副校长"] == "副校长、总会计师"


def test_where_the_rules_are_not_in_force_there_is_no_form(db, fujian):
    assert not names(A1, date(2021, 3, 1))  # before they began
    ended = {"edition": 2, "from_on": date(2026, 11, 1), "is_in_force": False, "made_at": clock.now()}
    db.session.add(ProgrammeEdition(programme_id=fujian, **ended))
    db.session.flush()
    assert names(A1, date(2026, 10, 1))
    assert not names(A1)


# --- 附件2 -----------------------------------------------------------------------------------------


def test_strengths_and_carriers_come_from_the_plan_of_the_academic_year(db, form):
    said = {"duty": "后勤服务", "talent": "羽毛球", "staff_carriers": ["维修班组"], "group_carriers": ["3号楼楼委会"]}
    plan = CarrierPlan(
        person_id=cast.person("zhang").id, academic_year="2026-2027", declared_on=date(2026, 9, 8), **said
    )
    db.session.add(plan)
    found = form("zhang", A2)
    assert (found.holder.unit, found.holder.title) == ("后勤保障处", "后勤保障处处长")
    assert found.plan.strengths == ("后勤服务", "", "羽毛球")
    assert (found.plan.staff, found.plan.groups) == (("维修班组",), ("3号楼楼委会",))
    assert form("zhang", A2, date(2026, 8, 1)).plan.strengths == ("", "", "")  # of the year before


def test_the_work_is_written_from_contacts_and_what_became_of_the_problems(db, form, held):
    contact = held("zhang", "2026-11-05 15:00", K.ENTER_DORM, heard=2, summary="看热水供应")
    held("zhang", "2026-11-19 12:00", K.ENTER_CANTEEN, "canteen-1")
    with clock.at(at("2026-11-09 09:00")):
        first = db.session.scalars(db.select(Ticket).where(Ticket.contact_id == contact.id).order_by(Ticket.id)).first()
        go(first, "accept dispatch sign submit_answer head_approve office_approve tell")
    category = db.session.get_one(Category, first.category_id).name
    assert form("zhang", A2).work == (
        "本月下基层联系师生2次：11月5日进宿舍（3号楼），看热水供应；11月19日进食堂（一食堂）。"
        f"收集问题2件（{category}1件、未分类1件）：已解决1件、正在办理1件；已向反映人反馈1件。"
    )


def test_an_answer_to_a_problem_of_an_earlier_month_is_told_apart(db, form, held):
    contact = held("zhang", "2026-10-20 15:00", K.ENTER_DORM, heard=1)
    with clock.at(at("2026-11-09 09:00")):
        ticket = db.session.scalars(db.select(Ticket).where(Ticket.contact_id == contact.id)).one()
        go(ticket, "accept dispatch sign submit_answer head_approve office_approve")
    assert form("zhang", A2).work == "往月收集的问题，本月答复：已解决1件。"


def test_a_month_without_contacts_leaves_the_work_blank(form):
    assert form("zhang", A2).work == ""


def test_no_words_of_a_student_and_nothing_of_a_restricted_matter_but_that_it_is_one(db, form, held):
    contact = held("zhang", "2026-11-05 15:00", K.ENTER_DORM, heard=1)
    ticket = db.session.scalars(db.select(Ticket).where(Ticket.contact_id == contact.id)).one()
    ticket.confidentiality = "restricted"
    written = form("zhang", A2).work
    assert "受限1件" in written
    assert ticket.title not in written
    assert "没有人管" not in written


@pytest.mark.parametrize("count", [1, 12, 60])
def test_the_work_never_outgrows_its_field(count):
    one = {
        "kinds": frozenset({K.ENTER_DORM}),
        "first_kind": K.ENTER_DORM,
        "place": "学生公寓三号楼",
        "summary": "字" * 60,
    }
    written = generated_work([Held(held_at=at("2026-11-05 15:00"), **one)] * count, [])
    assert len(written) <= WORK_LENGTH
    assert written.startswith(f"本月下基层联系师生{count}次：")
    assert written.endswith("等。" if count == 60 else "。")


# --- cost ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "login", "statements"), [(A1, "li", 9), (A2, "zhang", 9)])
def test_everybodys_forms_cost_as_many_statements_as_one(db, fujian, held, queries, kind, login, statements):
    from liaison.oversight.queries import record_forms

    held(login, "2026-11-05 15:00", K.ENTER_DORM)
    who = actor(login)
    with queries() as asked:
        record_forms.load(who, kind, NOVEMBER, who.id)
    assert len(asked) == statements
    with queries() as asked:
        assert len(record_forms.all_of(kind, NOVEMBER)) > 1
    assert len(asked) == statements
