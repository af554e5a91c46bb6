"""Imports only point down (docs/architecture.md). A red test here names both modules: move the code, not the wall."""

import shutil
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, files, imports, modules

pytestmark = pytest.mark.xdist_group("source")  # one worker reads the source, not every one


def check_contracts(folder):
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-cache"]
    return subprocess.run([*command, "--no-logo"], cwd=folder, capture_output=True, text=True, check=False)


def test_every_contract_of_pyproject_is_kept():
    result = check_contracts(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


PLANTED = {
    "liaison/tickets/lint.py": "import liaison.contacts.models",  # a row above
    "liaison/notifications/queries.py": "import liaison.tickets.models",  # two rows above
    "liaison/core/clock.py": "import liaison.people.words",  # a domain word in core
    "liaison/tickets/queries/names.py": "import liaison.tickets.actions.moving",  # a query that writes
    "workflows/parts.py": "import liaison.core.clock",  # the process looks into the system
    "liaison/people/passwords.py": "import transitions",  # a second user of the engine
}


def test_planted_wrong_imports_are_found(tmp_path):
    for name in ("liaison", "workflows"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("static", "__pycache__", "*.toml"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, line in PLANTED.items():
        planted = tmp_path / file
        planted.write_text(f"{line}\n" + planted.read_text("utf-8"), "utf-8")
    result = check_contracts(tmp_path)
    assert result.returncode == 1
    for file, line in PLANTED.items():
        importer, imported = file.removesuffix(".py").replace("/", "."), line.removeprefix("import ")
        assert f"{importer} -> {imported} (l.1)" in result.stdout.replace("\n", " "), result.stdout


def test_the_process_needs_the_standard_library_and_transitions_only():
    allowed = sys.stdlib_module_names | {"workflows", "transitions"}
    found = {
        f"{path}:{line} {name}"
        for path, tree in modules("workflows").items()
        for line, name in imports(tree)
        if name.partition(".")[0] not in allowed
    }
    assert not found


def test_no_file_is_a_drawer_for_everything():
    drawers = {"utils", "helpers", "common", "misc"}
    found = [path for path in files("liaison", "workflows", "tests") if drawers & set(path[:-3].split("/"))]
    assert not found
