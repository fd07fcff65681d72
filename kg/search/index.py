"""The index of a store, made whole or brought up to date plan by plan."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import tantivy

from kg.changes import EVERYTHING, Changes
from kg.errors import SearchError
from kg.ids import Ids
from kg.search.data import table_bytes
from kg.search.entry import NAMED, SHARED, SOURCE, Entry, create_schema, shared_mark, to_document, to_named, to_source, told_of
from kg.search.home import Held, Home, Missing
from kg.search.reading import Reader, read_sources
from kg.store import Store

_LAYOUT = 3  # of the fields of an index, and of what is written into them
VERSION = f"{_LAYOUT}-{hashlib.sha256(table_bytes()).hexdigest()[:12]}"
"""Changes with the layout of an index and with the tables by which texts are cut."""

_HEAP = 128 << 20  # bytes that the engine may fill before it writes a segment
_SCHEMA = create_schema()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What was done: how many plans were read, what is in the index now, and why it was made anew, if it was."""

    plans: int
    entries: int  # written
    total: int  # in the index
    seconds: float
    anew: str = ""  # the reason, in Chinese; empty where the index was brought up to date
    anew_en: str = ""


def index(store: Store, ids: Ids, changes: Changes = EVERYTHING) -> Indexed:
    """Bring the index of a store up to date: what `changes` names, and whatever else it lacks or has too much.

    Readers see the old state until all is written, then the new one. A run that was killed leaves the old state.
    """
    home = Home.of(store, VERSION)
    with home.lock():
        held = home.held()
        if isinstance(held, Missing):
            return _build(home, store, ids, held)
        if changes.whole:
            return _build(home, store, ids, Missing(zh="", en=""))
        try:
            return _update(home, held, store, ids, changes)
        except (OSError, ValueError) as error:  # what the engine tells of a damaged index
            return _build(home, store, ids, Missing(zh=f"索引损坏（{error}）", en="the index is damaged"))


def is_there(store: Store) -> bool:
    """Whether the store has an index that this version can use."""
    return isinstance(Home.of(store, VERSION).held(), Held)


def index_memory(store: Store, ids: Ids) -> tuple[tantivy.Index, Indexed]:
    """The index of a store, in memory: where nothing can be written beside it."""
    home = Home(path=None, store=store, version=VERSION)
    told = _build(
        home, store, ids, Missing(zh="库所在的文件夹不能写，索引建在内存里", en="the folder cannot be written: the index is in memory")
    )
    held = home.held()
    assert isinstance(held, Held)  # it was made a moment ago
    return held.index, told


# --- the whole --------------------------------------------------------------------------------------------


def _build(home: Home, store: Store, ids: Ids, why: Missing) -> Indexed:
    started = time.perf_counter()
    made = home.begin()
    writing = _Writing(made.index)
    sources = read_sources(store, ids)
    reader = Reader(store)
    plans = {plan for source in sources.values() for plan in source.plans}
    writing.add(reader.units.values())
    writing.add(reader.instruments())
    writing.add(reader.plans(plans))
    for source in sources.values():
        writing.writer.add_document(to_source(source.mark, source.plans))
    writing.name(reader)
    writing.commit(merged=True)
    home.finish(made)
    return writing.told(len(plans), started, why)


# --- what changed -----------------------------------------------------------------------------------------


def _update(home: Home, held: Held, store: Store, ids: Ids, changes: Changes) -> Indexed:
    """Write anew the plans of all documents that came or went, of those that are linked with them, and shared things that changed."""
    started = time.perf_counter()
    have = _sources(held.index)
    want = read_sources(store, ids)
    came, gone = want.keys() - have.keys(), have.keys() - want.keys()
    plans = {plan for mark in came for plan in want[mark].plans} | {plan for mark in gone for plan in have[mark]} | changes.plans
    reader = Reader(store)
    plans |= _linked_before(held.index, plans) | reader.linked(plans)
    writing = _Writing(held.index)
    for plan in plans:
        writing.writer.delete_documents_by_term("plan", plan)
    writing.add(reader.plans(plans))
    writing.replace(reader)
    for mark in gone:
        writing.writer.delete_documents_by_term("mark", mark)
    for mark in sorted(came):
        writing.writer.add_document(to_source(mark, want[mark].plans))
    writing.writer.delete_documents_by_term("kind", NAMED)
    writing.name(reader)
    writing.commit(merged=False)
    home.changed()
    return writing.told(len(plans), started, Missing(zh="", en=""))


def _sources(made: tantivy.Index) -> dict[str, tuple[str, ...]]:
    """The documents that the index has, by their marks, with their plans."""
    searcher = made.searcher()
    found = {}
    for mark in _marks(made, SOURCE):
        hit = searcher.search(tantivy.Query.term_query(_SCHEMA, "mark", mark), 1).hits[0]
        found[mark] = tuple(told_of(searcher.doc(hit[1]))["plans"])
    return found


def _marks(made: tantivy.Index, *kinds: str) -> list[str]:
    """The marks of the entries of these kinds."""
    of_kinds = tantivy.Query.term_set_query(_SCHEMA, "kind", list(kinds))
    return [mark for mark, count in made.searcher().terms_with_prefix("mark", "", filter_query=of_kinds) if count]


def _linked_before(made: tantivy.Index, plans: Iterable[str]) -> set[str]:
    """The plans whose tasks were linked with those of these plans when they were written."""
    searcher = made.searcher()
    linked = tantivy.Query.term_set_query(_SCHEMA, "linked", sorted(plans))
    return {plan for plan, count in searcher.terms_with_prefix("plan", "", filter_query=linked) if count}


@dataclass(slots=True)
class _Writing:
    """One run of writing."""

    index: tantivy.Index
    writer: tantivy.IndexWriter = field(init=False)
    written: int = 0

    def __post_init__(self) -> None:
        self.writer = self.index.writer(_HEAP, 1)  # one thread: what is stored in which order is the same each time

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.writer.add_document(to_document(entry))
            self.written += 1

    def replace(self, reader: Reader) -> None:
        """Write anew the units and instruments that are not as they were."""
        entries = {shared_mark(entry): entry for entry in (*reader.units.values(), *reader.instruments())}
        have = set(_marks(self.index, *SHARED))
        for mark in sorted(have - entries.keys()):
            self.writer.delete_documents_by_term("mark", mark)
        self.add(entry for mark, entry in sorted(entries.items()) if mark not in have)

    def name(self, reader: Reader) -> None:
        """Write the names of places and functions, by which facets are shown and filters are understood."""
        for place in {place.code: place for place in reader.places.values()}.values():
            if place.code in reader.used:
                self.writer.add_document(to_named(place.code, place.name, place.aliases))
        for code, label in sorted(reader.functions.items()):
            self.writer.add_document(to_named(code, label))

    def commit(self, *, merged: bool) -> None:
        try:
            self.writer.commit()
            if merged:
                self.writer.wait_merging_threads()
            self.index.reload()
        except OSError as error:
            raise SearchError(f"索引写不了（{error}）。请检查磁盘空间", f"the index cannot be written ({error})") from error

    def told(self, plans: int, started: float, why: Missing) -> Indexed:
        total = self.index.searcher().num_docs
        seconds = time.perf_counter() - started
        return Indexed(plans=plans, entries=self.written, total=total, seconds=seconds, anew=why.zh, anew_en=why.en)
