"""Where things stand: the same every time, and no label on another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.viz.graphs import hostile, star
from viz.pictures.layout import HIGH, WIDE, to_positions, to_scales
from viz.pictures.model import Graph, Thing, Tie


def chain(count: int, *, closed: bool = False) -> Graph:
    things = tuple(Thing(key=str(at), kind="Task", label=str(at)) for at in range(count))
    ends = [(at, at + 1) for at in range(count - 1)] + ([(count - 1, 0)] if closed else [])
    ties = tuple(Tie(source=str(one), target=str(other), relation="continues") for one, other in ends)
    return Graph(title="", subtitle="", things=things, ties=ties, starts=("0",))


def scattered(count: int) -> Graph:
    return replace(chain(count), ties=())


GRAPHS = {
    "one thing": chain(1),
    "a pair": chain(2),
    "a chain is a tree": chain(9),
    "a ring": chain(12, closed=True),
    "a star": star(40),
    "a large star": star(299),
    "no ties": scattered(30),
    "ties to itself": replace(chain(3), ties=(Tie(source="0", target="0", relation="continues"),)),
    "hostile": hostile(),
}


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS.keys())
def test_no_box_lies_on_another(graph: Graph) -> None:
    places, scales = to_positions(graph), to_scales(graph)
    keys = [thing.key for thing in graph.things]
    assert set(places) == set(keys)
    for at, one in enumerate(keys):
        for other in keys[:at]:
            room = (scales[one] + scales[other]) / 2
            apart = [abs(a - b) for a, b in zip(places[one], places[other], strict=True)]
            assert apart[0] >= WIDE * room - 2 or apart[1] >= HIGH * room - 2, (one, other)


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS.keys())
def test_the_same_every_time(graph: Graph) -> None:
    assert to_positions(graph) == to_positions(graph)


def test_a_tree_stands_in_levels() -> None:
    places = to_positions(chain(5))
    assert [places[str(at)][1] for at in range(5)] == sorted({y for _, y in places.values()})
