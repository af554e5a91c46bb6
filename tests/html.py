"""What is wrong with a page: read as strictly as a validator would, on every answer of every test."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

import html5lib
from html5lib.constants import E as MESSAGES

CHECKED = {"text/html"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PLAIN_TEXT = re.compile(r">[^<>&]*[^<>&\s][^<>&]*(?=<)")  # no markup in it, nothing to find fault with
PLAIN_VALUE = re.compile(r' (value|content|title|alt|placeholder|aria-label|data-[\w-]+)="[^"<>&]*"')
OWN_ADDRESS = re.compile(r' (href|action|src)="(?:/(?!/)|#|data:)[^"<>&]*"')


def parse(text: str) -> tuple[Element, list[str]]:
    """The page as a tree, and what the parser had to guess."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    return tree, [f"line {line}: {MESSAGES[code] % found}" for (line, _column), code, found in parser.errors]


def faults(text: str) -> list[str]:
    """Sentences, one per fault; empty for a page that may be served.

    The strict parser takes 20 ms, so pages that differ in plain words only are read once.
    """
    return _faults(shape(text)) and _faults(text)


def shape(text: str) -> str:
    """The page with plain words and values left out: whatever a browser could stumble over is still there."""
    without = PLAIN_TEXT.sub(">x", text)
    return OWN_ADDRESS.sub(r' \1=""', PLAIN_VALUE.sub(r' \1=""', without))


@lru_cache(maxsize=2000)
def _faults(text: str) -> list[str]:
    tree, found = parse(text)
    return [*found, *_ids(tree), *_policy(tree), *_labels(tree), *_forms(tree)]


def _ids(tree: Element) -> Iterator[str]:
    ids = Counter(node.get("id") for node in tree.iter() if node.get("id"))
    yield from (f"id used {count} times: {name}" for name, count in ids.items() if count > 1)


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


def _labels(tree: Element) -> Iterator[str]:
    """Every reference inside the page points at something."""
    ids = {node.get("id") for node in tree.iter()}
    for node in tree.iter():
        for key in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            yield from (f'{key}="{name}" points nowhere' for name in node.get(key, "").split() if name not in ids)


def _forms(tree: Element) -> Iterator[str]:
    for form in tree.iter("form"):
        names = {field.get("name") for field in form.iter("input")}
        if form.get("method", "get").lower() == "post" and "csrf_token" not in names:
            yield f"form to {form.get('action')} carries no form token"


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
