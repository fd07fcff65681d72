"""Documents into a store: each one whole or not at all, acknowledged once it is safe, and told what it meets there.

`opening` makes a store ours, `single` stores one document, `bulk` many, `held` finds and withdraws what is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.ids import Ids
from kg.ingestion.bulk import BULK_FROM, Bulk
from kg.ingestion.held import find_stored, list_stored, withdraw
from kg.ingestion.opening import (
    Imported,
    find_instruments,
    import_registry,
    load_store_registry,
    open_ours,
    prepare_store,
    store_registry,
)
from kg.ingestion.single import Ingested, Note, store_one
from kg.pipeline import prepare_many
from kg.store import Store

__all__ = [
    "Imported",
    "Ingested",
    "Note",
    "find_instruments",
    "find_stored",
    "import_registry",
    "ingest",
    "list_stored",
    "load_store_registry",
    "open_ours",
    "prepare_store",
    "store_registry",
    "withdraw",
]


def ingest(paths: Sequence[Path], store: Store, ids: Ids, jobs: int | None = None) -> Iterator[Ingested]:
    """Read, check and store the files; each outcome comes when the store has acknowledged it, in order of the files."""
    store.recover()  # what an ingestion that was killed left half done behind a server
    registry = prepare_store(store, ids)
    prepared = prepare_many(paths, registry, ids, jobs)
    if len(paths) >= BULK_FROM:
        yield from Bulk(store, ids).run(prepared)
    else:
        yield from (store_one(store, ids, one) for one in prepared)
