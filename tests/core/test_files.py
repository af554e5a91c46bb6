"""Files that wait for one person: what an older edition left in its own folder goes, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from liaison.core import files

pytestmark = pytest.mark.usefixtures("app")


def test_what_waited_where_nobody_looks_any_more_goes(app):
    former = Path(app.instance_path) / "imports"
    former.mkdir()
    (former / "1-an-upload-of-before.kept").write_bytes(b"a roster")
    token = files.keep(1, b"another")
    assert not former.exists()
    assert files.take(1, token) == b"another"
