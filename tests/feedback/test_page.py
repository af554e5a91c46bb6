"""What the holder reads in every state: where it is, who has it, until when, what was answered (looks.md)."""

from datetime import date

import pytest

from liaison.calendars import limits
from liaison.tickets.actions.moving import make_move
from tests import factories
from tests.factories import ANSWER
from tests.feedback.conftest import NAMES, TO_ANSWER, TO_WORK, offered
from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, LimitClass

HEADS = {
    State.SUBMITTED: "已经收到",
    State.INFO_NEEDED: "需要您补充一个情况",
    State.WITHDRAWN: "这件事已经撤回",
    State.TRIAGE: "正在确定由哪个部门办",
    State.REDIRECTED: "这件事由别的渠道办理",
    State.HANDED_OFF: "已移交专门的老师处理",
    State.DISPATCHED: "已经交给后勤保障处",
    State.RETURN_REQUESTED: "正在核对由哪个部门办",
    State.IN_PROGRESS: "后勤保障处正在办",
    State.COORDINATING: "几个部门正在一起商量",
    State.LEADERSHIP_REVIEW: "已提请学校会议研究",
    State.LONG_TERM: "已列入计划，正在一步步办",
    State.DEPT_REVIEW: "后勤保障处写好了答复，正在审定",
    State.OFFICE_REVIEW: "答复写好了，正在审核",
    State.FEEDBACK_PENDING: "有答复了",
    State.FEEDBACK_GIVEN: "有答复了",
    State.CALLBACK: "有答复了，学校正在核实",
    State.CLOSED: "已经办结",
}


@pytest.mark.parametrize("state", list(HEADS))
def test_every_state_says_plainly_where_the_matter_is_and_names_nobody(voice, holder, state):
    page = holder.open(voice(factories.ROADS[state]).code)
    assert f"<h1>{HEADS[state]}</h1>" in page.text
    assert "四个环节" in page.text
    assert not [name for name in NAMES if name in page.text]


def test_the_present_stage_is_marked(voice, holder):
    page = holder.open(voice(TO_WORK).code).text
    assert '<li class="now" aria-current="step"><span>研究落实</span>' in page


def test_his_own_words_come_back_to_him(voice, holder):
    text = "三号楼晚上十点以后没有热水"
    assert text in holder.open(voice(text=text).code).text


def test_the_promised_day_and_the_days_waited(voice, holder, frozen):
    stopped = frozen("2026-11-18 20:40")
    held = voice(TO_WORK)
    stopped.to("2026-11-21 09:00")
    page = holder.open(held.code).text
    assert "12月2日 周三 前答复您" in page
    assert "11月18日 反映，已经等了 3 天" in page
    assert "<strong>后勤保障处</strong>" in page


def test_a_broken_promise_is_said_and_a_new_date_given(voice, holder, frozen):
    stopped = frozen("2026-11-02 09:00")
    held = voice("accept")
    stopped.to("2026-11-20 09:00")
    held.go("dispatch sign")
    stopped.to("2026-11-21 09:00")
    page = holder.open(held.code).text
    assert "原定 11月16日 前答复，已经晚了 5 天。承办部门最晚 11月27日 周五 答复。" in page


def test_urgent_ones_are_promised_to_the_hour(voice, holder, frozen):
    frozen("2026-11-18 20:40")
    held = voice("accept dispatch", limit_class="urgent")
    assert "11月19日 周四 20:40 前答复您" in holder.open(held.code).text


def test_an_answer_that_cannot_help_says_why_and_what_else(voice, holder):
    held = voice(TO_WORK)
    why = {"reason_class": "funds", "basis": "维修经费列入明年预算", "alternative": "二号楼浴室到十二点有热水"}
    held.move("submit_answer", "sun", outcome="D", answer=ANSWER, review_on=date(2027, 3, 1), **why)
    held.go("head_approve office_approve")
    page = holder.open(held.code).text
    for words in ("后勤保障处答复：暂时办不了", "经费。维修经费列入明年预算", why["alternative"], "2027年3月1日"):
        assert words in page


def test_an_interim_answer_is_shown_with_its_date_and_is_no_answer_yet(voice, holder, frozen):
    frozen("2026-11-18 20:40")
    held = voice(TO_WORK)
    day = date(2026, 12, 10)
    held.move("interim_answer", "zhang", answer="水泵已经订货，到货后两天内装好，先供应到十点半。", expected_on=day)
    page = holder.open(held.code)
    for words in ("正在解决", "水泵已经订货", "12月10日", "前答复您"):
        assert words in page.text
    assert "rate" not in offered(page)


