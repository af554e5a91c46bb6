"""指标: every figure defined once, computed for a period as of any day (metrics.md, rulings §10).

`scope` says which days · `folding` what a ticket looked like on the cut-off day: a record · `deadlines` until when ·
`world` puts them together · `catalogue` defines the figures · `results` says how one is printed.
Nothing here writes; nothing reads a column that a later deed changes.
"""
