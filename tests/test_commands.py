"""What is done from the shell."""

import socket

import pytest

from liaison.commands import refuse_taken


def test_a_taken_port_is_told_with_the_next_one():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"{port}.*make run PORT={port + 1}"):
            refuse_taken("127.0.0.1", port)


def test_a_free_port_is_no_matter():
    refuse_taken("127.0.0.1", 0)
