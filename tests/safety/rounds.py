"""How often the tests of chance are repeated: a few times in the suite, as often as wanted by hand.

LIAISON_ROUNDS=10 multiplies; `LIAISON_ROUNDS=20 make test ARGS=tests/safety` is the night's run.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def rounds(few: int) -> range:
    return range(few * int(os.environ.get("LIAISON_ROUNDS", "1")))


def at_once(presses: list[Callable[[], Any]]) -> list[Any]:
    """All of them in threads of their own, let go at the same moment; their answers in order."""
    start = threading.Barrier(len(presses))

    def go(press: Callable[[], Any]) -> Any:
        start.wait()
        return press()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(go, presses))
