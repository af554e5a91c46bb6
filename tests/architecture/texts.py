"""Every Chinese text the program may show, found in its source: what the English catalogue must answer to.

Read as trees, never imported: a text is a constant in `_()` or `_l()`, in Python or a template; a word of
an enum of Labelled; any constant of workflows/; a word of one of the few LISTS shown by `_(name)`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from jinja2 import Environment, nodes

from tests.architecture.source import ROOT, modules

HAN = re.compile(r"[\u3001\u3400-\u9fff\uff01-\uff5e]")  # with 、 and the wide forms of ：（，
CALLS = {"_", "_l", "gettext", "lazy_gettext"}
LISTS = [  # tables whose words are shown through `_(name)`
    ("liaison/contacts/views/device.py", "NATIONAL"),
    ("liaison/tickets/actions/events.py", "BESIDE"),
    ("liaison/oversight/record_forms.py", "LEVELS"),
    ("liaison/oversight/record_forms.py", "TITLES"),
]
CATEGORIES = "liaison/tickets/actions/categories.py"
MEANT = {  # headings of tables people import and examples of names: they stay Chinese in English too
    "内容", "工作简况", "王老师", "学年", "学期", "学期名称", "第一周周一", "教学周数", "学期结束日", "考试周数",
    "教职工放假起", "教职工放假止", "不计联系周次", "备注", "日期", "类型", "休", "班", "年度", "名称", "依据文号",
    "公布", "已公布", "未公布", "里程碑", "小时",
}  # fmt: skip
NOT_SHOWN = {"workflows/document.py"}  # it writes docs/workflow.md, which is Chinese


def texts() -> dict[str, str]:
    """Text → the first file it stands in."""
    found: dict[str, str] = {}
    for path, text in [*_in_python(), *_in_templates()]:
        if HAN.search(text):
            found.setdefault(text, path)
    return found


def categories() -> dict[str, str]:
    """Chinese → English, as the table of categories has them."""
    rows = ast.literal_eval(_assigned(modules("liaison")[CATEGORIES], "CATEGORIES"))
    return {row[1]: row[2] for row in rows}


def _in_python() -> Iterator[tuple[str, str]]:
    for path, tree in modules("liaison").items():
        yield from ((path, text) for text in [*_asked(tree), *_labels(tree)])
    for path, tree in modules("workflows").items():
        if path not in NOT_SHOWN:
            yield from ((path, text) for text in _said(tree))
    for path, name in LISTS:
        yield from ((path, text) for text in _constants(_assigned(modules("liaison")[path], name)))
    yield from ((CATEGORIES, text) for text in categories())


def _asked(tree: ast.AST) -> Iterator[str]:
    """What is given to `_()` as a constant, in both arms of an `a if b else c`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS and node.args:
            yield from _arms(node.args[0])


def _arms(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from [*_arms(node.body), *_arms(node.orelse)]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _labels(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Labelled" for base in node.bases):
            for row in node.body:
                if isinstance(row, ast.Assign):
                    yield from _constants(row.value)


def _said(tree: ast.AST) -> Iterator[str]:
    """Every constant but those that stand alone (docstrings) and the halves of f-strings."""
    silent = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr | ast.JoinedStr)
        for part in ([node.value] if isinstance(node, ast.Expr) else node.values)
    }
    yield from (node.value for node in _strings(tree) if id(node) not in silent)


def _strings(tree: ast.AST) -> Iterator[ast.Constant]:
    yield from (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def _constants(tree: ast.AST) -> Iterator[str]:
    yield from (node.value for node in _strings(tree))


def _assigned(tree: ast.Module, name: str) -> ast.expr:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(getattr(target, "id", "") == name for target in targets):
            return node.value
    raise LookupError(name)


def _in_templates() -> Iterator[tuple[str, str]]:
    environment = Environment()  # noqa: S701 – only parsed
    for path in sorted((ROOT / "templates").rglob("*.html")):
        tree = environment.parse(path.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "_" and call.args:
                yield from ((str(path.relative_to(ROOT)), text) for text in _branches(call.args[0]))


def _branches(node: nodes.Node | None) -> Iterator[str]:
    if isinstance(node, nodes.CondExpr):
        yield from [*_branches(node.expr1), *_branches(node.expr2)]
    elif isinstance(node, nodes.Const):
        yield str(node.value)
