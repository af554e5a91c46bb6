"""公示页: what students said at a place and what came of it, for everybody, with nobody in it (promise B18).

`cells` says which counts may be shown · `renewing` counts them once a day · `queries` reads what is public ·
`pages` draws it, `feed` hands it to the campus website, `office` shows what is public and what was kept back.
"""
