"""Numbers that can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Measure
from kg.rules import Rule, load_rules
from kg.text import Folded, to_number

_MANY = {"万亿": 10**12, "亿": 10**8, "万": 10**4}


def find_measures(folded: Folded) -> Iterator[Measure]:
    """The measures in `folded`, in order; the first rule of the file that matches some words has them."""
    taken: list[tuple[int, int]] = []
    found: list[Measure] = []
    for rule in load_rules("measures"):
        for match in rule.regex.finditer(folded.text):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            measure = _measure(rule, match, folded)
            if measure is not None:
                taken.append(match.span())
                found.append(measure)
    return iter(sorted(found, key=lambda measure: measure.span))


def _measure(rule: Rule, match: re.Match[str], folded: Folded) -> Measure | None:
    parts = match.groupdict()
    if parts.get("han"):
        value, unit = to_number(parts["han"]), "%"
    else:
        value, unit = _number(parts["value"] or ""), parts.get("unit2") or parts.get("unit") or ""
    if value is None:
        return None
    value, unit = _scaled(float(value), unit)
    return Measure(text=match.group(), op=rule.extra["op"], value=value, unit=unit, span=folded.span(*match.span()))


def _number(text: str) -> float | None:
    plain = text.replace("，", "")
    return float(plain) if re.fullmatch(r"\d+(?:\.\d+)?", plain) else to_number(plain)


def _scaled(value: float, unit: str) -> tuple[float, str]:
    """2 万台 is 20000 台; money keeps its printed unit, as plans speak of 亿元."""
    unit = unit.removeprefix("个") if unit in {"个工作日", "个月", "个小时"} else unit
    unit = {"工作日": "个工作日", "月": "个月"}.get(unit, unit)
    if unit.endswith("元"):
        return value, unit
    for word, factor in _MANY.items():
        if unit.startswith(word) and len(unit) > len(word):
            return value * factor, unit.removeprefix(word)
    return value, unit
