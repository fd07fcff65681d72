"""Lineage brought up to date in a store: what must be compared anew is compared, and the graph is changed where it differs."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from kg.changes import Changes
from kg.graph import lineage as graph
from kg.graph.lines import Lines
from kg.ids import Ids
from kg.lineage.compare import compare_many
from kg.lineage.held import Held, Told, to_told
from kg.lineage.model import Comparison, Pairing
from kg.lineage.plans import read_heads, read_plans, read_texts, read_words
from kg.lineage.related import PlanHead, Related, find_related, find_series
from kg.lineage.threads import Bond, Thread, find_threads
from kg.store import Parcel, Store

_PARCEL_BYTES = 32 << 20  # a change that is larger is written in several parcels, for memory would not hold it
_SLICE = 1500  # pairs whose plans are held in memory at once
_CLAUSES = re.compile("[。；：，,;:]")
_CITED = frozenset("《》〔〕（")
_FEW, _MANY = 6, 30  # characters of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What was done: pairs of plans that are related; of these compared now; the links and threads that had to be looked at."""

    related: int
    compared: int
    links: int
    threads: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a change: subjects of which what was said no longer holds, and what is said now."""

    forget: tuple[str, ...]
    lines: bytes


def link_plans(store: Store, ids: Ids, changes: Changes, version: str) -> Linked:
    """Bring the graph of lineage up to date. It is the same in whatever order the plans came."""
    heads = {head.iri: head for head in read_heads(store)}
    related = find_related(heads.values())
    held = Held(store, ids, {}) if changes.whole else Held.read(store, ids)
    kept = {one for one in held.comparisons.values() if changes.plans.isdisjoint((one.later, one.earlier))} & set(related)
    gone = set(held.comparisons.values()) - kept
    fresh = [one for one in related if one not in kept]
    compared = _compare(store, heads, fresh)
    new = [bond for found in compared for bond in _bonds(found)]
    # Whatever is said of tasks that no changed link leads to, over however many links, stays as it is.
    old = [] if changes.whole else held.links_around(gone, (task for bond in new for task in (bond.later, bond.earlier)))
    out = {(one.later, one.earlier) for one in gone}
    bonds = [*(bond for bond in old if bond.plans not in out), *new]
    threads = find_threads(bonds)
    change = _Change(ids=ids, store=store, heads=heads, held=held, changes=changes)
    # Tasks come first. After a kill between two parcels the links tell what the tasks were told before, and a next run goes on.
    pieces = chain(
        change.tasks(old, bonds, threads),
        change.series(),
        change.forget(gone, (bond for bond in old if bond.plans in out)),
        change.say(fresh, compared, version),
    )
    _write(store, ids.graph("lineage"), pieces, whole=changes.whole)
    return Linked(related=len(related), compared=len(fresh), links=len(bonds), threads=len(threads))


def _compare(store: Store, heads: Mapping[str, PlanHead], fresh: Sequence[Related]) -> list[Comparison]:
    """What became of the tasks of these pairs. They lie by place, so that a plan is seldom read for two slices."""
    found: list[Comparison] = []
    for at in range(0, len(fresh), _SLICE):
        some = fresh[at : at + _SLICE]
        plans = read_plans(store, [heads[iri] for iri in _plans(some)])
        found += compare_many([Pairing(later=plans[one.later], earlier=plans[one.earlier], axis=one.axis) for one in some])
    return found


def _plans(pairs: Iterable[Related]) -> list[str]:
    return sorted({plan for one in pairs for plan in (one.later, one.earlier)})


def _bonds(found: Comparison) -> Iterator[Bond]:
    plans = found.later, found.earlier
    return (Bond(later=one.later, earlier=one.earlier, plans=plans, axis=one.axis, shape=one.shape, score=one.score) for one in found.links)


# --- what is said -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Change:
    """What one run says otherwise than the graph that is held."""

    store: Store
    ids: Ids
    heads: Mapping[str, PlanHead]
    held: Held
    changes: Changes

    def forget(self, gone: Iterable[Related], links: Iterable[Bond]) -> Iterator[Piece]:
        """Those comparisons, with their links."""
        yield Piece(tuple(self.ids.comparison(one.later, one.earlier) for one in sorted(gone)), b"")
        yield Piece(tuple(self.ids.lineage(bond.later, bond.earlier) for bond in links), b"")

    def say(self, fresh: Sequence[Related], compared: Sequence[Comparison], version: str) -> Iterator[Piece]:
        """The comparisons, with their links."""
        words = read_words(self.store, _plans(fresh))
        for one, found in zip(fresh, compared, strict=True):
            lines = Lines()
            graph.say_comparison(_facts(one, found, words), version, self.ids, lines)
            yield Piece((), lines.encode())

    def tasks(self, old: Sequence[Bond], bonds: Sequence[Bond], threads: Iterable[Thread]) -> Iterator[Piece]:
        """Of each task the short ways to others and its threads; and the threads themselves."""
        firsts = {self.ids.thread(first): (first, thread) for thread in threads for first in (self._first(thread),)}
        was_in = self.held.threads({task for bond in old for task in (bond.later, bond.earlier)})
        yield Piece(tuple(sorted(was_in.keys() - firsts.keys())), b"")
        before, after = to_told(old, was_in), to_told(bonds, {iri: thread.core | thread.also for iri, (_, thread) in firsts.items()})
        for task in sorted(before.keys() | after.keys()):
            was, becomes = before.get(task), after.get(task)
            if was != becomes:
                yield Piece((task,) if was else (), _task_lines(task, becomes))
        yield from self._threads({iri: first for iri, (first, _) in firsts.items()}, was_in)

    def _first(self, thread: Thread) -> str:
        """The task that a thread begins with: of the earliest year, there of the highest place."""
        return min(thread.core, key=lambda task: (*self._ranks.get(task.partition("/task/")[0], (0, 0)), task))

    @cached_property
    def _ranks(self) -> Mapping[str, tuple[int, int]]:
        return {iri: (head.year or 0, len(head.above)) for iri, head in self.heads.items()}

    def _threads(self, firsts: Mapping[str, str], held: Container[str]) -> Iterator[Piece]:
        """The threads, called by their first tasks. They come behind the tasks, by which a next run finds those of a killed one."""
        texts = read_texts(self.store, sorted(firsts.values()))
        for iri, first in sorted(firsts.items()):
            lines = Lines()
            graph.say_thread(iri, _name(texts[first]), lines)
            yield Piece((iri,) if iri in held else (), lines.encode())

    def series(self) -> Iterator[Piece]:
        """The series whose plans are not those that are held."""
        held = {} if self.changes.whole else self.held.series()
        now = {self.ids.series(one.place, one.subject): one for one in find_series(self.heads.values())}
        for iri in sorted(now.keys() | held.keys()):
            one, was = now.get(iri), held.get(iri, frozenset())
            if (one.plans if one else frozenset()) == was:
                continue
            lines = Lines()
            if one:
                graph.say_series(iri, one.title, self.ids.jurisdiction(one.place), sorted(one.plans), lines)
            yield Piece((iri, *sorted(was)) if was else (), lines.encode())


def _facts(one: Related, found: Comparison, words: Mapping[str, Sequence[str]]) -> graph.ComparisonFacts:
    """A comparison as the graph has it."""
    links = tuple(
        graph.LinkFacts(
            later=each.later,
            earlier=each.earlier,
            band=each.band,
            shape=each.shape,
            score=each.score,
            parts=each.parts,
            words=(*words.get(each.later, ()), *words.get(each.earlier, ())),
        )
        for each in found.links
    )
    return graph.ComparisonFacts(
        later=one.later,
        earlier=one.earlier,
        axis=one.axis,
        basis=one.basis,
        apart=one.apart,
        links=links,
        new=found.new,
        dropped=found.dropped,
    )


def _task_lines(task: str, told: Told | None) -> bytes:
    lines = Lines()
    if told:
        for axis, other in sorted(told.ways):
            graph.say_shortcut(task, axis, other, lines)
        graph.say_in_thread(task, sorted(told.threads), lines)
    return lines.encode()


def _name(text: str) -> str:
    """What a thread is called: the first clause of its first task that is neither a citation nor too short."""
    clauses = [clause.strip() for clause in _CLAUSES.split(text)]
    name = next((clause for clause in clauses if len(clause) >= _FEW and _CITED.isdisjoint(clause)), text)
    return name if len(name) <= _MANY else name[:_MANY] + "…"


# --- writing ------------------------------------------------------------------------------------------------------


def _write(store: Store, lineage: str, pieces: Iterable[Piece], *, whole: bool) -> None:
    """Apply the pieces: in one parcel, unless they are too many. `whole`: nothing that the graph held before stays."""
    groups = _groups(pieces)
    first, second = next(groups, []), next(groups, [])
    if not whole:
        for group in filter(None, chain((first, second), groups)):
            store.apply(_parcel(lineage, group))
    elif not second:
        store.apply(replace(_parcel(lineage, first), drop=(lineage,)))
    else:  # what goes is as large: it is not looked at, and what comes is loaded
        store.update(f"DROP SILENT GRAPH <{lineage}>")
        for _ in store.load(_parcel(lineage, group) for group in chain((first, second), groups)):
            pass


def _parcel(lineage: str, group: Sequence[Piece]) -> Parcel:
    forget = tuple((lineage, subject) for piece in group for subject in piece.forget)
    lines = b"".join(piece.lines for piece in group)
    return Parcel(forget=forget, add={lineage: lines} if lines else {})


def _groups(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces, as many at a time as memory holds."""
    group: list[Piece] = []
    size = 0
    for piece in pieces:
        if piece.forget or piece.lines:
            group.append(piece)
            size += len(piece.lines)
        if size >= _PARCEL_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
