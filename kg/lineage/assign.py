"""Which of the possible links are drawn: first one to one, then what was broken down or merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from kg.lineage.features import Prepared
from kg.lineage.model import Band, Shape
from kg.lineage.score import Weights, weigh
from kg.lineage.tables import Matrix
from kg.lineage.texts import Wording

_RUN = 4  # characters; as many in a row are a passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A link between a row and a column, with how likely it is."""

    row: int
    column: int
    chance: float


def draw(grounds: Mapping[str, Matrix], weights: Weights) -> list[Drawn]:
    """The links, in order of the later tasks."""
    chances = weigh(grounds, weights.second)
    single = one_to_one(chances, weights.link)
    more = further_chances(grounds, single, weights)
    taken = {(one.row, one.column) for one in single}
    added = [
        Drawn(row=int(row), column=int(column), chance=float(more[row, column]))
        for row, column in np.argwhere(more >= weights.more)
        if (row, column) not in taken
    ]
    return sorted([*single, *added], key=lambda one: (one.row, one.column))


def one_to_one(chances: Matrix, least: float) -> list[Drawn]:
    """The likeliest set of links in which no task has two; each as likely as `least`."""
    gain = np.maximum(np.log(np.maximum(chances, 1e-12) / np.maximum(1 - chances, 1e-12)) - np.log(least / (1 - least)), 0.0)
    rows, columns = linear_sum_assignment(-gain)
    pairs = [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if gain[row, column] > 0]
    return [Drawn(row=row, column=column, chance=float(chances[row, column])) for row, column in pairs]


# --- broken down, merged -------------------------------------------------------------------------------------------


def further_chances(grounds: Mapping[str, Matrix], single: Sequence[Drawn], weights: Weights) -> Matrix:
    """How likely each task shares the partner of another."""
    return np.where(open_places(grounds, single), weigh(further_grounds(grounds, single), weights.further), 0.0)


def open_places(grounds: Mapping[str, Matrix], single: Sequence[Drawn]) -> NDArray[np.bool_]:
    """Where one more link may be drawn: at least one of the two tasks has one already."""
    rows, columns = _taken(grounds, single)
    found = rows[:, None] | columns[None, :]
    found[[one.row for one in single], [one.column for one in single]] = False
    return found


def further_grounds(grounds: Mapping[str, Matrix], single: Sequence[Drawn]) -> dict[str, Matrix]:
    """The grounds of one more link; `beside` tells how near the task stands to the one that has the partner already.

    `free` tells whether one of the two has no link yet.
    """
    shape = grounds["words"].shape
    rows, columns = _taken(grounds, single)
    beside = np.zeros(shape)
    for one in single:
        beside[:, one.column] = np.maximum(beside[:, one.column], 1.0 / np.maximum(np.abs(np.arange(shape[0]) - one.row), 1))
        beside[one.row] = np.maximum(beside[one.row], 1.0 / np.maximum(np.abs(np.arange(shape[1]) - one.column), 1))
    return {**grounds, "beside": beside, "free": (rows[:, None] ^ columns[None, :]).astype(float)}


def _taken(grounds: Mapping[str, Matrix], single: Sequence[Drawn]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    rows, columns = (np.zeros(size, dtype=bool) for size in grounds["words"].shape)
    rows[[one.row for one in single]] = True
    columns[[one.column for one in single]] = True
    return rows, columns


# --- what kind of link -------------------------------------------------------------------------------------------------


def band_of(later: Wording, earlier: Wording, edited: float) -> Band:
    """How far the wording was kept; what differs by place and day does not count as another wording, only as an edit."""
    if later.plain == earlier.plain:
        return "verbatim"
    return "edited" if kept(later.marked, earlier.marked) >= edited else "rewritten"


def kept(one: str, other: str) -> float:
    """How much of the shorter text stands in the other, in stretches of a few characters."""
    first, second = _runs(one), _runs(other)
    return len(first & second) / max(min(len(first), len(second)), 1)


def _runs(text: str) -> set[str]:
    return {text[at : at + _RUN] for at in range(max(len(text) - _RUN + 1, 1))}


def shapes(links: Iterable[Drawn]) -> list[Shape]:
    """For each link whether its earlier task has several later ones, its later task several earlier ones, or neither."""
    links = list(links)
    rows, columns = Counter(one.row for one in links), Counter(one.column for one in links)
    return ["broken_down" if columns[one.column] > 1 else "merged" if rows[one.row] > 1 else "one" for one in links]


def without_links(prepared: Prepared, taken: Iterable[int]) -> tuple[str, ...]:
    """The tasks that no link reaches, in order."""
    reached = set(taken)
    return tuple(task.iri for place, task in enumerate(prepared.plan.tasks) if place not in reached)
