"""What an actor must give with a move: the names are the form fields, the words what a person reads."""

from workflows.engine import Labelled


class Need(Labelled):
    """One fact a move cannot do without."""

    # words
    TEXT = "text", "内容"
    QUESTION = "question", "问题"
    NOTE = "note", "进展"
    ANSWER = "answer", "答复"
    REASON = "reason", "理由"
    DECISION = "decision", "决定"
    ORDER = "order", "督办要求"
    PUBLIC_TEXT = "public_text", "公开文字"
    CHILDREN = "children", "拆出的问题"
    ROUTE = "route", "告知的办理途径"
    BASIS = "basis", "裁定依据"
    DUTY_CLAUSE = "duty_clause", "职责依据"
    OPTIONS = "options", "备选方案"
    MEASURE = "measure", "措施"
    FIGURE = "figure", "评估数据"
    PARAGRAPHS = "paragraphs", "文字部分"
    RESULT = "result", "办理结果"

    # choices
    URGENCY = "urgency", "紧急程度"
    CATEGORY = "category", "类别"
    LIMIT_CLASS = "limit_class", "时限类别"
    OUTCOME = "outcome", "办理结果类别"
    REASON_CODE = "reason_code", "原因"
    HANDOFF_TYPE = "handoff_type", "移交类型"
    BODY = "body", "提请的会议"
    CHANNEL = "channel", "告知方式"
    CHECK_RESULT = "check_result", "核实结果"
    MILESTONE_STATE = "milestone_state", "节点进展"
    SOLVED = "solved", "问题是否解决"
    SATISFIED = "satisfied", "满意程度"
    MOVE = "move", "拟办动作"

    # people, units, things
    LEAD_TICKET = "lead_ticket", "并入的事项"
    LEAD = "lead", "主办单位"
    HANDLER = "handler", "经办人"
    OWNER = "owner", "责任人"
    UNIT = "unit", "协办单位"
    SUGGESTED_UNIT = "suggested_unit", "建议承办单位"
    RECEIVER = "receiver", "接手单位或人员"
    INVITED = "invited", "参会单位"
    ANSWERED_BY = "answered_by", "当场答复人"
    PRAISED_UNIT = "praised_unit", "被表扬单位"
    VOICE = "voice", "诉求"
    PLACES = "places", "范围"

    # days and moments
    CALLED_AT = "called_at", "通话时间"
    EXPECTED_ON = "expected_on", "预计日期"
    DUE_ON = "due_on", "期限"
    MEETING_ON = "meeting_on", "会议日期"
    MILESTONES = "milestones", "节点"
    PLAN_NAME = "plan_name", "计划名称"
