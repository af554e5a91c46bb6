"""What is wrong with a page: read as strictly as a validator would, on every answer of every test."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

import html5lib
from html5lib.constants import E as MESSAGES

CHECKED = {"text/html"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PLAIN_TEXT = re.compile(r">[^<>&]*[^<>&\s][^<>&]*(?=<)")  # no markup in it, nothing to find fault with
PLAIN_VALUE = re.compile(r' (value|content|title|alt|placeholder|aria-label|data-[\w-]+)="[^"<>&]*"')
PLAIN_ID = re.compile(r' (id|for|name|aria-(?:describedby|labelledby|controls))="[\w .:-]*"')
OWN_ADDRESS = re.compile(r' (href|action|src)="(?:/(?!/)|#|data:)[^"<>&]*"')
TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)(?:\s(?:[^>\"]|\"[^\"]*\")*?)?(/?)>", re.IGNORECASE)
ID = re.compile(r'\sid="([^"]*)"')
REFERENCE = re.compile(r'\s(for|aria-describedby|aria-labelledby|aria-controls)="([^"]*)"')
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
POST = re.compile(r'<form\b[^>]*\smethod="post"', re.IGNORECASE)


def parse(text: str) -> tuple[Element, list[str]]:
    """The page as a tree, and what the parser had to guess."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    return tree, [f"line {line}: {MESSAGES[code] % found}" for (line, _column), code, found in parser.errors]


def faults(text: str) -> list[str]:
    """Sentences, one per fault; empty for a page that may be served.

    The strict parser takes 20 ms. A page all lines of which stood in sound pages already, values and plain words
    aside, is asked only what its lines cannot tell: nesting, names of its places, form tokens.
    """
    shapes = set(shape(text).splitlines())
    if shapes <= _sound:
        return [*_nesting(text), *_places(text), *_tokens(text)]
    found = _faults(text)
    if not found:
        _sound.update(shapes)
    return found


def shape(text: str) -> str:
    """The page with plain words and values left out: whatever a browser could stumble over is still there."""
    without = PLAIN_TEXT.sub(">x", text)
    without = PLAIN_ID.sub(r' \1=""', without)
    return OWN_ADDRESS.sub(r' \1=""', PLAIN_VALUE.sub(r' \1=""', without))


_sound: set[str] = set()  # lines of pages without a fault


def _faults(text: str) -> list[str]:
    tree, found = parse(text)
    return [*found, *_nesting(text), *_places(text), *_policy(tree), *_tokens(text)]


def _nesting(text: str) -> Iterator[str]:
    """Every element is closed where it was opened, written out: the templates leave nothing to the browser."""
    opened: list[str] = []
    for closes, tag, alone in TAG.findall(text):
        if not closes and not alone and tag not in VOID:
            opened.append(tag)
        elif closes and (not opened or opened.pop() != tag):
            yield f"</{tag}> closes nothing"
            return
    yield from (f"<{tag}> is not closed" for tag in opened)


def _places(text: str) -> Iterator[str]:
    """Every id is used once, and every reference inside the page points at one."""
    ids = Counter(ID.findall(text))
    yield from (f"id used {count} times: {name}" for name, count in ids.items() if count > 1)
    for key, names in REFERENCE.findall(text):
        yield from (f'{key}="{name}" points nowhere' for name in names.split() if name not in ids)


def _tokens(text: str) -> Iterator[str]:
    for form in FORM.findall(text):
        if POST.match(form) and 'name="csrf_token"' not in form:
            yield f"a form carries no form token: {form.split('>')[0]}>"


def _policy(tree: Element) -> Iterator[str]:
    """The content policy of safety.md R24 would blank these silently in a browser."""
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag == "style" or (node.tag == "script" and not node.get("src") and "json" not in node.get("type", "")):
            yield f"inline <{node.tag}>"
        yield from (f"inline {key} on <{node.tag}>" for key in node.attrib if key == "style" or key.startswith("on"))
        yield from (f"foreign {node.get(key)}" for key in ("src", "href") if _is_fetched_abroad(node, key))


def _is_fetched_abroad(node: Element, key: str) -> bool:
    return node.tag != "a" and node.get(key, "").startswith(("http:", "https:", "//"))


class _Reader(HTMLParser):
    """A tree of a page that is known to be sound, ten times faster than the strict one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.build = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.build.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.build.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.build.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.build.start(tag, {name: value or "" for name, value in attrs})
        self.build.end(tag)

    def handle_data(self, data: str) -> None:
        self.build.data(data)


def tree_of(text: str) -> Element:
    reader = _Reader()
    reader.feed(text)
    return reader.build.close()


def form_fields(form: Element) -> dict[str, list[str]]:
    """What a browser would send if the button were pressed at once: names and values."""
    sent: dict[str, list[str]] = {}
    for field in form.iter():
        name = field.get("name")
        if name and field.get("disabled") is None:
            for value in _values(field):
                sent.setdefault(name, []).append(value)
    return sent


def _values(field: Element) -> list[str]:
    if field.tag == "textarea":
        return ["".join(field.itertext()).removeprefix("\n")]
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None]
        if not chosen and field.get("multiple") is None:
            chosen = options[:1]
        return [o.get("value", "".join(o.itertext())) for o in chosen]
    if field.tag != "input" or field.get("type") in {"submit", "button", "file", "image", "reset"}:
        return []
    if field.get("type") in {"checkbox", "radio"}:
        return [field.get("value", "on")] if field.get("checked") is not None else []
    return [field.get("value", "")]
