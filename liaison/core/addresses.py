"""Addresses that are the same on every page, built once: menus and icons need thirty of them a page."""

from __future__ import annotations

from functools import cache

from flask import request, url_for


def fixed(endpoint: str, filename: str | None = None) -> str:
    """The path of a page without arguments, or of a file of static/."""
    return _built(request.script_root, endpoint, filename)


@cache
def _built(_root: str, endpoint: str, filename: str | None) -> str:
    """Where the program lives below a prefix (`_root`), its addresses begin with it."""
    return url_for(endpoint) if filename is None else url_for(endpoint, filename=filename)
