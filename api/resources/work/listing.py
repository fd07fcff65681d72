"""A list on its way to a client: a page of items as JSON, as CSV, or the query behind it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Literal, cast

from kg.graph.resources.base import Kept, Slice
from kg.ids import Ids
from kg.store import Store

Form = Literal["json", "csv", "query"]
Item = dict[str, Any]
_BOM = "\ufeff"  # by which spreadsheets know that it is UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A list as it was asked for: filters as names or IRIs, the page, the form."""

    filters: Mapping[str, str] = field(default_factory=dict)
    limit: int = 50
    offset: int = 0
    form: Form = "json"
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
        out.write(to_csv(page.items))
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


# --- CSV -----------------------------------------------------------------------------------------------------------


def to_csv(items: Sequence[Mapping[str, Any]]) -> bytes:
    """A row an item; what an item has several of stands in one cell, and no cell is a formula."""
    rows = [flat(item) for item in items]
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name, "")) for name in names] for row in rows)
    return (_BOM + out.getvalue()).encode("utf-8")


def flat(item: Mapping[str, Any], before: str = "") -> dict[str, str]:
    """An item as one row of named cells."""
    row: dict[str, str] = {}
    for name, value in item.items():
        if name == "links":
            continue
        if isinstance(value, Mapping):
            row.update(flat(value, f"{before}{name}_"))
        elif isinstance(value, list):
            row[before + name] = "；".join(dict.fromkeys(_word(each) for each in value))
        else:
            row[before + name] = "" if value is None else str(value)
    return row


def _word(value: object) -> str:
    """One thing of several in a word: how it is printed or called."""
    if isinstance(value, Mapping):
        told = cast("Mapping[str, object]", value)
        return str(next((told[name] for name in ("printed", "label", "zh", "file", "iri") if told.get(name)), ""))
    return str(value)


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


# --- filters ---------------------------------------------------------------------------------------------------------

_NAMED = {"plan": "plan", "place": "place", "unit": "unit", "instrument": "instrument", "function": "function", "task": "task"}


def to_kept(store: Store, asked: Asked, kinds: str = "") -> Kept:
    """The filters with IRIs for names; an error that lists the choices where a name means several things or none.

    `kinds` is the list of codes that `kind` is one of.
    """
    from queries import resolve_name, the_one

    given = {name: value for name, value in asked.filters.items() if value}
    place = the_one(resolve_name(store, "place", given["place"]), "place", given["place"]) if "place" in given else ""
    found: dict[str, str] = {}
    for name, value in given.items():
        if name == "place":
            found[name] = place
        elif name in _NAMED:
            found[name] = the_one(resolve_name(store, name, value, place=place), name, value)
        elif name in {"level", "status"} or (name == "kind" and kinds):
            scheme = kinds if name == "kind" else name
            found[name] = the_one(resolve_name(store, scheme, value), scheme, value)
        else:
            found[name] = value
    return replace(Kept(), **found)  # type: ignore[arg-type]  # all of these are strings


def batches(iris: Iterable[str], size: int = 200) -> Iterable[list[str]]:
    every = list(dict.fromkeys(iris))
    return (every[at : at + size] for at in range(0, len(every), size))
