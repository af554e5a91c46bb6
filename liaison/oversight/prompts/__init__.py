"""核实提示: questions a night's computing puts to a person, never an accusation (domain.md §6.2, §6.3, promise B22).

`catalogue` is the published table of the nineteen; `reading` asks the database, `finding` holds the pure rules,
`nightly` asks; `queries` and `actions` serve the pages. Nothing outside imports what is found here: no figure,
no report, no export knows that a prompt exists (tests/oversight/prompts/test_no_figure.py).
"""
