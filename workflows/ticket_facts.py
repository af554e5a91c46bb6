"""What a ticket's guards may look at. Whoever asks the table fills this; the table reads nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.ticket_states import State
from workflows.ticket_words import Confidentiality, LimitClass, Outcome


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """Facts about one ticket for one actor at one moment; every default speaks against nothing it need not.

    wd = working days; dates are days in Asia/Shanghai.
    """

    # what it is
    number: str = ""
    """ticket number, so that nothing is merged into itself"""
    kind: str = ""
    """ticket_words.Kind code"""
    confidentiality: str = Confidentiality.NORMAL
    """Confidentiality code"""
    limit_class: LimitClass | None = None
    """limit class in force, None before it is set"""
    on_spot: bool = False
    """answered on the spot at the contact"""
    urgent: bool = False
    """marked urgent"""
    hot: bool = False
    """集中反映: many voices on one ticket"""
    facility_matter: bool = True
    """a matter of places and things, so a notice may tell it"""
    submitted_on: date | None = None
    """day it was submitted"""
    today: date | None = None
    """today, for distances to given dates"""

    # filing
    lint_open: bool = False
    """the text holds what the lint refuses (§4.9); hints are acknowledged on the form"""

    # who asks
    recused: bool = False
    """the actor must keep out of it"""
    actor_wrote_answer: bool = False
    """the actor wrote the answer now under review"""
    one_person_department: bool = False
    """nobody else in the department could approve"""
    actor_dispatched: bool = False
    """the actor dispatched it"""
    actor_handled: bool = False
    """the actor or his unit handled it"""

    # who may not handle it
    complained_of: frozenset[str] = frozenset()
    """ids of the units complained of"""
    named_people: frozenset[str] = frozenset()
    """ids of the staff named in the voices"""
    lead_unit: str = ""
    """id of the present lead unit"""

    # merging
    has_merged_in: bool = False
    """another ticket points at it"""
    merged_lead_moved_on: str = ""
    """number under which its lead was itself merged later, else empty"""
    state_before: State | None = None
    """state before it was merged"""
    lead_state: State | None = None
    """state of the chosen lead ticket, None = not looked up"""
    lead_confidentiality: str | None = None
    """Confidentiality code of the chosen lead, None = not looked up"""
    lead_days_since_closed: int | None = None
    """natural days since the chosen lead was closed"""
    lead_days_since_handled: int | None = None
    """natural days since the chosen lead was handled"""
    lead_telling_recorded: bool = False
    """the telling of the lead's answer to every voice here is recorded in the same act"""

    # questions back
    return_to: State | None = None
    """where it goes after the supplement: triage or in_progress"""
    info_rounds: int = 0
    """questions asked back so far"""
    info_rounds_max: int = 2
    """questions that may be asked back (setting)"""
    info_days_left: int = 5
    """wd left of the five for all questions together"""
    info_expired: bool = False
    """those days have passed"""

    # dispatch and return
    was_dispatched: bool = False
    """it was dispatched at least once"""
    days_since_dispatch: int = 0
    """wd since the present dispatch"""
    designated: bool = False
    """the lead was designated by a ruling"""
    dispute: bool = False
    """who should handle it is disputed"""
    return_count: int = 0
    """returns upheld so far"""
    returned_by_lead: bool = False
    """the present lead unit already asked to return this ticket"""

    # work
    co_open: int = 0
    """co-answers neither in nor waived"""
    skip_head: bool = False
    """its class drops 部门审定"""
    skip_office: bool = False
    """its class drops 党政办审核"""
    extension_used: bool = False
    """this assignment and episode already had its extension"""
    extension_asked: bool = False
    """this assignment and episode already had its request for one"""
    before_due: bool = True
    """the extension was asked before the due date"""
    extension_days_max: int | None = None
    """longest extension in wd where the settings differ from §4.4"""
    meetings_held: int = 0
    """special meetings held on it"""
    approved_by_supervisor: bool = False
    """the supervising leader approved taking it to a meeting body"""
    milestone_reached: bool = False
    """a milestone of the plan is reached"""
    plan_dropped: bool = False
    """the plan was given up"""

    # answer and telling
    answer_outcome: Outcome | str | None = None
    """outcome of the answer now under review"""
    second_signature: bool = False
    """the supervising leader signed too (D on a hot ticket)"""
    final_answer_offered: bool = False
    """a final answer is offered under every code"""
    something_to_tell: bool = False
    """there is an answer, a route or a withdrawal to tell"""
    days_since_offered: int = 0
    """natural days since there was something to tell"""
    unreachable_days: int = 14
    """natural days before a voice may be marked unreachable (setting)"""
    voices_open: int = 0
    """voices neither told nor unreachable"""
    voices_told: int = 0
    """voices told of the current answer"""
    voice_told: bool = False
    """the voice in question was told of the current answer"""
    days_since_told: int | None = None
    """natural days since the voice in question was told, None = not told"""

    # ratings, checks, closing
    rating_days: int = 7
    """natural days of the rating window that began with the telling (setting)"""
    reopen_days: int = 15
    """natural days in which the holder may ask for reopening (setting)"""
    voices_unrated_in_window: int = 0
    """voices told, not rated, still inside their 7 days"""
    voice_rated_this_episode: bool = False
    """the voice in question was rated in this episode"""
    dissatisfied_undecided: bool = False
    """a dissatisfied rating waits for the clerk's decision"""
    drawn: bool = False
    """drawn for a call-back (§4.8)"""
    callback_attempts: int = 0
    """call-back attempts so far"""
    days_since_closed: int | None = None
    """natural days since it was closed, None = not closed"""
    reopened_by_holder: bool = False
    """the holder has had his one reopening"""
    earlier_grounds: frozenset[str] = frozenset()
    """grounds of earlier reopenings"""
    reopen_window_over: bool = False
    """no code can reopen it any more"""
    published: bool = False
    """its answer stands on the public page"""
    withheld: bool = False
    """it was decided, with a reason, that it does not"""
    shields_its_raisers: bool = True
    """five raisers or more, or a matter of places and things: nobody is recognised by it"""

    # other side roads
    objection_raised: bool = False
    """the holder or the filer objects to the redirection"""
    code_handed_out: bool = False
    """the query code reached somebody"""
