"""The libraries of Word and Excel cost a third of a second: whoever prints waits for them, not whoever starts."""

import ast

from tests.architecture.source import modules

HEAVY = {"docx", "xlsxwriter", "openpyxl"}
PRINTERS = {"official_layout", "official_tables", "record_document", "order_document", "report_document"} | {
    "record_sheet",
    "ledger_sheet",
    "card_document",
    "statement_document",
    "party_document",
    "progress_sheet",
    "report_sheet",
    "workbook",
}


def at_the_top(tree):
    """Names of modules that are imported as soon as this one is."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_only_printers_load_them_and_only_printers_load_printers():
    found = {path: set(".".join(at_the_top(tree)).split(".")) for path, tree in modules("liaison").items()}
    heavy = {path for path, parts in found.items() if parts & HEAVY or parts & PRINTERS}
    assert {path.rpartition("/")[2].removesuffix(".py") for path in heavy} == PRINTERS
