"""The words of reports."""

from workflows.engine import Labelled


class Sort(Labelled):
    """Which report it is: of a month, of a term, of a year (domain.md §5.2, §5.3)."""

    MONTH = "month", "月报"
    TERM = "term", "学期报告"
    YEAR = "year", "年度报告"
