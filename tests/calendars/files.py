"""Sheets as a school sends them."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

TERM_HEAD = "学年,学期,学期名称,第一周周一,教学周数,考试周数,学期结束日,教职工放假起,教职工放假止,不计联系周次,备注"
TERM_LINE = "2026-2027,1,2026-2027学年第一学期,2026-09-07,18,2,2027-01-24,2027-01-25,2027-02-28,实习周 12,秋假"
DAY_HEAD = "日期,类型,名称,依据文号,年度"
NEW_YEAR = "2027-01-01,休,元旦,国办发明电〔2026〕9号,2027"
SHIFTED = "2027-01-10,班,元旦,国办发明电〔2026〕9号,2027"


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)


def xlsx(**sheets: list[list[Any]]) -> bytes:
    """A workbook, a list of rows per sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
