"""A store as files: the triples as the store writes them, and JSON-LD with the project's context."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from kg.store import Store
from ontology import context, prefixes

FORMS = ("trig", "ttl", "nq", "nt", "rdfxml", "jsonld")


def export_store(store: Store, out: BinaryIO, form: str) -> None:
    """Write every graph; the same content gives the same bytes."""
    if form == "jsonld":
        _export_jsonld(store, out)
    else:
        store.export(out, form, prefixes=prefixes())


def _export_jsonld(store: Store, out: BinaryIO) -> None:
    """One object: the context once, then a named graph each, so that no more than one graph is in memory."""
    names = context()["@context"]
    head = json.dumps({"@context": names}, ensure_ascii=False, sort_keys=True)
    out.write((head[:-1] + ', "@graph": [').encode())
    for number, name in enumerate(sorted(store.graphs())):
        nodes = to_jsonld(store.graph(name), names)
        entry = json.dumps({"@id": name, "@graph": nodes}, ensure_ascii=False, sort_keys=True)
        out.write((",\n" if number else "\n").encode() + entry.encode())
    out.write(b"\n]}\n")


def to_jsonld(triples: bytes, names: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The nodes of a graph in the short names of the context, in order of their IRIs."""
    from rdflib import Graph  # takes a quarter of a second to import, which no other command should wait for

    graph = Graph()
    graph.parse(data=triples, format="nt")
    told = json.loads(graph.serialize(format="json-ld", context=dict(names), auto_compact=True))
    single = [{key: value for key, value in told.items() if key != "@context"}]  # a graph of one node is not wrapped
    nodes = told.get("graph", single if len(told) > 1 else [])
    return sorted(nodes, key=lambda node: str(node["id"]))
