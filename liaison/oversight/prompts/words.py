"""The words of prompts: short names, and what a person may conclude."""

from __future__ import annotations

from workflows.engine import Labelled


class PromptKind(Labelled):
    """The nineteen, by the names of the specification (domain.md §6.2)."""

    BATCH = "I1", "集中提交"
    SAMENESS = "I2", "文字相近"
    OVERLAP = "I3", "时间重叠"
    LAST_MINUTE = "I4", "集中在月末"
    QUIET = "I5", "没有听到问题"
    DELAY = "I6", "记录较晚"
    PROXY = "I7", "等本人确认"
    ON_SPOT = "I8", "当场答复较多"
    TEMPLATE = "I9", "答复相近"
    HASTE = "I10", "答复较快"
    RATINGS = "I11", "评价集中"
    MISMATCH = "I12", "核实有出入"
    RECURRENCE = "I13", "同类再现"
    EXPLAINED = "I14", "解释说明较多"
    EXTENSIONS = "I15", "临期申请延期"
    BUNCHING = "I16", "临期办理"
    QUICK_REOPEN = "I17", "办结后重办"
    EXCLUSIONS = "I18", "排除较多"
    PAUSES = "I19", "暂停较长"


class AskedOf(Labelled):
    """Who sees it first, alone."""

    PERSON = "person", "本人"
    UNIT = "unit", "部门负责人"
    DIRECTOR = "director", "党政办主任"


class Conclusion(Labelled):
    """What the director says after looking (domain.md §6.3, 2)."""

    NORMAL = "normal", "正常"
    CORRECTED = "corrected", "已更正"
    IN_PERSON = "in_person", "需当面了解"
