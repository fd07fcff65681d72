"""What workers and the writer do for a job: read a file where it can be killed, store what was read, work out what follows."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any, BinaryIO

from kg.ids import Ids
from kg.ingestion import Ingested, find_stored, load_store_registry, prepare_store, withdraw
from kg.ingestion.single import store_one
from kg.pipeline import Knowledge, Prepared, prepare
from kg.refresh import refresh
from kg.store import Store
from kg.store.serving import iri
from ontology import prefixes

Report = dict[str, Any]


def begin(store: Store, ids: Ids) -> None:
    """Make the store ready to take documents."""
    store.recover()
    prepare_store(store, ids)


def read_file(store: Store, ids: Ids, path: str, target: str) -> str:
    """Read one file into a checked graph, kept at `target` for the writer; the error where it cannot be read."""
    prepared = prepare(Path(path), Knowledge.load(load_store_registry(store, ids), ids))
    if prepared.graph is None:
        return prepared.error
    with Path(target).open("wb") as out:
        pickle.dump(prepared, out, protocol=pickle.HIGHEST_PROTOCOL)
    return ""


def store_file(store: Store, ids: Ids, target: str) -> Report:
    """Store what was read; what became of the file."""
    with Path(target).open("rb") as kept:
        prepared: Prepared = pickle.load(kept)  # which `read_file` has written
    return report(store_one(store, ids, prepared))


def report(one: Ingested) -> Report:
    """What became of a file, as plain values."""
    graph = one.prepared.graph
    return {
        "file": one.path.name,
        "stored": graph is not None,
        "error": one.error or None,
        "document": f"/api/documents/{graph.iri.rsplit('/', 1)[-1]}" if graph else None,
        "plans": [{"iri": plan.iri, "label": plan.title, "number": plan.number or None, "tasks": plan.tasks} for plan in graph.plans]
        if graph
        else [],
        "tasks": sum(plan.tasks for plan in graph.plans) if graph else 0,
        "triples": graph.size if graph else 0,
        "again": one.again,
        "notes": [{"zh": note.zh, "en": note.en} for note in one.notes],
        "doubts": [{"code": each.code, "place": each.place, "zh": each.zh, "en": each.en} for each in one.prepared.doubts],
    }


def follow(store: Store, ids: Ids, told: str) -> None:
    """Work out what follows from the documents; each part is told of in a line of the file `told` before it begins."""
    with Path(told).open("a", encoding="utf-8") as lines:
        for step in refresh(store, ids):
            lines.write(f"{step.zh}\t{step.en}\n")
            lines.flush()


def take_out(store: Store, ids: Ids, sha256: str) -> list[Report]:
    """Withdraw the document of this SHA-256, or its first characters; those that it may mean where that is not one."""
    found = [one for one in find_stored(store, ids, sha256) if one.sha256.startswith(sha256.lower())]
    if len(found) == 1:
        withdraw(store, ids, found)
    return [{"sha256": one.sha256, "file": one.file, "tasks": one.tasks, "triples": one.triples} for one in found]


def dump(store: Store, ids: Ids, out: BinaryIO, form: str, graphs: tuple[str, ...]) -> None:  # noqa: ARG001
    """Write everything, or the named graphs."""
    for graph in graphs:
        iri(graph)
    store.export(out, form, list(graphs) or None, prefixes())
