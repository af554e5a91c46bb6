"""The State Council's notices for 2024–2026, copied by hand: what the library is checked against."""

from datetime import date, timedelta

OFF = {  # first and last day of each holiday
    2024: ["01-01 01-01", "02-10 02-17", "04-04 04-06", "05-01 05-05", "06-08 06-10", "09-15 09-17", "10-01 10-07"],
    2025: ["01-01 01-01", "01-28 02-04", "04-04 04-06", "05-01 05-05", "05-31 06-02", "10-01 10-08"],
    2026: ["01-01 01-03", "02-15 02-23", "04-04 04-06", "05-01 05-05", "06-19 06-21", "09-25 09-27", "10-01 10-07"],
}
WORKING = {  # Saturdays and Sundays that are worked
    2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}


def day(year: int, month_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_day}")


def days_from(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


OFF_DAYS = {d for year, spans in OFF.items() for s in spans for d in days_from(*(day(year, end) for end in s.split()))}
SHIFTED_DAYS = {day(year, d) for year, days in WORKING.items() for d in days}


def works(d: date) -> bool:
    """The plainest possible answer, sharing nothing with the code under test."""
    return d in SHIFTED_DAYS or (d.weekday() < 5 and d not in OFF_DAYS)
