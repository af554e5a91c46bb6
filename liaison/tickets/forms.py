"""What a person may type with a move, and what is wrong with it.

The fields follow from the needs of the process: FIELDS says how each need is asked, MOVE_FORMS which
moves have a page and what they may ask besides. Nothing here decides; `workflows/` does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    Form,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from liaison.core.drawing import Drawn
from liaison.core.forms import tidy
from liaison.core.language import lazy_gettext as _l
from liaison.tickets.models.voices import TEXT_LENGTH
from liaison.tickets.models.work import ANSWER_LENGTH
from liaison.tickets.queries import categories, choices
from workflows.needs import Need
from workflows.ticket_words import (
    Channel,
    Confidentiality,
    ExplanationReason,
    LimitClass,
    Outcome,
    UnreachableReason,
    Urgency,
)
from workflows.tickets import TICKETS

FILL = _l("请填写这一项。")
PICK = _l("请选一项。")


def _options(*pairs: tuple[str, Any]) -> list[SelectChoice]:
    """Values with their words, as the library wants them."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def _words(label: Any, most: int, least: int = 1, rows: int = 3, hint: Any = "") -> Callable[[bool], Field]:
    def make(is_needed: bool) -> Field:
        length = Length(min=least if is_needed else 0, max=most, message=_length_words(least, most))
        rule = DataRequired(FILL) if is_needed else Optional()
        return TextAreaField(
            label, [rule, length], filters=[tidy], description=hint, render_kw={"rows": rows, "maxlength": most}
        )

    return make


def _length_words(least: int, most: int) -> Any:
    if least > 1:
        return _l("请写 %(least)s 到 %(most)s 个字。", least=least, most=most)
    return _l("最多 %(most)s 个字。", most=most)


def _choice(label: Any, words: Any, only: Any = None, kind: type[Field] = RadioField) -> Callable[[bool], Field]:
    offered = [(word.value, _l(word.label)) for word in (only or words)]

    def make(is_needed: bool) -> Field:
        rule = InputRequired(PICK) if is_needed else Optional()
        if is_needed:
            return kind(label, [rule], choices=_options(*offered))
        return SelectField(label, [rule], choices=_options(("", _l("不选")), *offered))

    return make


def _picked(label: Any, hint: Any = "") -> Callable[[bool], Field]:
    """A choice whose options come from the database (see `form_for`)."""

    def make(is_needed: bool) -> Field:
        return SelectField(label, [InputRequired(PICK) if is_needed else Optional()], choices=[], description=hint)

    return make


def _day(label: Any) -> Callable[[bool], Field]:
    return lambda is_needed: DateField(label, [InputRequired(_l("请选日期。")) if is_needed else Optional()])


REASON = _words(_l("理由"), 500, hint=_l("对方会看到，请说清楚还差什么。"))

FIELDS: dict[str, Callable[[bool], Field]] = {
    "urgency": _choice(_l("紧急程度"), Urgency),
    "category": _picked(_l("类别")),
    "question": _words(_l("要补充的问题"), 300, hint=_l("只问一个具体的问题，比如：是几楼的热水器？")),
    "text": _words(_l("补充的情况"), TEXT_LENGTH),
    "lead": _picked(_l("主办单位")),
    "limit_class": _choice(_l("时限类别"), LimitClass, [c for c in LimitClass if c is not LimitClass.RESTRICTED]),
    "instruction": _words(_l("交办说明"), 500, rows=2),
    "handler": _picked(_l("经办人")),
    "note": _words(_l("进展"), 500, hint=_l("内部可见，反映人看不到。")),
    "outcome": _choice(_l("办理结果"), Outcome, [Outcome.A, Outcome.D]),
    "answer": _words(
        _l("给反映人的答复"),
        ANSWER_LENGTH,
        least=20,
        rows=6,
        hint=_l("写清做了什么、什么时候、在哪里看得到；不写姓名。"),
    ),
    "internal_note": _words(_l("内部说明"), 500, rows=2),
    "reason_class": _choice(_l("不能办的原因"), ExplanationReason),
    "basis": _words(_l("依据"), 300, rows=2),
    "alternative": _words(_l("还可以怎么办"), 300, rows=2),
    "review_on": _day(_l("下次复核日期")),
    "reason": REASON,
    "voice": lambda _needed: IntegerField(widget=HiddenInput()),
    "channel": _choice(_l("告知方式"), Channel, [c for c in Channel if c is not Channel.CODE_PAGE]),
    "telling_note": _words(_l("备注"), 200, rows=2, hint=_l("张贴的写地点和日期。")),
    "reason_code": _choice(_l("无法告知的原因"), UnreachableReason),
    "answered_by": _picked(_l("当场答复人")),
    "praised_unit": _picked(_l("表扬的单位")),
}

