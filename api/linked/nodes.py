"""What is known of one node, with names for all that it touches: read from the store in a few bounded questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.errors import QueryError
from kg.graph import nodes as ask
from kg.ids import Ids
from kg.store import Store
from kg.store.serving import iri as written
from ontology import expand
from ontology.names import properties, short_name, term_names

Row = Mapping[str, Mapping[str, str]]

PART = 50  # neighbours that are shown at a time
FURTHEST = 100_000  # neighbours that are paged through; beyond them a query is the better way
_LONG = 2000  # characters of a value that are shown
_TITLE = 160
_ARMS = 50  # properties that are asked for in one query
_NUMBER = re.compile(r"(\d+)")
_STRING = expand("xsd:string")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A neighbour of a node, or a literal."""

    text: str  # the IRI, or the words
    label: str  # how it is called; of a literal what is shown
    iri: bool = False
    language: str = ""
    datatype: str = ""
    cut: bool = False  # whether the words go on


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What a node has by one property, one way: some values, and how many there are."""

    property: str
    name: str  # prefixed
    label: str
    values: tuple[Value, ...]
    count: int
    more: bool = False  # whether there are more than were counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that a node was read from."""

    exact: str
    before: str
    after: str
    place: str
    span: str
    states: str
    words: str
    document: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A graph that says something of a node; of a document's also the file, and which version read it."""

    graph: str
    label: str
    document: str = ""
    file: str = ""
    reading: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """All that a page shows."""

    iri: str
    label: str
    types: tuple[Value, ...]
    values: tuple[Group, ...]
    links: tuple[Group, ...]  # from others to this
    quotes: tuple[Quote, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Which neighbours are wanted: by one property, one way, from which on."""

    property: str
    way: ask.Way
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the neighbours by one property."""

    iri: str
    label: str
    group: Group
    next: bool


def rows(store: Store, query: str) -> list[Row]:
    """The rows of an answer, with the types of their terms."""
    found: list[Row] = json.loads(store.query(query, "json"))["results"]["bindings"]
    return found


def find_known(store: Store, iris: Iterable[str]) -> str:
    """The first of the IRIs that the store knows, else nothing."""
    for each in iris:
        try:
            node = written(each)
        except QueryError:
            continue  # not spelt as an IRI is: nothing is called so
        if rows(store, ask.known_query(node)):
            return each
    return ""


def load_node(store: Store, ids: Ids, iri: str, language: str) -> Node:
    """All that a page shows of a node that the store knows."""
    values, links = _neighbours(store, iri, "out"), _neighbours(store, iri, "in")
    quotes, origins = _quotes(store, iri, language), _origins(store, ids, iri)
    met = [value for group in (*values, *links) for value in group.values]
    labels = find_labels(store, [iri, *(one.text for one in met if one.iri)], language)
    types = next((group.values for group in values if group.property == ask.TYPE), ())
    hidden = {ask.TYPE, ask.QUOTED_FROM}
    return Node(
        iri=iri,
        label=labels[iri],
        types=tuple(sorted((_called(one, labels) for one in types), key=lambda one: not one.text.startswith(expand("zp:")))),
        values=tuple(_named(group, labels, language) for group in values if group.property not in hidden),
        links=tuple(_named(group, labels, language) for group in links),
        quotes=quotes,
        origins=origins,
    )


def load_part(store: Store, iri: str, language: str, by: By) -> Part:
    """Some neighbours by one property, from some place on: in the order of their IRIs where they can all be counted, else of the store."""
    node, prop, offset = written(iri), written(by.property), by.offset
    found = [_value(row["x"]) for row in rows(store, ask.part_query(node, prop, by.way, ask.COUNTED + 1))]
    count, more = min(len(found), ask.COUNTED), len(found) > ask.COUNTED
    if more:
        part = [_value(row["x"]) for row in rows(store, ask.part_query(node, prop, by.way, PART + 1, offset))]
    else:
        part = sorted(found, key=_natural)[offset : offset + PART + 1]
    labels = find_labels(store, [iri, *(one.text for one in part if one.iri)], language)
    group = Group(property=by.property, name=short_name(by.property), label="", values=tuple(part[:PART]), count=count, more=more)
    return Part(iri=iri, label=labels[iri], group=_named(group, labels, language), next=len(part) > PART)


# --- neighbours -----------------------------------------------------------------------------------------------


def _neighbours(store: Store, iri: str, way: ask.Way) -> list[Group]:
    """The neighbours one way, by property: all are counted where there are few, else up to a bound."""
    node = written(iri)
    found = rows(store, ask.neighbours_query(node, way))
    if len(found) > ask.SEEN:
        return _many(store, node, way, {row["p"]["value"] for row in found})
    by: dict[str, list[Value]] = {}
    for row in found:
        by.setdefault(row["p"]["value"], []).append(_value(row["x"]))
    ordered = {prop: tuple(sorted(values, key=_natural)) for prop, values in sorted(by.items(), key=_rank)}
    return [
        Group(property=prop, name=short_name(prop), label="", values=values[:PART], count=len(values)) for prop, values in ordered.items()
    ]


def _many(store: Store, node: str, way: ask.Way, seen: set[str]) -> list[Group]:
    """The same where there are many: of each property that the ontology knows, or that was seen, no more than a bound is counted."""
    present = [row["p"]["value"] for row in rows(store, ask.present_query(node, sorted({*properties(), *seen}), way))]
    sizes: dict[str, int] = {}
    for some in _batches(present):
        sizes |= {row["p"]["value"]: int(row["n"]["value"]) for row in rows(store, ask.sizes_query(node, some, way))}
    values: dict[str, list[Value]] = {prop: [] for prop, _ in sorted(sizes.items(), key=_rank)}
    for some in _batches(list(values)):
        for row in rows(store, ask.some_query(node, some, way, PART)):
            values[row["p"]["value"]].append(_value(row["x"]))
    return [
        Group(
            property=prop, name=short_name(prop), label="", values=tuple(sorted(found, key=_natural)),
            count=min(sizes[prop], ask.COUNTED), more=sizes[prop] > ask.COUNTED,
        )
        for prop, found in values.items()
    ]  # fmt: skip


def _batches(properties: Sequence[str]) -> Iterator[Sequence[str]]:
    """No more at a time than one query may ask for."""
    return (properties[start : start + _ARMS] for start in range(0, len(properties), _ARMS))


def _rank(item: tuple[str, object]) -> tuple[int, str]:
    """Names first, then the rest of ours, then that of the standards."""
    prop = item[0]
    if prop in ask.LABELS:
        return ask.LABELS.index(prop), prop
    return len(ask.LABELS) + (not prop.startswith(expand("zp:"))), prop


def _value(term: Mapping[str, str]) -> Value:
    text = term["value"] if term["type"] != "triple" else "<<( … )>>"
    if term["type"] == "uri":
        return Value(text=text, label=text, iri=True)
    datatype = term.get("datatype", "")
    return Value(
        text=text[:_LONG], label=text[:_LONG], language=term.get("xml:lang", ""), cut=len(text) > _LONG,
        datatype="" if datatype == _STRING else datatype,
    )  # fmt: skip


def _natural(value: Value) -> tuple[tuple[str, ...], str]:
    """Orders task/9 before task/10."""
    parts = _NUMBER.split(value.text)
    return tuple(part.zfill(20) if at % 2 else part for at, part in enumerate(parts)), value.language


# --- names ----------------------------------------------------------------------------------------------------


def find_labels(store: Store, iris: Sequence[str], language: str) -> dict[str, str]:
    """How each is called in the language, or in another where it has no name in it; never the bare IRI."""
    wanted = {each: written(each) for each in dict.fromkeys(iris)}
    best: dict[str, tuple[tuple[int, int], str]] = {}
    for row in rows(store, ask.labels_query(list(wanted.values()))) if wanted else ():
        rank = (ask.LABELS.index(row["p"]["value"]), _LANGUAGES[language].get(row["label"].get("xml:lang", ""), 3))
        name = row["x"]["value"]
        if name not in best or (rank, row["label"]["value"]) < best[name]:
            best[name] = rank, row["label"]["value"]
    names = {each: label for each, (_, label) in best.items()}
    nameless = {each: node for each, node in wanted.items() if each not in names and each not in term_names()}
    names |= _kinds(store, nameless, language) if nameless else {}
    return {each: _shortened(names[each]) if each in names else term_label(each, language) for each in iris}


def _kinds(store: Store, nameless: Mapping[str, str], language: str) -> dict[str, str]:
    """What nodes without a name are called: evidence by its words, others by what they are and the end of their IRI."""
    found: dict[str, str] = {}
    ours: set[str] = set()
    for row in sorted(rows(store, ask.kinds_query(list(nameless.values()))), key=lambda row: row["type"]["value"]):
        iri, kind = row["x"]["value"], row["type"]["value"]
        if "exact" in row:
            found[iri] = row["exact"]["value"]
        elif iri not in ours:
            found[iri] = f"{term_label(kind, language)} {short_name(iri)}"
        if kind.startswith(expand("zp:")):
            ours.add(iri)
    return found


_LANGUAGES = {"zh": {"zh": 0, "": 1, "en": 2}, "en": {"en": 0, "": 1, "zh": 2}}


def term_label(iri: str, language: str) -> str:
    """How a term is called."""
    words = term_names().get(iri)
    return (words[language == "en"] or words[0] or words[1]) if words else short_name(iri)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE else line[:_TITLE] + "…"


def _called(value: Value, labels: Mapping[str, str]) -> Value:
    return replace(value, label=labels[value.text]) if value.iri else value


def _named(group: Group, labels: Mapping[str, str], language: str) -> Group:
    return replace(
        group, label=term_label(group.property, language), values=tuple(_called(one, labels) for one in group.values)
    )  # fmt: skip


# --- evidence and history -------------------------------------------------------------------------------------


def _quotes(store: Store, iri: str, language: str) -> tuple[Quote, ...]:
    return tuple(_quote(row, language) for row in rows(store, ask.evidence_query(written(iri)))[: ask.SHOWN])


def _quote(row: Row, language: str) -> Quote:
    told: dict[str, Any] = {name: value["value"] for name, value in row.items()}
    states = told.get("states", "")
    return Quote(
        exact=told.get("exact", "")[:_LONG],
        before=told.get("before", ""),
        after=told.get("after", ""),
        place=told.get("place", ""),
        span=f"{told['start']}–{told['end']}" if "start" in told else "",
        states=term_label(states, language) if states else "",
        words=told.get("words", ""),
        document=told.get("document", ""),
        file=told.get("file", ""),
    )


def _origins(store: Store, ids: Ids, iri: str) -> tuple[Origin, ...]:
    graphs = [row["graph"]["value"] for row in rows(store, ask.graphs_query(written(iri)))]
    known = rows(store, ask.readings_query([written(each) for each in graphs], ids)) if graphs else []
    found: dict[str, Origin] = {}
    for row in known:
        told: dict[str, Any] = {name: value["value"] for name, value in row.items()}
        found[told["graph"]] = Origin(label=told["file"], **told)
    rest = [Origin(graph=each, label=short_name(each)) for each in sorted(graphs) if each not in found]
    return (*found.values(), *rest)
