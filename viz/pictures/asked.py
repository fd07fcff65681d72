"""The answer of a query as a graph: what a SELECT puts in its columns, or the triples of a CONSTRUCT."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import QueryError
from kg.graph.resources.around import RELATIONS
from kg.graph.resources.pictures import names_query, terms
from kg.ids import Ids
from kg.store import Store, gives_graph
from kg.store.rows import select_strings
from ontology import expand, prefixes
from queries.terms import is_iri
from viz.pictures.labels import bounded, plain
from viz.pictures.look import kind_of, stroke
from viz.pictures.model import Graph, Notice, Thing, Tie
from viz.pictures.told import last_part, read_things, with_words

# What columns may be called; what stands first in the query counts where none of these is there.
_COLUMNS = {
    "subject": ("subject", "s", "source", "from", "主体", "来源", "task", "任务"),
    "relation": ("relation", "predicate", "p", "property", "edge", "关系", "role"),
    "object": ("object", "o", "target", "to", "客体", "去向", "unit", "单位"),
}
_NAMES = {"prefLabel", "label", "title", "text", "fileName", "name"}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_TITLE = re.compile(r"^#\+ summary: (.+)$", re.MULTILINE)  # as stock queries have it

Value = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One edge as the query gives it: its ends as terms, and what they are and are called where it says so."""

    subject: Value
    relation: str = ""
    object: Value | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)


def read_answer(store: Store, ids: Ids, file: Path, most: int) -> Graph:
    """The graph that a query gives."""
    query = file.read_text("utf-8-sig")
    rows = list(_triples(store, query) if gives_graph(query) else _selected(store, query, file))
    relations = _relations(store, {row.relation for row in rows})
    keys, names, cut = _ends(rows, most)
    iris = [key for key, value in keys.items() if value["type"] == "uri"]
    known = {thing.key: thing for thing in read_things(store, iris, names)}
    said = {key: kind_of(kind) for row in rows for key, kind in row.kinds.items()}
    things = tuple(known[key] if key in known else _value(key, value, names.get(key, "")) for key, value in keys.items())
    things = tuple(replace(thing, kind=said.get(thing.key, "Other")) if thing.kind == "Other" else thing for thing in things)
    ties = {_tie(row, relations) for row in rows if row.object and _key(row.subject) in keys and _key(row.object) in keys}
    tasks = [thing.key for thing in things if thing.kind in {"Task", "Statement"}]
    notice = Notice(
        zh=f"查询给出的事物超过 {most} 个，只取了前 {most} 个；用 --limit 多取",
        en=f"the query gives more than {most} things; only the first {most} are shown, raise --limit",
    )
    return Graph(
        title=plain(title[1]) if (title := _TITLE.search(query)) else file.stem,
        subtitle=f"查询结果 results of a query · {len(rows)} 行 rows",
        things=things,
        ties=with_words(store, ids, sorted(ties, key=lambda tie: (tie.source, tie.target, tie.relation)), tasks),
        notices=(notice,) if cut else (),
    )


def _ends(rows: Iterable[Row], most: int) -> tuple[dict[str, Value], dict[str, str], bool]:
    """The things at both ends in order, what the query calls them, and whether there were more."""
    keys: dict[str, Value] = {}
    names: dict[str, str] = {}
    cut = False
    for row in rows:
        names |= row.names
        for value in (row.subject, *([row.object] if row.object else [])):
            if _key(value) in keys:
                continue
            if len(keys) >= most:
                cut = True
                continue
            keys[_key(value)] = value
    return keys, names, cut


def _key(value: Value) -> str:
    return value["value"] if value["type"] == "uri" else f"{value['type']}:{value['value']}"


def _value(key: str, value: Value, name: str) -> Thing:
    """A word, a number, or a node without a name of its own."""
    label = name or ("（无名 unnamed）" if value["type"] == "bnode" else value["value"])
    return Thing(key=key, kind="Other" if value["type"] == "bnode" else "Value", label=bounded(plain(label)) or "（空 empty）")


def _tie(row: Row, relations: Mapping[str, str]) -> Tie:
    assert row.object
    return Tie(source=_key(row.subject), target=_key(row.object), relation=relations[row.relation])


