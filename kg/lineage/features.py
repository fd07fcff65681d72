"""The grounds for a link: for every two tasks of two plans, how much they have in common, ground by ground, from 0 to 1.

| ground | what it compares |
|---|---|
| words | pairs of characters, the rare ones counting more, of both texts together, beside what tasks share by chance |
| part | the same, of the text that has fewer: how much of it the other has |
| passage | runs of five characters: how much of the shorter text stands in the other |
| sentence | pairs of characters again, of the two sentences that are most alike: of a paragraph of several matters, one |
| wording | how likely the link is by these four alone |
| heading | the headings that the tasks lie under, the innermost counting most |
| units | the functions of the units that owe them, those of the leaders counting most |
| apart | functions that only one of them has, where both have some: the one ground against a link |
| cites | the instruments that both cite |
| numbers | the measures and deadlines that both print |
| order | whether the neighbours of the one come from the neighbours of the other |
| distinct | whether each is the best partner of the other, by far |
| loose_… | how little sure links of the two plans have in common of heading, units, order: where they lack it, others may |

What nearly every task of a plan has in common counts for nothing; that is seen in the two plans themselves, so that a
comparison never depends on what else a store holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.lineage.model import LinkPlan, LinkTask
from kg.lineage.tables import Matrix, Said, cosine, least, said_grams, said_words, shared, to_tables
from kg.lineage.texts import Wording, heading_words, wording
from kg.text import key

TEXT = ("words", "part", "passage", "sentence")
FIRST = ("wording", *TEXT, "heading", "units", "apart", "cites", "numbers")
USUAL = ("heading", "units", "order")  # grounds that some pairs of plans have and others lack
ALL = (*FIRST, "order", "distinct", *(f"loose_{name}" for name in USUAL))
AGAINST = ("apart",)
_COLLECTIVE = "*"
_USUAL = 0.9
_LEAST, _MOST = 0.01, 0.1  # in small plans the one in ten is the partner itself
_NEIGHBOURS = 4
_ANCHOR = 0.6  # how likely a link must be for the order of others to be seen from it
_DOUBT, _EXPECTED = 2, 0.3  # how many links are thought of beside the sure ones, and what they have of a ground
_ANCHORS = 3  # fewer say nothing of an order


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A plan made ready for comparison with any other."""

    plan: LinkPlan
    wordings: tuple[Wording, ...]
    pairs: Said
    runs: Said
    sentences: Said
    firsts: NDArray[np.int64]  # of each task, among the sentences
    headings: Said
    duties: Said
    instruments: Said
    numbers: Said


def prepare(plan: LinkPlan) -> Prepared:
    """All that can be worked out from one plan alone."""
    wordings = tuple(wording(task) for task in plan.tasks)
    texts = [(one.marked, one.weights) for one in wordings]
    sentences = [list(one.sentences) for one in wordings]
    return Prepared(
        plan=plan,
        wordings=wordings,
        pairs=said_grams(texts, 2),
        runs=said_grams(texts, 5),
        sentences=said_grams([one for each in sentences for one in each], 2),
        firsts=np.cumsum([0, *(len(each) for each in sentences)])[:-1],
        headings=said_words([_headings(task.headings) for task in plan.tasks]),
        duties=said_words([_duties(task) for task in plan.tasks]),
        instruments=said_words([dict.fromkeys(sorted(task.instruments), 1.0) for task in plan.tasks]),
        numbers=said_words([dict.fromkeys(map(key, (*task.measures, *task.deadlines)), 1.0) for task in plan.tasks]),
    )


def _headings(headings: Sequence[str]) -> Mapping[str, float]:
    """Pairs of characters of the headings; each step outwards counts half."""
    found: dict[str, float] = {}
    for depth, heading in enumerate(reversed(headings)):
        text = heading_words(heading)
        for at in range(len(text) - 1):
            found.setdefault(text[at : at + 2], 0.5**depth)
    return found


def _duties(task: LinkTask) -> Mapping[str, float]:
    """The functions of the units, those of the leaders twice; where no unit has one, they are one collective or another."""
    found = dict.fromkeys(sorted(task.functions), 0.5) | dict.fromkeys(sorted(task.lead_functions), 1.0)
    return found or ({_COLLECTIVE: 0.5} if task.leads or task.others else {})


# --- grounds that two tasks have by themselves ------------------------------------------------------------------


