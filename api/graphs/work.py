"""What the Graph Store Protocol has workers and the writer do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.ids import Ids
from kg.store import Store
from kg.store.serving import change_graph, graph_exists, to_lines, write_graph
from ontology import prefixes


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """RDF that came with a request, in a file, and the form that it is in."""

    path: str
    form: str


def read(store: Store, ids: Ids, out: BinaryIO, graph: str, form: str) -> bool:  # noqa: ARG001 - as every worker's function
    """Write a graph; whether there is one."""
    if not graph_exists(store, graph):
        return False
    write_graph(store, out, graph, form, prefixes())
    return True


def exists(store: Store, ids: Ids, graph: str) -> bool:  # noqa: ARG001
    return graph_exists(store, graph)


def parse(store: Store, ids: Ids, out: BinaryIO, parts: tuple[Part, ...], base: str) -> int:  # noqa: ARG001
    """Write what came as N-Triples; how many there are."""
    count = 0
    for part in parts:
        lines = to_lines(Path(part.path).read_bytes(), part.form, base)
        out.write(b"".join(lines))
        count += len(lines)
    return count


def put(store: Store, ids: Ids, graph: str, path: str, replace: bool) -> bool:  # noqa: ARG001
    """Store the lines of a file that `parse` wrote; whether the graph is new."""
    new = not graph_exists(store, graph)
    with Path(path).open("rb") as lines:
        change_graph(store, graph, list(lines), replace=replace)
    return new


def drop(store: Store, ids: Ids, graph: str) -> bool:  # noqa: ARG001
    """Drop a graph; whether there was one."""
    if not graph_exists(store, graph):
        return False
    change_graph(store, graph, None, replace=True)
    return True
