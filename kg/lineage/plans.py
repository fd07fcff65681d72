"""The plans of a store as lineage looks at them: the heads of all, and the tasks of those that are to be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kg.graph import plans as asked
from kg.lineage.model import LinkPlan, LinkTask
from kg.lineage.related import PlanHead
from kg.lineage.titles import Topic, to_topic
from kg.model import Form
from kg.store import Store
from kg.store.rows import select_strings

T = TypeVar("T")

_BATCH = 200  # plans whose tasks are asked for at once


# --- heads --------------------------------------------------------------------------------------------------------


def read_heads(store: Store) -> list[PlanHead]:
    """Every plan without its tasks, in order."""
    facts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in select_strings(store, asked.PLANS):
        for name, value in row.items():
            facts[row["plan"]][name].add(value)
    for row in select_strings(store, asked.APPLIED):
        facts[row["plan"]]["applies"].add(row["upper"])
    tasks = _count_tasks(store)
    places = _Places(store)
    heads = [_head(iri, known, places, tasks.get(iri, 0)) for iri, known in sorted(facts.items())]
    return list(_parts_of(heads))


def _count_tasks(store: Store) -> dict[str, int]:
    """How many tasks each plan has: by the catalogue where a document prints but one, for counting them all takes long."""
    printed: dict[str, dict[str, int]] = defaultdict(dict)
    for row in select_strings(store, asked.PRINTED):
        printed[row["graph"]][row["plan"]] = int(row["tasks"])
    alone: dict[str, int] = defaultdict(int)
    for tasks in printed.values():
        for plan, count in tasks.items() if len(tasks) == 1 else ():
            alone[plan] = max(alone[plan], count)
    for batch in _batches(sorted({plan for tasks in printed.values() for plan in tasks} - alone.keys())):
        alone |= {row["plan"]: int(row["tasks"]) for row in select_strings(store, asked.counts_query(batch))}
    return alone


class _Places:
    """The places of all plans and of those above them, by their codes."""

    def __init__(self, store: Store) -> None:
        self._above: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._also: dict[str, set[str]] = defaultdict(set)
        for row in select_strings(store, asked.PLACES):
            for known, name in ((self._above, "above"), (self._names, "name"), (self._also, "also")):
                if name in row:
                    known[_code(row["place"])].add(_code(row[name]))

    def above(self, place: str) -> tuple[str, ...]:
        """The places around this one, the nearest first."""
        found: list[str] = []
        level = {place}
        while level := {up for one in level for up in self._above.get(one, ())} - {place, *found}:
            found += sorted(level)
        return tuple(found)

    def name(self, place: str) -> str:
        return min(self._names.get(place, ("",)))

    def names(self, places: Iterable[str]) -> list[str]:
        return [name for place in places for name in sorted(self._names.get(place, set()) | self._also.get(place, set()))]


def _code(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _head(iri: str, known: Mapping[str, set[str]], places: _Places, tasks: int) -> PlanHead:
    """One plan; of two values, where two sources differ, the first in order."""

    def first(name: str) -> str:
        return min(known.get(name, ("",)))

    place = _code(first("place"))
    above = places.above(place)
    return PlanHead(
        iri=iri,
        title=first("title"),
        year=int(first("year")) if known.get("year") else None,
        kind=_code(first("kind")),
        place=place,
        place_name=places.name(place),
        above=above,
        issuers=frozenset(known.get("issuer", ())),
        file=first("whole") or iri,
        tasks=tasks,
        applies=frozenset(known.get("applies", ())),
        topic=to_topic(first("title"), places.names((place,)), places.names(above)),
    )


def _parts_of(heads: Sequence[PlanHead]) -> Iterator[PlanHead]:
    """A plan that its title does not tell apart, 附件 or 任务分解表, is on the subject of the first plan of its file."""
    by_iri = {head.iri: head for head in heads}
    for head in heads:
        whole = by_iri.get(head.file, head)
        if whole is not head and not head.topic.subject:
            topic: Topic = replace(head.topic, subject=whole.topic.subject, years=head.topic.years or whole.topic.years)
            yield replace(head, topic=topic, year=head.year or whole.year)
        else:
            yield head


# --- tasks --------------------------------------------------------------------------------------------------------


def read_plans(store: Store, heads: Iterable[PlanHead]) -> dict[str, LinkPlan]:
    """These plans with their tasks, by their IRIs: a few questions for many plans."""
    found: dict[str, LinkPlan] = {}
    for batch in _batches(list(heads)):
        tasks = _read_tasks(store, [head.iri for head in batch])
        for head in batch:
            found[head.iri] = LinkPlan(
                iri=head.iri, title=head.title, tasks=tuple(tasks.get(head.iri, ())), year=head.year, place=head.place, kind=head.kind
            )
    return found


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[at : at + _BATCH] for at in range(0, len(items), _BATCH))


def _read_tasks(store: Store, plans: Sequence[str]) -> dict[str, list[LinkTask]]:
    """The tasks of the plans, in order; where two sources of a plan word one differently, the first wording."""
    headings = _Headings(store, plans)
    functions: dict[str, set[str]] = defaultdict(set)
    for row in select_strings(store, asked.FUNCTIONS):
        functions[row["unit"]].add(_code(row["function"]))
    units, cited, details = _units(store, plans, functions), _citations(store, plans), _details(store, plans)
    rows: dict[str, dict[str, str]] = {}
    for row in sorted(select_strings(store, asked.tasks_query(plans)), key=lambda row: (row["text"], row.get("section", ""))):
        rows.setdefault(row["task"], row)
    found: dict[str, list[LinkTask]] = defaultdict(list)
    for iri, row in sorted(rows.items(), key=lambda item: (int(item[1]["order"]), item[0])):
        owed = units.get(iri, _Owed())
        found[row["plan"]].append(
            LinkTask(
                iri=iri,
                plan=row["plan"],
                order=int(row["order"]),
                text=row["text"],
                number=row.get("number", ""),
                headings=headings.path(row.get("section", "")),
                leads=owed.leads,
                others=owed.others,
                lead_functions=owed.lead_functions,
                functions=owed.functions,
                instruments=frozenset(cited.get(iri, ())),
                measures=tuple(sorted(details["measure"].get(iri, ()))),
                deadlines=tuple(sorted(details["deadline"].get(iri, ()))),
                form=_form(row.get("form", "")),
            )
        )
    return found


def _form(iri: str) -> Form:
    return "row" if _code(iri) == "row" else "item"


class _Headings:
    """The headings over the tasks."""

    def __init__(self, store: Store, plans: Sequence[str]) -> None:
        self._titles: dict[str, tuple[str, str]] = {}
        for row in sorted(select_strings(store, asked.sections_query(plans)), key=lambda row: (row["title"], row.get("above", ""))):
            self._titles.setdefault(row["section"], (row["title"], row.get("above", "")))

    def path(self, section: str) -> tuple[str, ...]:
        """The headings down to this one, the outermost first."""
        titles: list[str] = []
        while section in self._titles:
            title, section = self._titles[section]
            titles.insert(0, title)
        return tuple(titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owed:
    """Who owes a task, as lineage looks at it."""

    leads: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    lead_functions: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()


def _units(store: Store, plans: Sequence[str], functions: Mapping[str, set[str]]) -> dict[str, _Owed]:
    """Who owes each task."""
    named: dict[str, dict[tuple[int, str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in select_strings(store, asked.units_query(plans)):
        named[row["task"]][int(row["order"]), row["name"], _code(row["role"])] |= functions.get(row.get("unit", ""), set())
    return {task: _owed(sorted(units.items())) for task, units in named.items()}


def _owed(units: Sequence[tuple[tuple[int, str, str], set[str]]]) -> _Owed:
    leads = [unit for unit in units if unit[0][2] == "lead"]
    first = leads or units[:1]
    return _Owed(
        leads=tuple(name for (_, name, _), _ in leads),
        others=tuple(name for (_, name, role), _ in units if role != "lead"),
        lead_functions=frozenset(code for _, codes in first for code in codes),
        functions=frozenset(code for _, codes in units for code in codes),
    )


def _citations(store: Store, plans: Sequence[str]) -> dict[str, set[str]]:
    """What each task cites: the instrument, else the number, else the title as printed."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in select_strings(store, asked.citations_query(plans)):
        if told := row.get("instrument") or row.get("number") or row.get("title"):
            found[row["task"]].add(told)
    return found


def _details(store: Store, plans: Sequence[str]) -> dict[str, dict[str, set[str]]]:
    """Measures and deadlines of each task, as printed."""
    found: dict[str, dict[str, set[str]]] = {"measure": defaultdict(set), "deadline": defaultdict(set)}
    for row in select_strings(store, asked.details_query(plans)):
        for name in found:
            if name in row:
                found[name][row["task"]].add(row[name])
    return found


def read_texts(store: Store, tasks: Sequence[str]) -> dict[str, str]:
    """The words of these tasks; where two sources differ, the first in order."""
    found: dict[str, str] = {}
    for batch in _batches(tasks):
        for row in select_strings(store, asked.texts_query(batch)):
            found[row["task"]] = min(row["text"], found.get(row["task"], row["text"]))
    return found


def read_words(store: Store, plans: Sequence[str]) -> dict[str, list[str]]:
    """The words that each task of these plans was quoted from."""
    found: dict[str, list[str]] = defaultdict(list)
    for batch in _batches(plans):
        for row in select_strings(store, asked.words_query(batch)):
            found[row["task"]].append(row["words"])
    return found
