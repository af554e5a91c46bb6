"""校历与工作日: terms, working days of the statutory calendar, limits and promised dates.

Pure arithmetic over Chinese days (domain.md §4.4); only `models` keeps rows.
Knows classes of limits, not tickets: whoever asks hands in moments and gets moments back.
"""
