"""Many documents into a store: loaded together, while the next ones are being read."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from kg.graph import DocumentGraph
from kg.graph.catalogue import CLAIMS_TOLD, holdings_query
from kg.ids import Ids
from kg.ingestion.single import Ingested, Note, added, claimed, store_one
from kg.pipeline import Prepared
from kg.store import Parcel, Store
from kg.store.rows import select_strings

BULK_FROM = 50  # as many files or more are loaded in bulk; fewer have a transaction each
_BATCH_BYTES = 128 * 1024 * 1024  # of triples that wait to be loaded; smaller batches cost up to twice the time, in compaction
_BATCH_SECONDS = 10.0  # so that whoever breaks off loses seconds, not minutes


class Bulk:
    """Documents whose graphs are new are loaded together; one that meets its like is stored by itself."""

    def __init__(self, store: Store, ids: Ids) -> None:
        self.store, self.ids = store, ids
        self.known = _Known(store, ids)
        self.waiting: list[Ingested] = []
        self.size, self.since = 0, time.monotonic()

    def run(self, prepared: Iterable[Prepared]) -> Iterator[Ingested]:
        """The outcomes in order, each once its document is safe."""
        with ThreadPoolExecutor(1) as pool:
            loading = _Loading()
            for one in prepared:
                yield from loading.done()
                meets = one.graph is not None and self.known.meets(one.graph)
                if not meets:
                    self._wait(one)
                if meets or self.size >= _BATCH_BYTES or time.monotonic() - self.since >= _BATCH_SECONDS:
                    yield from loading.rest()
                    loading = self._load(pool)
                if meets:
                    yield from loading.rest()
                    yield store_one(self.store, self.ids, one)
            yield from loading.rest()
            yield from self._load(pool).rest()

    def _wait(self, one: Prepared) -> None:
        self.waiting.append(Ingested(prepared=one, notes=self.known.take(one.graph) if one.graph else ()))
        self.size += len(one.graph.triples) if one.graph else 0

    def _load(self, pool: ThreadPoolExecutor) -> _Loading:
        """Begin to load what waits; the next documents are read meanwhile."""
        waiting, self.waiting, self.size, self.since = self.waiting, [], 0, time.monotonic()
        loading = _Loading(outcomes=deque(waiting))
        parcels = [Parcel(add=added(one.prepared.graph, self.ids)) for one in waiting if one.prepared.graph]
        loading.work = pool.submit(loading.load, self.store, parcels)
        return loading


@dataclass(slots=True)
class _Loading:
    """A batch on its way into the store."""

    outcomes: deque[Ingested] = field(default_factory=deque)
    work: Future[None] | None = None
    safe: int = 0  # counted by the thread that loads
    told: int = 0

    def load(self, store: Store, parcels: Sequence[Parcel]) -> None:
        for _ in store.load(parcels):
            self.safe += 1

    def done(self) -> Iterator[Ingested]:
        """The outcomes that can be told by now; what went wrong is raised behind them."""
        over = self.work is not None and self.work.done()
        while self.outcomes and (self.outcomes[0].prepared.graph is None or self.told < self.safe):
            outcome = self.outcomes.popleft()
            self.told += outcome.prepared.graph is not None
            yield outcome
        if over and self.work:
            self.work.result()

    def rest(self) -> Iterator[Ingested]:
        """The outcomes of the batch, once it is loaded."""
        if self.work:
            wait([self.work])
        yield from self.done()


class _Known:
    """What the store has, and what is on its way there: graphs and plans, and who printed which number."""

    def __init__(self, store: Store, ids: Ids) -> None:
        rows = list(select_strings(store, holdings_query(ids)))
        self._iris = {row[name] for row in rows for name in ("graph", "plan")}
        self._claims: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
        for row in rows:
            if "number" in row:
                self._claims[row["number"]].add((row["title"], row["file"], row["plan"]))

    def meets(self, graph: DocumentGraph) -> bool:
        """Whether this document, or one of its plans, is there."""
        return graph.iri in self._iris or any(plan.iri in self._iris for plan in graph.plans)

    def take(self, graph: DocumentGraph) -> tuple[Note, ...]:
        """Know a document from now on; what is to be said of its number."""
        self._iris |= {graph.iri, *(plan.iri for plan in graph.plans)}
        number = graph.plans[0].number if graph.plans else ""
        if not number:
            return ()
        others = sorted(self._claims[number])[:CLAIMS_TOLD]
        self._claims[number] |= {(plan.title, graph.file, plan.iri) for plan in graph.plans}
        return tuple(claimed(number, title, file) for title, file in dict.fromkeys((title, file) for title, file, _ in others))
