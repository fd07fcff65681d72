"""Where the graphs are kept: in a folder, in memory, or behind a SPARQL 1.1 endpoint; one Protocol for all.

`base` says what a store can do, `embedded` and `remote` do it, `folder` knows what lies in a folder, `backup` copies a store.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.store.address import MEMORY, kind_of
from kg.store.backup import backup, restore
from kg.store.base import Parcel, Row, Settings, Store, Term
from kg.store.embedded import EmbeddedStore
from kg.store.folder import Folder
from kg.store.questions import gives_graph

if TYPE_CHECKING:
    from kg.store.remote import RemoteStore

__all__ = ["MEMORY", "Parcel", "Row", "Settings", "Store", "Term", "backup", "gives_graph", "kind_of", "open_store", "restore"]


def open_store(where: str | Path, *, create: bool = False, read_only: bool = False, settings: Settings | None = None) -> Store:
    """The store at `where`: a folder, `memory`, or the URL of an endpoint. With `create`, a folder that is not there is made one.

    A folder opened read-only shows what was stored when it was opened, also while another process writes to it.
    """
    settings = settings or Settings()
    store = _opened(str(where), create, read_only, settings)
    store.federated = settings.federated
    return store


def _opened(where: str, create: bool, read_only: bool, settings: Settings) -> EmbeddedStore | RemoteStore:
    kind = kind_of(where)
    if kind == "memory":
        return EmbeddedStore.in_memory()
    if kind == "server":
        from kg.store.remote import RemoteStore  # loads rdflib, which a folder does not need

        return RemoteStore.at(where, read_only=read_only, settings=settings)
    folder = Folder(Path(where))
    if create and not read_only:
        folder.create(settings)
    folder.check(settings)
    return EmbeddedStore.reading(folder, settings) if read_only else EmbeddedStore.writing(folder, settings)
