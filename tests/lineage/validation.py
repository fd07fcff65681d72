"""How good the links are: precision and recall by band, on pairs of tasks that the weights were not learned from."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from kg.lineage.assign import band_of, draw
from kg.lineage.score import Weights, with_others, with_sure_texts
from tests.lineage.forms import FORMS, sources
from tests.lineage.training import LINK, MORE, Learned, Lesson, learn
from tests.lineage.truth import SAME

FOLDS = 5


@dataclass(slots=True)
class Tally:
    """What was drawn and what is known, by band; a link of the shapes broken_down and merged counts with its band, and apart."""

    drawn: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def precision(self, *bands: str) -> float:
        return sum(self.right[band] for band in bands) / max(sum(self.drawn[band] for band in bands), 1)

    def recall(self, *bands: str) -> float:
        return sum(self.found[band] for band in bands) / max(sum(self.known[band] for band in bands), 1)

    def __str__(self) -> str:
        parts = [f"same and edited P {self.precision(*SAME):.3f} R {self.recall(*SAME):.3f}"]
        parts.append(f"rewritten P {self.precision('rewritten'):.3f} R {self.recall('rewritten'):.3f}")
        parts += [f"{shape} R {self.recall(shape):.2f} of {self.known[shape]}" for shape in ("broken_down", "merged")]
        return " | ".join(parts)


def to_weights(learned: Learned, edited: float) -> Weights:
    return Weights(
        wording=learned.wording, first=learned.first, second=learned.second, further=learned.further, link=LINK, more=MORE, edited=edited
    )


def count(tally: Tally, lesson: Lesson, weights: Weights, rows: NDArray[np.bool_]) -> None:
    """Adds the links of the later tasks in `rows`. A link is right where the two tasks are linked, and its band is as known."""
    drawn = draw(with_others(with_sure_texts(lesson.first, weights.wording), weights.first), weights)
    later, earlier = lesson.later.plan.tasks, lesson.earlier.plan.tasks
    for row, column in np.argwhere(lesson.linked & rows[:, None]):
        tally.known[relation_of(lesson, later[row].iri, earlier[column].iri)] += 1
    for link in drawn:
        if not rows[link.row]:
            continue
        band = band_of(lesson.later.wordings[link.row], lesson.earlier.wordings[link.column], weights.edited)
        relation = relation_of(lesson, later[link.row].iri, earlier[link.column].iri)
        made = later[link.row].iri not in lesson.known.matters
        tally.drawn[band] += 1
        if relation and (made or relation in (band, "broken_down", "merged")):
            tally.right[band] += 1
            tally.found[relation] += 1


def relation_of(lesson: Lesson, later: str, earlier: str) -> str:
    """How the two are linked; empty where they are not."""
    return next((lesson.known.links[part, earlier] for part in sources(later) if (part, earlier) in lesson.known.links), "")


def fold_of(matters: Iterable[str]) -> int:
    """The fold of a task, by the first of its matters: a matter is never learned from and judged by."""
    return zlib.crc32(min(matters).encode()) % FOLDS


def cross_validate(lessons: Sequence[Lesson], edited: float) -> Iterator[tuple[str, Tally]]:
    """A tally for each form of the pairs; learned each time without the place and without the matters that are judged."""
    tallies = {name: Tally() for name in FORMS}
    for place in sorted({lesson.later.plan.place for lesson in lessons}):
        for fold in range(FOLDS):
            rest = [lesson for lesson in lessons if lesson.later.plan.place != place]
            weights = to_weights(learn(rest, partial(_outside, fold)), edited)
            for lesson, name in zip(lessons, cycle(FORMS)):
                if lesson.later.plan.place == place:
                    rows = np.array([fold_of(one) == fold for one in lesson.known.matters_of(lesson.later.plan)])
                    count(tallies[name], lesson, weights, rows)
    yield from tallies.items()


def _outside(fold: int, lesson: Lesson) -> NDArray[np.bool_]:
    """The pairs of tasks none of whose matters is in the fold."""
    rows, columns = (
        np.array([all(fold_of([matter]) != fold for matter in one) for one in lesson.known.matters_of(plan.plan)])
        for plan in (lesson.later, lesson.earlier)
    )
    return np.asarray(rows[:, None] & columns[None, :])
