"""A list on its way to a client: a page of items as JSON, as CSV, as a workbook, or the query behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Literal

from api.resources.work.tables import to_csv, write_xlsx
from kg.graph.resources.base import FACETS, Kept, Slice
from kg.ids import Ids
from kg.store import Store

Form = Literal["json", "csv", "xlsx", "query"]
Item = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A list as it was asked for: facets and filters as names or IRIs, the page, the form, the language of heads."""

    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # any of the values will do
    filters: Mapping[str, str] = field(default_factory=dict)
    limit: int = 50
    offset: int = 0
    form: Form = "json"
    language: str = "zh"
    subject: str = ""  # whose list it is, where it belongs to one thing
    links: Mapping[str, str] = field(default_factory=dict)  # addresses of this page and its neighbours, by their relation

    @property
    def part(self) -> Slice:
        return Slice(limit=self.limit, offset=self.offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page, the query that gives it, and the total where it is known."""

    items: Sequence[Item]
    query: str
    more: bool
    total: int | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)  # told once, beside the items


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the front learns of a page that was written."""

    more: bool
    total: int | None


Lister = Callable[[Store, Ids, Asked], Listed]


def write_list(store: Store, ids: Ids, out: BinaryIO, lister: Lister, asked: Asked) -> Told:
    """Write one page of a list."""
    page = lister(store, ids, asked)
    if asked.form == "csv":
        out.write(to_csv(page.items, asked.language))
    elif asked.form == "xlsx":
        write_xlsx(out, page.items, asked.language)
    elif asked.form == "query":
        out.write(page.query.encode("utf-8"))
    else:
        out.write(to_json(_envelope(page, asked)))
    return Told(more=page.more, total=page.total)


def _envelope(page: Listed, asked: Asked) -> Item:
    links = {name: url for name, url in asked.links.items() if name != "next" or page.more}
    return {
        **page.beside,
        "items": list(page.items),
        "limit": asked.limit,
        "offset": asked.offset,
        "total": page.total,
        "more": page.more,
        "links": links,
        "query": page.query,
    }


def cut_page(items: Sequence[Item], limit: int) -> tuple[list[Item], bool]:
    """The items of the page, and whether more follow."""
    return list(items[:limit]), len(items) > limit


def to_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


# --- filters ---------------------------------------------------------------------------------------------------------

_NAMED = {
    "plan": "plan", "unit": "unit", "instrument": "instrument", "function": "function", "task": "task",
    "matter": "fact", "earlier_plan": "plan", "earlier_place": "place",
}  # fmt: skip


def to_kept(store: Store, asked: Asked, kinds: str = "") -> Kept:
    """The facets and filters with IRIs for names; an error that lists the choices where a name means several things or none.

    `kinds` is the list of codes that `kind` is one of.
    """
    facets = {name: values for name, values in asked.facets.items() if values}
    given = {name: value for name, value in asked.filters.items() if value}
    facets |= {name: (given.pop(name),) for name in FACETS if name in given}
    places = tuple(_resolved(store, "place", each) for each in facets.get("place", ()))
    within = places[0] if len(places) == 1 else ""
    found: dict[str, Any] = {"place": places}
    for name, values in facets.items():
        if name != "place":
            found[name] = tuple(dict.fromkeys(_value(store, name, each, within) for each in values))
    for name, value in given.items():
        if name in _NAMED:
            found[name] = _resolved(store, _NAMED[name], value, "" if name.startswith("earlier_") else within)
        elif name == "status" or (name == "kind" and kinds):
            found[name] = _resolved(store, kinds if name == "kind" else name, value)
        else:
            found[name] = value
    return replace(Kept(), **found)


def _value(store: Store, facet: str, value: str, within: str) -> str:
    if facet in _NAMED:
        return _resolved(store, _NAMED[facet], value, within)
    return _resolved(store, "level", value) if facet == "level" else value


def _resolved(store: Store, means: str, value: str, within: str = "") -> str:
    from queries import resolve_name, the_one

    return the_one(resolve_name(store, means, value, place=within), means, value)


def batches(iris: Iterable[str], size: int = 200) -> Iterable[list[str]]:
    every = list(dict.fromkeys(iris))
    return (every[at : at + size] for at in range(0, len(every), size))
