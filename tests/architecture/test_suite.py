"""The suite's own promises: every test begins with the same rows, and a faulty page fails the test that met it."""

import ast

import pytest

from tests import cast, html
from tests.architecture import source

IMPATIENT = "is_visible is_hidden is_checked is_enabled is_disabled is_editable count input_value get_attribute" \
            " inner_text text_content all_inner_texts all_text_contents".split()  # fmt: skip


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_commits_is_gone_in_the_next(db, time):
    person = cast.person("wang")
    assert person.name == "王老师"
    person.name = time
    db.session.commit()


def test_statements_are_counted_without_those_that_open_transactions(db, queries):
    with queries() as asked:
        cast.person("wang")
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ('<p id="a"></p><p id="a"></p>', "id used 2 times: a"),
        ("<div>", "Missing end tag (div)"),
        ("<div><p></div></p>", "</div> closes nothing"),
        ("<p>3 <4</p>", "Expected tag name"),
        ("<p style='color:red'></p>", "inline style on <p>"),
        ("<p onclick='x()'></p>", "inline onclick on <p>"),
        ("<script>x()</script>", "inline <script>"),
        ("<img src='//elsewhere.example/x.png' alt=''>", "foreign //elsewhere.example/x.png"),
        ('<label for="name">x</label>', 'for="name" points nowhere'),
        ('<form method="post" action="/x"></form>', 'carries no form token: <form method="post" action="/x">'),
    ],
)
def test_a_faulty_page_is_named(page, fault):
    found = html.faults(f"<!doctype html><html lang=zh><head><title>x</title></head><body>{page}</body></html>")
    assert any(fault in sentence for sentence in found), found


def test_a_sound_page_has_no_fault():
    page = "<!doctype html><html lang=zh><head><title>x</title></head><body><p>3 &lt; 4</p></body></html>"
    assert html.faults(page) == []


def test_a_page_of_lines_that_were_sound_elsewhere_is_still_looked_at():
    head, foot = "<!doctype html><html lang=zh><head><title>x</title></head><body>", "</body></html>"
    lines = ["<ul>", '<li id="a">x</li>', "</ul>"]
    assert html.faults("\n".join([head, *lines, foot])) == []
    assert html.faults("\n".join([head, *lines, lines[1], foot])) == ["id used 2 times: a"]
    assert html.faults("\n".join([head, lines[0], lines[1], foot])) == ["</body> closes nothing"]


def test_nothing_is_timed_outside_the_benchmarks():
    timed = {name for path, _line, name in source.names("tests") if not path.startswith("tests/bench/")}
    assert not [name for name in timed if "perf_counter" in name or "process_time" in name]


def test_browser_tests_wait_for_what_they_assert():
    """A click does not wait for the page it opens: `expect` looks again until it is there, `assert` once."""
    hasty = [
        f"{path}:{line} {name}" for path, line, name in source.names("tests/e2e") if name.endswith("wait_for_timeout")
    ]
    for path, tree in source.modules("tests/e2e").items():
        asserts = [node.test for node in ast.walk(tree) if isinstance(node, ast.Assert)]
        asked = [(line, name) for test in asserts for line, name in source.calls(test)]
        hasty += [f"{path}:{line} {name}" for line, name in asked if name.rpartition(".")[2] in IMPATIENT]
    assert not hasty


def test_nothing_is_skipped_in_silence():
    """What a machine cannot run is left out by tests/machine.py, which says so, and fails in CI."""
    skipped = {"skip", "skipif", "importorskip", "xfail", "SkipTest"}
    names = [
        f"{path}:{line} {name}" for path, line, name in source.names("tests") if name.rpartition(".")[2] in skipped
    ]
    assert not names
