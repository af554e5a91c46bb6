"""The words of people and units: roles, kinds of unit, functions of a unit (domain.md §2.1, §2.2)."""

from __future__ import annotations

from workflows.engine import Labelled


class Role(Labelled):
    LEADER = "leader", "校领导"
    LIAISON = "liaison", "联络员"
    CADRE = "cadre", "中层干部"
    HANDLER = "handler", "经办人"
    HEAD = "head", "部门负责人"
    DESK = "desk", "二级受理员"
    CLERK = "clerk", "党政办受理员"
    DIRECTOR = "director", "党政办主任"
    CONFIDENTIAL = "confidential", "保密专办员"
    AUDITOR = "auditor", "纪检审计"
    ADMIN = "admin", "系统管理员"
    SECURITY = "security", "安全审计员"


class UnitType(Labelled):
    UNIVERSITY = "university", "学校"
    PARTY_OFFICE = "party_office", "党政办公室"
    ADMIN_DEPT = "admin_dept", "机关部处"
    PARTY_DEPT = "party_dept", "党委工作部门"
    COLLEGE = "college", "院系"
    GENERAL_BRANCH = "general_branch", "党总支"
    BRANCH = "branch", "党支部"
    TEACHING_OFFICE = "teaching_office", "教研室"
    CLASS = "class", "班级"
    DORM_BUILDING = "dorm_building", "宿舍楼"
    DORM_ROOM = "dorm_room", "宿舍"
    CLUB = "club", "社团"
    ASSOCIATION = "association", "学生组织"
    CANTEEN = "canteen", "食堂"
    PLACE = "place", "场所"
    SERVICE_UNIT = "service_unit", "服务单位"
    DECISION_BODY = "decision_body", "决策机构"


class PostCategory(Labelled):
    """职务类别: drives what a person owes, never the wording of his title (imports.md sheet 05)."""

    PARTY_SECRETARY = "party_secretary", "党委书记"
    PRESIDENT = "president", "校长"
    VICE_LEADER = "vice_leader", "校领导副职"
    DIVISION_HEAD = "division_head", "中层正职"
    DIVISION_DEPUTY = "division_deputy", "中层副职"
    BRANCH_SECRETARY = "branch_secretary", "支部书记"
    OTHER = "other", "其他"


class UnitFunction(Labelled):
    STUDENT_AFFAIRS = "student_affairs", "学工部门"
    ORGANISATION = "organisation_dept", "组织部门"
    TEACHER_AFFAIRS = "teacher_affairs", "教师工作部门"
    DISCIPLINE = "discipline", "纪检部门"
    COUNSELLING = "counselling", "心理咨询"
    SECURITY = "security", "保卫部门"


OF_A_UNIT = frozenset({Role.LIAISON, Role.CADRE, Role.HANDLER, Role.HEAD, Role.DESK})  # the others hold everywhere
ON_PHONES = frozenset({Role.LEADER, Role.LIAISON, Role.CADRE})  # who has no other role stays signed in for 30 days
INCOMPATIBLE = (  # one person may not hold both (domain.md §2.2)
    frozenset({Role.ADMIN, Role.SECURITY}),
    frozenset({Role.ADMIN, Role.AUDITOR}),
    frozenset({Role.ADMIN, Role.CONFIDENTIAL}),
)
