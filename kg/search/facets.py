"""Facets: what the values mean that a filter names, and how many hits have which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import tantivy

from kg.errors import SearchError
from kg.search.engine import SCHEMA, Engine, Occur, Query, both, worth
from kg.search.entry import NAMED
from kg.search.model import FACETS, Facet, FacetValue, Filters
from kg.search.words import to_searched
from ontology import codes

_SHOWN = 20  # values of a facet
KIND_LABELS = {"unit": "单位", "plan": "计划", "instrument": "法规文件", "section": "章节", "task": "任务", "statement": "要求"}
RELATION_LABELS = {"continues": "延续上年", "adapts": "承接上级", "breaks-down": "分解", "parallels": "各地并行"}
_LABELS = {
    "kind": ("种类", "kind"),
    "year": ("年度", "year"),
    "place": ("行政区划", "place"),
    "level": ("层级", "level"),
    "unit": ("单位", "unit"),
    "function": ("职能", "function"),
    "instrument": ("法规文件", "instrument"),
    "deadline": ("时限", "deadline"),
    "relation": ("谱系", "lineage"),
}
_NAMED_BY = {"unit": "unit", "instrument": "instrument", "place": NAMED, "function": NAMED}


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
        raise SearchError(f"{zh}中没有“{given}”{known}", f"no {en} is called {given!r}")
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
    if facet in {"level", "deadline"}:
        return {code: told.zh for code, told in codes({"deadline": "deadline-kind"}.get(facet, facet)).items()}
    return {}


def _listed(facet: str, given: str) -> Iterator[str]:
    scheme = {"deadline": "deadline-kind"}.get(facet, facet)
    for code, label in _known(facet).items():
        told = codes(scheme)[code] if facet in {"level", "deadline"} else None
        if given.rsplit("/", 1)[-1] in {code, label, *((told.en, *told.also) if told else ())}:
            yield code


def _named(facet: str, given: str, engine: Engine) -> Iterator[str]:
    value = given.rsplit("/", 1)[-1] if facet in {"place", "function"} else given
    if engine.count_all(both(Query.term_query(SCHEMA, "iri", value), Query.term_query(SCHEMA, "kind", _NAMED_BY[facet]))):
        yield value
        return
    found = engine.iris_called(to_searched(given), _NAMED_BY[facet])
    yield from sorted(one for one in found if facet not in {"place", "function"} or one.isdigit() == (facet == "place"))


def narrowed(chosen: Mapping[str, tuple[str, ...]]) -> tantivy.Query | None:
    """What has one of the values of each facet that was chosen; None where there is none."""
    if not chosen:
        return None
    return both(*(worth(_any(name, values), 0.0) for name, values in sorted(chosen.items())))


def _any(name: str, values: tuple[str, ...]) -> tantivy.Query:
    if name != "year":
        return Query.term_set_query(SCHEMA, name, list(values))
    return Query.boolean_query([(Occur.Should, Query.term_query(SCHEMA, "year", int(value))) for value in values])


# --- counts ---------------------------------------------------------------------------------------------------


def count_facets(engine: Engine, query: tantivy.Query, chosen: Mapping[str, tuple[str, ...]]) -> tuple[Facet, ...]:
    """How many hits have which value. What was chosen in a facet does not narrow its own counts, so that more can be chosen."""
    counts: dict[str, list[tuple[str, int]]] = {}
    free = [name for name in FACETS if name not in chosen]
    counts |= engine.facets(_with(query, chosen), free, _SHOWN)
    for name in chosen:
        others = {other: values for other, values in chosen.items() if other != name}
        wide = _with(query, others)
        found = engine.facets(wide, [name], _SHOWN)[name]
        lacking = [value for value in chosen[name] if value not in dict(found)]
        counts[name] = found + [(value, engine.count_all(both(wide, _any(name, (value,))))) for value in lacking]
    labels = _labels(engine, counts)
    return tuple(_facet(name, counts[name], labels, chosen.get(name, ())) for name in FACETS)


def _with(query: tantivy.Query, chosen: Mapping[str, tuple[str, ...]]) -> tantivy.Query:
    only = narrowed(chosen)
    return both(query, only) if only else query


def _facet(name: str, counts: list[tuple[str, int]], labels: Mapping[tuple[str, str], str], chosen: tuple[str, ...]) -> Facet:
    zh, en = _LABELS[name]
    values = sorted(
        (FacetValue(value=value, label=labels.get((name, value), value), count=count, chosen=value in chosen) for value, count in counts),
        key=lambda one: (-int(one.value) if name == "year" else -one.count, one.value),
    )
    return Facet(name=name, zh=zh, en=en, values=tuple(values))


def _labels(engine: Engine, counts: Mapping[str, list[tuple[str, int]]]) -> dict[tuple[str, str], str]:
    found = {(name, code): label for name in FACETS for code, label in _known(name).items()}
    named = engine.labels([value for name in _NAMED_BY for value, _ in counts[name]])
    return found | {(name, value): named.get(value, value) for name in _NAMED_BY for value, _ in counts[name]}
