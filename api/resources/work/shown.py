"""Rows of answers as plain values: things with their addresses, codes with their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, unquote

from api.errors import NotFound
from kg.errors import ZhengpuError
from kg.graph.counts import MEASURES
from kg.ids import CODES, Ids
from kg.store import Store
from kg.store.rows import select_strings
from ontology import codes

Row = Mapping[str, str]
Item = dict[str, Any]
_SAFE = "/:@!$&'()*+,;="
# where things of a kind are found: the first segment of their IRI, and the resource
_KINDS = {"plan": "plans", "task": "tasks", "unit": "units", "instrument": "instruments", "document": "documents"}
_STATE, _WHOLE_STATE = "000000", "全国"  # the code that GB/T 2260 leaves free, and what it is read as
_LABEL = 40  # characters of a task that serve as its name


def address_of(ids: Ids, iri: str) -> str:
    """The path of the resource that tells of a thing; empty where there is none. What the IRI has escaped is escaped once more."""
    kind, _, tail = iri.removeprefix(ids.base).partition("/")
    if not iri.startswith(ids.base) or not tail:
        return ""
    if kind == "plan" and ("/task/" in tail or "/statement/" in tail):
        kind = "task"
    elif kind == "group":
        kind, tail = "unit", f"group/{tail}"
    if kind not in _KINDS or (kind == "plan" and "/section/" in tail):
        return ""
    return f"/api/{_KINDS[kind]}/{quote(tail, safe=_SAFE)}"


def find_thing(store: Store, ids: Ids, kind: str, name: str, also: str = "") -> str:
    """The IRI that a path means: by the end of the IRI, as a whole IRI, or by a name that only one thing has."""
    from queries import resolve_name, the_one

    first = {"task": "plan"}.get(kind, kind)
    iri = name if name.startswith(ids.base) else f"{ids.base}{name if name.startswith('group/') and kind == 'unit' else f'{first}/{name}'}"
    try:
        if resolve_name(store, kind, iri):
            return iri
        found = resolve_name(store, kind, unquote(name)) if kind in {"plan", "task", "unit", "instrument"} else ()
    except ZhengpuError as error:
        raise _unknown(name, also) from error
    if not found:
        raise _unknown(name, also)
    return the_one(found, kind, name)


def _unknown(name: str, also: str) -> NotFound:
    return NotFound(f"没有“{name[:200]}”{also}", f"there is no {name[:200]!r}")


def thing(ids: Ids, row: Row, name: str, label: str = "") -> Item | None:
    """What a row says of one of its things: IRI, label, address."""
    if name not in row:
        return None
    state = _WHOLE_STATE if row[name] == ids.jurisdiction(_STATE) else ""  # which the registry of places has no name for
    item: Item = {"iri": row[name], "label": row.get(label or f"{name}_label") or state or last_part(row[name])}
    if path := address_of(ids, row[name]):
        item["links"] = {"self": path}
    return item


def last_part(iri: str) -> str:
    return unquote(iri.rsplit("/", 1)[-1])


def coded(iri: str | None) -> Item | None:
    """A concept of a code list with its names."""
    if not iri:
        return None
    scheme, _, name = iri.removeprefix(CODES).partition("/")
    told = _codes(scheme).get(name)
    return {"code": name, "zh": told[0] if told else name, "en": told[1] if told else name}


@cache
def _codes(scheme: str) -> dict[str, tuple[str, str]]:
    return {name: (one.zh, one.en) for name, one in codes(scheme).items()}


def number(row: Row, name: str) -> int | None:
    return int(row[name]) if name in row else None


def short(text: str) -> str:
    """The first words of a text, as its name."""
    return text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"


def first_rows(rows: Iterable[Row], name: str) -> dict[str, Row]:
    """One row for each thing, in order; where two sources differ, the first."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row[name], row)
    return found


def by_thing(store: Store, query: str, name: str) -> dict[str, list[dict[str, str]]]:
    """The rows of an answer for each thing."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in select_strings(store, query):
        if name in row:
            found[row[name]].append(row)
    return found


def totals(store: Store, query: str, name: str) -> dict[str, dict[str, int]]:
    """Kept totals for each thing, by the names of what is counted."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in select_strings(store, query):
        measure = row["measure"].rsplit("#", 1)[-1]
        if measure in MEASURES:
            found[row[name]][measure] = int(row["total"])
    return found
