"""Facets: what the values mean that a filter names, and how many hits have which.

A role that is chosen beside units is the role of these units: the tasks that 区财政局 leads, not those that name it and are led by
somebody else. The index keeps the units of each role for this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import tantivy

from kg.errors import FilterError
from kg.search.engine import ALL, SCHEMA, Engine, Occur, Query, any_of, both, phrase, worth
from kg.search.entry import NAMED, NO_DEADLINE
from kg.search.model import FACETS, ROLES, Facet, FacetValue, Filters
from kg.search.words import to_searched
from ontology import codes

_SHOWN = 20  # values of a facet
_FOUND = 1000  # values that words of their names find
KIND_LABELS = {"unit": "单位", "plan": "计划", "instrument": "法规文件", "section": "章节", "task": "任务", "statement": "要求"}
RELATION_LABELS = {"continues": "延续上年", "adapts": "承接上级", "breaks-down": "分解", "parallels": "各地并行"}
_LABELS = {
    "kind": ("种类", "kind"),
    "year": ("年度", "year"),
    "place": ("行政区划", "place"),
    "level": ("层级", "level"),
    "plan": ("计划", "plan"),
    "unit": ("单位", "unit"),
    "function": ("职能", "function"),
    "role": ("角色", "role"),
    "instrument": ("法规文件", "instrument"),
    "deadline": ("时限", "deadline"),
    "relation": ("谱系", "lineage"),
}
_CODED = {"level": "level", "role": "role", "deadline": "deadline-kind"}  # facets whose values are a code list
_NAMED_BY = {"plan": "plan", "unit": "unit", "instrument": "instrument", "place": NAMED, "function": NAMED}


# --- filters --------------------------------------------------------------------------------------------------


def resolve_filters(filters: Filters, engine: Engine) -> dict[str, tuple[str, ...]]:
    """The values by which facets sort, for those that were given; an error for one that means nothing."""
    return {
        name: tuple(dict.fromkeys(value for given in values for value in _resolve(name, given.strip(), engine)))
        for name, values in filters.chosen().items()
    }


def _resolve(facet: str, given: str, engine: Engine) -> Iterator[str]:
    found = list(_year(given) if facet == "year" else _listed(facet, given) if facet not in _NAMED_BY else _named(facet, given, engine))
    if not found:
        zh, en = _LABELS[facet]
        listed = _known(facet)
        known = f"：{'、'.join(f'{code}（{label}）' for code, label in listed.items())}" if listed else "。请用名称、代码或标识符"
        raise FilterError(f"{zh}中没有“{given}”{known}", f"no {en} is called {given!r}")
    yield from found


def _year(given: str) -> Iterator[str]:
    plain = to_searched(given).removesuffix("年")
    if plain.isdigit() and len(plain) == 4:
        yield plain


def _known(facet: str) -> Mapping[str, str]:
    """The codes of a facet that has a fixed list, with their names."""
    if facet == "kind":
        return KIND_LABELS
    if facet == "relation":
        return RELATION_LABELS
    if facet in _CODED:
        told = {code: told.zh for code, told in codes(_CODED[facet]).items()}
        return told | ({NO_DEADLINE: "没有时限"} if facet == "deadline" else {})
    return {}


def _listed(facet: str, given: str) -> Iterator[str]:
    told = codes(_CODED[facet]) if facet in _CODED else {}
    for code, label in _known(facet).items():
        also = (told[code].en, *told[code].also) if code in told else ()
        if given.rsplit("/", 1)[-1] in {code, label, *also}:
            yield code


def _named(facet: str, given: str, engine: Engine) -> Iterator[str]:
    value = given.rsplit("/", 1)[-1] if facet in {"place", "function"} else given
    if engine.count_all(both(Query.term_query(SCHEMA, "iri", value), Query.term_query(SCHEMA, "kind", _NAMED_BY[facet]))):
        yield value
        return
    name, _, place = given.partition("@") if facet == "unit" else (given, "", "")
    found = engine.iris_called(to_searched(name), _NAMED_BY[facet])
    if place:
        there = Query.term_set_query(SCHEMA, "place", list(_named("place", place, engine)))
        found = [one for one in found if engine.any(both(Query.term_query(SCHEMA, "iri", one), there))]
    yield from sorted(one for one in found if facet not in {"place", "function"} or one.isdigit() == (facet == "place"))


def narrowed(chosen: Mapping[str, Sequence[str]]) -> tantivy.Query | None:
    """What has one of the values of each facet that was chosen; None where there is none."""
    parts = [worth(_any(name, values, chosen), 0.0) for name, values in sorted(chosen.items()) if name != "role" or "unit" not in chosen]
    return both(*parts) if parts else None


def _any(name: str, values: Sequence[str], chosen: Mapping[str, Sequence[str]]) -> tantivy.Query:
    if name == "unit" and chosen.get("role"):
        return any_of([Query.term_set_query(SCHEMA, role, list(values)) for role in chosen["role"]])
    if name != "year":
        return Query.term_set_query(SCHEMA, name, list(values))
    return Query.boolean_query([(Occur.Should, Query.term_query(SCHEMA, "year", int(value))) for value in values])


# --- counts ---------------------------------------------------------------------------------------------------


def count_facets(
    engine: Engine, query: tantivy.Query, chosen: Mapping[str, tuple[str, ...]], names: Sequence[str] = FACETS, words: str = ""
) -> tuple[Facet, ...]:
    """How many hits have which value. What was chosen in a facet does not narrow its own counts, so that more can be chosen.

    With `words`, only the values whose names have them.
    """
    wide = {name: left_by(query, {other: values for other, values in chosen.items() if other != name}) for name in names}
    together = [name for name in names if name not in chosen and name not in _tied(chosen)]
    counts = engine.facets(left_by(query, chosen), together, ALL)
    found = []
    for name in names:
        if name not in counts:
            tied = name in _tied(chosen)
            counts[name] = _tied_counts(engine, query, name, chosen) if tied else engine.facets(wide[name], [name], ALL)[name]
        if words:
            called = _called(engine, name, words)
            counts[name] = [(value, count) for value, count in counts[name] if value in called]
        shown = _shown(counts[name], () if words else chosen.get(name, ()))
        found.append((name, shown, len(counts[name])))
    labels = _labels(engine, {name: shown for name, shown, _ in found})
    return tuple(_facet(name, shown, total, labels, chosen.get(name, ())) for name, shown, total in found)


def left_by(query: tantivy.Query, chosen: Mapping[str, Sequence[str]]) -> tantivy.Query:
    """What of the hits everything that is chosen leaves."""
    only = narrowed(chosen)
    return both(query, only) if only else query


def _tied(chosen: Mapping[str, Sequence[str]]) -> set[str]:
    """The facets whose counts depend on both units and roles."""
    return ({"unit"} if chosen.get("role") else set()) | ({"role"} if chosen.get("unit") else set())


def _tied_counts(engine: Engine, query: tantivy.Query, name: str, chosen: Mapping[str, tuple[str, ...]]) -> list[tuple[str, int]]:
    """How many hits each unit has in the roles that are chosen, or the units that are chosen have in each role."""
    free = left_by(query, {other: values for other, values in chosen.items() if other not in {"unit", "role"}})
    if name == "unit":
        return _counts_in_roles(engine, free, chosen["role"])
    found = [(role, engine.count_all(both(free, _any("unit", chosen["unit"], {"role": (role,)})))) for role in ROLES]
    return [(role, count) for role, count in found if count]


def _counts_in_roles(engine: Engine, query: tantivy.Query, roles: Sequence[str]) -> list[tuple[str, int]]:
    """How many hits each unit has in any of these roles; a hit that names it in two of them counts once."""
    by_role = [dict(counts) for counts in engine.facets(query, roles, ALL).values()]
    sums: dict[str, int] = {}
    for unit in dict.fromkeys(unit for counts in by_role for unit in counts):
        counts = [each[unit] for each in by_role if unit in each]
        sums[unit] = counts[0] if len(counts) == 1 else engine.count_all(both(query, _any("unit", (unit,), {"role": roles})))
    return sorted(sums.items(), key=lambda one: (-one[1], one[0]))


def count_values(engine: Engine, query: tantivy.Query, name: str, chosen: Mapping[str, tuple[str, ...]]) -> list[tuple[str, int]]:
    """How many of the hits that everything that is chosen leaves have each value of a facet: all of them, frequent ones first."""
    left = left_by(query, chosen)
    if name == "unit" and chosen.get("role"):
        return _counts_in_roles(engine, left, chosen["role"])
    return engine.facets(left, [name], ALL)[name]


def _shown(counts: list[tuple[str, int]], given: Sequence[str]) -> list[tuple[str, int]]:
    """The most frequent values, and those that are chosen, be they frequent or not."""
    first, every = counts[:_SHOWN], dict(counts)
    return first + [(value, every.get(value, 0)) for value in given if value not in dict(first)]


def _called(engine: Engine, name: str, words: str) -> set[str]:
    """The values of a facet whose names have the words."""
    searched = to_searched(words)
    if not searched:
        return set()
    if name not in _NAMED_BY:
        known = _known(name)
        return {code for code, label in known.items() if searched in to_searched(label)} if known else {words.strip()}
    kind = Query.term_query(SCHEMA, "kind", _NAMED_BY[name])
    if name in {"place", "function"}:
        return {value for value, label in engine.named(kind, _FOUND) if searched in to_searched(label)}
    parts = [phrase("name", part) for part in searched.split()]
    return {value for value, _ in engine.named(both(kind, *parts), _FOUND)} | set(_named(name, words.strip(), engine))


def _facet(name: str, counts: list[tuple[str, int]], total: int, labels: Mapping[tuple[str, str], str], chosen: tuple[str, ...]) -> Facet:
    zh, en = _LABELS[name]
    values = sorted(
        (FacetValue(value=value, label=labels.get((name, value), value), count=count, chosen=value in chosen) for value, count in counts),
        key=lambda one: (-int(one.value) if name == "year" else -one.count, one.value),
    )
    return Facet(name=name, zh=zh, en=en, values=tuple(values), total=total)


def _labels(engine: Engine, counts: Mapping[str, list[tuple[str, int]]]) -> dict[tuple[str, str], str]:
    found = {(name, code): label for name in counts for code, label in _known(name).items()}
    named = engine.labels([value for name in _NAMED_BY for value, _ in counts.get(name, ())])
    return found | {(name, value): named.get(value, value) for name in _NAMED_BY for value, _ in counts.get(name, ())}