SPOT_ANSWER = _words(_l("当场的答复"), ANSWER_LENGTH, least=10)

EXTRA: dict[str, list[str]] = {  # what a move may ask beside its needs, folded away
    "dispatch": ["instruction"],
    "submit_answer": ["reason_class", "basis", "alternative", "review_on", "internal_note"],
    "submit_answer_direct": ["reason_class", "basis", "alternative", "review_on", "internal_note"],
    "tell": ["telling_note"],
}

EVERYDAY = [  # the moves with a page of their own here; the side roads follow with theirs
    "accept",
    "confirm_onspot",
    "record_praise",
    "ask_info",
    "supplement",
    "dispatch",
    "sign",
    "progress",
    "submit_answer",
    "submit_answer_direct",
    "head_approve",
    "head_approve_direct",
    "head_return",
    "office_approve",
    "office_return",
    "tell",
    "mark_unreachable",
    "close",
    "close_untold",
    "reopen",
    "reopen_onspot",
    "withdraw",
    "void",
]

PER_VOICE = {"tell", "mark_unreachable"}  # drawn beside the voice they are about


class MoveForm(Drawn, FlaskForm):
    """The version the page was drawn from, and the fields of one move."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def given(self) -> dict[str, Any]:
        """What was typed, under the names of `workflows/needs.py`."""
        skip = {"csrf_token", "version", "voice", "telling_note"}
        typed = {field.name: field.data for field in self if field.name not in skip}
        if "telling_note" in self:
            typed["note"] = self["telling_note"].data
        return typed


def _form_class(move: str) -> type[MoveForm]:
    needs = [need for need in TICKETS.move(move).needs if need in FIELDS]
    fields: dict[str, Any] = {need.value: FIELDS[need](True) for need in map(Need, needs)}
    fields |= {name: FIELDS[name](False) for name in EXTRA.get(move, [])}
    if move == "confirm_onspot":
        fields["answer"] = SPOT_ANSWER(True)
    return type(f"{move.title().replace('_', '')}Form", (MoveForm,), fields)


MOVE_FORMS: dict[str, type[MoveForm]] = {move: _form_class(move) for move in EVERYDAY}


def form_for(move: str, ticket: Any, data: dict[str, Any] | None = None, *, posted: bool = True) -> MoveForm:
    """The form of a move for one ticket, with its choices: filled from the request, or drawn with `data`."""
    form = MOVE_FORMS[move]() if posted else MOVE_FORMS[move](formdata=None, data=data)
    options: dict[str, Callable[[], list[tuple[str, str]]]] = {
        "category": lambda: [(str(row.id), row.name) for row in categories.all_categories()],
        "lead": choices.receiving_units,
        "praised_unit": choices.receiving_units,
        "handler": lambda: choices.handlers(ticket.lead_unit_id),
        "answered_by": lambda: choices.filers(ticket),
    }
    for name, offered in options.items():
        if name in form:
            form[name].choices = _options(("", _l("请选择")), *offered())
    if "limit_class" in form and ticket.confidentiality is not Confidentiality.NORMAL:
        form["limit_class"].choices = _options((LimitClass.RESTRICTED.value, _l(LimitClass.RESTRICTED.label)))
    return form


class WordsForm(Drawn, Form):
    """What to look for in the list; read from the address, so a list can be kept as a link."""

    text = StringField(_l("查找编号、标题或原话"), [Length(max=60)], filters=[tidy])


class SearchForm(WordsForm):
    """The same, and what to narrow it by."""

    stage = SelectField(_l("环节"), choices=[])
    state = SelectField(_l("状态"), choices=[])
    unit = SelectField(_l("主办单位"), choices=[])
    category = SelectField(_l("类别"), choices=[])
    term = SelectField(_l("学期"), choices=[])
    mine = SelectField(_l("范围"), choices=[])
    progress = SelectField(
        _l("进度"), choices=_options(("", _l("全部")), ("open", _l("在办")), ("ended", _l("已了结")))
    )

    @property
    def narrowing(self) -> list[Any]:
        """The fields that leave a choice, in the order they are shown."""
        return [field for field in self if field.name != "text" and len(field.choices) > 1]


def words_form(asked: Any) -> WordsForm:
    return WordsForm(data={"text": asked.get("text", "")})


def search_form(asked: Any, offered: dict[str, list[tuple[str, Any]]]) -> SearchForm:
    """The search form with its choices, holding what the address asks for."""
    form = SearchForm(data=asked)
    for name, choices_of in offered.items():
        form[name].choices = _options(("", _l("全部")), *choices_of)
    return form
