"""How the collector of cyclic garbage is set: it looked at the whole program again and again while a page was made."""

from __future__ import annotations

import gc

NEW = 20_000  # objects before a look; a page of figures makes some sixty thousand, none of them a cycle


def settle() -> None:
    """What the program consists of stays as long as it runs: no collection looks at it again."""
    gc.freeze()
    gc.set_threshold(NEW, 10, 10)
