"""A store as ours: of our base and layout, with the registry that documents are read with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import StoreError
from kg.graph import to_registry
from kg.graph.catalogue import STORE_VERSION, version_lines, versions_query
from kg.graph.registry import instruments_query, to_instruments
from kg.ids import Ids
from kg.model import Instrument, Issue
from kg.resolve import Registry, load_functions, load_registry, merge_registries, national_places, own_places, read_registry
from kg.store import Parcel, Settings, Store, kind_of, open_store
from kg.store.folder import Folder
from kg.store.rows import select_strings
from ontology import vocabulary

_WITH_IMPORTS = "+"  # behind the version of a registry that has more than ours


# --- opening ------------------------------------------------------------------------------------------------------


def open_ours(where: str, ids: Ids, *, create: bool = False, read_only: bool = False) -> Store:
    """The store at `where`. One that was made for another base, or by a newer version, is refused and left alone."""
    settings = Settings(base_iri=ids.base)
    if not read_only and kind_of(where) == "folder" and Folder(Path(where)).checkpoints():
        with open_store(where, read_only=True, settings=settings) as shown:  # opened for writing it would be tidied up
            _check_layout(_held(shown, ids), shown.where)
    store = open_store(where, create=create, read_only=read_only, settings=settings)
    try:
        _check_layout(_held(store, ids), store.where)
    except StoreError:
        store.close()
        raise
    return store


def _check_layout(held: Mapping[str, str], where: str) -> None:
    layout = int(held.get("", STORE_VERSION))
    if layout > STORE_VERSION:
        zh = f"库的版式是{layout}，本程序只认到{STORE_VERSION}：请升级 zhengpu；库没有改动"
        en = f"the store has layout {layout}, this program knows up to {STORE_VERSION}: upgrade zhengpu; the store was not touched"
        raise StoreError(zh, en, file=where)


# --- the registry of a store ----------------------------------------------------------------------------------


def load_store_registry(store: Store, ids: Ids) -> Registry:
    """Our registry with what was imported into the store."""
    return _registry_of(store, ids, _held(store, ids).get(ids.graph("registry"), ""))


def _registry_of(store: Store, ids: Ids, held: str) -> Registry:
    if not held.endswith(_WITH_IMPORTS):
        return load_registry()
    return merge_registries(load_registry(), Registry(instruments=tuple(to_instruments(select_strings(store, instruments_query(ids))))))


def prepare_store(store: Store, ids: Ids) -> Registry:
    """The registry to read with. A new store, or one that an older version filled, is given ours; what was imported stays."""
    held = _held(store, ids)
    _check_layout(held, store.where)
    version = held.get(ids.graph("registry"), "")
    registry = _registry_of(store, ids, version)
    if version.removesuffix(_WITH_IMPORTS) != _registry_version():
        store_registry(store, registry, ids)
    if held.get(ids.graph("ontology")) != _digest(vocabulary()):
        _store_part(store, ids, "ontology", vocabulary(), _digest(vocabulary()))
    extra = own_places()
    if extra and held.get(ids.graph("places")) != _digest(repr(extra).encode()):
        _store_part(store, ids, "places", to_registry(extra, (), (), ids), _digest(repr(extra).encode()))
    return registry


def _held(store: Store, ids: Ids) -> dict[str, str]:
    """Which version of each of the registry's graphs the store has; under "" the layout of the store."""
    held = {}
    for row in select_strings(store, versions_query(ids)):
        if "store" in row:
            held[""] = row["store"]
        else:
            held[row["node"]] = row["version"]
    return held


def store_registry(store: Store, registry: Registry, ids: Ids) -> None:
    """Replace the registry graph as a whole."""
    triples = to_registry(national_places(), load_functions(), registry.instruments, ids)
    _store_part(store, ids, "registry", triples, _registry_version() + ("" if registry is load_registry() else _WITH_IMPORTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of importing a registry: instruments read, new, and in all; what was wrong in the file."""

    read: int
    new: int
    total: int
    issues: tuple[Issue, ...]


def import_registry(path: Path, where: str, ids: Ids) -> Imported:
    """Add the instruments of a file or a folder to the store's registry; a new store is made only for what can be read."""
    more = read_registry(path)
    with open_ours(where, ids, create=True) as store:
        before = prepare_store(store, ids)
        after = merge_registries(before, more)
        store_registry(store, after, ids)
    new = len(after.instruments) - len(before.instruments)
    return Imported(read=len(more.instruments), new=new, total=len(after.instruments), issues=after.issues)


def find_instruments(words: str, where: str, ids: Ids) -> list[Instrument]:
    """The instruments with these words in a title or a number, from the store where there is one, else from our registry."""
    if kind_of(where) == "server" or Path(where).exists():
        with open_ours(where, ids, read_only=True) as store:
            registry = load_store_registry(store, ids)
    else:
        registry = load_registry()
    return [one for one in registry.instruments if any(words in told for told in _names(one))]


def _names(instrument: Instrument) -> Iterator[str]:
    yield instrument.title
    yield from instrument.aliases
    yield from (edition.number for edition in instrument.editions)


def _store_part(store: Store, ids: Ids, name: str, triples: bytes, version: str) -> None:
    graph, catalogue = ids.graph(name), ids.graph("catalogue")
    add = {graph: triples, catalogue: version_lines(ids, name, version)}
    store.apply(Parcel(drop=(graph,), forget=((catalogue, graph),), add=add))


@cache
def _registry_version() -> str:
    """Changes whenever a table of our registry does."""
    tables = (load_registry().instruments, load_functions(), national_places())
    return _digest(repr(tables).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
