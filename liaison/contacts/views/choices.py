"""What the form of a contact offers to pick from, and what a typed place means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectChoice

from liaison.contacts import evidence
from liaison.contacts.forms import OccasionForm
from liaison.contacts.forms.reading import LONGEST_KEY
from liaison.contacts.models import PLACE_LENGTH
from liaison.contacts.queries import counterparts, leaders, places
from liaison.contacts.queries.leaders import Someone
from liaison.contacts.queries.places import Place
from liaison.people.actor import Actor
from liaison.programmes.words import SEVEN, ContactKind, MeetingChannel

AS_TYPED = 0  # the chip «as I wrote it»
ONLINE = "线上"
OUTSIDE = "校外"  # of a visit to a family no more is kept than that (domain.md §3.5 NG6)


@dataclass(frozen=True)
class Group:
    """Chips under one heading; `options` are the form's own radio or check boxes."""

    label: str
    options: list[Any]


@dataclass(frozen=True)
class Chosen:
    """The place of a contact: a unit, or its words."""

    place_id: int | None = None
    place_text: str = ""


def place_of(form: OccasionForm) -> Chosen | None:
    """What was picked or typed; None, with a sentence beside the field, where that is not clear."""
    picked, typed = form.place_id.data, form.place_text.data
    if picked and not typed:
        return Chosen(place_id=picked)
    if form.has("home_visit"):
        return _no_address(form, typed)
    if typed:
        return _typed_place(form, picked, typed)
    if form.kind.data is ContactKind.ENTER_ONLINE or form.channel.data is MeetingChannel.ONLINE:
        return Chosen(place_text=ONLINE)
    form.place_text.errors = [_("请点选地点，或写几个字找一找。")]
    return None


def _no_address(form: OccasionForm, typed: str) -> Chosen | None:
    if typed not in ("", OUTSIDE):
        form.place_text.errors = [_("走访家庭不记住址。请点选班级或宿舍，或把这一栏空着。")]
        return None
    return Chosen(place_text=OUTSIDE)


def _typed_place(form: OccasionForm, picked: int | None, typed: str) -> Chosen | None:
    """The one place of that name; words nobody's name contains are kept as they are (domain.md §3.7)."""
    hits = places.search(typed)
    exact = [hit.id for hit in hits if hit.name == typed]
    if picked and picked not in {hit.id for hit in hits}:
        form.place_text.errors = [_("点了一个地点，又写了另一个，请留一个。")]
    elif picked or len(exact) == 1:
        return Chosen(place_id=picked or exact[0])
    elif hits and picked != AS_TYPED:
        form.place_text.errors = [_("名字相近的有几个，请点一个。")]
    elif len(typed) > PLACE_LENGTH:
        form.place_text.errors = [_("没有找到这个地点。要照写下的记，请缩到 20 字以内。")]
    else:
        return Chosen(place_text=typed)
    return None


def leaders_of(form: OccasionForm, actor: Actor) -> tuple[int, ...] | None:
    """Who took part: at least one for whom the actor may file, first himself; None with a sentence otherwise."""
    wanted = [one for one in dict.fromkeys(form.leaders.data or []) if one]
    mine = leaders.may_file_for(actor)
    others = [one for one in wanted if one not in mine]
    if len(others) == len(wanted):
        form.leaders.errors = [_("请点选是哪位领导。")]
        return None
    if others and not set(others) <= {leader.id for leader in leaders.all_leaders()}:
        form.leaders.errors = [_("名单刚有变动，请重新点选。")]
        return None
    return tuple([one for one in wanted if one in mine] + others)


def offer(form: OccasionForm, actor: Actor, recent: list[Place]) -> dict[str, Any]:
    """Fill the choices of a form to be drawn; the groups in which the page shows them."""
    linked = places.links(leaders.may_file_for(actor))
    _name_counterparts(form, actor)
    return {
        "mine": leaders.may_file_for(actor),
        "kinds": _kind_groups(form),
        "places": _place_groups(form, linked, recent),
        "targets": _target_groups(form, linked),
        "leaders": _leader_groups(form, actor),
        "evidence": evidence.EVIDENCE,
        "date_only": evidence.DATE_ONLY,
    }


