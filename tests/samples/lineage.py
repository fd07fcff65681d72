"""What came from where: the links between the tasks of related plans, known because the description says so."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Literal

from .blocks import Sample
from .matters import UPPER
from .wording import Fact

Axis = Literal["year", "level", "ledger"]


def to_lineage(samples: Sequence[Sample]) -> Fact:
    """Every task with its matters; links to last year's plan, to the upper plan, from a ledger to its plan; new and dropped."""
    main = {(s.spec["level"], s.spec["year"]): s for s in samples if "ledger_of" not in s.spec}
    by_stem = {sample.stem: sample for sample in samples}
    links: list[Fact] = []
    changes: list[Fact] = []
    for sample in samples:
        for axis, other in _related(sample, main, by_stem):
            links += _pair(sample.tasks, other.tasks, axis)
            if axis != "ledger":
                changes.append(_changes(sample, other, axis))
        if len({task["plan"] for task in sample.tasks}) > 1:
            links += _inner_links(sample)
    return {
        "tasks": [_entry(sample, task) for sample in samples for task in sample.tasks],
        "links": links,
        "changes": changes,
    }


def _related(sample: Sample, main: dict[tuple[str, int], Sample], by_stem: dict[str, Sample]) -> Iterator[tuple[Axis, Sample]]:
    level, year = sample.spec["level"], sample.spec["year"]
    if "ledger_of" in sample.spec:
        yield "ledger", by_stem[sample.spec["ledger_of"]]
        return
    if before := main.get((level, year - 1)):
        yield "year", before
    if level in UPPER:
        yield "level", main[UPPER[level], year]


def _entry(sample: Sample, task: Fact) -> Fact:
    return {
        "id": task["id"],
        "document": sample.file,
        "jurisdiction": {"p": "990000", "c": "990100", "a": "990102", "b": "990121"}[sample.spec["level"]],
        "year": sample.spec["year"],
        "seq": task["seq"],
        "plan": task["plan"],
        "matters": task["matters"],
    }


def _inner_links(sample: Sample) -> list[Fact]:
    """A file with two plans: the rows of its ledger to the items of its first plan."""
    first = [task for task in sample.tasks if task["plan"] == 0]
    return _pair([task for task in sample.tasks if task["plan"] != 0], first, "ledger")


def _pair(lower: Sequence[Fact], upper: Sequence[Fact], axis: Axis) -> list[Fact]:
    """The links between two sets of tasks, the later, lower or derived one first."""
    links = []
    for one, other in product(lower, upper):
        shared = set(one["matters"]) & set(other["matters"])
        if not shared:
            continue
        relation = _relation(one, other, _parts(lower, one), _parts(upper, other))
        if relation:
            links.append({"from": one["id"], "to": other["id"], "axis": axis, "relation": relation})
    return links


def _parts(tasks: Sequence[Fact], task: Fact) -> int:
    """Into how many tasks of the same plan the task's matter is broken."""
    return sum(other["matters"] == task["matters"] and other["plan"] == task["plan"] for other in tasks)


def _relation(one: Fact, other: Fact, parts: int, other_parts: int) -> str:
    """How `one` answers `other`; empty where they are different parts of one matter."""
    if len(one["matters"]) > len(other["matters"]) or (other_parts > 1 and parts == 1):
        return "merged"
    if parts > 1 and (other_parts == 1 or len(one["matters"]) < len(other["matters"])):
        return "broken_down"
    if len(one["matters"]) < len(other["matters"]):
        return "broken_down"
    if parts > 1 and one["part"] != other["part"]:
        return ""
    if _letters(one) == _letters(other):
        return "verbatim"
    return "edited" if one["root"] == other["root"] else "rewritten"


def _letters(task: Fact) -> str:
    """The text without what printing does to it: spaces, half-width and full-width signs."""
    return "".join(unicodedata.normalize("NFKC", task["text"]).split())


def _changes(lower: Sample, upper: Sample, axis: Axis) -> Fact:
    """Which matters are new in the lower plan, and which of the upper one it does not answer."""
    ours = {matter: task["id"] for task in lower.tasks for matter in task["matters"]}
    theirs = {matter: task["id"] for task in upper.tasks for matter in task["matters"]}
    return {
        "from": lower.file,
        "to": upper.file,
        "axis": axis,
        "new": _missing(lower, theirs),
        "dropped": _missing(upper, ours),
    }


def _missing(sample: Sample, others: dict[str, str]) -> list[str]:
    """The tasks of `sample` none of whose matters is among `others`."""
    return [task["id"] for task in sample.tasks if not set(task["matters"]) & set(others)]
