"""Documents into a store: each one whole or not at all, acknowledged once it is safe, and told what it meets there."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.errors import StoreError
from kg.graph import DocumentGraph, PlanFacts, to_registry
from kg.graph.catalogue import (
    STORE_VERSION,
    Stored,
    claims_query,
    differences_query,
    documents_query,
    orphans_query,
    to_stored,
    version_lines,
    versions_query,
)
from kg.graph.registry import instruments_query, to_instruments
from kg.ids import Ids
from kg.model import Instrument, Issue
from kg.pipeline import Prepared, prepare_many
from kg.resolve import Registry, load_functions, load_registry, merge_registries, national_places, own_places, read_registry
from kg.store import Parcel, Settings, Store, kind_of, open_store
from kg.store.rows import select_strings
from ontology import vocabulary

_WITH_IMPORTS = "+"  # behind the version of a registry that has more than ours
_BULK_FROM = 50  # as many files or more are loaded in bulk; fewer have a transaction each
_BATCH_BYTES = 96 * 1024 * 1024  # of triples that wait to be loaded
_BATCH_SECONDS = 5.0  # so that whoever breaks off loses seconds, not minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that a user should know of a document that was stored."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of a file: stored, with what was noticed, or not, with the reason."""

    prepared: Prepared
    notes: tuple[Note, ...] = ()
    again: bool = False  # the same bytes were in the store before

    @property
    def path(self) -> Path:
        return self.prepared.path

    @property
    def error(self) -> str:
        return self.prepared.error


# --- opening ------------------------------------------------------------------------------------------------------


def open_ours(where: str, ids: Ids, *, create: bool = False, read_only: bool = False) -> Store:
    """The store at `where`. One that was made for another base, or by a newer version, is refused and left alone."""
    store = open_store(where, create=create, read_only=read_only, settings=Settings(base_iri=ids.base))
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


# --- ingestion ----------------------------------------------------------------------------------------------------


def ingest(paths: Sequence[Path], store: Store, ids: Ids, jobs: int | None = None) -> Iterator[Ingested]:
    """Read, check and store the files; each outcome comes when the store has acknowledged it, in order of the files."""
    store.recover()  # what an ingestion that was killed left half done behind a server
    registry = prepare_store(store, ids)
    prepared = prepare_many(paths, registry, ids, jobs)
    if len(paths) >= _BULK_FROM:
        yield from _Bulk(store, ids).run(prepared)
    else:
        yield from (_one(store, ids, one) for one in prepared)


def _one(store: Store, ids: Ids, prepared: Prepared) -> Ingested:
    """One document in a transaction of its own."""
    if prepared.graph is None:
        return Ingested(prepared=prepared)
    met = _meet(store, ids, prepared.graph)
    store.apply(_parcel(prepared.graph, ids, met.gone))
    return Ingested(prepared=prepared, notes=(*met.notes, *_after(store, prepared.graph, met)), again=met.again)


@dataclass(slots=True)
class _Bulk:
    """Documents whose graphs are new are loaded together; the others, and those that meet something, by themselves."""

    store: Store
    ids: Ids
    waiting: list[Prepared] = field(default_factory=list)
    size: int = 0
    since: float = field(default_factory=time.monotonic)
    graphs: set[str] = field(default_factory=set)  # of those that wait
    claims: set[str] = field(default_factory=set)  # plans and numbers of those that wait

    def run(self, prepared: Iterable[Prepared]) -> Iterator[Ingested]:
        for one in prepared:
            graph = one.graph
            if graph is None:
                self.waiting.append(one)
                continue
            names = {name for plan in graph.plans for name in (plan.iri, plan.number) if name}
            if graph.iri in self.graphs or names & self.claims:
                yield from self._load()
            if _known(self.store, self.ids, graph):
                yield from self._load()
                yield _one(self.store, self.ids, one)
                continue
            self.waiting.append(one)
            self.size += len(graph.triples)
            self.graphs.add(graph.iri)
            self.claims |= names
            if self.size >= _BATCH_BYTES or time.monotonic() - self.since >= _BATCH_SECONDS:
                yield from self._load()
        yield from self._load()

    def _load(self) -> Iterator[Ingested]:
        waiting, self.waiting, self.size, self.graphs, self.claims = self.waiting, [], 0, set(), set()
        loaded = self.store.load(_new(one.graph, self.ids) for one in waiting if one.graph)
        for one in waiting:
            if one.graph:
                next(loaded)  # once it is safe
            yield Ingested(prepared=one)
        self.since = time.monotonic()


