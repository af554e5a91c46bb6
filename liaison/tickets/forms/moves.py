"""One form for each move: its fields follow from the needs of the process, with what may be asked besides.

Nothing here decides; `workflows/` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from liaison.core.drawing import Drawn
from liaison.core.language import lazy_gettext as _l
from liaison.tickets.forms.fields import CHILDREN, FIELDS, MILESTONES, PUBLIC, SPECIAL, TASKS, Maker, options
from liaison.tickets.queries import catalogue, categories, choices
from workflows.ticket_words import Confidentiality, LimitClass
from workflows.tickets import TICKETS

PAGES = [  # the moves a person makes on the page of a ticket, in the order of the process
    "accept",
    "confirm_onspot",
    "record_praise",
    "ask_info",
    "supplement",
    "merge",
    "unmerge",
    "split",
    "redirect",
    "uphold_objection",
    "hand_off",
    "dispatch",
    "designate",
    "sign",
    "request_return",
    "uphold_return",
    "reject_return",
    "progress",
    "interim_answer",
    "co_answer",
    "extend",
    "convene",
    "meeting_result",
    "escalate",
    "decided",
    "plan",
    "review_plan",
    "resume",
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
    "publish",
    "raise_level",
    "withdraw",
    "void",
]
PER_VOICE = {"tell", "mark_unreachable"}  # drawn beside the voice they are about

FINAL = ["reason_class", "basis", "alternative", "review_on", "internal_note"]
EXTRA: dict[str, list[str]] = {  # what a move may ask beside its needs, folded away
    "merge": ["told_channel"],
    "dispatch": ["instruction", *TASKS],
    "designate": ["instruction", *TASKS],
    "submit_answer": FINAL,
    "submit_answer_direct": FINAL,
    "meeting_result": ["due_on", *TASKS],
    "decided": [*TASKS],
    "plan": ["answer"],
    "review_plan": ["note"],
    "tell": ["telling_note"],
    "hand_off": ["receipt"],
}
INSTEAD: dict[str, dict[str, tuple[Maker, bool]]] = {  # what is asked in place of one need, and whether it must be
    "merge": {"lead_ticket": (FIELDS["lead_ticket"], False), "same": (FIELDS["same"], False)},
    "split": CHILDREN,
    "plan": MILESTONES,
    "publish": PUBLIC,
}
REPLACED = {"lead_ticket": "merge", "children": "split", "milestones": "plan", "public_text": "publish"}
NUMBERED = {"child": "children", "milestone": "milestones"}
FIRST_BOX = {need: f"{stem}_1" for stem, need in NUMBERED.items()}
ASIDE = {"csrf_token", "version", "voice", "telling_note", "same"}


class MoveForm(Drawn, FlaskForm):
    """The version the page was drawn from, and the fields of one move."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def given(self) -> dict[str, Any]:
        """What was typed, under the names of `workflows/needs.py`."""
        typed = {field.name: field.data for field in self if field.name not in ASIDE}
        if "telling_note" in self:
            typed["note"] = self["telling_note"].data
        if "same" in self:
            typed["lead_ticket"] = typed["lead_ticket"] or self["same"].data
        return _gathered(typed)

    def put(self, errors: dict[str, str]) -> None:
        """What the process found missing or wrong, beside its field; a list is asked for in numbered boxes."""
        for need, words in errors.items():
            name = FIRST_BOX.get(need, need)
            if name in self:
                self[name].errors = [*self[name].errors, words]
            else:
                self.form_errors.append(words)


def _gathered(typed: dict[str, Any]) -> dict[str, Any]:
    """Numbered boxes as lists: child_1 … → children; co_unit_1 with its question and day → co, co_questions, co_due."""
    found: dict[str, Any] = {}
    for name, value in typed.items():
        stem = re.sub(r"_\d$", "", name)
        if stem in NUMBERED:
            found.setdefault(NUMBERED[stem], []).extend([value] if value else [])
        elif not name.startswith("co_"):
            found[name] = value
    asked = [typed[f"co_unit_{n}"] or "" for n in _rows(typed)]
    if any(asked):
        found["co"] = [unit for unit in asked if unit]
        found["co_questions"] = _beside(typed, asked, "co_question")
        found["co_due"] = _beside(typed, asked, "co_due")
    return found


