"""Numbers that can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.extract.taken import Taken
from kg.model import Measure
from kg.rules import Rule, load_rules
from kg.text import Folded, to_number

_LONGEST_SLOGAN = 13
_LONGEST_LIST = 80
_LISTED = re.compile(r"[一-龥]{1,12}?(?:、[一-龥]{1,8}?)+(?:[和及][一-龥]{1,8})?$")
_HAN = re.compile("[一-龥]")
_MANY = {"万亿": 10**12, "亿": 10**8, "万": 10**4}


def find_measures(folded: Folded, *, column: bool = False) -> Iterator[Measure]:
    """The measures in `folded`, in order; the first rule of the file that matches some words has them. `column`: a cell of aims."""
    taken = Taken()
    found: list[Measure] = []
    for rule in _rules(frozenset(_telling().intersection(folded.text)), column=column):
        for match in rule.regex.finditer(folded.text):
            if match.end() == match.start() or taken.overlaps(*match.span()):
                continue
            if not rule.extra["op"] or _is_no_aim(rule, match, folded.text) or _counts_the_named(match, folded.text):
                taken.add(*match.span())
                continue
            measure = None if _is_slogan(match, folded.text) else _measure(rule, match, folded)
            if measure is not None:
                taken.add(*match.span())
                found += [measure, *_siblings(measure, match, folded)]
    return iter(sorted(found, key=lambda measure: measure.span))


@cache
def _telling() -> frozenset[str]:
    """The characters that some rule needs."""
    return frozenset(char for rule in load_rules("measures") for need in rule.needs for char in need)


@lru_cache(maxsize=4096)
def _rules(characters: frozenset[str], *, column: bool) -> tuple[Rule, ...]:
    """The rules that a text with these telling characters can match."""
    return tuple(
        rule
        for rule in load_rules("measures")
        if (column or rule.extra.get("where") != "column") and not any(characters.isdisjoint(need) for need in rule.needs)
    )


_SIBLING = re.compile(r"[、和及](?P<value>\d+(?:\.\d+)?)(?P<unit>%|个百分点)")


def _siblings(first: Measure, match: re.Match[str], folded: Folded) -> Iterator[Measure]:
    """The further values of 分别增长6%、6.5%."""
    if "分别" not in folded.text[max(match.start() - 8, 0) : match.start()]:
        return
    at = match.end()
    while more := _SIBLING.match(folded.text, at):
        yield Measure(
            text=more.group()[1:], op=first.op, value=float(more["value"]), unit=more["unit"], span=folded.span(at + 1, more.end())
        )
        at = more.end()


def _is_slogan(match: re.Match[str], text: str) -> bool:
    """“最多跑一次”, “4个100%”: the name of something, not a number to be reached."""
    opened, closed = text.rfind("“", 0, match.start() + 1), text.find("”", match.end() - 1)
    quoted = 0 <= opened < closed <= opened + _LONGEST_SLOGAN and "”" not in text[opened : match.start()]
    return quoted and (text[opened + 1 : closed] != match.group() or not re.search(r"\d", match.group()))


def _is_no_aim(rule: Rule, match: re.Match[str], text: str) -> bool:
    """A threshold that picks out whom a task is about, or how often, not one that is to be reached: the rule's `unless_…` hold."""
    before, after = rule.extra.get("unless_before"), rule.extra.get("unless_next")
    if not before and not after:
        return False
    return (not before or bool(re.search(before, text[: match.start()]))) and (not after or bool(re.match(after, text[match.end() :])))


def _counts_the_named(match: re.Match[str], text: str) -> bool:
    """Whether a number only counts what stands in front of it by name: 东岸、西岸、澄湖3个片区."""
    if "value" not in match.re.groupindex or not match["value"] or not _HAN.match(text, match.end()):
        return False
    listed = _LISTED.search(text, max(match.start("value") - _LONGEST_LIST, 0), match.start("value"))
    return listed is not None and match["value"] == str(len(re.split("[、和及]", listed.group())))


def _measure(rule: Rule, match: re.Match[str], folded: Folded) -> Measure | None:
    parts = match.groupdict()
    han = parts.get("han")
    number = to_number(han) if han else _number(parts["value"] or "")
    if number is None:
        return None
    value, unit = _scaled(float(number), "%" if han else parts.get("unit2") or (parts.get("unit") or "") + (parts.get("per") or ""))
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
