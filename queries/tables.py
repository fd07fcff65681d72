"""Tables that follow from the values of a query: rows for its VALUES, each of terms as SPARQL writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from kg.workdays import reckon
from ontology import CODES, expand
from queries.terms import read_day, string

_LONGEST = {"workday": 250, "day": 366, "month": 60, "year": 20, "hour": 168}  # as far as the table goes; plans ask for less
_MOST_MONTHS = 12 * 200


def months(given: Mapping[str, str]) -> Iterator[str]:
    """The months from `from` to `to`, as zp:dueMonth has them."""
    first, last = read_day(given.get("from", "")), read_day(given.get("to", ""))
    if first and last:
        for at in range(first.year * 12 + first.month - 1, min(last.year * 12 + last.month, first.year * 12 + _MOST_MONTHS)):
            yield string(f"{at // 12:04}-{at % 12 + 1:02}")


def reckoned(given: Mapping[str, str]) -> Iterator[str]:
    """For every length of a relative deadline the day that it gives from `trigger_day`, or the words that say why none."""
    start, language = read_day(given.get("trigger_day", "")), given.get("lang", "zh")
    if start:
        for unit, longest in _LONGEST.items():
            for amount in range(1, longest + 1):
                yield _row(start, amount, unit, language)


def _row(start: dt.date, amount: int, unit: str, language: str) -> str:
    last = reckon(start, amount, unit)
    day = f'"{last.day.isoformat()}"^^<{expand("xsd:date")}>' if last.day else "UNDEF"
    note = "UNDEF" if last.day else string(last.zh if language == "zh" else last.en)
    return f"({amount} <{CODES}time-unit/{unit}> {day} {note})"


TABLES: Mapping[str, Callable[[Mapping[str, str]], Iterator[str]]] = {"months": months, "reckoned": reckoned}
