"""流程: the way matters really went, read from their events, beside the way the table allows (issue 6, item 8).

`stays` says how long they waited where · `flow` puts the counts of a period together · `chart` draws them ·
`xes` and `ocel` write the events for the tools of process mining, without a text and without a person.
"""

from types import ModuleType

from liaison.oversight.process import ocel, xes

WRITERS: dict[str, ModuleType] = {"xes": xes, "ocel": ocel}  # what `flask events` and the page can write
