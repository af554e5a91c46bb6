"""登记: who, with whom or what, from when until when. Who is meant is typed and picked, from thousands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from liaison.contacts.forms.reading import key, one_of, typed, words
from liaison.contacts.queries import places
from liaison.contacts.queries.places import Place
from liaison.core.clock import today
from liaison.oversight.queries import registers as ask
from liaison.people.forms import SearchForm, text
from liaison.programmes.words import AbsenceType, HalfDay

FIND = "find"  # the button that only looks


@dataclass(frozen=True)
class Pick:
    """A pair of fields: <name>_id, what was picked; <name>_text, what was typed to find it."""

    name: str
    sort: str  # of SEARCHES: where to look
    is_needed: bool = True


SEARCHES: dict[str, tuple[Callable[[str], list[Place]], Callable[[list[int]], list[Place]]]] = {
    "people": (ask.people, ask.people_by_ids),
    "units": (places.search, places.by_ids),
}


class RegisterForm(FlaskForm):
    """What is common: the fields to pick, and the row it was drawn from."""

    picks: ClassVar[tuple[Pick, ...]] = ()
    seen = HiddenField(filters=[typed])

    def only_look(self) -> None:
        """As `look`; nothing is lacking while one is still looking."""
        self.look()
        for pick in self.picks:
            self[f"{pick.name}_text"].errors = []

    def look(self) -> bool:
        """Fill the chips of every pick; False, with a sentence, where it is not clear who or what is meant."""
        found = [self._look(pick) for pick in self.picks]
        return all(found)

    def _look(self, pick: Pick) -> bool:
        chosen, line = self[f"{pick.name}_id"], self[f"{pick.name}_text"]
        search, by_ids = SEARCHES[pick.sort]
        there = by_ids([chosen.data]) if chosen.data else []
        hits = search(line.data) if not there else []
        if len(hits) == 1 or [hit.name for hit in hits].count(line.data) == 1:
            hits.sort(key=lambda hit: hit.name != line.data)
            chosen.data, there, hits = hits[0].id, hits[:1], hits[1:]
        chosen.choices = [SelectChoice(value=one.id, label=label(one)) for one in (*there, *hits)]
        line.errors = [] if there or (not pick.is_needed and not line.data) else [_missing(line.data, hits)]
        return not line.errors

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the row, by the names of the fields."""
        left_out = {"csrf_token", "seen"}
        own = {name: field.data for name, field in self._fields.items() if name not in left_out}
        return {name: value for name, value in own.items() if not name.endswith("_text")}


def label(one: Place) -> str:
    return f"{one.name}（{one.within}）" if one.within else one.name


def _missing(typed_: str, hits: list[Place]) -> str:
    if hits:
        return _("有几个都对得上，请点一个。")
    return _("没有找到，换几个字再找。") if typed_ else _("请写几个字找一找，再点一个。")


BY_NAME, BY_NUMBER = _l("写名称找"), _l("写姓名或工号找")


def _picked(title: Any, find: Any = BY_NUMBER) -> tuple[RadioField, StringField]:
    chosen = RadioField(title, choices=[], coerce=key, validate_choice=False)
    return chosen, StringField(find, [Length(max=40)], filters=[typed])


def _first() -> DateField:
    return DateField(_l("从哪天起"), [InputRequired(_l("请选从哪天起。"))], default=today)


def _last() -> DateField:
    return DateField(_l("到哪天"), [Optional()], description=_l("空着就是一直有效"))


class RegisterSearchForm(SearchForm):
    q = text(_l("姓名、工号或名称"), 40)


class LinkForm(RegisterForm):
    picks = (Pick("person", "people"), Pick("unit", "units"), Pick("liaison", "people", is_needed=False))
    person_id, person_text = _picked(_l("哪位领导或干部"))
    unit_id, unit_text = _picked(_l("联系哪里"), BY_NAME)
    liaison_id, liaison_text = _picked(_l("那里的联络员（选填）"))
    from_on, until_on = _first(), _last()


class ColleagueForm(RegisterForm):
    picks = (Pick("person", "people"), Pick("colleague", "people"))
    person_id, person_text = _picked(_l("哪位领导或干部"))
    colleague_id, colleague_text = _picked(_l("联系哪位老师"))
    is_young_teacher = BooleanField(_l("是青年教师"), default=True, description=_l("不勾就是教师结对"))
    from_on, until_on = _first(), _last()


class AbsenceForm(RegisterForm):
    picks = (Pick("person", "people"),)
    person_id, person_text = _picked(_l("谁"))
    type = SelectField(_l("类型"), choices=words(AbsenceType), coerce=one_of(AbsenceType))
    from_on = _first()
    until_on = DateField(_l("到哪天"), [InputRequired(_l("请选到哪天。"))], default=today)
    half = SelectField(_l("只半天"), choices=words(HalfDay, _l("整天")), coerce=one_of(HalfDay))

    def validate_half(self, field: SelectField) -> None:
        if field.data and self.from_on.data != self.until_on.data:
            raise ValidationError(_("半天只能是同一天。"))


class ObligedForm(RegisterForm):
    picks = (Pick("person", "people"),)
    person_id, person_text = _picked(_l("谁"))
    from_on, until_on = _first(), _last()


class CourseForm(RegisterForm):
    picks = (Pick("unit", "units"),)
    code = StringField(_l("课程号"), [InputRequired(_l("请写课程号。")), Length(max=20)], filters=[typed])
    name = StringField(_l("课程名称"), [InputRequired(_l("请写课程名称。")), Length(max=60)], filters=[typed])
    term_id = SelectField(_l("学期"), [InputRequired(_l("请选学期。"))], choices=[], coerce=key)
    unit_id, unit_text = _picked(_l("开课单位"), BY_NAME)
    is_ideology = BooleanField(_l("是思政课"), description=_l("校领导每学期每门思政课听一次"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.term_id.choices = [SelectChoice(value=term, label=words_) for term, words_ in ask.terms()]
