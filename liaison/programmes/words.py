"""The words of contact programmes: kinds of contact, and what a line of a rule set may say (domain.md §1.2, §3.1)."""

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
    HOME_VISIT = "home_visit", "走访家庭"
    # 五联: the five links
    VISIT_GENERAL_BRANCH = "visit_general_branch", "联系党总支"
    ON_SITE_OFFICE = "on_site_office", "院系驻点办公"
    VISIT_TEAM = "visit_team", "参加班子会议"
    VISIT_BRANCH = "visit_branch", "联系党支部"
    VISIT_TEACHING_OFFICE = "visit_teaching_office", "联系教研室"
    TALK_YOUNG_TEACHER = "talk_young_teacher", "联系青年教师"
    # what the five links ask for besides the visits
    SPECIAL_INSPECTION = "special_inspection", "专项督查"
    BRANCH_LIFE = "branch_life", "参加组织生活会"
    ETHICS_FORUM = "ethics_forum", "师德师风研讨会"
    TEACHER_FORUM = "teacher_forum", "青年教师座谈会"
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


class VisitMode(Labelled):
    """How a family was met (domain.md §3.4)."""

    ON_SITE = "on_site", "上门"
    PHONE = "phone", "电话"
    ONLINE = "online", "网络"


class ConsentForm(Labelled):
    """How the family agreed to be visited."""

    SPOKEN = "spoken", "口头同意"
    WRITTEN = "written", "书面同意"
    MESSAGE = "message", "短信或网络同意"


class Strength(Labelled):
    """How binding a line is; 倡导 is shown and never counted as unmet."""

    MANDATORY = "mandatory", "应"
    IN_PRINCIPLE = "in_principle", "原则上"
    ADVOCATED = "advocated", "倡导"
    CONDITIONAL = "conditional", "条件"
    SHARE = "share", "比例"


class SubjectRole(Labelled):
    """Whom a line obliges. All but the listed follow from the posts held on a day."""

    LEADER = "leader", "校领导"
    PRINCIPAL_LEADER = "principal_leader", "党委书记、校长"
    OTHER_LEADER = "other_leader", "校领导副职"
    CADRE = "cadre", "中层干部"
    PARTY_DEPT_HEAD = "party_dept_head", "党委工作部门负责人"
    BRANCH_SECRETARY = "branch_secretary", "支部书记"
    STAFF_OBLIGED = "staff_obliged", "名单内教职工"


class TargetScope(Labelled):
    """Which units count."""

    ANY = "any", "不限"
    LINKED = "linked", "联系点"
    EACH_LINKED = "each_linked", "每个联系点"
    EACH_COURSE = "each_course", "每门思政课"
    NONE = "none", "无"


class Period(Labelled):
    """The stretch of time a minimum belongs to."""

    NONE = "none", "不分周期"
    WEEK = "week", "每周"
    MONTH = "month", "每月"
    HALF_YEAR = "half_year", "每半年"
    TERM = "term", "每学期"
    ACADEMIC_YEAR = "academic_year", "每学年"
    CALENDAR_YEAR = "calendar_year", "每年"


class QuantityUnit(Labelled):
    """What is counted."""

    TIMES = "times", "次"
    WEEKS = "weeks", "周"
    HALF_DAYS = "half_days", "个半天"
    LECTURES = "lectures", "讲"
    SESSIONS = "sessions", "场"
    FAMILIES = "families", "户"
    REPORTS = "reports", "份"
    LINK = "link", "个联系点"
    KINDS = "kinds", "种"
    PLAN = "plan", "份申报"
    FORM = "form", "张表"
    SHARE = "share", "%"


class CalendarBasis(Labelled):
    """What makes a stretch of time one in which something is owed."""

    SCHOOL_WEEKS = "school_weeks", "教学周"
    TERM_MONTHS = "term_months", "学期月份"
    CALENDAR = "calendar", "日历"


class PerEach(Labelled):
    """A minimum that holds for every one of these."""

    COURSE = "course", "每门课"
    COUNTERPART = "counterpart", "每位对象"


class AbsenceType(Labelled):
    """Why somebody was away; never more than this (domain.md §3.1)."""

    BUSINESS = "business", "公出"
    TRAINING = "training", "培训"
    SECONDMENT = "secondment", "挂职"
    LEAVE = "leave", "休假"
    SICK = "sick", "病假"
    MATERNITY = "maternity", "产假"
    OTHER = "other", "其他"


class HalfDay(Labelled):
    MORNING = "morning", "上午"
    AFTERNOON = "afternoon", "下午"


class TimeBand(Labelled):
    """本人申报: how much of the working time was spent with students (domain.md §3.8)."""

    UNDER_30 = "under_30", "不到 30%"
    UNDER_50 = "under_50", "30%–50%"
    HALF_OR_MORE = "half_or_more", "50% 以上"


class Status(Labelled):
    """How far a line is (domain.md §3.9). It depends on the day it is asked, so it is never stored."""

    MET = "met", "已达标"
    UNDER_WAY = "under_way", "进行中"
    ATTENTION = "attention", "需关注"
    UNMET = "unmet", "未达标"
    EXEMPT = "exempt", "免计"
    ADVOCATED = "advocated", "倡导"
    COUNTED = "counted", "只计次数"


class MonthlyFormKind(Labelled):
    """The two monthly forms of the Fujian rules (domain.md §3.3)."""

    FIVE_LINKS = "a1", "附件1 “五联七进”工作记录表"
    THREE_STRENGTHS = "a2", "附件2 “三特一体”工作记录表"
