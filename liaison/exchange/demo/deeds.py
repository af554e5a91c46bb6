"""What the people of the demo do with a ticket: one method per deed, a move of the process by the proper person."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from liaison.calendars.working_days import add_working_days
from liaison.core import clock
from liaison.core.db import db
from liaison.exchange.demo import content
from liaison.exchange.demo.cases import Case
from liaison.exchange.demo.company import Company
from liaison.feedback import actions as holder
from liaison.feedback import queries as held
from liaison.tickets.actions import catalogue, codes, following, knowing, orders, requesting, sampling
from liaison.tickets.actions.moving import make_move
from liaison.tickets.models import CatalogueLine, Ticket
from liaison.tickets.models.catalogue import LineStanding
from liaison.tickets.models.orders import SupervisionOrder
from workflows.ticket_states import State

ENDED_WELL = "之前答复里说的安排已在{done}全部完成，现在可以正常使用；还有不合适的地方，凭查询码可以再反映。"


class Deeds:
    """A refusal is an error of the story. Tickets are kept in memory: nobody else writes meanwhile."""

    def __init__(self, company: Company, chance: Random) -> None:
        self.company, self.chance = company, chance
        self._tickets: dict[int, Ticket] = {}
        db.session().expire_on_commit = False

    def ticket(self, case: Case) -> Ticket:
        known = self._tickets.get(case.ticket_id)
        if known is None:
            known = self._tickets[case.ticket_id] = db.session.get_one(Ticket, case.ticket_id)
        return known

    def state(self, case: Case) -> State:
        return self.ticket(case).state

    def move(self, case: Case, move: str, by: str, **given: Any) -> Ticket:
        """One move of a person; returns the ticket as it is now."""
        ticket = self.ticket(case)
        make_move(ticket, move, actor=self.company.actor(by), **given)
        return ticket

    # 收集、汇总分析

    def accept(self, case: Case, by: str | None = None) -> None:
        urgency = "urgent" if case.is_urgent else "ordinary"
        category = self.company.categories[case.problem["category"]]
        self.move(case, "accept", by or self.company.clerk(), urgency=urgency, category=str(category))

    def confirm_onspot(self, case: Case) -> None:
        heard_by = str(self.company.people[case.leader])
        self.move(case, "confirm_onspot", self.company.clerk(), answer=case.problem["answer"], answered_by=heard_by)

    def record_praise(self, case: Case) -> None:
        praised = str(self.company.units[case.problem["praised_unit"]])
        self.move(case, "record_praise", self.company.clerk(), praised_unit=praised)

    def ask(self, case: Case, question: str, by: str | None = None) -> None:
        self.move(case, "ask_info", by or self.company.clerk(), question=question)

    def supplement(self, case: Case, text: str) -> None:
        self.move(case, "supplement", case.filer, text=text)

    def merge(self, case: Case, lead: Case) -> None:
        reason = "同一处、同一件事，并在一起办，各自告知。"
        self.move(case, "merge", self.company.clerk(), lead_ticket=lead.number, reason=reason)
        db.session.expire(self.ticket(lead))  # its voices are counted by the database
        lead.merged.append(case)

    def split(self, case: Case, parts: list[content.Row]) -> list[Case]:
        """拆分: the children as cases of their own; they have no code, the parent's shows them."""
        self.move(case, "split", self.company.clerk(), children=[part["text"] for part in parts])
        born = db.session.scalars(db.select(Ticket).where(Ticket.parent_id == case.ticket_id).order_by(Ticket.id))
        return [
            Case(part, case.filer, case.leader, child.id, child.number, _voice(child.id), case.code)
            for part, child in zip(parts, born, strict=True)
        ]

    def redirect(self, case: Case) -> None:
        given = {"reason_code": case.problem["reason_code"], "route": case.problem["route"]}
        self.move(case, "redirect", "director", **given)

    def hand_off(self, case: Case, receipt: str = "") -> None:
        """移交: the call was made at once, by whoever was there."""
        receiver = content.units()[case.problem["receiver"]]["name"]
        given = {"handoff_type": case.problem["handoff_type"], "receiver": receiver, "receipt": receipt}
        self.move(case, "hand_off", case.filer, called_at=clock.local(clock.now()), **given)

    def withdraw(self, case: Case, reason: str) -> None:
        self.move(case, "withdraw", case.filer, reason=reason)

    # 研究落实

    def dispatch(self, case: Case, by: str | None = None, unit: str | None = None) -> None:
        case.unit = unit or case.problem["lead"]
        case.clerk = by or self._dispatcher(case)
        asked = case.co if unit is None else []
        given: dict[str, Any] = {"lead": str(self.company.units[case.unit]), "limit_class": case.limit_class}
        if asked:
            given["co"] = [str(self.company.units[co["unit"]]) for co in asked]
            given["co_questions"] = {str(self.company.units[co["unit"]]): co["question"] for co in asked}
        self.move(case, "dispatch", case.clerk, **given)

    def _dispatcher(self, case: Case) -> str:
        """Complex matters of several departments are the director's."""
        return "director" if case.limit_class == "complex" and case.co else self.company.clerk()

    def designate(self, case: Case, basis: str) -> None:
        case.unit, case.clerk = case.problem["lead"], "director"
        lead = str(self.company.units[case.unit])
        self.move(case, "designate", "director", lead=lead, limit_class=case.limit_class, basis=basis)

    def sign(self, case: Case, handler: str | None = None) -> None:
        """The handler himself takes it, on restricted matters the head names him."""
        case.handler = handler or self.company.handler(case.unit, case.problem["category"])
        case.worked_on = clock.today()
        by = self.company.with_role("head", case.unit)[0] if case.is_restricted else case.handler
        self.move(case, "sign", by, handler=str(self.company.people[case.handler]))

    def request_return(self, case: Case, step: content.Row) -> None:
        suggested = str(self.company.units[step["suggested"]])
        given = {"reason_code": step["reason"], "duty_clause": step["duty_clause"], "suggested_unit": suggested}
        self.move(case, "request_return", self.company.with_role("head", case.unit)[0], **given)

    def decide_return(self, case: Case, step: content.Row, by: str) -> None:
        move = "uphold_return" if step["upheld"] else "reject_return"
        self.move(case, move, by, reason=step.get("ruling") or "职责依据清楚，另行交办。")

    def progress(self, case: Case, note: str) -> None:
        self.move(case, "progress", case.handler, note=case.said(note))

    def co_answer(self, case: Case, co: content.Row) -> None:
        self.move(case, "co_answer", self.company.with_role("head", co["unit"])[0], answer=co["answer"])

    def co_answers(self, case: Case) -> None:
        for co in case.co:
            self.co_answer(case, co)

    def interim_answer(self, case: Case) -> None:
        expected = clock.today() + timedelta(days=case.problem["expected_days"])
        answer = case.said(case.problem["answer"])
        self.move(case, "interim_answer", self.company.head(case.unit), answer=answer, expected_on=expected)

    def extend(self, case: Case, days: int, reason: str) -> None:
        due_on = add_working_days(clock.day_ending_at(self.ticket(case).due_at or clock.now()), days)
        given = {"reason": reason, "due_on": due_on, "extension_days": days}
        self.move(case, "extend", self.company.clerk(), **given)

    def ask_extension(self, case: Case, days: int, reason: str) -> None:
        """延期申请: the head asks in time; the office has not said anything yet."""
        due_on = add_working_days(clock.day_ending_at(self.ticket(case).due_at or clock.now()), days)
        head = self.company.actor(self.company.head(case.unit))
        requesting.ask(self.ticket(case), "extend", actor=head, reason=reason, due_on=due_on)

    def adopt_lines(self) -> None:
        """派单目录: the director goes through what the rulings proposed so far."""
        wanted = db.select(CatalogueLine).where(CatalogueLine.standing == LineStanding.PROPOSED)
        for line in db.session.scalars(wanted.order_by(CatalogueLine.id)).all():
            catalogue.decide(line, True, actor=self.company.actor("director"))

    def convene(self, case: Case, days: int) -> None:
        invited = "、".join(content.units()[unit]["name"] for unit in self._involved(case))
        day = add_working_days(clock.today(), days)
        self.move(case, "convene", "director", meeting_on=day, invited=invited)

    def _involved(self, case: Case) -> list[str]:
        return [case.unit, *(co["unit"] for co in case.co)]

    def meeting_result(self, case: Case, decision: str) -> None:
        due_on = add_working_days(clock.today(), 10)
        self.move(case, "meeting_result", "director", decision=decision, due_on=due_on)

    def escalate(self, case: Case, question: str, options: str) -> None:
        """提请研究: the director asks, the leader in charge says yes, then it goes there."""
        given = {"body": "president", "question": question, "options": options}
        self.agreed(case, "escalate", "director", self.company.supervisor(case.unit) or "chen", **given)
        self.move(case, "escalate", "director", **given)

    def agreed(self, case: Case, move: str, by: str, decider: str, **given: Any) -> None:
        """Somebody may only ask for it; somebody else says yes."""
        ticket = self.ticket(case)
        key = requesting.ask(ticket, move, actor=self.company.actor(by), **given)
        requesting.settle(ticket, requesting.load(ticket, key), True, actor=self.company.actor(decider))

    def plan(self, case: Case) -> None:
        plan, days = case.problem["plan"], [clock.today() + timedelta(days=n) for n in case.milestones()]
        owner = self.company.actor(self.company.with_role("head", case.unit)[0]).name
        given = {"plan_name": plan["name"], "milestones": days, "owner": owner, "expected_on": days[-1]}
        self.move(case, "plan", "director", answer=case.said(case.problem["answer"]), **given)

    def supervise(self, case: Case, demand: str) -> int:
        """督办单: issued to the lead unit; returns its key."""
        by, due_on = self.company.actor("director"), add_working_days(clock.today(), 3)
        return orders.issue(self.ticket(case), actor=by, demand=demand, due_on=due_on)

    def answer_order(self, case: Case, key: int, words: str) -> None:
        order = db.session.get_one(SupervisionOrder, key)
        head = self.company.actor(self.company.with_role("head", case.unit)[0])
        orders.answer(self.ticket(case), order, actor=head, answer=words)

    def lift_order(self, case: Case, key: int, result: str) -> None:
        order = db.session.get_one(SupervisionOrder, key)
        orders.lift(self.ticket(case), order, actor=self.company.actor("director"), result=result)

    def submit(self, case: Case) -> None:
        """提交答复: A or D; what was under way (B) is finished by now."""
        problem = case.problem
        refusal = problem.get("refusal", {})
        given: dict[str, Any] = {"outcome": "D" if refusal else "A"}
        given["answer"] = case.said(ENDED_WELL if problem["outcome"] == "B" else problem["answer"])
        given |= {key: refusal[key] for key in ("reason_class", "basis", "alternative") if key in refusal}
        if "review_days" in refusal:
            given["review_on"] = clock.today() + timedelta(days=refusal["review_days"])
        self.move(case, "submit_answer", case.handler, **given)

    def head_return(self, case: Case, reason: str) -> None:
        self.move(case, "head_return", self.company.head(case.unit), reason=reason)

    def head_approve(self, case: Case) -> None:
        """Simple and urgent matters need no second reading by the office."""
        is_short = case.limit_class in ("simple", "urgent")
        self.move(case, "head_approve_direct" if is_short else "head_approve", self.company.head(case.unit))

    def office_return(self, case: Case, reason: str) -> None:
        self.move(case, "office_return", self._office(case), reason=reason)

    def office_approve(self, case: Case) -> None:
        self.move(case, "office_approve", self._office(case))

    def _office(self, case: Case) -> str:
        """On restricted matters the confidential officer stands where the clerks stand."""
        return "officer" if case.is_restricted else self.company.clerk()

    # 反馈

    def open_answer(self, case: Case) -> None:
        """Its leader reads what he is told at once: an answer is there."""
        knowing.open_answer(self.ticket(case), actor=self.company.actor(case.leader))

    def tell(self, case: Case, voice: Case, channel: str, by: str, note: str = "") -> None:
        """One voice of the ticket hears of it; `voice` is the case it came in with."""
        self.move(case, "tell", by, voice_id=voice.voice_id, channel=channel, note=note)

    def mark_unreachable(self, case: Case, voice: Case, reason: str) -> None:
        ticket = self.move(case, "mark_unreachable", self._office(case), voice_id=voice.voice_id, reason_code=reason)
        following.follow(ticket, "mark_unreachable")

    def close_untold(self, case: Case) -> None:
        self.move(case, "close_untold", self.company.clerk())

    def reopen(self, case: Case, reason: str) -> None:
        self.move(case, "reopen", self.company.clerk(), reason=reason)

    def sample(self, case: Case) -> bool:
        """抽取回访: the lot decides."""
        return sampling.draw(self.ticket(case))

    def check(self, case: Case, result: str) -> None:
        """回访: by somebody who did not dispatch it."""
        move = "check_ok" if result == "true" else "check_mismatch"
        by = "officer" if case.is_restricted else self.company.other_clerk(case.clerk)
        self.move(case, move, by, check_result=result)

    # the holder of the code

    def open_page(self, voice: Case) -> None:
        holder.open_page(codes.hashed(voice.code))

    def rate(self, voice: Case, solved: str, satisfied: int, text: str) -> None:
        page = held.find(codes.hashed(voice.code))
        for matter in page.matters if page else []:
            if matter.may_rate:
                holder.rate(matter, solved=solved, satisfied=satisfied, text=text)

    def ask_again(self, voice: Case, reason: str) -> None:
        page = held.find(codes.hashed(voice.code))
        for matter in page.matters if page else []:
            if matter.reopening:
                holder.reopen(matter, reason=reason)


def _voice(ticket_id: int) -> int:
    from liaison.tickets.queries import names

    return names.own_voice(ticket_id)
