"""Which plans can be related: the year before, the plan above, siblings under one place, a ledger and its plan; and,
for a plan that has none of these, the nearest of other places.

Worked out from the heads of all plans alone, so that the same plans are related in whatever order they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import Literal

from kg.lineage.model import Axis
from kg.lineage.titles import Topic

Basis = Literal["series", "citation", "subject", "file"]
_YEARS_BACK = 2  # a year that is missing may lie between
_WHOLE = "年度工作"  # the name of a subject that titles leave unsaid
_STATE = "000000"
_NEAREST = 4  # plans of other places that one without kin is compared with
_COARSE = 2  # a ledger with more than so many rows for an item of its plan says what the plan does not


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """A plan without its tasks. `place` is a code, `above` the codes of the places around it, the nearest first."""

    iri: str
    title: str = ""
    year: int | None = None
    kind: str = ""
    place: str = ""
    place_name: str = ""
    above: tuple[str, ...] = ()
    issuers: frozenset[str] = frozenset()
    file: str = ""  # the first plan of the file that it stands in
    tasks: int = 0
    applies: frozenset[str] = frozenset()  # the plans that it says it carries out
    topic: Topic

    @property
    def last_year(self) -> int | None:
        """Of those that it is for."""
        return self.topic.years[1] if self.topic.years else self.year

    @property
    def matter(self) -> tuple[str, bool]:
        """What tells its subject apart: a plan for several years is not compared with those for one."""
        return self.topic.subject, bool(self.topic.years)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Related:
    """A pair of plans to compare, the later, lower or derived one first; `apart` is the number of years between them."""

    later: str
    earlier: str
    axis: Axis
    basis: Basis
    apart: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """年度系列: the plans of one place on one subject over the years."""

    place: str
    subject: str
    title: str
    plans: frozenset[str]


def find_related(heads: Iterable[PlanHead]) -> list[Related]:
    """The pairs to compare, in order. Two plans are compared once: the strongest ground counts."""
    found: dict[frozenset[str], Related] = {}
    corpus = _Corpus(sorted(heads, key=lambda head: head.iri))
    for one in (*corpus.ledgers(), *corpus.years(), *corpus.levels(), *corpus.siblings()):
        found.setdefault(frozenset((one.later, one.earlier)), one)
    kin = {iri for one in found.values() if one.axis != "ledger" for iri in (one.later, one.earlier)}
    for one in corpus.strangers(kin):
        found.setdefault(frozenset((one.later, one.earlier)), one)
    return sorted(found.values())


def find_series(heads: Iterable[PlanHead]) -> list[Series]:
    """The series, each with its plans; a plan whose place is not known belongs to none."""
    members: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for head in heads:
        if head.place and head.year and not head.topic.lasting:
            members[head.place, head.topic.subject, head.place_name].add(head.iri)
    return [
        Series(place=place, subject=subject, title=name + (subject or _WHOLE), plans=frozenset(plans))
        for (place, subject, name), plans in sorted(members.items())
    ]


Group = Sequence[PlanHead]


class _Corpus:
    """The plans by place, subject and year."""

    def __init__(self, heads: Group) -> None:
        self.heads = [head for head in heads if head.tasks]
        self.by_iri = {head.iri: head for head in self.heads}

    @cached_property
    def groups(self) -> Mapping[tuple[str, tuple[str, bool], int], Group]:
        """Plans of one place on one subject for one year."""
        groups: dict[tuple[str, tuple[str, bool], int], list[PlanHead]] = defaultdict(list)
        for head in self.heads:
            if head.place and head.year and not head.topic.lasting:
                groups[head.place, head.matter, head.year].append(head)
        return groups

    @cached_property
    def main(self) -> Mapping[tuple[str, tuple[str, bool], int], Group]:
        """Of these, all but ledgers and breakdowns that only say again what a plan of the group says."""
        return {key: [head for head in group if not self._repeats(head)] for key, group in self.groups.items()}

    def _repeats(self, head: PlanHead) -> bool:
        bases = [base for base in self._bases(head) if head.tasks <= _COARSE * base.tasks]
        return bool(bases) and not head.topic.upper

    def _bases(self, head: PlanHead) -> Group:
        """The plans that a ledger or a breakdown may come from: of the lowest rank, those of its own file before others."""
        beside = [one for one in self._beside(head) if one.iri != head.iri and one.topic.rank < head.topic.rank]
        if not beside:
            return []
        lowest = min(one.topic.rank for one in beside)
        bases = [one for one in beside if one.topic.rank == lowest]
        return [one for one in bases if one.file == head.file] or bases

    def _beside(self, head: PlanHead) -> Group:
        if head.place and head.year and not head.topic.lasting:
            return self.groups[head.place, head.matter, head.year]
        return self._files[head.file]

    @cached_property
    def _files(self) -> Mapping[str, Group]:
        files: dict[str, list[PlanHead]] = defaultdict(list)
        for head in self.heads:
            files[head.file].append(head)
        return files

    # --- the grounds

    def ledgers(self) -> Iterator[Related]:
        """Ledgers and breakdowns with the plan that they come from."""
        for head in self.heads:
            for base in self._bases(head):
                yield Related(later=head.iri, earlier=base.iri, axis="ledger", basis="file" if base.file == head.file else "subject")

    def years(self) -> Iterator[Related]:
        """Plans with those of the nearest year before."""
        for (place, matter, year), group in self.main.items():
            for head in group:
                for back in range(1, _YEARS_BACK + 1):
                    before = self._ending.get((place, matter, year - back), ())
                    if earlier := _same_issuer(head, before):
                        yield from (_pair(head, one, "year", "series", back) for one in earlier)
                        break

    @cached_property
    def _ending(self) -> Mapping[tuple[str, tuple[str, bool], int], Group]:
        """The main plans by the last year that they are for."""
        ending: dict[tuple[str, tuple[str, bool], int], list[PlanHead]] = defaultdict(list)
        for (place, matter, _), group in self.main.items():
            for head in group:
                ending[place, matter, head.last_year or 0].append(head)
        return ending

    def levels(self) -> Iterator[Related]:
        """Plans with those of a place above: the nearest that has one on this subject for this year, and those that they cite."""
        for (_, matter, year), group in self.main.items():
            for head in group:
                upper = next((found for place in head.above if (found := self.main.get((place, matter, year)))), ())
                cited = {one.iri for one in self._cited(head)}
                yield from (_pair(head, one, "level", "citation" if one.iri in cited else "subject") for one in upper)
                # what it takes from further above on the same subject it takes through the nearest
                yield from (_pair(head, one, "level", "citation") for one in self._cited(head) if not upper or one.matter != matter)
        for head in self.heads:
            if head.topic.lasting or not head.year:
                yield from (_pair(head, one, "level", "citation") for one in self._cited(head))

    def _cited(self, head: PlanHead) -> Iterator[PlanHead]:
        """The plans of places above that it says it carries out."""
        cited = (self.by_iri[iri] for iri in sorted(head.applies) if iri in self.by_iri)
        return (one for one in cited if one.place in head.above)

    def siblings(self) -> Iterator[Related]:
        """Plans of two places that lie directly in the same one, on one subject for one year."""
        families: dict[tuple[str, tuple[str, bool], int], list[tuple[str, Group]]] = defaultdict(list)
        for (place, matter, year), group in sorted(self.main.items()):
            if group and group[0].above:
                families[group[0].above[0], matter, year].append((place, group))
        for family in families.values():
            for (_, ours), (_, theirs) in combinations(family, 2):
                yield from (_pair(one, other, "sibling", "subject") for one, other in product(ours, theirs))

    def strangers(self, kin: Set[str]) -> Iterator[Related]:
        """Plans without kin here, with the nearest of other places: what spreads from county to county shows where nothing else does."""
        peers: dict[tuple[tuple[str, bool], int, int], list[PlanHead]] = defaultdict(list)
        for (_, matter, year), group in sorted(self.main.items()):
            for head in group:
                peers[matter, len(head.above), year].append(head)
        for (matter, depth, year), lone in peers.items():
            others = [*lone, *peers.get((matter, depth, year - 1), ())]
            for head in lone:
                if head.iri not in kin:
                    yield from _nearest(head, others)


def _nearest(head: PlanHead, others: Group) -> Iterator[Related]:
    """The few of other places in the same province that lie nearest: by the place that both lie in, then by the year."""
    ranked = []
    for one in others:
        shared = [at for at, place in enumerate(head.above) if place in one.above and place != _STATE]
        if shared and one.place != head.place:
            ranked.append((shared[0], (head.year or 0) - (one.year or 0), one.iri, one))
    for _, apart, _, one in sorted(ranked, key=lambda each: each[:3])[:_NEAREST]:
        yield _pair(head, one, "sibling", "subject", apart)


def _same_issuer(head: PlanHead, before: Group) -> Group:
    """Those of the same issuer where there are any: two departments of a place may each have a plan on one subject."""
    return [one for one in before if one.issuers & head.issuers] or before


def _pair(later: PlanHead, earlier: PlanHead, axis: Axis, basis: Basis, apart: int = 0) -> Related:
    return Related(later=later.iri, earlier=earlier.iri, axis=axis, basis=basis, apart=apart)
