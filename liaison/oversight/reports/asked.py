"""核实提示, numbers only: how many a person has concluded, of which kind and how; of nobody (domain.md §5.3, §6.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from liaison.oversight.prompts.counts import concluded
from liaison.oversight.prompts.words import Conclusion, PromptKind
from liaison.oversight.reports.blocks import Column, Section, Table, count

HEADING = "核实提示"
NOTE = "提示由系统提出问题，由人作结论；只列数量，不涉及任何人，不进入任何指标。"


def asked(terms: Collection[str]) -> Section:
    """Kinds and conclusions stand apart: which kind was concluded how could point at somebody."""
    found = concluded(terms)
    if not found:
        return Section(HEADING, ("本期没有作出结论的核实提示。",))
    kinds, results = Counter[PromptKind](), Counter[Conclusion]()
    for (kind, result), number in found.items():
        kinds[kind] += number
        results[result] += number
    said = "，".join(f"{one.label}{results[one]}条" for one in Conclusion if results[one])
    rows = tuple((kind.label, kinds[kind]) for kind in PromptKind if kinds[kind])
    table = Table("有结论的核实提示", (Column("提示", 30), count("有结论", 10)), rows, NOTE)
    return Section(HEADING, (f"本期作出结论的核实提示{kinds.total()}条：{said}。",), (table,))
