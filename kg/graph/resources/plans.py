"""Plans, their sections and their tasks."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.resources.base import Kept, Slice, ask, kept_totals, listed, narrowed, one_of, to_terms, values
from kg.ids import Ids

_TOLD = """OPTIONAL { ?plan dcterms:title ?label } OPTIONAL { ?plan eli:number ?number } OPTIONAL { ?plan zp:planYear ?year }
  OPTIONAL { ?plan zp:jurisdiction ?place OPTIONAL { ?place skos:prefLabel ?place_label } OPTIONAL { ?place zp:jurisdictionLevel ?level } }
  OPTIONAL { ?plan zp:planKind ?kind } OPTIONAL { ?plan zp:issuerAsPrinted ?issuer } OPTIONAL { ?plan eli:date_document ?day }"""
HOME = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?iri ?title ?year ?place WHERE {
  ?iri a zp:Plan ; dcterms:title ?title OPTIONAL { ?iri zp:planYear ?year }
  OPTIONAL { ?iri zp:jurisdiction/skos:prefLabel ?place }
} ORDER BY DESC(?year) ?place ?title LIMIT 60"""
"""The newest plans."""
_VARIABLES = "?label ?number ?year ?place ?place_label ?level ?kind ?issuer ?day"


def plans_query(kept: Kept, part: Slice | None, tasks: str = "") -> str:
    """Asks for plans, in order of year and title; `tasks` is the pattern of what has to be in them."""
    pattern = f"""{narrowed("plan", kept)} {in_plans(kept)} ?plan a zp:Plan .
    OPTIONAL {{ ?plan zp:planYear ?y }} OPTIONAL {{ ?plan dcterms:title ?t }}"""
    if kept.kind:
        pattern += f" ?plan zp:planKind <{kept.kind}> ."
    if tasks:
        pattern += f" {{ SELECT DISTINCT ?plan {{ {tasks} }} }}"
    return listed("plan", pattern, "?y ?t", _TOLD, _VARIABLES, part)


def in_plans(kept: Kept, name: str = "plan") -> str:
    """The pattern of plans of a year, a place, a level, or of one plan; empty where any will do."""
    if kept.plans:
        return values(name, kept.plans)
    parts = [values(name, kept.plan)] if kept.plan else []
    if kept.year:
        parts.append(one_of(f"?{name} zp:planYear", "of_year", kept.year))
    if kept.place:
        parts.append(one_of(f"?{name} zp:jurisdiction", "of_place", to_terms(kept.place)))
    if kept.level:
        parts.append(f"?{name} zp:jurisdiction ?at . " + one_of("?at zp:jurisdictionLevel", "of_level", to_terms(kept.level)))
    return f"{{ SELECT DISTINCT ?{name} {{ {' '.join(parts)} }} }}" if parts else ""


def documents_query(plans: Sequence[str]) -> str:
    """Asks which files print these plans."""
    return ask(
        "?plan ?document ?sha256 ?file",
        f"{values('plan', plans)} ?plan zp:sourceDocument ?document . ?document zp:fileName ?file ; zp:sha256 ?sha256",
    )


def sizes_query(ids: Ids, kept: Kept) -> str:
    """Asks for plans in the order in which their tasks are listed, with the kept totals of tasks and statements."""
    pattern = f"""{in_plans(kept)} GRAPH <{ids.graph("counts")}> {{ ?count zp:planTotalsOf ?plan .
      OPTIONAL {{ ?count zp:countYear ?y }} OPTIONAL {{ ?count zp:tasks ?tasks }} OPTIONAL {{ ?count zp:statements ?statements }} }}"""
    return ask("?plan ?y ?tasks ?statements", pattern) + " ORDER BY ?y ?plan"


def totals_query(ids: Ids, plans: Sequence[str]) -> str:
    """Asks for the kept totals of these plans."""
    return kept_totals(ids, "plan", "zp:planTotalsOf", plans)


def details_query(plan: str) -> str:
    """Asks for what a plan says of itself besides: openness, recipients, copies, series, what it applies, whole and parts."""
    ways = {
        "openness": "zp:openness", "recipient": "zp:recipient", "copied_to": "zp:copiedTo", "kind_as_printed": "zp:kindAsPrinted",
        "issuer": "eli:passed_by", "series": "zp:inSeries", "applies": "eli:applies", "part": "eli:has_part", "whole": "eli:is_part_of",
    }  # fmt: skip
    union = " UNION ".join(f'{{ <{plan}> {way} ?value BIND("{name}" AS ?what) }}' for name, way in ways.items())
    return ask("?what ?value ?label", f"{union} OPTIONAL {{ ?value skos:prefLabel|dcterms:title ?label }}")


def sections_query(plan: str, most: int) -> str:
    """Asks for the sections of a plan, at most so many, in order."""
    return (
        ask(
            "?section ?parent ?label ?number ?order ?level",
            f"""?section eli:is_part_of+ <{plan}> ; a zp:Section ; zp:order ?order ; eli:is_part_of ?parent .
            FILTER(STRSTARTS(STR(?section), "{plan}/section/"))
            OPTIONAL {{ ?section dcterms:title ?label }} OPTIONAL {{ ?section zp:printedNumber ?number }}
            OPTIONAL {{ ?section zp:level ?level }}""",
        )
        + f" ORDER BY ?order ?section LIMIT {most + 1}"
    )