def _known(store: Store, ids: Ids, graph: DocumentGraph) -> bool:
    """Whether the store has this document, one of its plans, or a plan with its number."""
    return bool(
        to_stored(select_strings(store, documents_query(ids, graph=graph.iri)))
        or any(to_stored(select_strings(store, documents_query(ids, plan=plan.iri))) for plan in graph.plans)
        or any(plan.number and list(select_strings(store, claims_query(plan.number, [plan.iri]))) for plan in graph.plans[:1])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """What a document meets in the store."""

    again: bool
    gone: tuple[Stored, ...]  # the earlier edition of the same file, which this one replaces
    twins: tuple[tuple[PlanFacts, Stored], ...]  # other files that print one of its plans
    notes: tuple[Note, ...]


def _meet(store: Store, ids: Ids, graph: DocumentGraph) -> _Met:
    again = bool(to_stored(select_strings(store, documents_query(ids, graph=graph.iri))))
    twins = [(plan, one) for plan in graph.plans for one in to_stored(select_strings(store, documents_query(ids, plan=plan.iri)))]
    others = [(plan, one) for plan, one in twins if one.graph != graph.iri]
    gone = tuple({one.graph: one for _, one in others if one.file == graph.file}.values())
    notes = [_replaced(one) for one in gone]
    for plan in graph.plans[:1]:
        rows = select_strings(store, claims_query(plan.number, [each.iri for each in graph.plans])) if plan.number else []
        notes += [_claimed(plan, row["title"], row["file"]) for row in rows if row["file"] not in {one.file for one in gone}]
    return _Met(again=again, gone=gone, twins=tuple((plan, one) for plan, one in others if one not in gone), notes=tuple(notes))


def _replaced(one: Stored) -> Note:
    zh = f"库中已有同名文件的同一计划（{one.sha256[:12]}），内容不同：视为更正，旧的已换下"
    return Note(zh=zh, en=f"the store had this plan from an earlier edition of the same file ({one.sha256[:12]}): it was replaced")


def _claimed(plan: PlanFacts, title: str, file: str) -> Note:
    zh = f"文号{plan.number}在库中还印在《{title}》（{file}）上：若非同一通知的附件，请核对文号"
    return Note(zh=zh, en=f"{plan.number} is also printed on {title!r} ({file}): unless both belong to one notice, check the number")


def _after(store: Store, graph: DocumentGraph, met: _Met) -> Iterator[Note]:
    """What two sources of one plan say of each other, once both are stored."""
    for plan, twin in met.twins:
        differing = len(list(select_strings(store, differences_query(plan.iri, graph.iri, twin.graph))))
        if differing:
            short = twin.sha256[:12]
            zh = f"《{plan.title}》库中还有{twin.file}，{differing}项任务文字不同：若它是旧版，请 zhengpu withdraw {short}"
            en = f"{twin.file} words {differing} tasks of this plan differently; if it is an older edition: zhengpu withdraw {short}"
        else:
            zh = f"《{plan.title}》库中还有{twin.file}，内容一致：一份计划，两个来源"
            en = f"{twin.file} prints the same plan in the same words: one plan, two sources"
        yield Note(zh=zh, en=en)


def _parcel(graph: DocumentGraph, ids: Ids, gone: Sequence[Stored]) -> Parcel:
    """What the store is to do for a document: the graph as a whole, its entry in the catalogue, and what it replaces."""
    catalogue = ids.graph("catalogue")
    out = [(graph.iri, graph.reading), *((one.graph, one.reading) for one in gone)]
    return Parcel(
        drop=tuple(old for old, _ in out),
        forget=tuple((catalogue, subject) for pair in out for subject in pair),
        add=_added(graph, ids),
    )


def _new(graph: DocumentGraph, ids: Ids) -> Parcel:
    """The same for a document that meets nothing."""
    return Parcel(add=_added(graph, ids))


def _added(graph: DocumentGraph, ids: Ids) -> dict[str, bytes]:
    return {graph.iri: graph.triples, ids.graph("identities"): graph.identities, ids.graph("catalogue"): graph.catalogue}


def withdraw(store: Store, ids: Ids, documents: Iterable[Stored]) -> None:
    """Take documents out of the store, each with all that it said."""
    catalogue = ids.graph("catalogue")
    for one in documents:
        store.apply(Parcel(drop=(one.graph,), forget=((catalogue, one.graph), (catalogue, one.reading))))
    while orphans := [row["one"] for row in select_strings(store, orphans_query(ids))]:
        store.apply(Parcel(forget=tuple((ids.graph("identities"), one) for one in orphans)))


def find_stored(store: Store, ids: Ids, name: str) -> list[Stored]:
    """The documents that a user may mean: by the file's bytes, its name, or the first characters of its SHA-256."""
    path = Path(name)
    if path.is_file():
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        same = to_stored(select_strings(store, documents_query(ids, graph=ids.graph(sha))))
        if same:
            return same
    if named := to_stored(select_strings(store, documents_query(ids, file=path.name))):
        return named
    short = name.lower()
    return [one for one in list_stored(store, ids) if len(short) >= 6 and one.sha256.startswith(short)]


def list_stored(store: Store, ids: Ids) -> list[Stored]:
    """Every document in the store."""
    return to_stored(select_strings(store, documents_query(ids)))
