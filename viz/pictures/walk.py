"""The part of the graph that lies around something: so many steps, so many things."""

from __future__ import annotations

from kg.graph.resources import pictures as asking
from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings
from viz.pictures.labels import short
from viz.pictures.look import called, kinds
from viz.pictures.model import Graph, Notice, Tie
from viz.pictures.told import batches, read_things, with_words

DEEPEST = 4
_STEP = 50  # things that one query starts from
_FANS = 20_000  # neighbours that one query gives


def read_around(store: Store, ids: Ids, start: str, depth: int, most: int) -> Graph:
    """What can be reached from a thing in `depth` steps, the nearest first, at most so many things; and all ties among them."""
    reached, ties, cut = _walk(store, start, depth, most)
    things = read_things(store, list(reached))
    tasks = [thing.key for thing in things if thing.kind in {"Task", "Statement"}]
    first = things[0]
    zh = f"只取了最近的 {len(things)} 个事物，还有更多；用 --limit 多取，或减小 --depth"
    en = f"only the nearest {len(things)} things are shown and there are more: raise --limit or lower --depth"
    return Graph(
        title=short(first.label, 60),
        subtitle=f"{called(kinds()[first.kind])} · {depth} 步以内 within {depth} {'step' if depth == 1 else 'steps'}",
        things=things,
        ties=with_words(store, ids, sorted(ties, key=lambda tie: (tie.source, tie.target, tie.relation)), tasks),
        starts=(start,),
        notices=(Notice(zh=zh, en=en),) if cut else (),
    )


def _walk(store: Store, start: str, depth: int, most: int) -> tuple[dict[str, None], set[Tie], bool]:
    """The things that are reached, in order; the ties among them; and whether there were more."""
    reached: dict[str, None] = {start: None}
    ties: set[Tie] = set()
    edge, cut = [start], False
    for _ in range(depth):
        before = len(reached)
        for some in batches(edge, _STEP):
            rows = list(select_strings(store, asking.steps_query(some, _FANS)))
            cut = cut or len(rows) > _FANS
            for row in rows[:_FANS]:
                if row["other"] not in reached and len(reached) >= most:
                    cut = True
                    continue
                reached[row["other"]] = None
                ties.add(_tie(row))
        edge = list(reached)[before:]
    ties |= _among(store, edge, reached)
    return reached, ties, cut


def _among(store: Store, edge: list[str], reached: dict[str, None]) -> set[Tie]:
    """The ties between things of the outermost step, which nobody has walked along; whatever has many ties has them inward."""
    return {
        _tie(row)
        for some in batches(edge, _STEP)
        for row in select_strings(store, asking.steps_query(some, _FANS, ends=(False,)))
        if row["other"] in reached
    }


def _tie(row: dict[str, str]) -> Tie:
    ends = (row["thing"], row["other"])
    source, target = reversed(ends) if row["inward"] == "true" else ends
    return Tie(source=source, target=target, relation=row["relation"])
