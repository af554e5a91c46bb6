"""联系方式单: an optional, encrypted, expiring way to answer one voice (domain.md §4.5, promise B16).

Never in lists, exports, search, notices or logs. Whoever opens one says what for, and is recorded.
"""