def _rows(typed: dict[str, Any]) -> list[str]:
    return [name.rpartition("_")[2] for name in typed if name.startswith("co_unit_")]


def _beside(typed: dict[str, Any], asked: list[str], name: str) -> dict[str, Any]:
    """Of each unit that was chosen, what was typed in this box of its row."""
    pairs = zip(asked, _rows(typed), strict=True)
    return {unit: typed[f"{name}_{n}"] for unit, n in pairs if unit and typed[f"{name}_{n}"]}


def _form_class(move: str) -> type[MoveForm]:
    fields: dict[str, Any] = {}
    for need in TICKETS.move(move).needs:
        if REPLACED.get(need) == move:
            fields |= {name: make(is_needed) for name, (make, is_needed) in INSTEAD[move].items()}
        elif maker := _maker(move, need):
            fields[str(need)] = maker(True)
    fields |= {name: maker(False) for name in EXTRA.get(move, []) if (maker := _maker(move, name))}
    return type(f"{move.title().replace('_', '')}Form", (MoveForm,), fields)


def _maker(move: str, name: str) -> Maker | None:
    return SPECIAL.get(move, {}).get(name) or FIELDS.get(name) or TASKS.get(name)


MOVE_FORMS: dict[str, type[MoveForm]] = {move: _form_class(move) for move in PAGES}


def _is_looked_up(form: MoveForm, field: Any) -> bool:
    """What was chosen is looked up by the process itself: a list for it would be one statement too many."""
    if field.name == "same":
        return bool(field.data)
    if field.name != "lead":
        return False
    asks_others = any(form[name].data for name in TASKS if name.startswith("co_unit_") and name in form)
    is_number = bool(field.data) and field.data.isascii() and field.data.isdigit() and len(field.data) < 16
    return is_number and not asks_others


def fill(field: Any, offered: Offered) -> None:
    """Give a field what it offers to choose from."""
    blank = [] if field.name == "same" else [("", _l("请选择"))]
    field.choices = options(*blank, *CHOICES[field.name](offered))


class Offered:
    """What the forms of one ticket offer to choose from: asked of the database once a page, and only if drawn."""

    def __init__(self, ticket: Any, unit_id: int | None = None) -> None:
        self.ticket = ticket
        self.unit_id = unit_id or ticket.lead_unit_id  # whose people may handle it

    @cached_property
    def units(self) -> choices.Choices:
        return choices.receiving_units()

    @cached_property
    def categories(self) -> choices.Choices:
        return [(str(row.id), row.name) for row in categories.all_categories()]

    @cached_property
    def handlers(self) -> choices.Choices:
        return choices.handlers(self.unit_id)

    @cached_property
    def filers(self) -> choices.Choices:
        return choices.filers(self.ticket)

    @cached_property
    def line(self) -> Any | None:
        """The line of the catalogue that speaks of this ticket."""
        return catalogue.suggestion(self.ticket)

    @cached_property
    def same(self) -> choices.Choices:
        return choices.same_matters(self.ticket)


CHOICES: dict[str, Callable[[Offered], choices.Choices]] = {
    "category": lambda offered: offered.categories,
    "lead": lambda offered: offered.units,
    "unit": lambda offered: offered.units,
    "praised_unit": lambda offered: offered.units,
    "suggested_unit": lambda offered: offered.units,
    "handler": lambda offered: offered.handlers,
    "answered_by": lambda offered: offered.filers,
    "same": lambda offered: offered.same,
} | {name: lambda offered: offered.units for name in TASKS if name.startswith("co_unit_")}


def form_for(
    move: str, offered: Offered, data: dict[str, Any] | None = None, *, posted: bool = True, kind: Any = None
) -> MoveForm:
    """The form of a move for one ticket, with its choices: filled from the request, or drawn with `data`.

    `kind` is a form of a small life in place of the ticket's own.
    """
    made = kind or MOVE_FORMS[move]
    form: MoveForm = made() if posted else made(formdata=None, data=data)
    for field in form:
        if posted and _is_looked_up(form, field):
            field.choices = options((field.data, field.data))
        elif field.name in CHOICES:
            fill(field, offered)
    if "limit_class" in form and offered.ticket.confidentiality is not Confidentiality.NORMAL:
        form["limit_class"].choices = options((LimitClass.RESTRICTED.value, _l(LimitClass.RESTRICTED.label)))
    return form
