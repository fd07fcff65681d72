"""The lineage of two plans as a flow: which task of the one became which of the other, and how far its wording was kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.graph.resources.pictures import about_query, headings_query
from kg.ids import Ids
from kg.lineage.differing import differ_plans
from kg.lineage.listing import RELATIONS, PlanName, Relation, Side, list_links
from kg.lineage.words import Piece
from kg.store import Store
from kg.store.rows import select_strings
from viz.pictures.model import Graph, Quote, Thing, Tie
from viz.pictures.sums import MOST
from viz.pictures.told import batches


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a task, with its colour and how it is called."""

    name: str
    zh: str
    en: str
    colour: str


OUTCOMES = {
    one.name: one
    for one in (
        Outcome(name="verbatim", zh="照录", en="kept word for word", colour="#009E73"),
        Outcome(name="edited", zh="修改", en="edited", colour="#56B4E9"),
        Outcome(name="rewritten", zh="改写", en="rewritten", colour="#0072B2"),
        Outcome(name="split", zh="拆分", en="broken down", colour="#E69F00"),
        Outcome(name="merged", zh="合并", en="merged", colour="#AA3377"),
        Outcome(name="dropped", zh="不再提", en="dropped", colour="#D55E00"),
        Outcome(name="new", zh="新增", en="new", colour="#8A94A0"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A task of the one plan and the task of the other that answers it."""

    a: Side
    b: Side
    outcome: str  # its band, or that it was broken down or merged
    band: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Both plans, the earlier or upper one first, and what became of their tasks."""

    a: PlanName
    b: PlanName
    relation: Relation | None  # none where the store has not compared them
    pairs: tuple[Pair, ...]
    only_a: tuple[Side, ...]
    only_b: tuple[Side, ...]
    headings: Mapping[str, str] = field(default_factory=dict)  # of tasks, where they are drawn by headings

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each outcome: links, and tasks of one plan only."""
        counted = Counter(pair.outcome for pair in self.pairs) + Counter(dropped=len(self.only_a), new=len(self.only_b))
        return {name: counted[name] for name in OUTCOMES if counted[name]}

    @property
    def told(self) -> str:
        """How the plans are related, in words."""
        if self.relation is None:
            return "库中没有比对过，现在比的 compared now, not in the store"
        return f"{RELATIONS[self.relation][1]} {self.relation}"

    def sides(self) -> tuple[list[Side], list[Side]]:
        """The tasks of both plans, in their order."""
        first = {side.iri: side for side in (*(pair.a for pair in self.pairs), *self.only_a)}
        second = {side.iri: side for side in (*(pair.b for pair in self.pairs), *self.only_b)}
        return sorted(first.values(), key=_order), sorted(second.values(), key=_order)


def _order(side: Side) -> tuple[int, str]:
    return side.order, side.iri


def read_flow(store: Store, ids: Ids, one: str, other: str) -> Flow:
    """The flow between two plans, by their IRIs in any order."""
    a, b, relation = _in_order(store, ids, one, other)
    found = differ_plans(store, ids, a, b)
    after, before = Counter(pair.a.iri for pair in found.pairs), Counter(pair.b.iri for pair in found.pairs)
    flow = Flow(
        a=found.a,
        b=found.b,
        relation=relation,
        only_a=found.only_a,
        only_b=found.only_b,
        pairs=tuple(
            Pair(
                a=pair.a,
                b=pair.b,
                band=pair.band,
                outcome="split" if after[pair.a.iri] > 1 else "merged" if before[pair.b.iri] > 1 else pair.band,
                pieces=pair.pieces,
            )
            for pair in sorted(found.pairs, key=lambda pair: (*_order(pair.a), *_order(pair.b)))
        ),
    )
    tasks = [side.iri for sides in flow.sides() for side in sides]
    return replace(flow, headings=_read_headings(store, tasks)) if len(tasks) > MOST else flow


def _in_order(store: Store, ids: Ids, one: str, other: str) -> tuple[str, str, Relation | None]:
    """The earlier or upper plan first: as the store links them, else by their years, else as they were given."""
    for link in list_links(store, ids, plan=one):
        if {link.a.plan_iri, link.b.plan_iri} == {one, other}:
            return link.b.plan_iri, link.a.plan_iri, link.relation
    rows = {row["thing"]: row["value"] for row in select_strings(store, about_query([one, other])) if row["what"] == "year"}
    later_first = rows.get(one, "") > rows.get(other, "") != ""
    return (other, one, None) if later_first else (one, other, None)


def to_graph(flow: Flow) -> Graph:
    """The flow as things and ties, for other programs."""
    first, second = flow.sides()
    names = {flow.a.iri: flow.a, flow.b.iri: flow.b}
    plans = [Thing(key=name.iri, iri=name.iri, kind="Plan", label=name.title or name.file) for name in names.values()]
    tasks = [
        Thing(
            key=side.iri,
            iri=side.iri,
            kind="Task",
            label=side.text,
            about={"plan": (side.plan,), "number": (number(side),)},
            quotes=(Quote(text=side.text, file=side.file),),
        )
        for side in (*first, *second)
    ]
    within = [Tie(source=side.iri, target=side.plan_iri, relation="plan") for side in (*first, *second)]
    links = [
        Tie(source=pair.b.iri, target=pair.a.iri, relation=_way(flow), words=(OUTCOMES[pair.outcome].zh, pair.band)) for pair in flow.pairs
    ]
    return Graph(title=title(flow), subtitle=flow.told, things=(*plans, *tasks), ties=(*links, *within))


def _way(flow: Flow) -> str:
    """The relation as the graph's pictures know it."""
    return {"breaksDown": "breaks-down", None: "continues"}.get(flow.relation, flow.relation or "")


def title(flow: Flow) -> str:
    return f"{flow.a.title or flow.a.file} → {flow.b.title or flow.b.file}"


def number(side: Side) -> str:
    return side.number or f"第{side.order}项"


# --- as two columns with bands between them -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What stands in a column: a task, a heading with its tasks, or all that is new or no longer there."""

    key: str
    label: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """So many tasks from an end on the left to one on the right."""

    a: str
    b: str
    outcome: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The flow as it is drawn. `summed`: by headings, because there are too many tasks to be drawn one by one."""

    left: tuple[End, ...]
    right: tuple[End, ...]
    bands: tuple[Band, ...]
    keys: Mapping[str, str]  # of the end that each task is drawn in
    summed: bool


def to_columns(flow: Flow, most: int = MOST) -> Columns:
    """Every task, or their headings where there are more than so many."""
    first, second = flow.sides()
    summed = len(first) + len(second) > most
    keys = {side.iri: (f"a:{flow.headings.get(side.iri, '')}" if summed else side.iri) for side in first}
    keys |= {side.iri: (f"b:{flow.headings.get(side.iri, '')}" if summed else side.iri) for side in second}
    counted = Counter((keys[pair.a.iri], keys[pair.b.iri], pair.outcome) for pair in flow.pairs)
    counted += Counter((keys[side.iri], "dropped", "dropped") for side in flow.only_a)
    counted += Counter(("new", keys[side.iri], "new") for side in flow.only_b)
    bands = tuple(Band(a=a, b=b, outcome=outcome, count=count) for (a, b, outcome), count in counted.items())
    return Columns(
        left=(*_ends(first, keys, [(band.a, band.count) for band in bands], summed), *_rest("new", bands)),
        right=(*_ends(second, keys, [(band.b, band.count) for band in bands], summed), *_rest("dropped", bands)),
        bands=bands,
        keys=keys,
        summed=summed,
    )


def _ends(sides: Sequence[Side], keys: Mapping[str, str], sizes: Iterable[tuple[str, int]], summed: bool) -> list[End]:
    total: Counter[str] = Counter()
    for key, count in sizes:
        total[key] += count
    members: dict[str, list[Side]] = defaultdict(list)
    for side in sides:
        members[keys[side.iri]].append(side)
    return [
        End(
            key=key,
            label=f"{key[2:] or '未分章节 no heading'}（{len(some)}）" if summed else f"{number(some[0])} {some[0].text}",
            size=total[key],
        )
        for key, some in members.items()
    ]


def _rest(name: str, bands: Iterable[Band]) -> list[End]:
    """What has nothing on the other side."""
    count = sum(band.count for band in bands if band.outcome == name)
    return [End(key=name, label=f"{OUTCOMES[name].zh} {OUTCOMES[name].en}（{count}）", size=count)] if count else []


def _read_headings(store: Store, tasks: Sequence[str]) -> dict[str, str]:
    """The outermost heading that each task stands under."""
    found: dict[str, tuple[int, str]] = {}
    for some in batches(tasks):
        for row in select_strings(store, headings_query(some)):
            one = (int(row["level"]), row["heading"])
            found[row["task"]] = min(one, found.get(row["task"], one))
    return {task: heading for task, (_, heading) in found.items()}
