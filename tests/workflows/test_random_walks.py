"""Random walks over decide(): whatever is pressed in whatever order, the promises hold.

The walk keeps its own small memory of what happened (dispatched, answered, returned …), hands it to
the table as facts, now and then spoils one of them, and checks the promise at every step it was allowed.
"""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.workflows.expected_ticket_moves import MOVES, STATES
from tests.workflows.happy_facts import Case, happy
from workflows.engine import MoveRefused
from workflows.parts import Part
from workflows.ticket_states import State

SETTLED_AT_ONCE = {"confirm_onspot": {"on_spot": True}, "record_praise": {"kind": "praise"}}  # T3, T3b
SPOILS: list[dict[str, Any]] = [
    {"voices_open": 1},
    {"voices_open": 7, "voices_told": 3},
    {"voices_unrated_in_window": 2},
    {"dissatisfied_undecided": True},
    {"actor_wrote_answer": True},
    {"co_open": 2},
    {"final_answer_offered": False, "something_to_tell": False},
    {"has_merged_in": True},
    {"drawn": True},
    {"recused": True},
    {"actor_dispatched": True},
    {"actor_handled": True},
    {"designated": True},
    {"confidentiality": "restricted"},
    {"complained_of": frozenset({"logistics"})},
    {"days_since_dispatch": 3},
    {"reopened_by_holder": True},
]
EVERYDAY_ROAD = "submit accept dispatch sign submit_answer head_approve office_approve tell close".split()
# A walk that soon ends or stands still tells little: the four ways off the road are left to
# press_anything, and whatever moves is three times as likely as what stays.
OFF_THE_ROAD = ("withdraw", "void", "split", "hand_off")
WAYS_ON_THE_ROAD = [
    (move, source, target)
    for move, row in MOVES.items()
    for source, target in sorted(row.pairs, key=str)
    for _ in range(1 if target is None else 3)
    if move not in OFF_THE_ROAD
]


class Walk(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.state: str | None = None
        self.dispatched = self.answered = self.designated = False
        self.questions = self.returns = 0
        self.asked_from = self.merged_from = ""
        self.settled_at_once: dict[str, Any] = {}

    @initialize(steps=st.integers(1, len(EVERYDAY_ROAD)))
    def walk_a_piece_of_the_everyday_road(self, steps: int) -> None:
        for move in EVERYDAY_ROAD[:steps]:
            self.press(happy(move, source=self.state))

    @rule(data=st.data())
    def press_something_fitting(self, data: st.DataObject) -> None:
        ways = [way for way in WAYS_ON_THE_ROAD if way[1] == self.state]
        if not ways:
            return
        move, source, target = data.draw(st.sampled_from(ways), "way")
        case = happy(move, data.draw(st.sampled_from(sorted(MOVES[move].parts)), "part"), source, target)
        spoil = data.draw(st.one_of(st.just({}), st.just({}), st.sampled_from(SPOILS)), "spoil")
        self.press(case.but(**self.remembered(case) | spoil))

    @rule(move=st.sampled_from(sorted(MOVES)), part=st.sampled_from(sorted(Part.__members__)))
    def press_anything(self, move: str, part: str) -> None:
        row = MOVES[move]
        facts = happy(move, part if part in row.parts else "")
        self.press(Case(move, part, self.state, "", {**facts.facts, **self.remembered(facts)}, facts.given))

    def remembered(self, case: Case) -> dict[str, Any]:
        """What really happened on this walk, whatever the happy case would like."""
        facts: dict[str, Any] = {
            "was_dispatched": self.dispatched,
            "info_rounds": self.questions,
            "return_to": State(self.asked_from) if self.asked_from else None,
            "state_before": State(self.merged_from) if self.merged_from else None,
        }
        facts |= self.settled_at_once
        if self.designated:
            facts["designated"] = True
        if case.move in ("dispatch", "designate", "uphold_return", "reject_return"):
            facts["return_count"] = self.returns
        return facts

    def press(self, case: Case) -> None:
        before = self.state
        try:
            after = str(case.decide().value)
        except MoveRefused:
            return
        assert (before, after) in {(s, t or s) for s, t in MOVES[case.move].pairs}
        assert case.part in MOVES[case.move].parts
        self.keeps_its_promises(case, before, after)
        self.remember(case.move, before, after)
        self.state = after

    def keeps_its_promises(self, case: Case, before: str | None, after: str) -> None:
        self.closing_is_the_last_thing(case, before, after)
        self.an_answer_has_two_pairs_of_eyes(case, before, after)
        self.what_came_from_somewhere_goes_back_there(before, after)
        self.nothing_bounces_for_ever(case, before, after)

    def closing_is_the_last_thing(self, case: Case, before: str | None, after: str) -> None:
        facts = case.facts
        if after == "closed" != before and case.move not in SETTLED_AT_ONCE:
            assert facts["voices_open"] == 0, "closed over an open voice"
        if case.move == "close":
            waiting = ("voices_unrated_in_window", "dissatisfied_undecided", "drawn")
            assert not any(facts.get(name) for name in waiting)
        if case.move == "publish":
            assert facts.get("confidentiality", "normal") == "normal"

    def an_answer_has_two_pairs_of_eyes(self, case: Case, before: str | None, after: str) -> None:
        facts = case.facts
        if after == "feedback_pending" != before:
            assert self.answered or case.move == "submit_answer_direct", "feedback without an answer"
        if case.move in ("head_approve", "head_approve_direct"):
            assert not facts.get("actor_wrote_answer"), "the author approved his own answer"
        if case.move in ("submit_answer", "submit_answer_direct"):
            assert not facts.get("co_open"), "answered before every co-unit did"
        if case.move.startswith("check_"):
            assert not any(facts.get(name) for name in ("actor_dispatched", "actor_handled"))

    def what_came_from_somewhere_goes_back_there(self, before: str | None, after: str) -> None:
        if before == "info_needed" and after not in ("info_needed", "withdrawn"):
            assert after == self.asked_from, "the question came back to another place"
        if before == "merged" != after:
            assert after == self.merged_from, "unmerging did not lead back"

    def nothing_bounces_for_ever(self, case: Case, before: str | None, after: str) -> None:
        if case.move == "ask_info":
            assert self.questions < 2, "a third question"
        if case.move == "request_return":
            assert not self.designated, "a designated unit returned it"
            assert self.returns < 2, "a third return"
        if after == "withdrawn" != before:
            assert not self.dispatched, "withdrawn after dispatch"
        if after == "dispatched" and before == "triage":
            assert "logistics" not in case.facts.get("complained_of", ()), "sent to whom it complains of"

    def remember(self, move: str, before: str | None, after: str) -> None:
        self.dispatched |= move in ("dispatch", "designate")
        self.designated |= move in ("designate", "reject_return")
        self.returns += move == "uphold_return"
        self.questions += move == "ask_info"
        self.asked_from = (before or "") if move == "ask_info" else self.asked_from
        self.merged_from = (before or "") if move == "merge" else self.merged_from
        self.settled_at_once |= SETTLED_AT_ONCE.get(move, {})
        if after != before:
            self.answered = after in ("dept_review", "office_review", "feedback_pending")

    @invariant()
    def stands_in_one_of_the_twenty_states(self) -> None:
        assert self.state is None or self.state in STATES

    @invariant()
    def nothing_is_worked_on_that_was_never_dispatched(self) -> None:
        if self.state in ("dispatched", "in_progress", "coordinating", "dept_review", "office_review"):
            assert self.dispatched


TestWalks = Walk.TestCase
TestWalks.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
