"""The parts people play in a process. Who plays which for a given thing is said in liaison/access.py."""

from workflows.engine import Labelled


class Part(Labelled):
    """Who may make a move (domain.md §4.3, rulings.md §13)."""

    FILER = "filer", "提交人"
    HOLDER = "holder", "持码人"
    CLERK = "clerk", "党政办受理员"
    DESK = "desk", "二级受理员"
    DIRECTOR = "director", "党政办主任"
    DIRECTOR_R = "director_r", "党政办主任（受限事项）"
    CONFIDENTIAL = "confidential", "保密专办员"
    CONFIDENTIAL_N = "confidential_n", "保密专办员（普通事项）"
    HANDLER = "handler", "主办经办人"
    HEAD = "head", "主办负责人"
    CO_HANDLER = "co_handler", "协办经办人"
    CO_HEAD = "co_head", "协办负责人"
    SUPERVISING = "supervising", "分管校领导"
    LEADER = "leader", "校领导"
    LIAISON = "liaison", "联络员"
    AUDITOR = "auditor", "纪检审计"
    SYSTEM = "system", "系统"


# Parts that go together in the tables.
OFFICE = frozenset({Part.CLERK, Part.DIRECTOR, Part.CONFIDENTIAL})
RECEPTION = OFFICE | {Part.DESK}
DIRECTORS = frozenset({Part.DIRECTOR, Part.DIRECTOR_R})
RULING = DIRECTORS | {Part.CONFIDENTIAL}
LEAD_UNIT = frozenset({Part.HANDLER, Part.HEAD, Part.DESK})
