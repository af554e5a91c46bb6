"""The closed lists a ticket's moves speak in: each an English code with its Chinese word (domain.md §4)."""

from workflows.engine import Labelled


class Kind(Labelled):
    """What sort of voice it is (§4.14 «Type»)."""

    INQUIRY = "inquiry", "咨询"
    HELP = "help", "求助"
    COMPLAINT = "complaint", "投诉"
    SUGGESTION = "suggestion", "建议"
    PRAISE = "praise", "表扬"


class Confidentiality(Labelled):
    """Who may read it (§4.5); an attribute, possible in any state."""

    NORMAL = "normal", "普通"
    RESTRICTED = "restricted", "受限"
    SEALED = "sealed", "封存"


class Urgency(Labelled):
    """Set at acceptance."""

    ORDINARY = "ordinary", "一般"
    URGENT = "urgent", "紧急"


class LimitClass(Labelled):
    """Which time limits apply (§4.4)."""

    URGENT = "urgent", "紧急"
    SIMPLE = "simple", "简易"
    GENERAL = "general", "一般"
    COMPLEX = "complex", "复杂"
    LONG = "long", "长期推进"
    RESTRICTED = "restricted", "受限"


class Outcome(Labelled):
    """What the department says of the problem; only A and D are final."""

    A = "A", "已解决"
    B = "B", "正在解决"
    C = "C", "列入计划"
    D = "D", "解释说明"


class ExplanationReason(Labelled):
    """Why it cannot be done (outcome D, §4.5)."""

    RULE = "rule", "制度规定"
    FUNDS = "funds", "经费"
    TECHNICAL = "technical", "条件限制"
    FACTS = "facts", "情况不符或已变化"
    NOT_NEEDED = "not_needed", "已不需要"


class RedirectReason(Labelled):
    """Why another channel is the right one (T10)."""

    OUTSIDE = "outside", "校外职权"
    LEGAL = "legal", "诉讼仲裁复议"
    STUDENT_APPEAL = "student_appeal", "学生申诉"
    PETITION = "petition", "信访程序"
    DISCLOSURE = "disclosure", "信息公开"
    REPEATED = "repeated", "重复且无新情况"
    DISCIPLINE = "discipline", "党纪政纪举报"


class HandoffType(Labelled):
    """What is handed over by telephone, without content (T11)."""

    PSYCHOLOGY = "psychology", "心理"
    SAFETY = "safety", "人身安全"
    SEXUAL = "sexual", "性骚扰/侵害"
    MINOR = "minor", "未成年人受侵害"
    FIRE_MEDICAL = "fire_medical", "火情医疗"
    REPORT = "report", "举报"


class ReturnReason(Labelled):
    """Why a unit says "not ours" (T14)."""

    NOT_OUR_DUTY = "not_our_duty", "职责不符"
    LEAD_CO_WRONG = "lead_co_wrong", "主协办有误"
    LACKING_INFO = "lacking_info", "信息不足"
    RECUSAL = "recusal", "应当回避"


class MeetingBody(Labelled):
    """Which meeting decides (T23)."""

    PRESIDENT = "president", "院长（校长）办公会"
    PARTY_COMMITTEE = "party_committee", "党委会"


class Channel(Labelled):
    """How a voice was told (§4.6)."""

    CODE_PAGE = "code_page", "查询码"
    FACE_TO_FACE = "face_to_face", "当面"
    PHONE = "phone", "电话"
    CLASS_MEETING = "class_meeting", "班级转达"
    NOTICE = "notice", "张贴/公开答复"
    LETTER = "letter", "书面"


class UnreachableReason(Labelled):
    """Why a voice could not be told (§4.6); it counts as not told."""

    UNOPENED = "unopened", "代码未打开且无其他渠道"
    CONTACT_INVALID = "contact_invalid", "联系方式失效"
    CODE_LOST = "code_lost", "查询码遗失"
    GROUP_LEFT = "group_left", "班级或集体已离校"
    DECLINED = "declined", "本人不愿接收"


class CheckResult(Labelled):
    """What somebody else found: is the stated answer true (§4.8)?"""

    TRUE = "true", "相符"
    PARTLY = "partly", "部分相符"
    FALSE = "false", "不符"
    UNREACHED = "unreached", "未联系上"


class Solved(Labelled):
    """The holder's first answer: is the problem solved (T32, §4.8)?"""

    YES = "yes", "是"
    PARTLY = "partly", "部分"
    NO = "no", "否"


class CloseReason(Labelled):
    """How the file came to be shut."""

    RATED = "rated", "已评价"
    UNRATED = "unrated", "未评价"
    UNTOLD = "untold", "未能告知"
    CHECKED = "checked", "已核实"
    UNCHECKED = "unchecked", "未核实"
    ON_SPOT = "on_spot", "当场解决"
    PRAISE = "praise", "表扬已转达"


class MilestoneState(Labelled):
    """How a plan stands when it is looked at (T26)."""

    REACHED = "reached", "节点已完成"
    ON_TRACK = "on_track", "按计划推进"
    DELAYED = "delayed", "节点推迟"
    DROPPED = "dropped", "计划取消"
