"""事项: voices, tickets, assignments, clocks, answers, tellings – the core.

A voice is what was said; a ticket is the unit of work. The process itself is in `workflows/`;
here one function, `actions.make_move`, writes it.
"""
