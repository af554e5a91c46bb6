"""The history of a record, read aloud: one sentence a deed (components/timeline.html)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from liaison.core import formats

SENTENCES = {
    "plan": _l("%(who)s计划了这次联系。"),
    "record": _l("%(who)s记下了这次联系。"),
    "hand_over": _l("交给领导本人确认。"),
    "confirm": _l("%(who)s确认了。"),
    "confirm_for_leaver": _l("%(who)s代离任的领导确认了。"),
    "reject": _l("%(who)s没有确认。"),
    "cancel": _l("%(who)s取消了这次联系。"),
    "edit": _l("%(who)s改了%(what)s。"),
    "approve_late": _l("%(who)s同意补录，计入当月。"),
    "decline_late": _l("%(who)s没有同意补录，不计入。"),
    "ask_amend": _l("%(who)s申请更正。"),
    "amend": _l("%(who)s同意更正，改了%(what)s。"),
    "decline_amend": _l("%(who)s没有同意更正。"),
}
FIELDS = {
    "held_at": _l("时间"),
    "kind": _l("类型"),
    "second_kind": _l("类型"),
    "place_id": _l("地点"),
    "place_text": _l("地点"),
    "channel": _l("方式"),
    "summary": _l("简况"),
    "headcount": _l("人数"),
    "minutes": _l("用时"),
    "title": _l("题目"),
    "document_no": _l("报告文号"),
    "reported_on": _l("上报日期"),
    "course_id": _l("听的课"),
    "colleague_id": _l("青年教师"),
    "home_visit": _l("走访家庭"),
    "mode": _l("走访家庭"),
    "consent": _l("走访家庭"),
    "consented_on": _l("走访家庭"),
    "help_agreed": _l("商定的实际帮助"),
    "leaders": _l("参加的领导"),
    "targets": _l("还联系了"),
}


def entries(events: Sequence[Any]) -> list[dict[str, Any]]:
    """Events as the timeline draws them; what a record's own filing implies is not said twice."""
    return [_entry(event) for event in events if event.move in SENTENCES]


def _entry(event: Any) -> dict[str, Any]:
    return {
        "at_words": formats.moment_words(event.at),
        "sentence": SENTENCES[event.move] % {"who": event.actor_label, "what": _what(event.data)},
        "note": event.reason,
        "stage_label": "",
    }


def _what(changed: dict[str, Any]) -> str:
    names = dict.fromkeys(str(FIELDS[name]) for name in changed if name in FIELDS)
    return _("、").join(names) or _("内容")
