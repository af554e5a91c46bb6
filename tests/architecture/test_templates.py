"""Every page parses, keeps the strict content policy, and is drawn from the macros in components/."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from liaison.navigation import PLACES

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "liaison" / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PARSER = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
SPRITE = (STATIC / "icons" / "sprite.svg").read_text()
NEVER = {
    "an inline style": r"<style|\sstyle\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|javascript:",
    "text that is not escaped": r"\|\s*safe\b|autoescape\s+false",
    "an address of a third party": r"(src|href|action)=[\"'](https?:)?//",
    "a word we do not say": "请勿|禁止|异常|违规|成功",
}

every_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))


def parsed(path: Path) -> nodes.Template:
    return PARSER.parse(path.read_text(), filename=str(path))


def calls(tree: nodes.Template, name: str) -> list[nodes.Call]:
    return [call for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Name) and call.node.name == name]


@every_template
def test_it_keeps_the_content_policy_and_the_words(path: Path) -> None:
    found = [what for what, pattern in NEVER.items() if re.search(pattern, path.read_text())]
    assert not found, f"{path.name} has {', '.join(found)}"


@every_template
def test_every_imported_macro_is_used(path: Path) -> None:
    tree = parsed(path)
    imported = [name for line in tree.find_all(nodes.FromImport) for name in line.names]
    names = {name if isinstance(name, str) else name[1] for name in imported}
    used = {name.name for name in tree.find_all(nodes.Name)}
    assert not names - used, f"remove the import of {sorted(names - used)}"


@every_template
def test_it_imports_only_macros_that_exist(path: Path) -> None:
    for line in parsed(path).find_all(nodes.FromImport):
        assert isinstance(line.template, nodes.Const)
        macros = {macro.name for macro in parsed(ROOT / "templates" / line.template.value).find_all(nodes.Macro)}
        wanted = {name if isinstance(name, str) else name[0] for name in line.names}
        assert wanted <= macros, f"{line.template.value} has no {sorted(wanted - macros)}"


@every_template
def test_every_icon_and_static_file_exists(path: Path) -> None:
    tree = parsed(path)
    icons = [call.args[0].value for call in calls(tree, "icon") if isinstance(call.args[0], nodes.Const)]
    files = re.findall(r"url_for\(.static., filename=[\"']([^\"']+)[\"']\)", path.read_text())
    assert [name for name in icons if f'id="{name}"' not in SPRITE] == []
    assert [name for name in files if not (STATIC / name).is_file()] == []


@every_template
def test_controls_are_drawn_by_the_macros(path: Path) -> None:
    if path.parent.name in {"components", "layouts"}:
        return
    by_hand = re.search(r"<(select|textarea)\b|<input(?! type=\"hidden\")", path.read_text())
    assert not by_hand, "use components/forms.html"


def test_every_place_of_the_menu_has_its_icon() -> None:
    assert [place.icon for place in PLACES if f'id="{place.icon}"' not in SPRITE] == []


def test_every_style_sheet_is_linked() -> None:
    pages = "".join(path.read_text() for path in TEMPLATES)
    linked = set(re.findall(r'"([a-z]+)"', "".join(re.findall(r"for sheet in (\(.*?\)) %", pages))))
    linked |= set(re.findall(r"css/([a-z-]+)\.css", pages))
    assert linked == {path.stem for path in (STATIC / "css").glob("*.css")}


def test_styles_and_scripts_stay_small() -> None:
    """What one page asks for: the sheets of its layout, and at most one of its own."""
    size = {path.stem: path.stat().st_size for path in (STATIC / "css").glob("*.css")}
    pages = "".join(path.read_text() for path in TEMPLATES)
    layouts = [re.findall(r'"([a-z]+)"', found) for found in re.findall(r"for sheet in (\(.*?\)) %", pages)]
    own = {*size} - {sheet for layout in layouts for sheet in layout}
    assert max(sum(size[sheet] for sheet in layout) for layout in layouts) + max(size[sheet] for sheet in own) <= 40_000
    for script in (STATIC / "js").glob("*.js"):
        assert len(script.read_text().splitlines()) <= 100, f"{script.name} does two things"
