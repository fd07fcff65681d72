"""What a picture of the graph asks for: the steps from thing to thing, and what is told of each thing and of each step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.graph.resources.around import RELATIONS
from kg.graph.resources.base import ask, values
from kg.graph.resources.tasks import citations_query, evidence_query, units_query
from kg.ids import Ids

__all__ = [
    "KINDS", "WALKED", "about_query", "bands_query", "citations_query", "evidence_query", "headings_query", "names_query", "steps_query",
    "terms", "units_query",
]  # fmt: skip

# What things are, by the local names of their classes; of several classes the first counts.
KINDS = (
    "Task", "Statement", "Plan", "Unit", "UnitGroup", "Instrument", "Edition", "Section", "Jurisdiction", "SourceDocument", "Thread",
    "PlanSeries", "Assignment", "Citation", "Measure", "FixedDeadline", "RelativeDeadline", "StandingDeadline", "PromptDeadline",
    "RecurringDeadline", "Deadline", "LineageLink", "PlanComparison", "Concept",
)  # fmt: skip

# A place, a kind of office or a document lies between almost any two things, and a section only repeats what the plan says.
WALKED = tuple(name for name in RELATIONS if name not in {"place", "within", "function", "document", "section", "part-of"})


def terms() -> dict[str, str]:
    """The relations by their properties, as a query writes them in short."""
    return {way: name for name, (way, _, _) in RELATIONS.items()}


def steps_query(things: Iterable[str], most: int, ends: Sequence[bool] = (False, True)) -> str:
    """Asks for the neighbours of things by what people walk along, at most so many. `ends`: outward, inward, or both."""
    known = values("thing", things)
    ways = " UNION ".join(
        f"{{ {known} {'?other' if inward else '?thing'} {RELATIONS[name][0]} {'?thing' if inward else '?other'} "
        f'BIND("{name}" AS ?relation) BIND({str(inward).lower()} AS ?inward) }}'
        for name in WALKED
        for inward in ends
    )
    asked = ask("?thing ?relation ?inward ?other", f"{ways} FILTER(isIRI(?other))")
    return f"{asked} ORDER BY ?thing ?relation ?inward ?other LIMIT {most + 1}"


_ABOUT = {
    "plan": "?thing zp:inPlan/dcterms:title ?value",
    "year": "?thing zp:planYear|(zp:inPlan/zp:planYear) ?value",
    "place": "?thing zp:jurisdiction/skos:prefLabel ?value",
    "number": "?thing zp:printedNumber|eli:number ?value",
    "function": '?thing zp:function/skos:prefLabel ?value FILTER(LANG(?value) = "zh")',
    "sort": '?thing zp:instrumentKind|zp:unitKind|zp:groupKind|zp:planKind ?code . ?code skos:prefLabel ?value FILTER(LANG(?value) = "zh")',
    "status": '?thing zp:status/skos:prefLabel ?value FILTER(LANG(?value) = "zh")',
    "deadline": "?thing zp:hasDeadline/zp:asPrinted ?value",
    "alias": "?thing skos:altLabel ?value",
    "date": "?thing eli:date_document ?value",
}


def about_query(things: Iterable[str]) -> str:
    """Asks for what is told of things beside their names: of each the value and what it is."""
    known = values("thing", things)
    return ask("?thing ?what ?value", " UNION ".join(f'{{ {known} {way} BIND("{what}" AS ?what) }}' for what, way in _ABOUT.items()))


def bands_query(ids: Ids, tasks: Sequence[str]) -> str:
    """Asks how far the later of two linked tasks keeps the wording of the earlier one."""
    return ask(
        "?task ?other ?band",
        f"""{values("task", tasks)} GRAPH <{ids.graph("lineage")}> {{ ?link zp:later ?task ; zp:earlier ?other ; zp:band ?code }}
        BIND(STRAFTER(STR(?code), "lineage-band/") AS ?band)""",
    )


def names_query(terms: Iterable[str]) -> str:
    """Asks what properties and codes are called, in Chinese and in English."""
    return ask(
        "?term ?language ?name",
        f"{values('term', terms)} ?term rdfs:label|skos:prefLabel ?name BIND(LANG(?name) AS ?language) FILTER(?language IN ('zh', 'en'))",
    )


def headings_query(tasks: Iterable[str]) -> str:
    """Asks for the headings that tasks stand under, each with its level."""
    return ask(
        "?task ?level ?heading",
        f"""{values("task", tasks)} ?task zp:inSection/eli:is_part_of* ?section .
        ?section a zp:Section ; zp:level ?level ; dcterms:title ?heading .""",
    )
