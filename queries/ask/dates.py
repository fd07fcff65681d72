"""Years and stretches of days as questions say them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from queries.ask.model import Window

_DIGITS = {"〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
YEAR_WORDS = {"今年": 0, "本年度": 0, "本年": 0, "去年": -1, "上年度": -1, "上一年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1}
_CHINESE_YEAR = re.compile(r"([一二][〇零○九][一二三四五六七八九〇零○]{2})(?=年)")
_CHINESE_NUMBER = re.compile(r"([一二三四五六七八九十]{1,3})(?=(?:个)?(?:月|日|季度|季))")

_Y = r"(?:(?P<year>(?:20)?\d\d)年度?的?)?"
_FORMS = (
    (
        "span",
        rf"{_Y}(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号]?(?:到|至|-|—|~)(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})[日号](?:之间|期间)?",
    ),
    ("months", rf"{_Y}(?P<m1>\d{{1,2}})月?份?(?:到|至|-|—|~)(?P<m2>\d{{1,2}})月(?:份|底|末|间)?(?:之间|期间)?"),
    ("day_before", rf"{_Y}(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号](?:前|之前|以前|为止)"),
    ("day_after", rf"{_Y}(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号](?:后|之后|以后|起)"),
    ("day", rf"{_Y}(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})[日号](?:这天|当天|那天)?"),
    ("third", rf"{_Y}(?P<m1>\d{{1,2}})月(?:份)?(?P<third>[上中下])旬(?P<before>前|之前|以前|为止)?"),
    ("relative", r"(?P<which>下个?|本|这个?|上个?)(?P<span>月|季度|个季度)(?:份)?(?P<before>(?:底|末)?(?:前|之前|以前))?(?:内|里)?"),
    ("holiday", rf"{_Y}(?P<feast>元旦|五一|劳动节|六一|七一|八一|国庆|十一)(?:节|假期|长假)?(?:前|之前|以前|到来前|到来之前)"),
    ("month_last", rf"{_Y}(?P<m1>\d{{1,2}})月(?:底|末)(?=截止|到期|期满|到点)"),
    ("month_end", rf"{_Y}(?P<m1>\d{{1,2}})月(?:底|末)(?:前|之前|以前|为止)?"),
    ("month_before", rf"{_Y}(?P<m1>\d{{1,2}})月份?(?:前|之前|以前)"),
    ("month_after", rf"{_Y}(?P<m1>\d{{1,2}})月份?(?:后|之后|以后|起)"),
    ("month", rf"{_Y}(?P<m1>\d{{1,2}})月(?:份|里|内|当月|中)?"),
    ("quarter_end", rf"{_Y}(?:第(?P<q1>[1-4])|(?P<q2>[1-4]))季度?(?:末|底)(?:前|之前|以前)"),
    ("quarter_before", rf"{_Y}(?:第(?P<q1>[2-4])|(?P<q2>[2-4]))季度?(?:前|之前|以前)"),
    ("quarter", rf"{_Y}(?:第(?P<q1>[1-4])|(?P<q2>[1-4]))季度?(?:末|底)?(?:内|里|之内)?"),
    ("first_half", rf"{_Y}(?:上半年)(?:前|内|里)?"),
    ("second_half", rf"{_Y}(?:下半年)(?:前|内|里)?"),
    ("year_end", r"(?:(?P<year>(?:20)?\d\d)|(?P<spoken>今|去|明|当|本))?年(?:底|末|终)(?:前|之前|以前|为止)?|(?<!\d)(?:年内)"),
)
# The last day before a feast; before New Year's Day is all of the year.
_EVES = {
    "元旦": (12, 31),
    "五一": (4, 30),
    "劳动节": (4, 30),
    "六一": (5, 31),
    "七一": (6, 30),
    "八一": (7, 31),
    "国庆": (9, 30),
    "十一": (9, 30),
}
_REGEX = tuple((name, re.compile(form)) for name, form in _FORMS)
_YEARS = re.compile(
    r"(?P<first>20\d\d)年?度?(?:到|至|-|—|~)(?P<last>20\d\d)年度?|(?<!\d)(?P<one>(?:20)?\d\d)年度?(?!\d)|(?<![\d号第])(?P<bare>20\d\d)(?![\d年号〕.-])"
)


@dataclass(frozen=True, slots=True)
class Days:
    """Where a question speaks of days or years."""

    start: int
    end: int
    window: Window | None = None
    years: tuple[int, ...] = ()


def arabic(text: str) -> str:
    """The years, months and days of a question in Arabic figures."""
    text = _CHINESE_YEAR.sub(lambda found: "".join(str(_DIGITS[one]) for one in found[1]), text)
    return _CHINESE_NUMBER.sub(lambda found: str(to_number(found[1]) or found[1]), text)


def to_number(words: str) -> int | None:
    """The value of a number below a hundred in Arabic or Chinese numerals; None where it is neither."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    if not words or any(one not in _DIGITS for one in tens + ones) or (ten and (len(tens) > 1 or len(ones) > 1)):
        return None
    if not ten:
        return int("".join(str(_DIGITS[one]) for one in words))
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def find_days(text: str, today: dt.date) -> Iterator[Days]:
    """The stretches of days and the years, from the left, the longest form first."""
    taken = [False] * (len(text) + 1)
    for name, regex in _REGEX:
        for found in regex.finditer(text):
            if any(taken[found.start() : found.end()]) or not (window := _window(name, found, today)):
                continue
            taken[found.start() : found.end()] = [True] * (found.end() - found.start())
            yield Days(found.start(), found.end(), window=window)
    for word, offset in YEAR_WORDS.items():
        for found in re.finditer(word, text):
            if not any(taken[found.start() : found.end()]):
                taken[found.start() : found.end()] = [True] * (found.end() - found.start())
                yield Days(found.start(), found.end(), years=(today.year + offset,))
    for found in _YEARS.finditer(text):
        if any(taken[found.start() : found.end()]):
            continue
        if found["first"]:
            yield Days(found.start(), found.end(), years=tuple(range(int(found["first"]), int(found["last"]) + 1)))
        else:
            yield Days(found.start(), found.end(), years=(_year(found["one"] or found["bare"]),))


