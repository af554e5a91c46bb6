"""A table of voices as it comes: decoded, its columns recognised, refused as a whole where it must not be kept.

Nothing here asks the database; nothing is stored.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

MOST_ROWS, MOST_COLUMNS, MOST_BYTES = 200_000, 60, 20 * 1024 * 1024  # rulings §13 «Imports»
HEADER_WITHIN = 5  # rows: a title may stand above the names of the columns
LONGEST_CELL = 100_000
ENCODINGS = ("utf-8-sig", "gb18030")

COLUMNS = {  # what a column is called → what it is taken for
    "title": ["标题", "题目", "title"],
    "text": ["内容", "正文", "诉求", "诉求内容", "问题", "text", "body", "content"],
    "place": ["地点", "位置", "场所", "place"],
    "category": ["类别", "分类", "事项分类", "category", "campus_category"],
    "date": ["日期", "时间", "提出日期", "收到日期", "提交时间", "date", "time", "raised_at"],
    "hint": ["部门", "单位", "建议部门", "建议承办单位", "department"],
}
NEVER = re.compile(  # imports.md §1 «Blocked headers», rulings §8
    "身份证|证件|民族|宗教|信仰|政治面貌|党派|籍贯|户籍|出生|生日|年龄|性别|婚姻|健康|病史|家庭|家长|父母|住址"
    "|银行卡|姓名|学号|照片|头像|手机|电话|联系方式|微信|QQ|邮箱|思想|人脸",
    re.IGNORECASE,
)
NEVER_ENGLISH = frozenset(
    "name names username surname student students studentid idcard ethnic ethnicity nationality religion political"
    " politics birth birthday birthdate age gender sex native family parent parents phone mobile tel email mail wechat"
    " photo".split()
)


class Unreadable(Exception):
    """The file cannot be taken at all; `message` says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Sheet:
    """Rows with their number in the file (the first row is 1), cells by what they were taken for."""

    digest: str
    rows: list[tuple[int, dict[str, str]]]
    unused: list[str]  # names of columns that are not taken over


def read(data: bytes, *, date_column: str = "") -> Sheet:
    """The sheet in a CSV file, UTF-8 or GB18030. `date_column` names the column with the day it was said.

    Raises Unreadable: too large, not text, no column with a text, or a column that must not be kept.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(_("文件超过 20 MB，请分几次导入。"))
    lines = _lines(_decoded(data))
    at, header = _header(lines, date_column)
    _refuse_personal(header)
    taken = _taken(header, date_column)
    rows = [(number, _cells(cells, taken, len(header))) for number, cells in lines if number > at and any(cells)]
    if not rows:
        raise Unreadable(_("文件里没有数据行。"))
    unused = [name for n, name in enumerate(header) if name and n not in taken]
    return Sheet(hashlib.sha256(data).hexdigest(), rows, unused)


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Unreadable(_("读不懂这个文件。请在表格软件里另存为 CSV（UTF-8 或 GB18030）再选一次。"))


def _lines(text: str) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        return list(_numbered(csv.reader(io.StringIO(text, newline=""))))
    except csv.Error:
        raise Unreadable(_("这个文件不是完整的 CSV：有一格的引号没有配对，或者一格太长。")) from None


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(reader, start=1):
        if number > MOST_ROWS + HEADER_WITHIN:
            raise Unreadable(_("行数超过 20 万，请分几次导入。"))
        if len(cells) > MOST_COLUMNS:
            raise Unreadable(_("第 %(row)s 行有 %(n)s 列；最多 60 列。", row=number, n=len(cells)))
        yield number, [_tidy(cell) for cell in cells]


def _tidy(cell: str) -> str:
    plain = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in plain if sign == "\n" or unicodedata.category(sign) != "Cc").strip()


def _header(lines: list[tuple[int, list[str]]], date_column: str) -> tuple[int, list[str]]:
    """The first row that names a column with a text."""
    for number, cells in lines[:HEADER_WITHIN]:
        names = [_plain(cell) for cell in cells]
        if any(name in COLUMNS["text"] for name in names):
            if date_column and _plain(date_column) not in names:
                raise Unreadable(_("没有名为“%(name)s”的列。", name=date_column))
            return number, names
    raise Unreadable(_("没有找到写诉求内容的列。请把那一列命名为“内容”，其余可有：标题、地点、类别、日期。"))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().lower()


def _refuse_personal(header: list[str]) -> None:
    found = [name for name in header if NEVER.search(name) or NEVER_ENGLISH & set(re.split(r"[^a-z]+", name))]
    if found:
        columns = _("、").join(found)
        raise Unreadable(_("这些列不能进本系统：%(columns)s。请删去后再选一次，文件没有保存。", columns=columns))


def _taken(header: list[str], date_column: str) -> dict[int, str]:
    """Position → what it is taken for; of two columns for the same the first counts."""
    found: dict[int, str] = {}
    for n, name in enumerate(header):
        field = next((field for field, names in COLUMNS.items() if name in names), None)
        if date_column:
            field = "date" if name == _plain(date_column) else None if field == "date" else field
        if field and field not in found.values():
            found[n] = field
    return found


def _cells(cells: list[str], taken: dict[int, str], width: int) -> dict[str, str]:
    row = {field: cells[n] for n, field in taken.items() if n < len(cells)}
    row["all"] = "\n".join(cells)  # looked through for what must not be kept; never stored
    row["overflow"] = "yes" if any(cells[width:]) else ""
    return row
