"""Lineage read back for people and programs: links with both wordings, and what became of each task of two compared plans."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kg.graph import lineage as graph
from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings

Relation = Literal["continues", "adapts", "breaksDown", "parallels"]
RELATIONS: dict[Relation, tuple[str, str]] = {  # the axis, and the word for people
    "continues": ("year", "延续"),
    "adapts": ("level", "承接上级"),
    "breaksDown": ("ledger", "分解"),
    "parallels": ("sibling", "并行"),
}
BANDS = {"verbatim": "照录", "edited": "修改", "rewritten": "改写"}
SHAPES = {"one": "一对一", "broken_down": "拆分", "merged": "合并"}
BASES = {"series": "同一系列", "citation": "写明文号", "subject": "同一事项", "file": "同一文件"}
_BATCH = 500  # tasks that are asked for at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A task as one side of a link."""

    iri: str
    plan_iri: str
    plan: str  # its title
    file: str
    number: str
    order: int  # which task of its plan it is, from 1
    text: str

    def to_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "plan": self.plan,
            "plan_iri": self.plan_iri,
            "iri": self.iri,
            "number": self.number or None,
            "order": self.order,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A link: `a` is the later or lower task, `b` the earlier or upper one."""

    a: Side
    b: Side
    relation: Relation
    band: str
    shape: str
    score: float
    parts: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        return {
            "a": self.a.to_json(),
            "b": self.b.to_json(),
            "relation": self.relation,
            "band": self.band,
            "shape": self.shape,
            "score": self.score,
            "parts": self.parts,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanName:
    """A plan as it is called."""

    iri: str
    title: str
    file: str

    def to_json(self) -> dict[str, str]:
        return {"iri": self.iri, "plan": self.title, "file": self.file}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What became of the tasks of two plans."""

    a: PlanName
    b: PlanName
    relation: Relation
    basis: str
    years_apart: int
    links: tuple[Listed, ...]
    new: tuple[Side, ...]
    dropped: tuple[Side, ...]

    @property
    def carried(self) -> tuple[Listed, ...]:
        return tuple(one for one in self.links if one.band == "verbatim")

    @property
    def reworded(self) -> tuple[Listed, ...]:
        return tuple(one for one in self.links if one.band != "verbatim")

    def to_json(self) -> dict[str, Any]:
        return {
            "a": self.a.to_json(),
            "b": self.b.to_json(),
            "relation": self.relation,
            "basis": self.basis,
            "years_apart": self.years_apart,
            "carried_on": [one.to_json() for one in self.carried],
            "reworded": [one.to_json() for one in self.reworded],
            "new": [one.to_json() for one in self.new],
            "dropped": [one.to_json() for one in self.dropped],
        }


def list_links(store: Store, ids: Ids, *, plan: str = "", task: str = "", relation: Relation | None = None) -> list[Listed]:
    """The links, in order of files and tasks: all, or those of a plan, a task, a relation."""
    axis = RELATIONS[relation][0] if relation else ""
    rows = list(select_strings(store, graph.listed_query(ids, plan=plan, task=task, axis=axis)))
    return [found for _, found in _links(store, rows)]


def _links(store: Store, rows: Sequence[dict[str, str]]) -> list[tuple[str, Listed]]:
    """The links of such an answer, each behind its comparison."""
    sides = read_sides(store, {row[end] for row in rows for end in ("later", "earlier")})
    found = [
        (
            row["comparison"],
            Listed(
                a=sides[row["later"]],
                b=sides[row["earlier"]],
                relation=_relation(row),
                band=_name(row["band"]),
                shape=_name(row["shape"]).replace("-", "_"),
                score=float(row["score"]),
                parts=json.loads(row["parts"]),
            ),
        )
        for row in rows
        if row["later"] in sides and row["earlier"] in sides
    ]
    return sorted(found, key=lambda one: (in_order(one[1].a), in_order(one[1].b)))