def _relations(store: Store, given: Set[str]) -> dict[str, str]:
    """What each relation is called: ours by their names, what the store has a name for by that, all else by its own words."""
    ours = {expand(short): name for short, name in terms().items()}
    spoken = {stroke(name).zh.removesuffix("单位"): name for name in ("lead", "responsible", "support")}
    iris = sorted(one for one in given if is_iri(one))
    told: dict[tuple[str, str], str] = {}
    for row in select_strings(store, names_query(iris)) if iris else ():
        told[row["term"], row["language"]] = min(row["name"], told.get((row["term"], row["language"]), row["name"]))
    found = {}
    for one in given:
        last = last_part(one) if is_iri(one) else one
        names = " ".join(told[one, language] for language in ("zh", "en") if (one, language) in told)
        found[one] = ours.get(one) or spoken.get(one) or (last if last in RELATIONS else "") or names or plain(last)[:60] or "→"
    return found


# --- SELECT ---------------------------------------------------------------------------------------------------------


def _selected(store: Store, query: str, file: Path) -> Iterator[Row]:
    answer = json.loads(store.query(query, "json", prefixes()))
    if "boolean" in answer:
        raise QueryError("ASK 的回答画不成图", "the answer of ASK is no graph", file=str(file))
    columns = answer["head"]["vars"]
    ends = _columns(columns, file)
    for row in answer["results"]["bindings"]:
        if ends["subject"] in row and row[ends["subject"]]["type"] != "triple":
            yield _row(row, ends)


def _columns(columns: list[str], file: Path) -> dict[str, str]:
    """Which column is which end: by its name, else by its place among two or three."""
    plainly = [name for name in columns if not _is_label(name, columns)]
    found = {end: next((name for name in columns if name.lower() in names), "") for end, names in _COLUMNS.items()}
    if found["subject"] and found["object"]:
        return found
    if len(plainly) == 2:
        return {"subject": plainly[0], "relation": "", "object": plainly[1]}
    if len(plainly) == 3:
        return dict(zip(("subject", "relation", "object"), plainly, strict=True))
    raise QueryError(
        f"看不出哪一列是起点、关系、终点：{'、'.join(columns) or '没有列'}。请把列叫作 ?subject ?relation ?object"
        "（名称可另给 ?subject_label ?object_label），或用 CONSTRUCT",
        f"name the columns ?subject ?relation ?object, not {', '.join(columns) or 'none'}; or use CONSTRUCT",
        file=str(file),
    )


def _is_label(name: str, columns: list[str]) -> bool:
    """Whether a column says what another is called."""
    return any(name in {f"{other}_label", f"{other}Label", f"{other}_name"} for other in columns)


def _row(row: Mapping[str, Any], ends: Mapping[str, str]) -> Row:
    names = {}
    for end in ("subject", "object"):
        column = ends[end]
        label = next((row[name]["value"] for name in (f"{column}_label", f"{column}Label", f"{column}_name") if name in row), "")
        if column in row and label:
            names[_key(row[column])] = label
    relation = row.get(ends["relation"], {}).get("value", "")
    target = row.get(ends["object"])
    return Row(
        subject=row[ends["subject"]],
        relation=relation,
        object=target if target and target["type"] != "triple" else None,
        names=names,
    )


# --- CONSTRUCT ------------------------------------------------------------------------------------------------------


def _triples(store: Store, query: str) -> Iterator[Row]:
    """Triples between things are edges; names and types tell what a thing is; all other words are things of their own."""
    from rdflib import Graph as Triples  # a second to load

    for subject, way, target in sorted(Triples().parse(data=store.query(query, "nt", prefixes()), format="nt")):
        start, end, local = _term(subject), _term(target), last_part(str(way))
        if str(way) == _TYPE:
            yield Row(subject=start, kinds={_key(start): last_part(str(target))})
        elif end["type"] == "literal" and local in _NAMES:
            yield Row(subject=start, names={_key(start): end["value"]})
        else:
            yield Row(subject=start, relation=str(way), object=end)


def _term(term: object) -> Value:
    from rdflib import BNode, URIRef

    kind = "uri" if isinstance(term, URIRef) else "bnode" if isinstance(term, BNode) else "literal"
    return {"type": kind, "value": str(term)}
