"""What follows from the documents, brought up to date with them: rules, lineage, counts, and the index of words.

`graph/refreshed` keeps which content of each document everything was last worked out from. It is written when all is done,
so that whatever a killed run left undone comes again, and a document that only was read again costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg import counts, derive, lineage, search
from kg.changes import EVERYTHING, Changes
from kg.graph.catalogue import documents_query, leavers_query, news_query, refreshed_lines, refreshed_query, versions_query
from kg.ids import Ids
from kg.store import Parcel, Store
from kg.store.rows import select_strings


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that follows: what it is called, which graph it fills, who works it out, and the version that does."""

    zh: str
    en: str
    graph: str
    work: Callable[[Store, Ids, Changes], object]
    version: str


# in this order: each may read what those before it wrote
_PARTS = (
    _Part("规则", "rules", "rules", derive.derive, derive.VERSION),
    _Part("谱系", "lineage", "lineage", lineage.link, lineage.VERSION),
    _Part("统计", "counts", "counts", counts.count, counts.VERSION),
    _Part("检索", "search", "search", search.index, search.VERSION),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A part that is being worked out now."""

    zh: str
    en: str


def is_due(store: Store, ids: Ids) -> bool:
    """Whether `refresh` would have something to do; nothing follows from a store without documents."""
    due = _Due.of(store, ids)
    return bool(due.changes) or (due.made != due.wanted and any(select_strings(store, documents_query(ids))))


def refresh(store: Store, ids: Ids) -> Iterator[Step]:
    """Work out what follows from all that changed since the last time; tells of each part before it begins."""
    due = _Due.of(store, ids)
    for part in _PARTS:
        graph = ids.graph(part.graph)
        whole = due.made.get(graph) != due.wanted[graph]
        if whole or due.changes or (part.graph == "search" and not search.is_there(store)):
            yield Step(zh=part.zh, en=part.en)
            part.work(store, ids, EVERYTHING if whole else due.changes)
    if due.changes or due.made != due.wanted:
        store.apply(due.settled(ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """What has changed, and which version made each part and should have."""

    news: tuple[dict[str, str], ...]
    leavers: tuple[dict[str, str], ...]
    changes: Changes
    made: dict[str, str]
    wanted: dict[str, str]

    @classmethod
    def of(cls, store: Store, ids: Ids) -> _Due:
        news, leavers = tuple(select_strings(store, news_query(ids))), tuple(select_strings(store, leavers_query(ids)))
        graphs = frozenset(row["graph"] for row in news)
        gone = frozenset(row["graph"] for row in leavers) - graphs
        return cls(
            news=news,
            leavers=leavers,
            changes=Changes(graphs=graphs, gone=gone, plans=frozenset(row["plan"] for row in (*news, *leavers))),
            made={row["part"]: row["version"] for row in select_strings(store, refreshed_query(ids))},
            wanted=_wanted(store, ids),
        )

    def settled(self, ids: Ids) -> Parcel:
        """What is kept once all is done."""
        ours = ids.graph("refreshed")
        out = {row["graph"] for row in self.leavers} | {graph for graph, version in self.made.items() if version != self.wanted.get(graph)}
        versions = {graph: version for graph, version in self.wanted.items() if self.made.get(graph) != version}
        return Parcel(forget=tuple((ours, each) for each in sorted(out)), add={ours: refreshed_lines(self.news, versions)})


def _wanted(store: Store, ids: Ids) -> dict[str, str]:
    """The version that each part's graph should be of: of the program, and of the registry that the store has."""
    registries = sorted((row["node"], row["version"]) for row in select_strings(store, versions_query(ids)) if "version" in row)
    known = ",".join(version for node, version in registries if node != ids.graph("ontology"))
    return {ids.graph(part.graph): f"{part.version}/{known}" for part in _PARTS}
