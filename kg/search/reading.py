"""From the store to entries: a few questions for a batch of plans, never one a task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from kg.graph.searched import (
    any_relation_query,
    citations_query,
    deadline_code,
    deadlines_query,
    duties_query,
    functions_query,
    graphs_query,
    instruments_query,
    issuers_query,
    known_places_query,
    places_query,
    plans_query,
    relations_query,
    sections_query,
    tasks_query,
    units_query,
)
from kg.ids import CODES, Ids
from kg.rules import load_data
from kg.search.entry import Entry
from kg.search.model import ROLES
from kg.store import Store
from kg.store.rows import select_strings

_BATCH = 100  # plans in one question
_DEEPEST = 12  # levels of sections
_SHOWN = 60  # characters of a task that stand for its title
_ADMIN = "省市州盟区县旗乡镇"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document in the store: a mark that changes whenever it is read otherwise, and its plans."""

    graph: str
    mark: str
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place: its name, and the level of its government."""

    code: str
    name: str
    level: str
    aliases: tuple[str, ...] = ()


def read_sources(store: Store, ids: Ids) -> dict[str, Source]:
    """Every document by its mark."""
    rows: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in select_strings(store, graphs_query(ids)):
        rows[row["graph"], row["by"], row["size"]] += [row["plan"]] if "plan" in row else []
    return {(mark := " ".join(name)): Source(graph=name[0], mark=mark, plans=tuple(sorted(set(plans)))) for name, plans in rows.items()}


class Reader:
    """Makes entries of what a store holds."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.used: set[str] = set()  # codes of the places that entries name

    def _rows(self, query: str) -> Iterator[dict[str, str]]:
        return select_strings(self.store, query)

    # --- what all plans share

    @cached_property
    def places(self) -> dict[str, Place]:
        """Every place by its IRI."""
        found: dict[str, Place] = {}
        aliases: dict[str, set[str]] = defaultdict(set)
        for row in self._rows(known_places_query()):
            aliases[row["place"]] |= {row["alias"]} if "alias" in row else set()
            found[row["place"]] = Place(code=row["code"], name=row["label"], level=_last(row["level"]))
        return {
            iri: Place(code=one.code, name=one.name, level=one.level, aliases=tuple(sorted(aliases[iri]))) for iri, one in found.items()
        }

    @cached_property
    def functions(self) -> dict[str, str]:
        """The Chinese name of every function by its code."""
        return {_last(row["function"]): row["label"] for row in self._rows(functions_query(f"{CODES}function"))}

    @cached_property
    def units(self) -> dict[str, Entry]:
        """Every unit and collective by its IRI."""
        return {iri: self._unit(iri, rows) for iri, rows in _grouped(self._rows(units_query()), "unit").items()}

    def _unit(self, iri: str, rows: Sequence[Row]) -> Entry:
        label = min(row["label"] for row in rows)
        place = self._place(rows[0])
        names = [label, *_several(rows, "label"), *_several(rows, "alias")]
        functions = _several(rows, "function")
        return Entry(
            kind="unit",
            iri=iri,
            label=label,
            names=tuple(dict.fromkeys((*names, *short_names(label, place.name)))),
            about=tuple(dict.fromkeys((place.name, *(self.functions.get(_last(one), "") for one in functions), *_several(rows, "parent")))),
            place=place.code,
            place_name=place.name,
            level=place.level,
            units=(iri,),
            functions=tuple(_last(one) for one in functions),
        )

    def instruments(self) -> Iterator[Entry]:
        """Every instrument, of the registry and of citations."""
        for iri, rows in _grouped(self._rows(instruments_query()), "work").items():
            numbers = _several(rows, "number")
            label = min((row["title"] for row in rows if "title" in row), default=numbers[0] if numbers else _last(iri))
            names = [label, *_several(rows, "title"), *_several(rows, "alias"), *_several(rows, "name"), *numbers]
            yield Entry(
                kind="instrument",
                iri=iri,
                label=label,
                names=tuple(dict.fromkeys(names)),
                about=_several(rows, "issuer"),
                number="、".join(numbers),
                instruments=(iri,),
            )

    @cached_property
    def _related(self) -> bool:
        """Whether any task is known to come from another."""
        return any(self._rows(any_relation_query()))

    def _relations(self, plans: Sequence[str]) -> list[dict[str, str]]:
        return list(self._rows(relations_query(plans))) if self._related else []

    def _place(self, row: Row) -> Place:
        place = self.places.get(row.get("place", ""), Place(code="", name="", level=""))
        self.used.add(place.code)
        return place

    # --- plans

    def plans(self, plans: Iterable[str]) -> Iterator[Entry]:
        """The plans that are there, with their sections, tasks and statements."""
        waiting = iter(sorted(plans))
        while batch := list(islice(waiting, _BATCH)):
            yield from self._batch(batch)

    def linked(self, plans: Iterable[str]) -> set[str]:
        """The plans that tasks of these come from, or whose tasks come from these."""
        waiting = iter(sorted(plans) if self._related else ())
        found: set[str] = set()
        while batch := list(islice(waiting, _BATCH)):
            found |= {row["otherPlan"] for row in self._rows(relations_query(batch))}
        return found

    def _batch(self, plans: Sequence[str]) -> Iterator[Entry]:
        issuers = _pairs(self._rows(issuers_query(plans)), "plan", "unit")
        cited = _pairs(self._rows(citations_query(plans)))
        told = _grouped(self._rows(plans_query(plans)), "plan")
        heads = {iri: self._plan(iri, rows, issuers[iri], cited[iri]) for iri, rows in told.items()}
        yield from heads.values()
        sections = self._sections(heads)
        yield from sections.values()
        facts = self._facts(plans, cited, {row["source"]: row["file"] for rows in told.values() for row in rows if "file" in row}, sections)
        for rows in _grouped(self._rows(tasks_query(plans)), "task").values():
            if head := heads.get(rows[0]["plan"]):
                yield self._task(rows, head, facts)

    def _facts(
        self, plans: Sequence[str], cited: Mapping[str, list[str]], files: Mapping[str, str], sections: Mapping[str, Entry]
    ) -> _Facts:
        relations = self._relations(plans)
        kinds = _pairs(self._rows(deadlines_query(plans)))
        places: dict[str, tuple[str, str]] = {}
        for row in self._rows(places_query(plans)):
            place = (files.get(row["source"], ""), row.get("at", ""))
            places[row["task"]] = min(places.get(row["task"], place), place)
        duties = list(self._rows(duties_query(plans)))
        by_role = {role: _pairs(row for row in duties if row["role"] == role) for role in ROLES}
        return _Facts(
            sections=sections,
            units=_pairs(duties),
            duties=by_role,
            cited=cited,
            deadlines={task: [code for kind in found if (code := deadline_code(kind))] for task, found in kinds.items()},
            relations=_pairs((row for row in relations if "way" in row), "task", "way"),
            linked=_pairs(relations, "task", "otherPlan"),
            places=places,
        )

    def _plan(self, iri: str, rows: Sequence[Row], issuers: Sequence[str], cited: Sequence[str]) -> Entry:
        first = rows[0]
        place = self._place(first)
        label = first.get("title") or first.get("number") or first.get("file", "")
        year = int(first["year"]) if "year" in first else None
        return Entry(
            kind="plan",
            iri=iri,
            label=label,
            names=tuple(dict.fromkeys((label, *_several(rows, "title"), *_several(rows, "number")))),
            about=_said(place.name, _year(year), *_several(rows, "kind"), *_several(rows, "issuer"), *self._names(issuers)),
            plan=iri,
            plan_title=label,
            number=first.get("number", ""),
            year=year,
            place=place.code,
            place_name=place.name,
            level=place.level,
            units=tuple(issuers),
            functions=self._functions(issuers),
            instruments=tuple(cited),
            file="、".join(_several(rows, "file")),
        )

    def _sections(self, heads: Mapping[str, Entry]) -> dict[str, Entry]:
        """The sections of plans by their IRIs, from the top down."""
        found: dict[str, Entry] = {}
        above: Mapping[str, Entry] = heads
        for _ in range(_DEEPEST):
            rows = _grouped(self._rows(sections_query(list(above))), "section") if above else {}
            above = {iri: _section(iri, told, above[told[0]["parent"]]) for iri, told in rows.items() if iri not in found}
            found |= above
        return found

    def _task(self, rows: Sequence[Row], head: Entry, facts: _Facts) -> Entry:
        iri = rows[0]["task"]
        text = "\n".join(_several(rows, "text"))
        section = facts.sections.get(rows[0].get("section", ""))
        units = facts.units[iri]
        file, at = facts.places.get(iri, ("", ""))
        return Entry(
            kind="statement" if "reporting" in rows[0] else "task",
            iri=iri,
            label=_start(text),
            text=text,
            about=_said(head.place_name, _year(head.year), head.number, *_path(section), *self._names(units)),
            plan=head.iri,
            plan_title=head.label,
            number=rows[0].get("number", ""),
            year=head.year,
            place=head.place,
            place_name=head.place_name,
            level=head.level,
            units=tuple(units),
            duties={role: tuple(owed) for role in ROLES if (owed := facts.duties[role].get(iri))},
            functions=self._functions(units),
            instruments=tuple(facts.cited[iri]),
            deadlines=tuple(facts.deadlines.get(iri, ())),
            relations=tuple(facts.relations[iri]),
            linked=tuple(facts.linked[iri]),
            file=file or head.file,
            at=at,
        )

    def _names(self, units: Iterable[str]) -> Iterator[str]:
        return (self.units[one].label for one in units if one in self.units)

    def _functions(self, units: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for one in units if one in self.units for code in self.units[one].functions))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the tasks of a batch of plans are tied to, by their IRIs."""

    sections: Mapping[str, Entry]
    units: Mapping[str, list[str]]
    duties: Mapping[str, Mapping[str, list[str]]]  # the same by role
    cited: Mapping[str, list[str]]
    deadlines: Mapping[str, list[str]]
    relations: Mapping[str, list[str]]
    linked: Mapping[str, list[str]]
    places: Mapping[str, tuple[str, str]]


def _section(iri: str, rows: Sequence[Row], parent: Entry) -> Entry:
    title = rows[0].get("title", "")
    return Entry(
        kind="section",
        iri=iri,
        label=title,
        names=_several(rows, "title"),
        about=_path(parent) if parent.kind == "section" else _said(parent.place_name, _year(parent.year)),
        plan=parent.plan,
        plan_title=parent.plan_title,
        number=rows[0].get("number", ""),
        year=parent.year,
        place=parent.place,
        place_name=parent.place_name,
        level=parent.level,
        file=parent.file,
    )


def short_names(label: str, place: str) -> Iterator[str]:
    """Other names that people use for a unit: without its place, with short words for its functions (发改局, 区发改局)."""
    bare = label.removeprefix("中共").removeprefix(place) if place else label
    mark = place[-1:] if place and place[-1] in _ADMIN and bare != label else ""
    for words in dict.fromkeys((bare, _shortened(bare))):
        if len(words) > 1:
            yield words
            if mark:
                yield f"{mark}{words}"
                yield f"{place}{words}"


def _shortened(name: str) -> str:
    for long, short in _short_words():
        name = name.replace(long, short)
    return name


@cache
def _short_words() -> list[tuple[str, str]]:
    """The long and the short words for functions, longest first: 发展和改革, 发改."""
    tables = (table for table in load_data("functions").values() if isinstance(table, dict))
    names = [name for table in tables for name in table.get("names", ()) if isinstance(name, dict)]
    pairs = [(name["long"], name["short"][0]) for name in names if name.get("short")]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


# --- rows -------------------------------------------------------------------------------------------------


def _grouped(rows: Iterable[dict[str, str]], name: str) -> dict[str, list[dict[str, str]]]:
    """The rows of each subject, in an order that does not depend on the store."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return {iri: sorted(told, key=lambda row: sorted(row.items())) if len(told) > 1 else told for iri, told in sorted(found.items())}


def _pairs(rows: Iterable[Row], subject: str = "task", value: str = "value") -> defaultdict[str, list[str]]:
    """The values of each subject, each once, sorted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row[subject]].add(row[value])
    return defaultdict(list, {name: sorted(values) for name, values in found.items()})


def _several(rows: Iterable[Row], name: str) -> tuple[str, ...]:
    return tuple(sorted({row[name] for row in rows if row.get(name)}))


def _said(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _path(section: Entry | None) -> tuple[str, ...]:
    """The headings from the top down to a section, behind the place and year of its plan."""
    return (*section.about, section.label) if section else ()


def _year(year: int | None) -> str:
    return f"{year}年" if year else ""


def _start(text: str) -> str:
    """The first words of a text, for want of a title."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _last(iri: str) -> str:
    return iri.rsplit("/", 1)[1]
