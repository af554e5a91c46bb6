"""The words of a contact that no rule asks about (domain.md §3.7); its kinds are in programmes/words.py."""

from __future__ import annotations

from workflows.engine import Labelled


class Headcount(Labelled):
    """How many students, as a band: never a list."""

    FEW = "1-5", "1–5 人"
    GROUP = "6-20", "6–20 人"
    CLASS = "21-50", "21–50 人"
    HALL = "51+", "50 人以上"
