"""Files that must not be opened, and cells that mean the same."""

import io
import zipfile
from datetime import date

import pytest
from flask import Flask
from flask_babel import Babel
from openpyxl import xml

from liaison.core import spreadsheets
from liaison.core.spreadsheets import Unreadable
from tests.calendars.files import csv, xlsx


@pytest.fixture(autouse=True)
def _page():
    app = Flask("words")
    Babel(app, default_locale="zh")
    with app.test_request_context():
        yield


@pytest.mark.parametrize("cell", ["2026-09-01", "2026/9/1", "2026.9.1", "2026年9月1日", "46266", "２０２６-０９-０１"])
def test_a_day_is_read_however_it_is_written(cell):
    assert spreadsheets.day(cell) == date(2026, 9, 1)


@pytest.mark.parametrize("cell", ["", "1", "2026-13-01", "下周一", "1998"])
def test_what_is_no_day_is_none(cell):
    assert spreadsheets.day(cell) is None


@pytest.mark.parametrize(
    ("cell", "number"), [("18", 18), ("18.0", 18), ("１８", 18), ("", None), ("十八", None), ("-1", None)]
)
def test_whole_numbers(cell, number):
    assert spreadsheets.whole(cell) == number


def test_formulas_are_not_computed_and_cells_stay_text():
    rows = [["名称", "说明"], ["=1+1", "0012"]]
    (sheet,) = spreadsheets.read(xlsx(表=rows))
    assert sheet.lines[1] == (2, ["", "0012"])


def test_entities_of_xml_are_not_expanded():
    assert xml.DEFUSEDXML


def test_a_workbook_that_unfolds_to_gigabytes_is_not_opened(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_UNPACKED", 1000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "0" * 100_000)
    with pytest.raises(Unreadable, match="200 MB"):
        spreadsheets.read(out.getvalue())


def test_more_columns_or_rows_than_a_sheet_may_have_are_refused(monkeypatch):
    with pytest.raises(Unreadable, match="列数超过 60"):
        spreadsheets.read(csv(",".join(["x"] * 61)))
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 3)
    with pytest.raises(Unreadable, match="行数超过"):
        spreadsheets.read(csv(*["x"] * 9))


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_BYTES", 10)
    with pytest.raises(Unreadable, match="20 MB"):
        spreadsheets.read(b"0" * 11)


def test_a_cell_without_its_closing_quote_is_refused():
    with pytest.raises(Unreadable, match="引号"):
        spreadsheets.read(b'a,b\n"' + b"x" * 20_000)
