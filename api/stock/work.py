"""What a stock query has workers do: find what names mean, ask the store, write a page of rows."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal
from urllib.parse import urlencode

from api.resources.work.tables import head_of, write_workbook
from kg.ids import Ids
from kg.store import Store
from kg.store.questions import plain
from kg.store.serving import Dataset, Forms, answer_query
from ontology import prefixes
from queries import Candidate, StockQuery, bind, find_query, resolve_name
from queries.binding import check_values

Form = Literal["json", "csv", "xlsx", "sparql-json", "text"]
Binding = Mapping[str, Mapping[str, str]]

CHOICES = 50  # candidates that are told
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = {_XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger", "gYear")}
_REAL = {_XSD + name for name in ("decimal", "double", "float")}
_SELECT = re.compile(r"^\s*SELECT\b", re.MULTILINE | re.IGNORECASE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of one
_SIGNED = re.compile(r"[+-][\d.,]+%?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A stock query that is asked for, and how its answer is to be."""

    name: str
    values: Mapping[str, str]  # as they were given
    form: Form
    limit: int | None
    offset: int
    total: bool  # whether all rows are to be counted
    bom: bool  # a CSV for a spreadsheet
    address: str  # of the query
    pairs: tuple[tuple[str, str], ...]  # of the address, without the offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A name that means several things, or none."""

    parameter: str
    kind: str
    text: str
    candidates: tuple[Candidate, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was written."""

    next: bool


def page_url(wanted: Wanted, offset: int) -> str:
    """The address of the page that begins there."""
    return f"{wanted.address}?{urlencode([*wanted.pairs, *([('offset', offset)] if offset else [])])}"


def ask(store: Store, ids: Ids, out: BinaryIO, wanted: Wanted) -> Answered | Unclear:  # noqa: ARG001 - as every worker's function
    """Write the answer; or nothing, and which name is not clear."""
    query = find_query(wanted.name)
    values = resolve(store, query, wanted.values)
    if isinstance(values, Unclear):
        return values
    if wanted.form == "text":
        out.write(_bound(query, values, wanted.limit, wanted.offset).encode())
        return Answered(next=False)
    if wanted.form in {"csv", "sparql-json"} and wanted.limit is None and not wanted.bom:
        rows = "csv" if wanted.form == "csv" else "json"
        text = _bound(query, values, None, wanted.offset)
        answer_query(store, out, text, Forms(rows=rows, truth=None, graph=None), Dataset(), prefixes=prefixes())
        return Answered(next=False)
    return _write_page(store, out, query, values, wanted)


def resolve(store: Store, query: StockQuery, given: Mapping[str, str]) -> dict[str, str] | Unclear:
    """The values with an IRI for every name, the place first, which tells units and plans apart."""
    values = check_values(query, given)
    by_name = [one for one in query.parameters if one.type == "iri" and one.name in values]
    for parameter in sorted(by_name, key=lambda one: one.name != "place"):
        text = values[parameter.name]
        found = resolve_name(store, parameter.kind, text, place=values.get("place", "") if parameter.name != "place" else "")
        if len(found) != 1:
            return Unclear(parameter=parameter.name, kind=parameter.kind, text=text, candidates=found[:CHOICES], count=len(found))
        values[parameter.name] = found[0].iri
    return values


def _bound(query: StockQuery, values: Mapping[str, str], limit: int | None, offset: int) -> str:
    page = {"limit": "" if limit is None else str(limit), "offset": str(offset or "")}
    return bind(query, {**values, **page})


def _write_page(store: Store, out: BinaryIO, query: StockQuery, values: Mapping[str, str], wanted: Wanted) -> Answered:
    """Write the rows of a page. One row more is asked for, which shows whether another page follows."""
    more = None if wanted.limit is None else wanted.limit + 1
    told = json.loads(store.query(_bound(query, values, more, wanted.offset), "json", prefixes()))
    columns, rows = told["head"]["vars"], told["results"]["bindings"]
    following = wanted.limit is not None and len(rows) > wanted.limit
    rows = rows[: wanted.limit]
    if wanted.form == "csv":
        out.write(_to_csv(columns, rows, bom=wanted.bom))
    elif wanted.form == "xlsx":
        named = {name.removesuffix("_label") for name in columns if name.endswith("_label")}
        heads = [head_of(name, values.get("lang") or "zh") + (" IRI" if name in named else "") for name in columns]
        write_workbook(out, heads, [[_cell(row.get(name)) for name in columns] for row in rows])
    elif wanted.form == "sparql-json":
        out.write(json.dumps({"head": {"vars": columns}, "results": {"bindings": rows}}, ensure_ascii=False).encode())
    else:
        total = wanted.offset + len(rows) if not following and (rows or not wanted.offset) else None
        if total is None and wanted.total:
            total = _count(store, query, values)
        body = {
            "query": query.name,
            "parameters": {name: value for name, value in values.items() if name not in {"limit", "offset"}},
            "columns": columns,
            "rows": [{name: _plain(row.get(name)) for name in columns} for row in rows],
            "limit": wanted.limit,
            "offset": wanted.offset,
            "total": total,
            "next": page_url(wanted, wanted.offset + len(rows)) if following else None,
        }
        out.write(json.dumps(body, ensure_ascii=False).encode())
    return Answered(next=following)


def _count(store: Store, query: StockQuery, values: Mapping[str, str]) -> int:
    """How many rows there are in all."""
    text = _bound(query, values, None, 0)
    found = _SELECT.search(plain(text))
    start = found.start() if found else 0
    counted = f"{text[:start]}\nSELECT (COUNT(*) AS ?n) WHERE {{ {{ {text[start:]}\n }} }}"
    return int(json.loads(store.query(counted, "json", prefixes()))["results"]["bindings"][0]["n"]["value"])


def _plain(term: Mapping[str, str] | None) -> Any:
    """A value as JSON has it: numbers and truth as such, all else as text; null where there is none."""
    if term is None:
        return None
    text, datatype = term["value"], term.get("datatype", "")
    if datatype == _XSD + "boolean":
        return text in {"true", "1"}
    try:
        if datatype in _WHOLE:
            return int(text)
        if datatype in _REAL and math.isfinite(float(text)):
            return float(text)
    except ValueError:
        pass  # not what its type says: shown as it is written
    return text


def _cell(term: Mapping[str, str] | None) -> str | int | float:
    """A value as a workbook has it."""
    value = _plain(term)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return "" if term is None else term["value"]


def _to_csv(columns: Sequence[str], rows: Iterable[Binding], *, bom: bool) -> bytes:
    """As the store writes it; for a spreadsheet with a byte order mark, and with no cell that it would take for a formula."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        cells = [row[name]["value"] if name in row else "" for name in columns]
        writer.writerow([_harmless(cell) for cell in cells] if bom else cells)
    return ("\ufeff" if bom else "").encode() + lines.getvalue().encode()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) and not _SIGNED.fullmatch(cell) else cell
