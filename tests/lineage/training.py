"""Learns the weights of lineage from plans whose lineage is known, and from the same plans made harder."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kg.lineage.assign import further_grounds, one_to_one, open_places
from kg.lineage.features import AGAINST, ALL, TEXT, Prepared, first_grounds, prepare
from kg.lineage.model import LinkTask
from kg.lineage.score import weigh, with_others, with_sure_texts
from kg.lineage.tables import Matrix
from tests.lineage.forms import FORMS, Change, Roles, blind, sources
from tests.lineage.truth import SAME, Known

Weighing = dict[str, float]
FURTHER = (*ALL, "beside", "free")
LINK, MORE = 0.3, 0.55  # the thresholds that cross-validation bears out, of a first link and of one more
_SHRINK = 2e-6  # keeps weights from growing without end where the truth is parted cleanly
_DIGITS = 2
_EVERY = 19  # of pairs of tasks without a link, one of so many is enough to learn from


@dataclass(frozen=True, slots=True)
class Lesson:
    """A pair of plans to learn from: what is known of them, made ready, and which tasks are linked."""

    known: Known
    later: Prepared
    earlier: Prepared
    first: dict[str, Matrix]
    linked: NDArray[np.bool_]
    plain: NDArray[np.bool_]  # all but links that the words do not show
    asked: NDArray[np.bool_]  # all but links that nothing shows any more


def lessons(known: Iterable[Known], forms: Iterable[str] = FORMS) -> list[Lesson]:
    """Every pair in each of the forms."""
    names = list(forms)
    found: list[Lesson] = []
    for seed, one in enumerate(known):
        earlier = prepare(one.pairing.earlier)
        found += [_lesson(one, earlier, FORMS[name], seed) for name in names]
    return found


def _lesson(known: Known, second: Prepared, changes: Sequence[Change], seed: int) -> Lesson:
    later = known.pairing.later
    same = frozenset(one for (one, _), relation in known.links.items() if relation in SAME)
    roles = Roles(same, frozenset(task.iri for task in later.tasks) - {one for one, _ in known.links})
    tasks: Sequence[LinkTask] = later.tasks
    for change in changes:
        tasks = change(tasks, random.Random(seed), roles)
    first = prepare(replace(later, tasks=tuple(tasks)))
    parts = [sources(task.iri) for task in tasks]
    linked = np.array([[any((part, other.iri) in known.links for part in each) for other in second.plan.tasks] for each in parts])
    kept = np.array([[roles.same.issuperset(each)] for each in parts])
    plain = ~linked | kept
    return Lesson(known, first, second, first_grounds(first, second), linked, plain, plain if blind(changes) else np.ones_like(plain))


# --- learning -----------------------------------------------------------------------------------------------------------

Chosen = Callable[[Lesson], NDArray[np.bool_]]


def everything(lesson: Lesson) -> NDArray[np.bool_]:
    return np.ones_like(lesson.linked)


@dataclass(frozen=True, slots=True)
class Learned:
    wording: Weighing
    first: Weighing
    second: Weighing
    further: Weighing


def learn(lessons: Sequence[Lesson], chosen: Chosen = everything) -> Learned:
    """The weights that explain the chosen pairs of tasks best."""
    wording = _fit(TEXT, [(one.first, one.linked, chosen(one) & one.plain) for one in lessons])
    asked = [chosen(one) & one.asked for one in lessons]
    early = [with_sure_texts(one.first, wording) for one in lessons]
    first = _fit(ALL, [(grounds, one.linked, these) for grounds, one, these in zip(early, lessons, asked, strict=True)])
    full = [with_others(grounds, first) for grounds in early]
    second = _fit(ALL, [(grounds, one.linked, these) for grounds, one, these in zip(full, lessons, asked, strict=True)])
    further = _fit(FURTHER, list(_further(lessons, full, second, asked)))
    return Learned(wording, first, second, further)


def _further(
    lessons: Sequence[Lesson], full: Sequence[dict[str, Matrix]], second: Weighing, asked: Sequence[NDArray[np.bool_]]
) -> Iterator[tuple[dict[str, Matrix], NDArray[np.bool_], NDArray[np.bool_]]]:
    for lesson, grounds, these in zip(lessons, full, asked, strict=True):
        single = one_to_one(weigh(grounds, second), LINK)
        yield further_grounds(grounds, single), lesson.linked, these & open_places(grounds, single)


def _every(step: int, like: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """One of `step` places."""
    return np.asarray(np.arange(like.size) % step == 0).reshape(like.shape)


def _fit(names: Sequence[str], examples: Sequence[tuple[Mapping[str, Matrix], NDArray[np.bool_], NDArray[np.bool_]]]) -> Weighing:
    """Logistic regression in which every ground can only speak for a link, but for those that speak against it."""
    kept = [chosen & (linked | _every(_EVERY, linked)) for _, linked, chosen in examples]
    values = np.concatenate([np.stack([one[0][name][these] for name in names], axis=1) for one, these in zip(examples, kept, strict=True)])
    truth = np.concatenate([one[1][these] for one, these in zip(examples, kept, strict=True)]).astype(float)
    counts = np.where(truth > 0, 1.0, float(_EVERY))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total = values @ weights[:-1] + weights[-1]
        wrong = counts * (1 / (1 + np.exp(-total)) - truth)
        slope = np.append(values.T @ wrong, wrong.sum()) / counts.sum()
        slope[:-1] += 2 * _SHRINK * weights[:-1]
        return float(np.average(np.logaddexp(0, total) - truth * total, weights=counts) + _SHRINK * (weights[:-1] ** 2).sum()), slope

    bounds = [(None, 0) if name in AGAINST else (0, None) for name in names] + [(None, None)]
    start = np.zeros(len(names) + 1)
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 3000, "ftol": 1e-14, "gtol": 1e-9})
    return dict(zip((*names, "none"), (round(float(value), _DIGITS) + 0.0 for value in found.x), strict=True))
