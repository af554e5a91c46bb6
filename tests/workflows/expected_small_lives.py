"""The small lives, written by hand from domain.md §4.7, §2.3 and rulings.md §13. Not generated: R4 of safety.md.

A row is "move: from → to | by | needs"; [*] = before it is, several sources or parts with spaces,
=> in place of → where the state stays.
"""

LIVES = {
    "assists": """
        ask: [*] → asked | clerk desk director director_r confidential | unit question
        sign: asked → signed | co_handler co_head | handler
        answer: signed → answered | co_head | answer
        send_back: answered → signed | head clerk confidential | reason
        waive: asked signed → waived | head director confidential | reason
    """,
    "returns": """
        ask: [*] → pending | head co_head | reason_code duty_clause suggested_unit
        uphold: pending → upheld | clerk director director_r confidential | reason
        refuse: pending → refused | clerk director director_r confidential | reason
    """,
    "extensions": """
        ask: [*] → pending | head | reason due_on
        grant: pending → granted | clerk director confidential |
        refuse: pending → refused | clerk director confidential | reason
    """,
    "supervision": """
        propose: [*] → proposed | clerk system | reason
        issue: [*] proposed → issued | director director_r | order due_on
        drop: proposed → dropped | director director_r | reason
        answer: issued → answered | head | answer
        send_back: answered → issued | director director_r | reason
        lift: answered → lifted | director director_r | result
    """,
    "proposals": """
        propose: [*] → proposed | head clerk director director_r confidential | move
        confirm: proposed → confirmed | director director_r confidential supervising |
        decline: proposed → declined | director director_r confidential supervising | reason
    """,
    "dossiers": """
        propose: [*] → proposed | auditor | reason
        confirm: proposed → confirmed | director_r confidential |
        decline: proposed → declined | director_r confidential | reason
    """,
    "contacts": """
        plan: [*] → planned | leader liaison |
        record: [*] planned → held | leader liaison |
        confirm_own: held → confirmed | leader |
        hand_over: held → to_confirm | liaison |
        confirm: to_confirm → confirmed | leader |
        confirm_for_leaver: to_confirm → confirmed | director | reason
        reject: to_confirm → cancelled | leader | reason
        cancel: planned → cancelled | leader liaison |
    """,
    "monthly": """
        generate: [*] → draft | system |
        edit: draft => draft | director | paragraphs
        finalise: draft → final | director |
    """,
    "topics": """
        propose: [*] → proposed | head clerk director system | reason
        start: proposed → running | director | owner measure due_on places
        judge: running → judged | director | figure
        drop: proposed → dropped | director | reason
    """,
}

STATES = {
    "assists": {"asked": "待签收", "signed": "办理中", "answered": "已答复", "waived": "免除"},
    "returns": {"pending": "待裁定", "upheld": "同意", "refused": "驳回"},
    "extensions": {"pending": "待审批", "granted": "同意", "refused": "不同意"},
    "supervision": {
        "proposed": "拟办",
        "issued": "已下达",
        "answered": "已回复",
        "lifted": "已销号",
        "dropped": "不予下达",
    },
    "proposals": {"proposed": "待确认", "confirmed": "已确认", "declined": "未同意"},
    "dossiers": {"proposed": "待批准", "confirmed": "已批准", "declined": "未批准"},
    "contacts": {
        "planned": "计划",
        "held": "已开展",
        "to_confirm": "待确认",
        "confirmed": "已确认",
        "cancelled": "取消",
    },
    "monthly": {"draft": "草稿", "final": "定稿"},
    "topics": {"proposed": "拟立", "running": "进行", "judged": "已评估", "dropped": "不立"},
}
