"""The addresses of the program, with something in the place of their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask, url_for
from werkzeug.routing import Rule

PARAMETER = re.compile(r"<(?:(\w+)(?:\((.*?)\))?:)?(\w+)>")  # <int:id>, <number>, <any(yes, no):answer>


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Every rule that answers the method, files under static/ left out."""
    yield from (rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint != "static")


def address(app: Flask, rule: Rule) -> str:
    """A syntactically right address of the rule that names nothing that exists."""
    found = PARAMETER.findall(rule.rule)
    names = {name: _value(kind, given) for kind, given, name in found}
    with app.test_request_context():
        return url_for(rule.endpoint, **names)


def _value(kind: str, given: str) -> str | int:
    if kind == "any":
        return given.split(",")[0].strip()
    return "nothing-there" if kind in {"", "string", "path"} else 987_654
