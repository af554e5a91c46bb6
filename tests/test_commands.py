"""What is done from the shell."""

import socket
import subprocess
import sys

import pytest

from liaison.commands import refuse_taken
from tests.architecture.source import ROOT


def test_a_taken_port_is_told_with_the_next_one():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"{port}.*make run PORT={port + 1}"):
            refuse_taken("127.0.0.1", port)


def test_a_free_port_is_no_matter():
    refuse_taken("127.0.0.1", 0)


def test_the_steps_of_the_database_are_asked_for_by_flask_db(app):
    shell = app.test_cli_runner()
    assert shell.invoke(args=["db", "heads"]).exit_code == 0
    assert "Create a new revision file" in shell.invoke(args=["db", "revision", "--help"]).output


def test_a_start_does_not_load_alembic():
    """It would be a tenth of it."""
    asked = "import app, liaison.commands, sys; print(sorted({'alembic', 'flask_migrate'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
