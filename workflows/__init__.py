"""流程: the process as tables: which moves exist, from where to where, by whom.

One file per life (`tickets.py` and the small ones); `engine.py` runs them on `transitions`.
Nothing here knows a database, a user or a page: callers bring parts and facts, and get a state or a refusal.
"""
