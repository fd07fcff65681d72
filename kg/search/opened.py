"""A search that stays open: it follows the index from state to state, and has one made where there is none that can be used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import tantivy

from kg.changes import Changes
from kg.ids import Ids
from kg.search.engine import Engine
from kg.search.home import Held, Home
from kg.search.index import VERSION, Indexed, index, index_memory
from kg.search.model import Filters, Page, Suggestion
from kg.search.query import NO_FILTERS, search_page
from kg.search.suggest import suggest_names
from kg.store import Settings, Store, kind_of, open_store

Tell = Callable[[Indexed], None]


def _silent(_: Indexed) -> None:
    """For those whom nobody asks."""


@dataclass(slots=True)
class Search:
    """The search over one store. Threads may share it; each call sees one whole state of the index."""

    home: Home
    store: Store | None  # that was handed over; else it is opened where the index has to be made
    where: str
    ids: Ids
    tell: Tell = _silent
    _engine: Engine | None = None
    _state: tuple[str, int, int] = ("", 0, 0)
    _index: tantivy.Index | None = None
    _lock: Lock = field(default_factory=Lock)

    def page(self, words: str, filters: Filters = NO_FILTERS, *, limit: int = 20, page: int = 1, facets: bool = True) -> Page:
        """One page of what the words find; without words, everything that the filters let through."""
        return search_page(self.engine(), words, filters, limit=limit, page=page, facets=facets)

    def suggest(self, prefix: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """What somebody who has typed so far may want."""
        return suggest_names(self.engine(), prefix, limit)

    def engine(self) -> Engine:
        """The newest state of the index."""
        with self._lock:
            state = self.home.state()
            if self._engine is None or state != self._state:
                self._engine = Engine(self._opened())
                self._state = self.home.state()
            return self._engine

    def _opened(self) -> tantivy.Index:
        held = self.home.held()
        if isinstance(held, Held):
            return held.index
        if self._index is not None:  # made in memory before
            return self._index
        if self.store is not None:
            return self._made(self.store)
        with open_store(self.where, read_only=True, settings=Settings(base_iri=self.ids.base)) as store:
            return self._made(store)

    def _made(self, store: Store) -> tantivy.Index:
        if self.home.can_write:
            self.tell(index(store, self.ids))
            held = self.home.held()
            if isinstance(held, Held):
                return held.index
        self._index, told = index_memory(store, self.ids)
        self.tell(told)
        return self._index


def open_search(where: Store | str | Path, ids: Ids, tell: Tell = _silent) -> Search:
    """The search over a store, or over the store at an address. `tell` hears of an index that had to be made.

    Behind a server others may store as well: there the index is brought up to date when it is opened.
    """
    if isinstance(where, str | Path):
        home = Home.at(str(where), VERSION)
        search = Search(home=home, store=None, where=str(where), ids=ids, tell=tell)
        if kind_of(str(where)) == "server":
            with open_store(str(where), read_only=True) as store:
                tell(index(store, ids, Changes()))
        return search
    return Search(home=Home.of(where, VERSION), store=where, where=where.where, ids=ids, tell=tell)
