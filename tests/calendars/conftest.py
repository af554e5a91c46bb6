"""What a test saves is known to the process; the next test begins as the program ships."""

from collections.abc import Iterator

import pytest
from flask import Flask

from liaison.calendars import in_force


@pytest.fixture
def renewing(app: Flask) -> Iterator[None]:
    """For tests that save a version: read it with `in_force.renew`; forgotten afterwards."""
    yield
    in_force.forget()