def _year(words: str) -> int:
    return int(words) if len(words) == 4 else 2000 + int(words)


def _window(name: str, found: re.Match[str], today: dt.date) -> Window | None:
    groups = found.groupdict()
    if name == "relative":
        return _relative(groups, found[0], today)
    year = _year(groups["year"]) if groups.get("year") else 0
    if spoken := groups.get("spoken"):
        year = {"今": today.year, "去": today.year - 1, "明": today.year + 1}.get(spoken, 0)
    ends = _ends(name, groups)
    if ends is None:
        return None
    return Window(year=year, start=ends[0], end=ends[1], text=found[0])


def _ends(name: str, groups: dict[str, str | None]) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """First and last day of a form, as month and day; none where there is no such day."""
    first, last = int(groups.get("m1") or 0), int(groups.get("m2") or groups.get("m1") or 0)
    if name == "holiday":
        return (1, 1), _EVES[groups["feast"] or ""]
    if name not in {"quarter", "quarter_end", "quarter_before", "first_half", "second_half", "year_end"} and not (
        1 <= first <= 12 and 1 <= last <= 12
    ):
        return None
    day, until = int(groups.get("d1") or 1), int(groups.get("d2") or groups.get("d1") or 1)
    if max(day, until) > 31 or min(day, until) < 1:
        return None
    quarter = int(groups.get("q1") or groups.get("q2") or 1)
    third = "上中下".index(groups.get("third") or "上") + 1
    return {
        "span": ((first, day), (last, until)),
        "months": ((first, 1), (last, 31)),
        "day_before": ((1, 1), (first, day)),
        "day_after": ((first, day), (12, 31)),
        "day": ((first, day), (first, day)),
        "month_last": ((first, 1), (first, 31)),
        "month_end": ((1, 1), (first, 31)),
        "month_before": ((1, 1), (max(first - 1, 1), 31)),
        "month_after": ((first, 1), (12, 31)),
        "month": ((first, 1), (first, 31)),
        "third": ((1, 1) if groups.get("before") else (first, third * 10 - 9), (first, third * 10 if third < 3 else 31)),
        "quarter_end": ((1, 1), (quarter * 3, 31)),
        "quarter_before": ((1, 1), (max(quarter * 3 - 3, 1), 31)),
        "quarter": ((quarter * 3 - 2, 1), (quarter * 3, 31)),
        "first_half": ((1, 1), (6, 30)),
        "second_half": ((7, 1), (12, 31)),
        "year_end": ((1, 1), (12, 31)),
    }[name]


def _relative(groups: dict[str, str | None], text: str, today: dt.date) -> Window:
    """下个月, 本季度: as reckoned from today."""
    size = 1 if groups["span"] == "月" else 3
    step = {"下": 1, "上": -1}.get((groups["which"] or "")[0], 0)
    at = today.year * 12 + (today.month - 1) // size * size + step * size
    year, first = at // 12, at % 12 + 1
    return Window(year=year, start=(1, 1) if groups["before"] else (first, 1), end=(first + size - 1, 31), text=text)


def day_of(year: int, month_day: tuple[int, int]) -> dt.date:
    """That day of the year; the last of the month where it has no such day."""
    month, day = month_day
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
