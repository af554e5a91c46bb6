"""Every Chinese word of a list stands in docs/glossary.md beside its code, and nothing stands there that is gone."""

import importlib
import re

import pytest

from tests.architecture.source import ROOT, modules
from workflows.engine import Labelled

pytestmark = pytest.mark.xdist_group("source")  # one worker reads the source, not every one
TEXT = (ROOT / "docs" / "glossary.md").read_text("utf-8")


def word_lists(base=Labelled):
    for kind in base.__subclasses__():
        if kind.__module__.partition(".")[0] in {"workflows", "liaison"} and len(kind):
            yield kind
        yield from word_lists(kind)


def load_everything():
    for path in modules("workflows", "liaison"):
        if not path.endswith("__main__.py"):
            importlib.import_module(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."))


def test_every_word_of_every_list_is_explained():
    load_everything()
    missing = [f"{kind.__name__}: {w.label} `{w.value}`" for kind in word_lists() for w in kind if entry(w) not in TEXT]
    assert not missing


def test_no_list_of_the_glossary_is_gone():
    load_everything()
    there = {f"{kind.__name__}`({kind.__module__.replace('.', '/')}.py)" for kind in word_lists()}
    told = set(re.findall(r"\*\* `(\w+`\([\w/]+\.py\))", TEXT))
    assert told == there


def entry(word):
    return f"{word.label} `{word.value}`"
