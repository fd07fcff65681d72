"""Where things stand: worked out beforehand, the same every time, and so that no label lies on another."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from viz.pictures.model import Graph

Points = NDArray[np.float64]
Ties = Mapping[int, Sequence[int]]

WIDE, HIGH = 186.0, 84.0  # the box of a thing with its label
_LARGEST = 3.0  # times; how much larger landmarks are drawn where there is much to see
_GOLDEN = (math.sqrt(5) - 1) / 2
_STEPS = 250
_BROAD = 24  # leaves of a tree that still stand side by side
_ROOM = 1.7  # times the room that the boxes take by themselves
_GAP = 60.0  # between parts that no tie joins


def to_scales(graph: Graph) -> dict[str, float]:
    """How much larger than others each thing is drawn: in a large picture whatever is no task, to be read from afar."""
    scale = min(max(math.sqrt(len(graph.things) / 40), 1.0), _LARGEST)
    small = {"Task", "Statement", "Value"}
    return {thing.key: 1.0 if thing.kind in small and thing.key not in graph.starts else scale for thing in graph.things}


def to_positions(graph: Graph) -> dict[str, tuple[float, float]]:
    """A place for each thing: trees in levels, all else by how far things are apart, parts side by side."""
    keys = [thing.key for thing in graph.things]
    index = {key: at for at, key in enumerate(keys)}
    ties: dict[int, list[int]] = defaultdict(list)
    for source, target in sorted({(index[tie.source], index[tie.target]) for tie in graph.ties if tie.source != tie.target}):
        ties[source].append(target)
        ties[target].append(source)
    starts = [index[key] for key in graph.starts if key in index]
    scales = to_scales(graph)
    boxes = np.array([[WIDE, HIGH]]) * np.array([[scales[key]] for key in keys])
    parts = [_placed(part, ties, boxes[part]) for part in _parts(len(keys), {at: sorted(set(to)) for at, to in ties.items()}, starts)]
    return {keys[at]: (round(x), round(y)) for part, points in _packed(parts, boxes) for at, (x, y) in zip(part, points, strict=True)}


def _parts(count: int, ties: Ties, starts: Sequence[int]) -> list[list[int]]:
    """The parts that hang together, each in the order in which it is walked from a start, or from the thing with most ties."""
    seen: set[int] = set()
    parts = []
    for first in [*starts, *sorted(range(count), key=lambda at: -len(ties.get(at, ())))]:
        if first not in seen:
            part = list(_depths(first, ties))
            seen.update(part)
            parts.append(part)
    return parts


def _depths(first: int, ties: Ties) -> dict[int, int]:
    """How many steps each thing lies from the first, in the order of a walk."""
    depths = {first: 0}
    waiting = deque([first])
    while waiting:
        at = waiting.popleft()
        for other in ties.get(at, ()):
            if other not in depths:
                depths[other] = depths[at] + 1
                waiting.append(other)
    return depths


def _placed(part: list[int], ties: Ties, boxes: Points) -> tuple[list[int], Points]:
    if len(part) == 1:
        return part, np.zeros((1, 2))
    within = set(part)
    own = {at: sorted({other for other in ties[at] if other in within}) for at in part}
    tree = sum(map(len, own.values())) == 2 * (len(part) - 1)
    leaves = sum(len(to) == 1 for to in own.values())
    depths = _depths(part[0], own)
    if tree and max(depths.values()) > 1 and leaves <= _BROAD:
        return part, _apart(_levels(part, own), boxes, room=0.0)
    points = _fan(part, own, depths)
    if len(part) > 2:
        points = _relaxed(points, _distances(part, own))
    return part, _apart(points * np.array([WIDE * 0.95, HIGH * 1.9]), boxes, room=_ROOM)


# --- trees ----------------------------------------------------------------------------------------------------------


def _levels(part: Sequence[int], ties: Ties) -> Points:
    """Each level in a row of its own, parents over the middle of their children."""
    column: dict[int, float] = {}
    row: dict[int, int] = {}
    free = 0

    def place(at: int, came: int | None, depth: int) -> None:
        nonlocal free
        row[at] = depth
        below = [other for other in ties[at] if other != came]
        for other in below:
            place(other, at, depth + 1)
        if below:
            column[at] = sum(column[other] for other in below) / len(below)
        else:
            column[at] = free
            free += 1

    place(part[0], None, 0)
    return np.array([(column[at] * WIDE * 1.05, row[at] * HIGH * 1.9) for at in part])


# --- everything else ------------------------------------------------------------------------------------------------


def _fan(part: Sequence[int], ties: Ties, depths: Mapping[int, int]) -> Points:
    """A first guess: rings around the first thing, children beside each other; no two as far out, so that rings can fill."""
    children: dict[int, list[int]] = defaultdict(list)
    taken = {part[0]}
    for at in part:
        for other in ties[at]:
            if other not in taken and depths[other] == depths[at] + 1:
                taken.add(other)
                children[at].append(other)
    leaves: dict[int, int] = {}
    for at in reversed(part):
        leaves[at] = sum(leaves[child] for child in children[at]) or 1
    angle = {part[0]: (0.0, 2 * math.pi)}
    points = {}
    for number, at in enumerate(part):
        start, end = angle[at]
        for child in children[at]:
            share = (end - start) * leaves[child] / leaves[at]
            angle[child] = (start, start + share)
            start += share
        middle = sum(angle[at]) / 2
        radius = depths[at] - 0.7 * ((number * _GOLDEN) % 1.0) if depths[at] else 0.0
        points[at] = (radius * math.cos(middle), radius * math.sin(middle))
    return np.array([points[at] for at in part])


def _distances(part: Sequence[int], ties: Ties) -> NDArray[np.float64]:
    """How many steps things are apart."""
    index = {at: number for number, at in enumerate(part)}
    steps = np.zeros((len(part), len(part)))
    for at in part:
        for other, depth in _depths(at, ties).items():
            steps[index[at], index[other]] = depth
    return steps


def _relaxed(points: Points, distances: NDArray[np.float64]) -> Points:
    """The places whose distances come nearest to those given: stress, lessened by majorization."""
    count = len(points)
    wanted = distances + np.eye(count)
    weights = wanted**-2 - np.eye(count)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1.0 / count) - 1.0 / count
    for _ in range(_STEPS):
        apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
        ratio = weights * distances / np.maximum(apart, 1e-9)
        moved = inverse @ (ratio.sum(axis=1)[:, None] * points - ratio @ points)
        still = float(np.abs(moved - points).max()) < 1e-3
        points = moved
        if still:
            break
    return points


def _apart(points: Points, boxes: Points, *, room: float) -> Points:
    """Moved until no box lies on another: each pair along the shorter way out, and all further apart where that is not enough."""
    points = points + np.arange(len(points))[:, None] * np.array([1e-3, 1.7e-3])  # nothing stands on the same spot
    taken = float(np.prod(np.ptp(points, axis=0) + boxes.mean(axis=0)))
    points = points * math.sqrt(max(1.0, float(boxes.prod(axis=1).sum()) * room / taken))
    one, other = np.triu_indices(len(points), 1)
    box = (boxes[one] + boxes[other]) / 2
    for turn in itertools.count(1):
        gaps = points[one] - points[other]
        over = box - np.abs(gaps)
        hit = np.flatnonzero((over > 0).all(axis=1))
        if not len(hit):
            return points
        ways = np.argmin(over[hit] / box[hit], axis=1)
        push = np.zeros((len(hit), 2))
        rows = np.arange(len(hit))
        push[rows, ways] = (over[hit, ways] + 2.0) / 2 * np.where(gaps[hit, ways] < 0, -1.0, 1.0)
        moved = np.zeros_like(points)
        np.add.at(moved, one[hit], push)
        np.add.at(moved, other[hit], -push)
        times = np.bincount(np.concatenate([one[hit], other[hit]]), minlength=len(points))
        points = points + moved / np.sqrt(np.maximum(1, times))[:, None]
        if turn % 40 == 0:
            points = points * 1.05
    return points


def _packed(parts: Sequence[tuple[list[int], Points]], boxes: Points) -> list[tuple[list[int], Points]]:
    """The parts in rows from the upper left, the largest first, in a picture that is somewhat wider than high."""
    edges = [(points - boxes[part] / 2, points + boxes[part] / 2) for part, points in parts]
    sizes = [high.max(axis=0) - low.min(axis=0) for low, high in edges]
    area = sum(float((size + _GAP).prod()) for size in sizes)
    wide = max(math.sqrt(area * 1.7), *(float(size[0]) for size in sizes)) if sizes else 0.0
    placed: list[tuple[list[int], Points]] = []
    x = y = high = 0.0
    for at in sorted(range(len(parts)), key=lambda at: -float(sizes[at].prod())):
        part, points = parts[at]
        if x and x + sizes[at][0] > wide:
            x, y, high = 0.0, y + high + _GAP, 0.0
        placed.append((part, points - edges[at][0].min(axis=0) + np.array([x, y])))
        x, high = x + float(sizes[at][0]) + _GAP, max(high, float(sizes[at][1]))
    return placed
