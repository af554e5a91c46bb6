"""The road of proof: whatever a table brings goes from import to closed, and who did not get there is counted."""

from __future__ import annotations

import pytest

from liaison.exchange import road
from tests.exchange.conftest import application

POSTS = """id,source,time,title,body,campus_category,department
1,x,2019-03-04 09:05:19,宿舍晚上没有热水,三号楼十点以后没有热水已经一周,水电空调与维修,后勤处
2,x,2019-05-04 09:05:19,奖学金还没有发,上学期的奖学金到现在没有到账,奖助学金,学生工作处
3,x,2026-09-04,想问转专业,大二还能不能申请转专业,学籍与证书,
4,x,2026-09-05,没有人认得的类别,这件事不在任何分类里面,别的,别的单位
5,x,,短,,,
"""


@pytest.fixture
def shell(tmp_path):
    """A shell of an application whose own database must stay untouched."""
    app = application(f"sqlite:///{tmp_path / 'real.db'}", tmp_path)

    def run(text: str, *options: str):
        posts = tmp_path / "posts.csv"
        posts.write_text(text, "utf-8")
        with app.app_context():
            return app.test_cli_runner().invoke(args=["road", "--csv", str(posts), *options])

    return run


def test_every_imported_row_gets_to_the_end(shell, tmp_path):
    result = shell(POSTS)
    assert result.exit_code == 0, result.output
    assert "待受理 4、研判中 4、待签收 4、办理中 4、部门审定 4、党政办审核 4、待反馈 4、已反馈 4" in result.output
    assert "导入 4，已告知 4，已办结 4" in result.output
    assert "第 6 行未导入：内容不到 5 个字" in result.output
    assert "热水" not in result.output
    assert not (tmp_path / "real.db").exists()


def test_who_did_not_get_to_the_end_fails_the_run(shell, monkeypatch):
    monkeypatch.setattr(road.following, "close_settled", lambda: 0)
    result = shell(POSTS)
    assert result.exit_code == 1
    assert "已办结 2" in result.output
    assert "没有走完全程" in result.output


def test_nothing_to_import_fails_the_run(shell):
    assert shell("内容\n短\n").exit_code == 1


def test_a_database_with_anything_in_it_is_left_alone(shell, tmp_path):
    url = f"sqlite:///{tmp_path / 'walked.db'}"
    assert shell(POSTS, "--database-url", url).exit_code == 0
    result = shell(POSTS, "--database-url", url)
    assert result.exit_code == 1
    assert "不是空的" in result.output
