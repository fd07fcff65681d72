"""Where the graphs are kept: in a folder, in memory, or behind a SPARQL 1.1 endpoint; one Protocol for all.

`base` says what a store can do, `embedded` and `remote` do it, `folder` knows what lies in a folder, `backup` copies a store.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import StoreError
from kg.store.backup import backup, restore
from kg.store.base import Parcel, Row, Settings, Store, Term
from kg.store.embedded import EmbeddedStore
from kg.store.folder import Folder

__all__ = ["Parcel", "Row", "Settings", "Store", "Term", "backup", "open_store", "restore"]

MEMORY = "memory"


def open_store(where: str | Path, *, create: bool = False, read_only: bool = False, settings: Settings | None = None) -> Store:
    """The store at `where`: a folder, `memory`, or the URL of an endpoint. With `create`, a folder that is not there is made one.

    A folder opened read-only shows what was stored when it was opened, also while another process writes to it.
    """
    settings = settings or Settings()
    name = str(where)
    if name == MEMORY:
        return EmbeddedStore.in_memory()
    if urlsplit(name).scheme in {"http", "https"}:
        from kg.store.remote import RemoteStore  # loads rdflib, which a folder does not need

        return RemoteStore.at(name, read_only=read_only, settings=settings)
    if "://" in name:
        raise StoreError(
            f"不认识的库地址“{name}”：请给出文件夹、memory 或 http(s) 网址", "expected a folder, memory, or an http(s) URL", file=name
        )
    folder = Folder(Path(name))
    if create and not read_only:
        folder.create(settings)
    folder.check(settings)
    return EmbeddedStore.reading(folder, settings) if read_only else EmbeddedStore.writing(folder, settings)
