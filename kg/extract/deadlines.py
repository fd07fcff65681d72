"""Times by which a task is due, from a column and from running text."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from kg.extract.taken import Taken
from kg.model import Deadline
from kg.rules import Rule, load_rules
from kg.text import Folded, to_number

_TIME = re.compile(r"[年月日旬季周天]|小时|\d[-./]\d|五[”\"]?(?:时期|期)?末|[五七八]一|元旦|国庆|劳动节")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_FIVE_YEARS_ZERO = 1955  # the end of a five-year plan number nought: 十四五 ends in 2025
_LAST_OF_THIRD = {"初": 10, "上": 10, "中": 20, "下": 31}
_UNITS = {"工作日": "workday", "日": "day", "天": "day", "自然日": "day", "月": "month", "年": "year", "小时": "hour"}


def find_deadlines(folded: Folded, year: int | None, *, column: bool = False) -> Iterator[Deadline]:
    """The deadlines in `folded`, in order. A year left out is the one printed before it, else the plan's `year`."""
    if not column and not _TIME.search(folded.text):
        return
    taken = Taken()
    found: list[tuple[int, Rule, re.Match[str]]] = []
    for rule in _rules(frozenset(_telling().intersection(folded.text)), column=column):
        for match in rule.regex.finditer(folded.text):
            if match.end() == match.start() or taken.overlaps(*match.span()) or not _holds(rule, match, folded.text):
                continue
            taken.add(*match.span())
            found.append((match.start(), rule, match))
    said: set[str] = set()
    dated = any(rule.extra.get("kind") in {"fixed", "relative"} for _, rule, _ in found)
    for _, rule, match in sorted(found, key=lambda one: one[0]):
        if rule.extra["where"] == "never":
            year = to_number(match.groupdict().get("year") or "") or year  # 2031年3月启动，12月底前完成
            continue
        if dated and rule.extra["kind"] == "prompt":
            continue  # 及时 beside a day only says that the day is the latest
        if rule.extra["kind"] in {"standing", "prompt"}:
            if rule.extra["kind"] in said:
                continue  # 长期坚持、持续推进 is one
            said.add(rule.extra["kind"])
        deadline, year = _deadline(rule, match, folded, year)
        if deadline is not None:
            yield deadline


@cache
def _telling() -> frozenset[str]:
    """The characters that some rule needs."""
    return frozenset(char for rule in load_rules("deadlines") for need in rule.needs for char in need)


@lru_cache(maxsize=4096)
def _rules(characters: frozenset[str], *, column: bool) -> tuple[Rule, ...]:
    """The rules that a text with these telling characters can match."""
    return tuple(
        rule
        for rule in load_rules("deadlines")
        if (column or rule.extra["where"] != "column") and not any(characters.isdisjoint(need) for need in rule.needs)
    )


def _holds(rule: Rule, match: re.Match[str], text: str) -> bool:
    """年底 alone is a time only with 前 behind it or where something is done then, not in 年底考核."""
    unless = rule.extra.get("unless_next")
    return not (unless and re.match(unless, text[match.end() :]))


def _deadline(rule: Rule, match: re.Match[str], folded: Folded, year: int | None) -> tuple[Deadline | None, int | None]:
    """The deadline of one match, and the year that holds for what follows it."""
    parts = match.groupdict()
    span = folded.span(*match.span())
    common: dict[str, Any] = {"kind": rule.extra["kind"], "text": match.group(), "span": span}
    if rule.extra["kind"] == "fixed":
        said = _year(parts, year)
        day = _eve(rule.extra["eve"], said, printed=bool(parts.get("year"))) if "eve" in rule.extra else last_day(rule.name, parts, said)
        if day is None and said is not None:
            return None, year  # there is no such day; without a year the words alone are kept
        explicit = parts.get("year") or parts.get("year1") or parts.get("year2") or parts.get("year3")
        return Deadline(date=day, start=_first_day(parts, said), **common), said if explicit else year
    if rule.extra["kind"] == "relative":
        amount = to_number(parts["amount"].replace("两", "二"))
        unit = parts["unit"].removeprefix("个")
        if unit in {"周", "星期"}:
            amount, unit = (amount or 0) * 7, "日"
        trigger = re.sub(r"^.*(?:须|要(?!点)|应当|必须|应|并)(?=[^，]{3,}$)", "", parts.get("trigger") or "")
        return Deadline(trigger=trigger, amount=amount, unit=_UNITS[unit], **common), year  # type: ignore[arg-type]
    return Deadline(period=parts.get("period") or "", **common), year


def _year(parts: dict[str, str | None], year: int | None) -> int | None:
    printed = parts.get("year3") or parts.get("year") or parts.get("year1")
    if printed:
        return to_number(printed)
    relative = parts.get("relyear") or parts.get("relyear2")
    if relative in {"明年", "次年", "翌年", "第二年"}:
        return year + 1 if year else None
    return year


def last_day(rule: str, parts: dict[str, str | None], year: int | None) -> dt.date | None:
    """The last day that the parts of a match name; None where the year is not known or there is no such day."""
    if parts.get("five"):
        return dt.date(_FIVE_YEARS_ZERO + 5 * (to_number(parts["five"] or "") or 0), 12, 31)
    later = parts.get("year2")
    year = to_number(later) if later else year
    if year is None:
        return None
    half, quarter = parts.get("half") or parts.get("half2"), parts.get("quarter")
    if half:
        return dt.date(year, 6, 30) if half == "上" else dt.date(year, 12, 31)
    if quarter:
        return _month_end(year, _QUARTERS[quarter] * 3)
    month = to_number(parts.get("month") or "")
    if month is None:
        return dt.date(year - 1 if parts.get("before") and rule == "year_before" else year, 12, 31)
    if not 1 <= month <= 12:
        return None
    if parts.get("before"):
        return dt.date(year, month, 1) - dt.timedelta(days=1)
    if parts.get("third"):
        return _day(year, month, _LAST_OF_THIRD[parts["third"] or ""])
    day = parts.get("day")
    return _day(year, month, to_number(day) or 0) if day else _month_end(year, month)


def _eve(feast: str, year: int | None, *, printed: bool) -> dt.date | None:
    """The day before a feast, which is given as month-day; before new year is the end of the plan's year where none is printed."""
    if year is None:
        return None
    month, day = map(int, feast.split("-"))
    return dt.date(year + (month == 1 and not printed), month, day) - dt.timedelta(days=1)


def _first_day(parts: dict[str, str | None], year: int | None) -> dt.date | None:
    month = to_number(parts.get("month1") or "")
    if month is None or year is None or not 1 <= month <= 12:
        first = to_number(parts.get("year1") or "")
        return dt.date(first, 1, 1) if first else None
    return _day(year, month, to_number(parts.get("day1") or "") or 1)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> dt.date | None:
    """That day; the last of the month for a 31st that it has not, None for no day at all."""
    if day < 1 or day > 31:
        return None
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
