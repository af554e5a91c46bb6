"""监督与统计: what is watched over the whole. Today the audit log, the calendar, limits,
settings and set-up, the simulator; figures, supervision and reports follow here.

Stands above everything it watches and is imported by nobody.
"""
