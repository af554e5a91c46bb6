"""通知: one row per person and event is both the inbox entry and the outbox (safety.md R15).

Written in the transaction of the deed and handed to nobody here: sending is a later process, which asks
again whether the recipient may still see the matter. Knows people and texts, not tickets; a notice carries
number, stage and address, never a word of what a student said.
"""
