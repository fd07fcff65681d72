"""A document's reading put together again from its graph by SPARQL, in the shape of docs/format.md."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from kg.store import Store
from kg.store.rows import select_strings
from kg.text import key
from ontology import prefixes

_OPERATORS = {"ge": ">=", "le": "<=", "eq": "=", "gt": ">", "lt": "<"}
_HEAD = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in prefixes().items())


def rows(store: Store, query: str) -> list[dict[str, str]]:
    return list(select_strings(store, f"{_HEAD} {query}"))


def documents(store: Store) -> dict[str, str]:
    """The graph of each file."""
    return {row["file"]: row["graph"] for row in rows(store, "SELECT ?graph ?file { ?graph zp:fileName ?file ; zp:graphOf ?plan }")}


def read_back(store: Store, graph: str) -> dict[str, Any]:
    """Tasks with their units, deadlines, citations and measures, and the citations of the document."""
    tasks = {row["task"]: row for row in rows(store, f"SELECT ?task ?text ?number ?start {{ GRAPH <{graph}> {{ {_TASK} }} }}")}
    parts = {name: _by_task(store, graph, pattern) for name, pattern in _PARTS.items()}
    in_order = sorted(tasks, key=lambda task: int(tasks[task]["start"]))
    listed = {row["one"]: row for row in reversed(_in_print(rows(store, f"SELECT * {{ GRAPH <{graph}> {{ {_CITED} }} }}")))}
    named = {task: tasks[task].get("number") or at for at, task in enumerate(in_order)}
    return {
        "tasks": [
            {
                "text": tasks[task]["text"],
                "seq": tasks[task].get("number"),
                "units": [
                    {"name": one["name"], "role": _last(one["role"]), "group": "/group/" in one.get("unit", "")}
                    for one in parts["units"][task]
                ],
                "deadlines": [_deadline(one) for one in parts["deadlines"][task]],
                "citations": [{"title": one.get("title"), "number": one.get("number")} for one in parts["citations"][task]],
                "measures": [
                    {"text": one["words"], "op": _OPERATORS[_last(one["op"])], "value": float(one["value"]), "unit": one.get("unit", "")}
                    for one in parts["measures"][task]
                ],
            }
            for task in in_order
        ],
        "citations": [
            {"title": one.get("title"), "number": one.get("number"), "task": named.get(one["by"])} for one in listed.values()
        ],  # by a plan or a task
    }


_TASK = """?task a zp:Task ; zp:text ?text ; prov:wasQuotedFrom/oa:hasSelector/oa:start ?start
  OPTIONAL { ?task zp:printedNumber ?number }"""
_CITATION = """zp:hasCitation ?one . ?one zp:asPrinted ?words
  OPTIONAL { ?one zp:titleAsPrinted ?title } OPTIONAL { ?one zp:numberAsPrinted ?number }"""
_CITED = f"?by a ?kind FILTER(?kind IN (zp:Plan, zp:Task)) ?by {_CITATION}"
_PARTS = {
    "units": "?task zp:hasAssignment ?one . ?one zp:nameAsPrinted ?name ; zp:role ?role . OPTIONAL { ?one zp:unit ?unit }",
    "citations": f"?task {_CITATION}",
    "measures": """?task zp:hasMeasure ?one . ?one zp:asPrinted ?words ; zp:operator ?op ; zp:value ?value
  OPTIONAL { ?one zp:valueUnit ?unit }""",
    "deadlines": """?task zp:hasDeadline ?one . ?one a ?kind ; zp:asPrinted ?words
  FILTER(STRENDS(STR(?kind), "Deadline") && ?kind != zp:Deadline)
  OPTIONAL { ?one time:inXSDDate ?date } OPTIONAL { ?one zp:trigger ?trigger }
  OPTIONAL { ?one zp:amount ?amount ; zp:amountUnit ?unit } OPTIONAL { ?one zp:period ?period }""",
}


def _by_task(store: Store, graph: str, pattern: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for row in _in_print(rows(store, f"SELECT * {{ GRAPH <{graph}> {{ {pattern} }} }}")):
        if (row["task"], row["one"]) not in seen:  # an instrument with two numbers is one citation
            seen.add((row["task"], row["one"]))
            found[row["task"]].append(row)
    return found


def _in_print(found: list[dict[str, str]]) -> list[dict[str, str]]:
    """Of a citation with several numbers the one that is printed first comes first."""
    return sorted(found, key=lambda row: key(row["words"]).find(row["number"][row["number"].find("〔") :]) if "number" in row else 0)


def _deadline(row: dict[str, str]) -> dict[str, Any]:
    kind = row["kind"].rsplit("#", 1)[1].removesuffix("Deadline").lower()
    told: dict[str, Any] = {"text": row["words"], "kind": kind, "date": row.get("date")}
    if kind == "relative":
        told |= {
            "trigger": row.get("trigger", ""),
            "amount": int(row["amount"]) if "amount" in row else None,
            "unit": _last(row.get("unit", "/")),
        }
    if kind == "recurring":
        told["period"] = _last(row.get("period", "/"))
    return told


def _last(iri: str) -> str:
    return iri.rsplit("/", 1)[1]
