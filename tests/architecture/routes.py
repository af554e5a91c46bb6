"""The addresses of the program, with something in the place of their parameters."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, url_for
from werkzeug.routing import Rule

MISSING = {"IntegerConverter": 987_654, "UnicodeConverter": "nothing-there", "PathConverter": "nothing-there"}


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Every rule that answers the method, files under static/ left out."""
    yield from (rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint != "static")


def address(app: Flask, rule: Rule) -> str:
    """A syntactically right address of the rule that names nothing that exists."""
    names = {name: MISSING.get(type(kind).__name__, 987_654) for name, kind in rule._converters.items()}
    with app.test_request_context():
        return url_for(rule.endpoint, **names)
