"""监督与统计: what is watched over the whole: figures, reports, statements, supervision, checks, programmes, the audit
log, calendar, limits, settings and set-up, the simulator.

Stands above everything it watches and is imported by nobody.
"""
