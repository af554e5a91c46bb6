"""材料与报告: what leaves the house on paper (domain.md §5).

`models` keeps finished months and drafts · `periods` says of which there is one · `blocks` is what a paper is made of
· `making` puts the sections together, each in a module of its own · `stored`, `settled` keep a finished month and tell
what may change in it · `statement` is of one person. `making.report` is the only one that counts: page, Word, Excel and
JSON print what it made.
"""
