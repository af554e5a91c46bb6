"""`make bench`: what a request costs, at 50 000 and 200 000 tickets, on both databases, beside the goals.

Reading order: `university` and `archive` make the rows, `storage` puts them into a database once and keeps
it, `visitor` sends requests and reads the clocks, `works` says what is asked, `report` prints the table.
"""
