"""Marked text to printed text and the facts in it.

The description marks what a text says where it says it: `<D 0930:9月底前>` is a fixed day, `<M ge 90 %:不低于90%>` a
measure, `<C foi full>` a citation. `read_phrase` prints the text and keeps the facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Fact = dict[str, Any]

MARK = re.compile(r"<(?P<kind>[A-Z])(?: (?P<spec>[^:<>]+))?(?::(?P<text>[^<>]*))?>")
OPERATORS = {"ge": ">=", "le": "<=", "eq": "=", "gt": ">", "lt": "<"}
CITED = {
    "full": "《{title}》（{number}）",
    "title": "《{title}》",
    "number": "{number}",
    "define": "《{title}》（{number}；以下简称《{short}》）",
    "several": "《{title}》（{numbers}）",
    "notice": "《{title}》（{number}）",
}
PERIODS = {"week", "month", "quarter", "half", "year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A printed text and what it says."""

    text: str
    deadlines: tuple[Fact, ...] = ()
    citations: tuple[Fact, ...] = ()
    measures: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a text is printed in: the year, the words of the level, the instruments, the short titles that were introduced."""

    year: int
    words: Mapping[str, str]
    instruments: Mapping[str, Fact]
    short: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Facts:
    deadlines: list[Fact] = field(default_factory=list)
    citations: list[Fact] = field(default_factory=list)
    measures: list[Fact] = field(default_factory=list)


def read_phrase(raw: str, setting: Setting) -> Phrase:
    """`raw` as it is printed in `setting`, with its facts in the order of the text."""
    facts = _Facts()
    filled = _fill(raw, setting)
    text = MARK.sub(lambda match: _read_mark(match, setting, facts), filled)
    if re.search(r"[<>{}]", text):
        raise ValueError(f"a mark was not read: {text}")
    return Phrase(
        text=text,
        deadlines=tuple(facts.deadlines),
        citations=tuple(facts.citations),
        measures=tuple(facts.measures),
    )


def _fill(raw: str, setting: Setting) -> str:
    words = {**setting.words, "Y": str(setting.year), "Y+1": str(setting.year + 1), "Y-1": str(setting.year - 1)}
    return re.sub(r"\{([^{}]+)\}", lambda match: words[match[1]], raw)


def _read_mark(match: re.Match[str], setting: Setting, facts: _Facts) -> str:
    kind, spec, text = match["kind"], match["spec"] or "", match["text"] or ""
    if kind == "C":
        printed, fact = _cite(spec, setting)
        facts.citations.append(fact)
        return printed
    if kind == "M":
        op, value, unit = spec.split(" ", 2)
        figure = float(value) if "." in value else int(value)
        facts.measures.append({"text": text, "op": OPERATORS[op], "value": figure, "unit": unit})
    else:
        facts.deadlines.append(_deadline(kind, spec, text, setting.year))
    return text


def _deadline(kind: str, spec: str, text: str, year: int) -> Fact:
    if kind == "D":
        at = year + 1 if spec.startswith("+") else year
        day = spec.lstrip("+")
        return {"text": text, "kind": "fixed", "date": f"{at}-{day[:2]}-{day[2:]}"}
    if kind == "R":
        amount, unit, trigger = spec.split(" ")
        return {"text": text, "kind": "relative", "trigger": trigger, "amount": int(amount), "unit": unit}
    if kind == "E":
        if spec not in PERIODS:
            raise ValueError(f"not a period: {spec}")
        return {"text": text, "kind": "recurring", "period": spec}
    return {"text": text, "kind": {"S": "standing", "P": "prompt"}[kind]}


def _cite(spec: str, setting: Setting) -> tuple[str, Fact]:
    """The citation as printed in one of CITED, or `auto`: the short title where the document has introduced it."""
    key, form = spec.split(" ")
    entry = dict(setting.instruments[key])
    if form == "auto":
        name = entry["short"] if key in setting.short else entry["long"]
        short_for = {"short_for": entry["title"]} if key in setting.short else {}
        return f"《{name}》", {"title": name, "number": None, **short_for}
    if form == "notice":
        entry["title"] = f"{entry['issuer']}关于印发〈{entry['title']}〉的通知"
    fact: Fact = {"title": entry.get("title"), "number": entry.get("number")}
    if form in ("title", "number"):
        fact["number" if form == "title" else "title"] = None
    if form == "several":
        fact["numbers"] = entry["numbers"]
        entry["numbers"] = "、".join(entry["numbers"])
    return CITED[form].format(**entry), fact
