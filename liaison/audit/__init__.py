"""审计: an append-only, chained record of deeds and looks (safety.md §4.5).

One writer (`actions.append`), in the transaction of the deed. Personal text never enters the chain:
only a salted commitment to it does.
"""