def first_grounds(later: Prepared, earlier: Prepared) -> dict[str, Matrix]:
    """Every ground that needs no other link, as a matrix: a row for each later task, a column for each earlier one."""
    pairs, runs, headings = (to_tables(getattr(later, one), getattr(earlier, one)) for one in ("pairs", "runs", "headings"))
    duties, instruments, numbers = (to_tables(getattr(later, one), getattr(earlier, one)) for one in ("duties", "instruments", "numbers"))
    owed, both = least(duties), shared(duties)
    return {
        "words": _standing_out(cosine(pairs)),
        "part": _standing_out(_share(shared(pairs), least(pairs), 8.0)),
        "sentence": _standing_out(_best_sentences(later, earlier)),
        "passage": np.sqrt(_share(shared(runs), least(runs), 8.0)),
        "heading": _share(shared(headings), least(headings), 3.0),
        "units": _share(both, owed, 1.0),
        "apart": _share(owed - both, owed, 1.0),
        "cites": _share(shared(instruments), shared(instruments), 2.0),
        "numbers": _share(shared(numbers), shared(numbers), 2.0),
    }


def _best_sentences(later: Prepared, earlier: Prepared) -> Matrix:
    """The likeness of the two sentences, one of each task, that are most alike."""
    likeness = cosine(to_tables(later.sentences, earlier.sentences))
    if not likeness.size:
        return np.zeros((len(later.firsts), len(earlier.firsts)))
    return np.asarray(np.maximum.reduceat(np.maximum.reduceat(likeness, later.firsts, axis=0), earlier.firsts, axis=1))


def _share(part: Matrix, whole: Matrix, doubt: float) -> Matrix:
    """`part` of `whole`, from 0 to 1; less where there is little of it: `doubt` is what counts for half."""
    return np.clip(part, 0.0, whole) / (whole + doubt)


def _standing_out(likeness: Matrix) -> Matrix:
    """How far each likeness stands out of what tasks of the two plans have in common anyway: from 0 to 1, a third at its level.

    Plans of one line of work share more words than others do; what one task in ten of the other plan shares is no evidence.
    """
    if not likeness.size:
        return likeness
    usual = np.add.outer(np.quantile(likeness, _USUAL, axis=1), np.quantile(likeness, _USUAL, axis=0)) / 2
    level = 2 * (np.minimum(usual, _MOST) + _LEAST)
    return np.asarray(likeness / (likeness + level))


# --- grounds that other links give ------------------------------------------------------------------------------


def second_grounds(first: Mapping[str, Matrix], chances: Matrix) -> dict[str, Matrix]:
    """What the likelihood of all links says for each of them."""
    anchors = _anchors(chances)
    found = {"order": (_order(chances.shape, anchors) + _order(chances.T.shape, anchors[:, ::-1]).T) / 2, "distinct": _distinct(chances)}
    return found | {f"loose_{name}": _loose({**first, **found}[name], anchors) for name in USUAL}


def _distinct(chances: Matrix) -> Matrix:
    """How much of what speaks for any partner of the two tasks, or for none, speaks for this one."""
    odds = chances / np.maximum(1.0 - chances, 1e-9)
    alternatives: Matrix = np.sqrt((1.0 + odds.sum(axis=1, keepdims=True)) * (1.0 + odds.sum(axis=0, keepdims=True)))
    return np.asarray(odds / alternatives)


def _order(shape: tuple[int, int], anchors: NDArray[np.int64]) -> Matrix:
    """How near each column is to where the nearest sure links of other rows lead to expect it."""
    found = np.zeros(shape)
    if len(anchors) < _ANCHORS:
        return found
    rows, columns = np.arange(shape[0])[:, None], np.arange(shape[1])
    away = np.abs(anchors[None, :, 0] - rows)
    away = np.where(away == 0, sum(shape) ** 2, away)  # a link is no evidence for itself
    nearest = np.argsort(away, axis=1, kind="stable")[:, :_NEIGHBOURS]
    counts = 1.0 / (1.0 + np.take_along_axis(away, nearest, axis=1) / 2)
    for place in range(nearest.shape[1]):
        there = anchors[nearest[:, place]]
        expected = there[:, 1] + rows[:, 0] - there[:, 0]
        found += counts[:, place, None] / (1.0 + np.abs(columns - expected[:, None]) / 2)
    return np.asarray(found / counts.sum(axis=1, keepdims=True))


def _loose(ground: Matrix, anchors: NDArray[np.int64]) -> Matrix:
    """How little sure links of the two plans have of a ground: where they have none, others need none."""
    sure = ground[anchors[:, 0], anchors[:, 1]].sum() + _DOUBT * _EXPECTED
    return np.full(ground.shape, 1.0 - sure / (len(anchors) + _DOUBT))


def _anchors(chances: Matrix) -> NDArray[np.int64]:
    """Links that are likely, and the best of both their tasks: a row and a column each."""
    rows = np.arange(chances.shape[0])
    best, back = chances.argmax(axis=1), chances.argmax(axis=0)
    sure = (back[best] == rows) & (chances[rows, best] > _ANCHOR)
    return np.stack([rows[sure], best[sure]], axis=1)
