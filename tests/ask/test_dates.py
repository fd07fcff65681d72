"""Years and days as questions say them."""

from __future__ import annotations

import datetime as dt

import pytest

from queries.ask.dates import arabic, day_of, find_days

TODAY = dt.date(2024, 6, 1)
WINDOWS = [
    ("2021年6月底前", 2021, "2021-01-01", "2021-06-30"),
    ("2021年六月底前", 2021, "2021-01-01", "2021-06-30"),
    ("2021年6月30日前", 2021, "2021-01-01", "2021-06-30"),
    ("2024年2月底前", 2024, "2024-01-01", "2024-02-29"),
    ("2021年6月前", 2021, "2021-01-01", "2021-05-31"),
    ("2021年6月", 2021, "2021-06-01", "2021-06-30"),
    ("2021年9月到10月", 2021, "2021-09-01", "2021-10-31"),
    ("2021年9—10月", 2021, "2021-09-01", "2021-10-31"),
    ("2021年9月1日至10月15日", 2021, "2021-09-01", "2021-10-15"),
    ("2021年第三季度", 2021, "2021-07-01", "2021-09-30"),
    ("2021年上半年", 2021, "2021-01-01", "2021-06-30"),
    ("2021年底前", 2021, "2021-01-01", "2021-12-31"),
    ("2021年10月后", 2021, "2021-10-01", "2021-12-31"),
    ("2021年11月上旬", 2021, "2021-11-01", "2021-11-10"),
    ("2021年6月中旬之前", 2021, "2021-01-01", "2021-06-20"),
    ("2021年2月下旬", 2021, "2021-02-21", "2021-02-28"),
    ("2021年三季度末之前", 2021, "2021-01-01", "2021-09-30"),
    ("2021年四季度前", 2021, "2021-01-01", "2021-09-30"),
    ("2021年国庆节前", 2021, "2021-01-01", "2021-09-30"),
    ("2021年8月底截止", 2021, "2021-08-01", "2021-08-31"),
    ("下个月", 2024, "2024-07-01", "2024-07-31"),
    ("本月底之前", 2024, "2024-01-01", "2024-06-30"),
    ("上季度", 2024, "2024-01-01", "2024-03-31"),
]
YEARS = [
    ("2021年", (2021,)),
    ("二〇二一年", (2021,)),
    ("21年", (2021,)),
    ("2021年度", (2021,)),
    ("2021至2023年", (2021, 2022, 2023)),
    ("去年", (2023,)),
    ("今年", (2024,)),
    ("13月", ()),
    ("15年期", (2015,)),
]


@pytest.mark.parametrize(("words", "year", "start", "end"), WINDOWS, ids=[one[0] for one in WINDOWS])
def test_a_stretch_of_days(words: str, year: int, start: str, end: str) -> None:
    (found,) = find_days(arabic(words), TODAY)
    window = found.window
    assert window
    assert window.start
    assert window.end
    assert window.year == year
    assert (day_of(year, window.start).isoformat(), day_of(year, window.end).isoformat()) == (start, end)


@pytest.mark.parametrize(("words", "years"), YEARS, ids=[one[0] for one in YEARS])
def test_a_year(words: str, years: tuple[int, ...]) -> None:
    assert tuple(year for found in find_days(arabic(words), TODAY) for year in found.years) == years
