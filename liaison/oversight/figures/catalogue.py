"""指标目录: every figure, once, in the order in which it is printed."""

from __future__ import annotations

from liaison.oversight.figures.errand_figures import ERRANDS
from liaison.oversight.figures.figure import Figure, View
from liaison.oversight.figures.handing import HANDING
from liaison.oversight.figures.outings import OUTINGS
from liaison.oversight.figures.speed import SPEED
from liaison.oversight.figures.telling import TELLING
from liaison.oversight.figures.truth import TRUTH
from liaison.oversight.figures.volume import VOLUME
from liaison.oversight.figures.waiting import WAITING

CATALOGUE: tuple[Figure, ...] = (*VOLUME, *SPEED, *WAITING, *TRUTH, *TELLING, *HANDING, *ERRANDS, *OUTINGS)
BY_NAME: dict[str, Figure] = {one.name_in_address: one for one in CATALOGUE}


def figure(key: str, view: View = View.COHORT) -> Figure:
    """The figure of this key, in this view if it has it; KeyError where there is none."""
    views = {one.view: one for one in CATALOGUE if one.key == key}
    if not views:
        raise KeyError(key)
    return views.get(view) or next(iter(views.values()))
