"""A graph that is too large to be drawn, summed up: things of a kind that belong together become one, with their number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from viz.pictures.look import kinds, stroke
from viz.pictures.model import Graph, Notice, Thing, Tie

MOST = 300  # things that are drawn one by one
_GOOD = 60  # groups that are legible; where there are more, the next coarser way is taken
SHOWN = 50  # members of a group that a page lists

# What things of a kind are put together by, from fine to coarse; `role` is how they are tied to what the picture is about.
_WAYS: tuple[Mapping[str, tuple[str, ...]], ...] = (
    {"Task": ("plan", "role"), "Plan": ("year",), "Unit": ("function",), "Instrument": ("sort",)},
    {"Task": ("year", "role"), "Plan": ("year",), "Unit": ("function",), "Instrument": ("sort",)},
    {"Task": ("year", "role"), "Plan": ("year",), "Unit": ("sort",), "Instrument": ("sort",)},
    {"Task": ("role",)},
    {},
)
_ROLES = {"lead", "responsible", "support"}
_WORDS = {
    "plan": ("计划", "plan"),
    "role": ("角色", "role"),
    "year": ("年份", "year"),
    "place": ("地区", "place"),
    "function": ("职能", "function"),
    "sort": ("类别", "kind"),
}


def to_summary(graph: Graph, most: int = MOST) -> Graph:
    """The graph itself where it can be drawn; else its groups, and a notice that says what was summed up and how."""
    if len(graph.things) <= most:
        return graph
    roles = _roles(graph)
    for way in _WAYS:
        groups = _groups(graph, way, roles)
        if len(groups) <= min(_GOOD, most):
            break
    things = tuple(_summed(key, members, way, roles) for key, members in groups.items())
    place = {member.key: thing.key for thing in things for member in (thing.members or (thing,))}
    return replace(graph, things=things, ties=_ties(graph.ties, place), notices=(_notice(graph, way, groups, most), *graph.notices))


def _roles(graph: Graph) -> dict[str, str]:
    """In which roles each thing is tied to the units that the picture is about: 牵头、配合."""
    found: dict[str, set[str]] = defaultdict(set)
    for tie in (tie for tie in graph.ties if tie.relation in _ROLES):
        for end, other in ((tie.source, tie.target), (tie.target, tie.source)):
            if other in graph.starts:
                found[end].add(stroke(tie.relation).zh.removesuffix("单位"))
    return {key: "、".join(sorted(names)) for key, names in found.items()}


def _groups(graph: Graph, way: Mapping[str, tuple[str, ...]], roles: Mapping[str, str]) -> dict[str, list[Thing]]:
    """The things that belong together, by a key of each group; what the picture is about stays by itself."""
    found: dict[str, list[Thing]] = defaultdict(list)
    for thing in graph.things:
        parts = [thing.key] if thing.key in graph.starts else _values(thing, way, roles)
        found["\n".join([thing.kind, *parts])].append(thing)
    return dict(found)


def _values(thing: Thing, way: Mapping[str, tuple[str, ...]], roles: Mapping[str, str]) -> list[str]:
    """By what a thing is grouped; of several values the first."""
    return [roles.get(thing.key, "") if what == "role" else (thing.about.get(what) or ("",))[0] for what in way.get(thing.kind, ())]


def _summed(key: str, members: list[Thing], way: Mapping[str, tuple[str, ...]], roles: Mapping[str, str]) -> Thing:
    first = members[0]
    if len(members) == 1:
        return first
    said = [value for value in _values(first, way, roles) if value]
    label = f"{kinds()[first.kind].zh} {len(members)}" + (f" · {' · '.join(said)}" if said else " · 其他" if way.get(first.kind) else "")
    return Thing(key=key, kind=first.kind, label=label, members=tuple(members))


def _ties(ties: Iterable[Tie], place: Mapping[str, str]) -> tuple[Tie, ...]:
    """The ties between groups, with how many there are of each relation."""
    counts = Counter((place[tie.source], place[tie.target], tie.relation) for tie in ties)
    return tuple(
        Tie(source=source, target=target, relation=relation, count=count)
        for (source, target, relation), count in counts.items()
        if source != target
    )


def _notice(graph: Graph, way: Mapping[str, tuple[str, ...]], groups: Mapping[str, list[Thing]], most: int) -> Notice:
    """What was summed up, and by what."""
    summed = {members[0].kind: None for members in groups.values() if len(members) > 1}
    told = {kind: [_WORDS[what] for what in way.get(kind, ()) if what != "role" or graph.starts] for kind in summed}
    zh = [f"{kinds()[kind].zh}按{'和'.join(word for word, _ in words)}" for kind, words in told.items() if words]
    en = [f"{kinds()[kind].en}s by {' and '.join(word for _, word in words)}" for kind, words in told.items() if words]
    things, ties = f"{len(graph.things):,}", f"{len(graph.ties):,}"
    return Notice(
        zh=f"共有 {things} 个事物、{ties} 条关系，超过 {most} 个，不逐一画出，已合并为 {len(groups)} 组："
        f"{'，'.join([*zh, '其余按种类'])}。数字是合并的个数；组内的关系不画。",
        en=f"{things} things and {ties} relations are more than {most}: they are summed up in {len(groups)} groups, "
        f"{', '.join([*en, 'others by kind'])}. Numbers say how many; relations inside a group are not drawn.",
    )
