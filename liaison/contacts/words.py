"""The words of a contact: its kinds, channels and bands (domain.md §1.2, §3.3, §3.7; rulings §13)."""

from __future__ import annotations

from workflows.engine import Labelled


class ContactKind(Labelled):
    """What sort of occasion; at most two on one contact."""

    # 七进: the seven of the notice
    ENTER_CLASS = "enter_class", "进课堂"
    ENTER_GROUP = "enter_group", "进班级"
    ENTER_DORM = "enter_dorm", "进宿舍"
    ENTER_CANTEEN = "enter_canteen", "进食堂"
    ENTER_CLUB = "enter_club", "进社团"
    ENTER_LECTURE = "enter_lecture", "进讲座"
    ENTER_ONLINE = "enter_online", "进网络"
    # occasions of any leader
    RECEPTION_DAY = "reception_day", "校领导接待日"
    THEME_MEETING = "theme_meeting", "主题班会、团日"
    IDEOLOGY_LECTURE = "ideology_lecture", "讲思政课"
    PARTY_CLASS = "party_class", "讲党课"
    FIELD_STUDY = "field_study", "专题调研"
    PRACTICAL_HELP = "practical_help", "帮办实事"
    # 五联: the five links
    VISIT_GENERAL_BRANCH = "visit_general_branch", "联系党总支"
    ON_SITE_OFFICE = "on_site_office", "院系驻点办公"
    VISIT_TEAM = "visit_team", "参加班子会议"
    VISIT_BRANCH = "visit_branch", "联系党支部"
    VISIT_TEACHING_OFFICE = "visit_teaching_office", "联系教研室"
    TALK_YOUNG_TEACHER = "talk_young_teacher", "联系青年教师"
    OTHER = "other", "其他"


SEVEN = (
    ContactKind.ENTER_CLASS,
    ContactKind.ENTER_GROUP,
    ContactKind.ENTER_DORM,
    ContactKind.ENTER_CANTEEN,
    ContactKind.ENTER_CLUB,
    ContactKind.ENTER_LECTURE,
    ContactKind.ENTER_ONLINE,
)


class MeetingChannel(Labelled):
    """面对面 or 键对键: online supplements, it never replaces."""

    FACE_TO_FACE = "face_to_face", "面对面"
    ONLINE = "online", "键对键"


class Headcount(Labelled):
    """How many students, as a band: never a list."""

    FEW = "1-5", "1–5 人"
    GROUP = "6-20", "6–20 人"
    CLASS = "21-50", "21–50 人"
    HALL = "51+", "50 人以上"
