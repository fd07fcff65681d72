"""A page of things: which ones, in what order, and what is told of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.ids import Ids

PREFIXES = """PREFIX zp: <https://w3id.org/zhengpu/ontology#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX eli-dl: <http://data.europa.eu/eli/eli-draft-legislation-ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX time: <http://www.w3.org/2006/time#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX role: <https://w3id.org/zhengpu/code/role/>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Which part of a list; one more than `limit` is asked for, to know whether it goes on."""

    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a list is narrowed to; what is empty does not narrow. Everything but years and words is an IRI."""

    year: tuple[str, ...] = ()  # of the ten facets any of the values will do
    place: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    function: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    deadline: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()  # only these, whatever the facets of plans say
    kind: str = ""
    through: str = ""
    status: str = ""
    band: str = ""
    shape: str = ""
    task: str = ""
    matter: str = ""
    earlier_plan: str = ""  # of two plans that were compared
    earlier_year: str = ""
    earlier_place: str = ""
    start: str = ""  # days, in ISO's form
    end: str = ""
    iris: tuple[str, ...] | None = None  # only these


OF_PLANS = ("year", "place", "level", "plan")
OF_TASKS = ("unit", "function", "role", "instrument", "deadline", "relation")
FACETS = (*OF_PLANS, *OF_TASKS)
"""The facets that all views share: those by which a plan is chosen, and those that each of its tasks has for itself."""


def of_tasks(kept: Kept) -> bool:
    """Whether tasks are narrowed by more than their plans."""
    return any(getattr(kept, name) for name in OF_TASKS)


def one_of(way: str, name: str, ones: Sequence[str]) -> str:
    """The pattern that what a way leads to is one of these terms; `name` is free for it."""
    return f"{way} {ones[0]} ." if len(ones) == 1 else f"{way} ?{name} . VALUES ?{name} {{ {' '.join(ones)} }}"


def to_terms(iris: Iterable[str]) -> list[str]:
    return [f"<{iri}>" for iri in iris]


def listed(name: str, pattern: str, keys: str, told: str, variables: str, part: Slice | None) -> str:  # noqa: PLR0917
    """Asks for the things ?name of a pattern, in the order of `keys`, and what is told of each on the page."""
    aggregates = " ".join(f"(MIN({key}) AS {key}_)" for key in keys.split())
    order = " ".join([*(f"{key}_" for key in keys.split()), f"?{name}"])
    bound = f"LIMIT {part.limit + 1} OFFSET {part.offset}" if part else ""
    return f"""{PREFIXES}SELECT DISTINCT ?{name} {variables} WHERE {{
  {{ SELECT ?{name} {aggregates} WHERE {{
    {pattern}
  }} GROUP BY ?{name} ORDER BY {order} {bound} }}
  {told}
}} ORDER BY {order}"""


def values(name: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def narrowed(name: str, kept: Kept) -> str:
    """The things of a list of IRIs only, where there is one."""
    return values(name, kept.iris) if kept.iris is not None else ""


def ask(variables: str, pattern: str) -> str:
    return f"{PREFIXES}SELECT DISTINCT {variables} WHERE {{ {pattern} }}"


def kept_totals(ids: Ids, name: str, way: str, ones: Sequence[str]) -> str:
    """Asks for the kept totals of these, over all years; `way` is the property that leads from a total to what it is of."""
    return ask(
        f"?{name} ?measure ?total",
        f"""{values(name, ones)} GRAPH <{ids.graph("counts")}> {{
          ?count {way} ?{name} ; ?measure ?total FILTER(isNumeric(?total)) }}""",
    )


def kept_by_year(ids: Ids, way: str, one: str, measures: Mapping[str, str]) -> str:
    """Asks for the kept totals of one thing by year and place: each variable with the property that it is the value of."""
    told = " ".join(f"OPTIONAL {{ ?count {measure} ?{name} }}" for name, measure in measures.items())
    asked = ask(
        "?year ?place ?place_label " + " ".join(f"?{name}" for name in measures),
        f"""GRAPH <{ids.graph("counts")}> {{ ?count {way} <{one}> .
          OPTIONAL {{ ?count zp:countYear ?year }} OPTIONAL {{ ?count zp:countPlace ?place }} {told} }}
        OPTIONAL {{ ?count zp:countPlace/skos:prefLabel ?place_label }}""",
    )
    return asked + " ORDER BY ?year ?place"