def list_changes(store: Store, ids: Ids, *, plan: str = "", relation: Relation | None = None) -> list[Compared]:
    """What became of the tasks of every compared pair, or of those of a plan, a relation."""
    axis = RELATIONS[relation][0] if relation else ""
    links: dict[str, list[Listed]] = defaultdict(list)
    for comparison, one in _links(store, list(select_strings(store, graph.listed_query(ids, plan=plan, axis=axis)))):
        links[comparison].append(one)
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in select_strings(store, graph.compared_query(ids, plan=plan, axis=axis)):
        rows[row["one"]].append(row)
    sides = read_sides(store, {row[end] for told in rows.values() for row in told for end in ("new", "dropped") if end in row})
    names = read_plan_names(store, {row[end] for told in rows.values() for row in told[:1] for end in ("later", "earlier")})
    found = [_compared(told, links[one], sides, names) for one, told in rows.items()]
    return sorted(found, key=lambda one: (one.a.file, one.a.title, list(RELATIONS).index(one.relation), one.b.file, one.b.title))


def _compared(told: Sequence[dict[str, str]], links: Sequence[Listed], sides: dict[str, Side], names: dict[str, PlanName]) -> Compared:
    def listed(end: str) -> tuple[Side, ...]:
        return tuple(sorted((sides[row[end]] for row in told if row.get(end) in sides), key=in_order))

    first = told[0]
    return Compared(
        a=names[first["later"]],
        b=names[first["earlier"]],
        relation=_relation(first),
        basis=_name(first["basis"]),
        years_apart=int(first.get("apart", 0)),
        links=tuple(links),
        new=listed("new"),
        dropped=listed("dropped"),
    )


def _relation(row: dict[str, str]) -> Relation:
    axis = graph.AXES[_name(row["relation"])]
    return next(relation for relation, (own, _) in RELATIONS.items() if own == axis)


def _name(iri: str) -> str:
    """The name of a code in its list."""
    return iri.rsplit("/", 1)[-1]


def in_order(side: Side) -> tuple[str, str, int, str]:
    """By file, plan and place in the plan."""
    return side.file, side.plan_iri, side.order, side.iri


def read_sides(store: Store, tasks: Iterable[str]) -> dict[str, Side]:
    """How these tasks are called and worded; of two files, the first by name."""
    rows = [row for batch in _batches(sorted(tasks)) for row in select_strings(store, graph.sides_query(batch))]
    places = read_places(store, {row["plan"] for row in rows})
    found: dict[str, Side] = {}
    for row in rows:
        side = Side(
            iri=row["task"],
            plan_iri=row["plan"],
            plan=row.get("title", ""),
            file=row.get("file", ""),
            number=row.get("number", ""),
            order=places[row["task"]],
            text=row["text"],
        )
        found[side.iri] = min(side, found.get(side.iri, side), key=lambda one: (one.file, one.text))
    return found


def read_places(store: Store, plans: Iterable[str]) -> dict[str, int]:
    """Which task of its plan each is, from 1; what stands between them and is no task does not count."""
    orders: dict[str, dict[str, int]] = defaultdict(dict)
    for batch in _batches(sorted(plans)):
        for row in select_strings(store, graph.places_query(batch)):
            known = orders[row["plan"]]
            known[row["task"]] = min(int(row["order"]), known.get(row["task"], int(row["order"])))
    return {task: place for known in orders.values() for place, task in enumerate(sorted(known, key=lambda one: (known[one], one)), 1)}


def read_plan_names(store: Store, plans: Iterable[str]) -> dict[str, PlanName]:
    """How these plans are called; of two files, the first by name."""
    found: dict[str, PlanName] = {}
    for batch in _batches(sorted(plans)):
        for row in select_strings(store, graph.plans_query(batch)):
            name = PlanName(iri=row["plan"], title=row.get("title", ""), file=row.get("file", ""))
            found[name.iri] = min(name, found.get(name.iri, name), key=lambda one: (one.file, one.title))
    return found


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[at : at + _BATCH] for at in range(0, len(items), _BATCH))
