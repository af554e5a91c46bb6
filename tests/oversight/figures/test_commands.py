"""`flask replay` and `flask figures`: a history in an empty database, and every figure of it as JSON."""

import json

import pytest

from liaison import create_app
from liaison.core.db import db as extension
from liaison.oversight.history import playing
from liaison.oversight.history.deeds import Deeds
from liaison.oversight.history.house import House
from tests import databases, machine
from tests.oversight.figures.oracle import history, line

MARCH = ("figures", "--from", "2026-03-01", "--to", "2026-03-31", "--as-of")


@pytest.fixture
def run(request, worker_id):
    """run("replay", …): a command on a database of its own that nobody has used yet."""
    database = databases.KINDS[request.param](f"{worker_id}_history")
    given = {"INSTANCE": databases.folder(), "DATABASE_URL": database.url, "SECRET_KEY": "only for tests"}
    app = create_app(given)
    with app.app_context():
        app.test_cli_runner().invoke(args=["set-up"])
        yield lambda *words: app.test_cli_runner().invoke(args=words)
        extension.session.remove()
        extension.engine.dispose()


def pytest_generate_tests(metafunc):
    metafunc.parametrize("run", machine.chosen(), indirect=True)


def written(tmp_path, lines):
    file = tmp_path / "history.jsonl"
    file.write_text("# 2026年3月\n\n" + "\n".join(lines))
    return str(file)


def printed(done):
    assert done.exit_code == 0, done.output
    return {(one["key"], one["view"]): one for one in json.loads(done.output)["figures"]}


def test_the_oracle_is_replayed_and_printed_with_its_proof(run, tmp_path):
    file = written(tmp_path, history())
    done = run("replay", file)
    assert done.exit_code == 0, done.output
    assert "T11 LX2026-000013-0" in done.output

    found = printed(run(*MARCH, "2026-03-31"))
    final = found["on_time_final", "cohort"]
    assert (final["numerator"], final["denominator"], final["not_due"], final["printed"]) == (4, 7, 4, "4/7")
    assert final["percent"] == 57.1
    assert len(final["tickets"]) == 4
    assert found["satisfied_wide", "flow"]["wilson"] == [23.1, 88.2]
    assert found["wait_median", "cohort"]["days"] == 14

    again = run("replay", file)
    assert again.exit_code == 1
    assert "数据库不是空的" in again.output


def test_a_line_that_cannot_be_done_is_named_and_nothing_of_it_stays(run, tmp_path):
    bad = [line("2026-03-02", 9, "submit", "T01", "filer"), line("2026-03-02", 9.5, "sign", "T01", "clerk")]
    said = run("replay", written(tmp_path, [json.dumps(one) for one in bad]))
    assert said.exit_code == 1
    assert "第 4 行（sign）" in said.output
    assert printed(run(*MARCH, "2026-03-31"))["voices", "cohort"]["numerator"] == 1


WRONG = [  # what is written where a person mistyped, and what he is told
    (line("2026-03-02", 10, "sing", "T01", "clerk"), "没有这个动作。"),
    (line("2026-03-02", 10, "accept", "T02", "clerk"), "前面没有叫“T02”的事项。"),
    (line("2026-03-02", 10, "accept", "T01", "clark"), "没有“clark”这个角色。"),
    (line("2026-03-02", 10, "sign", "T01", "handler"), "还没有主办单位，不知道 handler 是谁。"),
    (line("2026-03-02", 10, "submit", "T02", "filer", urgnt=True), "facts 里不认识 urgnt。"),
    (line("2026-03-02", 10, "submit", "T02", "filer", kind="halp"), "“halp”不在可选的词里"),
    (line("2026-03-02", 10, "submit", "T02", "filer", category="99"), "没有编号为“99”的分类。"),
    (line("2026-03-02", 10, "accept", "T01", "clerk", urgent="yes"), "facts 里不认识 urgent。"),
    (line("2026-03-02", 10, "recurrence", "T01", "clerk"), "facts 里缺 of。"),
    (line("2026-03-02", 10, "accept", "T01", "clerk", urgency="urgnt"), "'urgnt' is not a valid Urgency"),
    (line("2026-03-02", 10, "submit", "T02", "filer", urgent="no"), "urgent 要写 true 或 false。"),
    (line("2026-03-02", 10, "submit", "T02", "filer", kind=["help"]), "“['help']”不在可选的词里"),
    (line("2026-03-02", 10, "submit", "T02", "filer", raised=20260302), "值的写法不对"),
    (line("2026-03-02", 10, "split", "T01", "clerk", children="路灯不亮"), "children 要写成一列：[…]。"),
    (line("2026-03-02", 10, "limits", "", "director", handle="ten"), "handle 要写天数，如 7。"),
    (line("2026-03-02", 10, "limits", "", "director", handle=True), "handle 要写天数，如 7。"),
    (line("2026-03-02", 10, "limits", "", "director", extension=-1), "extension 要写天数，如 7。"),
    (line("2026-03-02", 10, "accept", "T01", "clerk") | {"facts": None}, "值的写法不对"),
    (line("2026-03-02", 10, "know", "T01", "filer"), "还没有可以打开的答复。"),
    (line("2026-03-02", 10, "know", "T01", "clerk"), "提交人自己打开才算知悉。"),
]


@pytest.mark.usefixtures("run")
def test_a_mistyped_line_is_told_in_words_and_never_passed_over():
    deeds = Deeds(House())
    playing.do_line(deeds, 1, line("2026-03-02", 9, "submit", "T01", "filer"))
    for wrong, sentence in WRONG:
        with pytest.raises(playing.BadLine) as told:
            playing.do_line(deeds, 2, wrong)
        assert f"第 2 行（{wrong['deed']}）：{sentence}" in str(told.value)


def test_lines_go_forward_in_time(run, tmp_path):
    lines = [line("2026-03-03", 9, "submit", "T01", "filer"), line("2026-03-02", 9, "submit", "T02", "filer")]
    said = run("replay", written(tmp_path, [json.dumps(one) for one in lines]))
    assert said.exit_code == 1
    assert "第 4 行：时间早于上一行" in said.output
