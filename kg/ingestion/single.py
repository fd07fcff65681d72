"""One document into a store, in a transaction of its own, and what it meets there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.graph import DocumentGraph, PlanFacts
from kg.graph.catalogue import Stored, claims_query, differences_query, documents_query, to_stored
from kg.ids import Ids
from kg.pipeline import Prepared
from kg.store import Parcel, Store
from kg.store.rows import select_strings


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


def store_one(store: Store, ids: Ids, prepared: Prepared) -> Ingested:
    """Store one document; what it replaces goes in the same transaction."""
    if prepared.graph is None:
        return Ingested(prepared=prepared)
    met = _meet(store, ids, prepared.graph)
    store.apply(_parcel(prepared.graph, ids, met.gone))
    return Ingested(prepared=prepared, notes=(*met.notes, *_after(store, prepared.graph, met)), again=met.again)


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
        notes += [claimed(plan.number, row["title"], row["file"]) for row in rows if row["file"] not in {one.file for one in gone}]
    return _Met(again=again, gone=gone, twins=tuple((plan, one) for plan, one in others if one not in gone), notes=tuple(notes))


def _replaced(one: Stored) -> Note:
    zh = f"库中已有同名文件的同一计划（{one.sha256[:12]}），内容不同：视为更正，旧的已换下"
    return Note(zh=zh, en=f"the store had this plan from an earlier edition of the same file ({one.sha256[:12]}): it was replaced")


def claimed(number: str, title: str, file: str) -> Note:
    """What is said where another plan prints the number."""
    zh = f"文号{number}在库中还印在《{title}》（{file}）上：若非同一通知的附件，请核对文号"
    return Note(zh=zh, en=f"{number} is also printed on {title!r} ({file}): unless both belong to one notice, check the number")


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
        add=added(graph, ids),
    )


def added(graph: DocumentGraph, ids: Ids) -> dict[str, bytes]:
    """What a document adds to each graph."""
    return {graph.iri: graph.triples, ids.graph("identities"): graph.identities, ids.graph("catalogue"): graph.catalogue}
