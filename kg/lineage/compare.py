"""Two plans to what became of each task; many pairs of plans with all cores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from kg.errors import ZhengpuError
from kg.lineage.assign import Drawn, band_of, draw, shapes, without_links
from kg.lineage.features import ALL, Prepared, prepare
from kg.lineage.model import Band, Comparison, Link, LinkPlan, Pairing, Shape
from kg.lineage.score import Weights, all_grounds, load_weights
from kg.lineage.tables import Matrix
from kg.pool import map_files

_DIGITS = 4
_CHUNK = 64  # pairings that a worker is given at a time
_ALONE = 20_000  # tasks in all pairings together; for fewer no processes are started


def compare(pairing: Pairing, weights: Weights | None = None) -> Comparison:
    """The links between two plans, and the tasks that have none. It depends on nothing but the two plans and the weights."""
    return _compare(pairing, prepare(pairing.later), prepare(pairing.earlier), weights or load_weights())


def _compare(pairing: Pairing, later: Prepared, earlier: Prepared, weights: Weights) -> Comparison:
    drawn: list[Drawn] = []
    links: list[Link] = []
    if later.plan.tasks and earlier.plan.tasks:
        grounds = all_grounds(later, earlier, weights)
        drawn = draw(grounds, weights)
        for one, shape in zip(drawn, shapes(drawn), strict=True):
            band = band_of(later.wordings[one.row], earlier.wordings[one.column], weights.edited)
            links.append(_link(pairing, one, (band, shape), grounds))
    return Comparison(
        later=pairing.later.iri,
        earlier=pairing.earlier.iri,
        axis=pairing.axis,
        links=tuple(links),
        new=without_links(later, (one.row for one in drawn)),
        dropped=without_links(earlier, (one.column for one in drawn)),
    )


def _link(pairing: Pairing, drawn: Drawn, kind: tuple[Band, Shape], grounds: Mapping[str, Matrix]) -> Link:
    return Link(
        later=pairing.later.tasks[drawn.row].iri,
        earlier=pairing.earlier.tasks[drawn.column].iri,
        axis=pairing.axis,
        band=kind[0],
        shape=kind[1],
        score=round(drawn.chance, _DIGITS),
        parts={name: round(float(grounds[name][drawn.row, drawn.column]), _DIGITS) for name in ALL},
    )


# --- many ----------------------------------------------------------------------------------------------------------


def compare_many(pairings: Sequence[Pairing], weights: Weights | None = None, jobs: int | None = None) -> Iterator[Comparison]:
    """The comparisons in order of the pairings. Plans that come again soon are made ready once."""
    chunks = [(pairings[start : start + _CHUNK], weights) for start in range(0, len(pairings), _CHUNK)]
    if sum(len(one.later.tasks) + len(one.earlier.tasks) for one in pairings) < _ALONE:
        jobs = 1
    # the pool hands its items on as they are, whatever they are
    for found in map_files(cast("Sequence[Path]", chunks), _compare_chunk, _failed, jobs):
        yield from found


def _compare_chunk(chunk: object) -> list[Comparison]:
    pairings, weights = cast("tuple[Sequence[Pairing], Weights | None]", chunk)
    ready: dict[str, Prepared] = {}
    known = weights or load_weights()
    return [_compare(one, _ready(one.later, ready), _ready(one.earlier, ready), known) for one in pairings]


def _ready(plan: LinkPlan, ready: dict[str, Prepared]) -> Prepared:
    found = ready.get(plan.iri)
    if found is None or found.plan is not plan:
        found = ready[plan.iri] = prepare(plan)
    return found


def _failed(_chunk: object, message: str) -> list[Comparison]:
    raise ZhengpuError(f"比对计划时出错：{message}", f"comparing plans failed: {message}")
