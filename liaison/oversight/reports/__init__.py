"""材料与报告: what leaves the house on paper (domain.md §5).

`models` keeps finished months and drafts · `stored` turns results into plain values and back · `settled` says what
may change in a finished month · `blocks` is what a paper is made of · `contents` says what stands in a report ·
`document`, `workbook` print it. One function makes the contents; page, Word, Excel and JSON only print them.
"""
