"""The program's own source, read as trees: what the tests of this folder ask about."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


@cache
def modules(*folders: str) -> dict[str, ast.Module]:
    """Path inside the project → its tree, for every Python file of the folders."""
    return {path: ast.parse((ROOT / path).read_text("utf-8")) for path in files(*folders)}


def files(*folders: str) -> list[str]:
    """Path inside the project of every Python file of the folders."""
    return [str(path.relative_to(ROOT)) for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


@cache
def names(*folders: str) -> list[tuple[str, int, str]]:
    """Path, line and dotted name of everything that is called or imported."""
    trees = modules(*folders).items()
    return [(path, line, name) for path, tree in trees for line, name in [*calls(tree), *imports(tree)]]


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call: datetime.now, db.session.commit."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, dotted(node.func)


def dotted(node: ast.AST) -> str:
    """a.b.c as it is written; what is no name stands as «?»."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported: flask_login.current_user."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def layer(path: str) -> str:
    """Which of the six files of a capability a path belongs to: views, forms, actions, queries, models."""
    parts = Path(path).with_suffix("").parts
    return parts[2] if len(parts) > 2 else parts[-1]