def asked_for(form: OccasionForm, asked: Mapping[str, str]) -> list[Place]:
    """A kind and a place named by the address, as a duty or a gap does; the place, for its chip."""
    if asked.get("kind") in set(ContactKind):
        form.kind.data = ContactKind(asked["kind"])
    place = asked.get("place", "")
    found = places.by_ids([int(place)]) if place.isascii() and place.isdecimal() and len(place) < LONGEST_KEY else []
    if found:
        form.place_id.data = found[0].id
    return found


def _name_counterparts(form: OccasionForm, actor: Actor) -> None:
    """The colleagues and courses that may be named."""
    teachers = counterparts.young_teachers(leaders.may_file_for(actor), form.colleague_id.data)
    courses = counterparts.ideology_courses(form.course_id.data)
    for field, named in ((form.colleague_id, teachers), (form.course_id, courses)):
        field.choices = [("", _("不选")), *((str(key), name) for key, name in named)]


def _kind_groups(form: OccasionForm) -> list[Group]:
    """The seven in front; the rest folded, unless the one in use is there."""
    options = {option.data: option for option in form.kind}
    front = [kind for kind in ContactKind if kind in SEVEN or kind == form.kind.data]
    rest = [kind for kind in ContactKind if kind not in front]
    return [
        Group("", [options[kind.value] for kind in front]),
        Group(_("其他联系"), [options[kind.value] for kind in rest]),
    ]


def _place_groups(form: OccasionForm, linked: list[Place], recent: list[Place]) -> list[Group]:
    typed = form.place_text.data or ""
    found = places.search(typed) if typed else []
    if typed and len(typed) <= PLACE_LENGTH:
        found.append(Place(AS_TYPED, _("照写：%(typed)s", typed=typed)))
    groups = [(_("找到的"), found), (_("我的联系点"), linked), (_("最近"), recent)]
    shown = {place.id for _label, group in groups for place in group}
    picked = form.place_id.data
    if picked and picked not in shown:
        groups.append((_("已选"), places.by_ids([picked])))
    return _distinct(form.place_id, groups)


def _target_groups(form: OccasionForm, linked: list[Place]) -> list[Group]:
    found = places.search(form.target_text.data) if form.target_text.data else []
    shown = {place.id for place in [*found, *linked]}
    picked = places.by_ids([one for one in form.targets.data or [] if one and one not in shown])
    return _distinct(form.targets, [(_("找到的"), found), (_("我的联系点"), linked), (_("已选"), picked)])


def _leader_groups(form: OccasionForm, actor: Actor) -> list[Group]:
    """First those the actor files for, then who else may have come along."""
    mine = leaders.may_file_for(actor)
    everybody = leaders.all_leaders()
    if actor.id in mine and actor.id not in {one.id for one in everybody}:
        everybody.insert(0, Someone(actor.id, actor.name))
    first = [one for one in everybody if one.id in mine]
    rest = [one for one in everybody if one.id not in mine]
    return _distinct(form.leaders, [("", first), (_("一起参加的"), rest)], keep_empty=True)


def _distinct(field: Any, groups: list[tuple[str, list[Any]]], keep_empty: bool = False) -> list[Group]:
    """Every place once, under the first heading that names it, as options of the field."""
    unique: dict[int, tuple[str, Any]] = {}
    for label, members in groups:
        for member in members:
            unique.setdefault(member.id, (label, member))
    field.choices = [SelectChoice(value=member.id, label=words_of(member)) for _label, member in unique.values()]
    options = dict(zip(unique, field, strict=True))
    drawn = [
        Group(label, [options[key] for key, (under, _member) in unique.items() if under == label])
        for label, _members in groups
    ]
    return [group for group in drawn if keep_empty or group.options]


def words_of(member: Any) -> str:
    """The name on a chip; a room that is only a number also names its building."""
    within = getattr(member, "within", "")
    return f"{within} {member.name}" if within and member.name.isdigit() else str(member.name)
