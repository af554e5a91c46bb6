"""One writer for each fact, one place for each habit. The message of a red test says where the thing belongs."""

import re

import pytest

from tests.architecture.source import ROOT, files, layer, names

pytestmark = pytest.mark.xdist_group("source")  # one worker reads the source, not every one
MOVES = "liaison/tickets/actions/moving.py"
BIRTH = "liaison/tickets/actions/raising.py"  # asks for «submit» only: there is no row to move yet
CLOCK = "liaison/core/clock.py"
COMMITTING = {"views", "commands", "door"}  # the layers that end a transaction
NOW = re.compile(r"(?:^|\.)(?:datetime\.(?:now|utcnow|today)|date\.today|time\.time|func\.now|func\.current_\w+)$")


def found(folders, rule):
    """path:line name for everything in the folders to which the rule says yes."""
    return [f"{path}:{line} {name}" for path, line, name in names(*folders) if rule(path, name)]


def test_only_make_move_asks_the_process_about_tickets():
    text = {path: (ROOT / path).read_text("utf-8") for path in files("liaison")}
    firing = [path for path, source in text.items() if re.search(r"\bdecide\(\s*TICKETS\b", source)]
    assert firing == [MOVES, BIRTH]
    assert len(re.findall(r"\bdecide\(", text[BIRTH])) == len(re.findall(r'decide\(TICKETS, "submit"', text[BIRTH]))


def test_only_make_move_writes_the_state_of_a_ticket():
    writes = re.compile(r"\bticket\.state\s*=[^=]|update\(Ticket\)[^\n]*\.values\([^)]*\bstate\s*=")
    paths = [path for path in files("liaison") if path != MOVES]
    assert not [path for path in paths if writes.search((ROOT / path).read_text("utf-8"))]


def test_only_views_and_commands_commit():
    """An action that commits cannot be part of a larger deed."""
    inside = {"actions", "queries", "models", "forms"}
    assert not found(
        ["liaison", "workflows"], lambda path, name: name.endswith("session.commit") and layer(path) in inside
    )


def test_the_actor_is_an_argument():
    inside = {"actions", "queries", "models"}
    seen = ("flask_login.current_user", "flask.session")
    assert not found(["liaison", "workflows"], lambda path, name: name in seen and layer(path) in inside)


def test_the_time_comes_from_the_clock():
    assert not found(["liaison", "workflows"], lambda path, name: path != CLOCK and NOW.search(name))


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("populate_obj", "assign the named fields (safety.md R23)"),
        ("csrf.exempt", "every form carries its token (R22)"),
        ("eval", "write it out"),
        ("machine.add_model", "fire on a throw-away subject (stack.md §0, 7)"),
    ],
)
def test_what_is_never_called(name, instead):
    hits = found(["liaison", "workflows"], lambda _path, called: called == name or called.endswith(f".{name}"))
    assert not hits, instead


def test_only_one_reviewed_place_calls_a_text_safe():
    """The controls of forms, every attribute and value of which is escaped (R24)."""
    calling = [path for path, _line, name in names("liaison", "workflows") if name == "Markup"]
    assert set(calling) == {"liaison/core/drawing.py"}


def test_no_template_switches_escaping_off():
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert not [str(p) for p in pages if re.search(r"\|\s*safe\b|autoescape\s+false", p.read_text("utf-8"))]


def test_no_sql_is_put_together_from_strings():
    built = re.compile(r"\btext\(\s*f[\"']|\bexecute\(\s*f[\"']|\bexec_driver_sql\(\s*f[\"']")
    paths = [path for path in files("liaison") if path != "liaison/core/db.py"]  # PRAGMAs from a list beside it
    assert not [path for path in paths if built.search((ROOT / path).read_text("utf-8"))]
