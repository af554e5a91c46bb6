"""What no roster may bring in: headings that are dropped, lists that look like students (imports.md §1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

HEADINGS = re.compile(
    "身份证|证件号|民族|宗教|信仰|政治面貌|党派|籍贯|户籍|出生|生日|年龄|性别|婚姻|健康|病史|家庭|家长|父母|住址"
    "|银行卡|学生姓名|学号|照片|头像|人脸|思想|事由|原因"
)
ENGLISH = frozenset(
    "studentid idcard ethnic ethnicity nationality religion political politics birth birthday birthdate gender sex"
    " native family parents photo".split()
)
NAMES = ("姓名", "名字", "学生姓名", "name")
STAFF_NUMBERS = ("工号", "职工号", "教工号", "staff_no")
MOST_NAMES = 50  # without a staff number (rulings §13 «Imports»)


def is_blocked(heading: str) -> bool:
    """Is it a heading whose column is dropped before anything is stored?"""
    plain = unicodedata.normalize("NFKC", heading).strip().lower()
    return bool(HEADINGS.search(plain)) or bool(ENGLISH & set(re.split(r"[^a-z]+", plain)))


def is_list_of_names(header: Sequence[str], lines: Sequence[Sequence[str]]) -> bool:
    """Fifty names or more beside which no staff number stands: a suspected list of students."""
    headings = [unicodedata.normalize("NFKC", cell).strip().rstrip("*").lower() for cell in header]
    at = next((n for n, heading in enumerate(headings) if heading in NAMES), None)
    if at is None:
        return False
    number = next((n for n, heading in enumerate(headings) if heading in STAFF_NUMBERS), None)
    alone = sum(1 for line in lines if _cell(line, at) and (number is None or not _cell(line, number)))
    return alone >= MOST_NAMES


def _cell(line: Sequence[str], at: int) -> str:
    return line[at] if at < len(line) else ""