def test_a_plan_gives_its_expected_date(voice, holder):
    held = voice(f"{TO_WORK} plan")
    page = holder.open(held.code).text
    assert "已列入计划" in page
    assert "预计" in page


def test_an_extension_is_told_with_its_reason(voice, holder, frozen):
    frozen("2026-11-18 20:40")
    held = voice(TO_WORK)
    day = date(2026, 11, 30)
    held.move("extend", "wang", reason="水泵从外地发货", due_on=day, extension_days=3)
    assert "办理期限延到 11月30日 周一，原因：水泵从外地发货" in holder.open(held.code).text


def test_a_handed_off_matter_shows_date_and_emergency_numbers_only(voice, holder, frozen):
    frozen("2026-11-18 20:40")
    held = voice("hand_off", text="同学说不想活了")
    page = holder.open(held.code)
    assert "11月18日 已移交" in page.text
    assert "报警 110" in page.text
    assert not offered(page)
    for words in ("心理咨询中心", "不想活"):  # the hot line is among the numbers of everybody
        assert words not in page.text


def test_a_restricted_matter_is_spoken_of_in_neutral_words_and_still_answered(voice, holder):
    text = "机械学院的老师上课时讽刺同学"
    held = voice(text=text, confidentiality=Confidentiality.RESTRICTED)
    ticket = held.ticket
    move = {"actor": factories.actor("officer")}
    make_move(ticket, "accept", urgency="ordinary", category=str(factories.category_id("19")), **move)
    held.move("dispatch", "officer", lead=str(factories.unit_id("academic-affairs")), limit_class="restricted")
    page = holder.open(held.code).text
    assert "已经交给学校指定的专人" in page
    assert text not in page
    assert "教务处" not in page
    held.move("sign", "liu", handler=str(factories.actor("liu-handler").id))
    held.move("submit_answer", "liu-handler", outcome="A", answer=ANSWER)
    held.move("head_approve", "liu")
    held.move("office_approve", "officer")
    page = holder.open(held.code)
    assert "学校答复：已解决" in page.text
    assert ANSWER in page.text
    assert "rate" in offered(page)


def test_a_merged_voice_keeps_its_code_and_reads_the_leads_progress(voice, holder, frozen):
    stopped = frozen("2026-11-02 09:00")
    first = voice("accept", text="三号楼没有热水")
    stopped.to("2026-11-09 09:00")
    second = voice("accept", text="三楼热水十点就停")
    second.move("merge", "wang", lead_ticket=first.number, reason="同一件事")
    first.go("dispatch sign")
    page = holder.open(second.code).text
    assert "后勤保障处正在办" in page
    assert "您 11月9日 反映，同一件事最早 11月2日 有人反映，已经等了 7 天" in page
    assert second.number in page
    assert first.voice.text not in page


def test_a_chain_of_merges_is_followed_to_its_end(voice, holder):
    first, second, third = voice("accept"), voice("accept"), voice("accept")
    third.move("merge", "wang", lead_ticket=second.number, reason="同一件事")
    second.move("merge", "wang", lead_ticket=first.number, reason="同一件事")
    first.go("dispatch sign submit_answer head_approve office_approve")
    assert ANSWER in holder.open(third.code).text


def test_an_unmerged_voice_reads_its_own_matter_again(voice, holder):
    first, second = voice("accept"), voice("accept")
    second.move("merge", "wang", lead_ticket=first.number, reason="同一件事")
    first.go("dispatch")
    second.move("unmerge", "wang", reason="不是同一个楼层")
    assert "正在确定由哪个部门办" in holder.open(second.code).text


def test_a_split_voice_lists_its_parts_each_with_its_own_deeds(voice, holder):
    held = voice("accept split", text="图书馆座位少，另外奖学金还没发")
    page = holder.open(held.code).text
    for words in ("您说的事分成了 2 件在办", "图书馆座位少", "奖学金还没有发"):
        assert words in page
    assert page.count('data-move="remark"') == 2


def test_a_deed_reaches_only_the_holders_own_matters(voice, holder):
    mine, other = voice(TO_ANSWER), voice(TO_ANSWER)
    given = {"code": mine.code, "number": other.number, "solved": "no", "satisfied": "1"}
    assert holder.browser.send("/code/rate", given).status_code == 404
    assert other.ticket.told_count == 0


def test_the_promise_counts_every_step(frozen):
    """Two working days of telling after the office's one, after the department's five (domain.md §4.4)."""
    frozen("2026-11-18 20:40")
    due = limits.promise(factories.at("2026-11-18 20:40"), LimitClass.GENERAL)
    assert f"{due:%m-%d %H:%M}" == "12-02 16:00"
