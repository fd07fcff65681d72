"""Days reckoned from a day: calendar days, months, and working days by the official calendar of holidays and days made up for them.

The first day does not count (民法典 201); a month that lacks the day ends with its last one (202). The calendar knows the
years for which the State Council has announced the holidays; beyond them nothing is guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import cache

import chinese_calendar

AmountUnit = str  # a code of time-unit: day, workday, week, month, year, hour
_HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """The day that a length of time gives, or in two languages why it gives none."""

    day: dt.date | None = None
    zh: str = ""
    en: str = ""


@cache
def known_years() -> tuple[int, int]:
    """The first and the last year of which the calendar knows the holidays."""
    years = {day.year for day in chinese_calendar.holidays}
    return min(years), max(years)


def is_workday(day: dt.date) -> bool:
    """Whether offices work on that day; a day outside the calendar is an error of the caller."""
    first, last = known_years()
    if not first <= day.year <= last:
        raise ValueError(f"{day} is outside the calendar of {first} to {last}")
    return bool(chinese_calendar.is_workday(day))


def reckon(start: dt.date, amount: int, unit: AmountUnit) -> Reckoned:
    """The last day of so many days, working days, … from `start`."""
    if unit == "workday":
        return _workdays(start, amount)
    try:
        return Reckoned(day=_plain(start, amount, unit))
    except (ValueError, OverflowError):
        return Reckoned(zh="超出历法所及", en="beyond any calendar")


def _plain(start: dt.date, amount: int, unit: AmountUnit) -> dt.date:
    if unit in {"month", "year"}:
        months = start.year * 12 + start.month - 1 + amount * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
    days = {"day": amount, "week": amount * 7, "hour": -(-amount // _HOURS)}[unit]
    return start + dt.timedelta(days=days)


def _workdays(start: dt.date, amount: int) -> Reckoned:
    first, last = known_years()
    day, left = start, amount
    while left:
        day += dt.timedelta(days=1)
        if not first <= day.year <= last:
            zh = f"工作日历只有{first}年至{last}年，算不出"
            return Reckoned(zh=zh, en=f"the calendar of working days has the years {first} to {last} only: not reckoned")
        left -= is_workday(day)
    return Reckoned(day=day)
