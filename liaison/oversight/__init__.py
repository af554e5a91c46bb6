"""监督与统计: what is watched over the whole. Today the audit log; figures, supervision and reports follow here.

Stands above everything it watches and is imported by nobody.
"""
