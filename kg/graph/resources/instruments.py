"""Instruments: their editions, what replaced them, and who cites them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.graph.resources.base import PREFIXES, Kept, Slice, ask, kept_by_year, kept_totals, listed, narrowed, of_tasks, values
from kg.graph.resources.plans import in_plans
from kg.graph.resources.tasks import anchors, tasks_pattern
from kg.ids import Ids

_TOLD = """OPTIONAL { ?instrument dcterms:title ?label } OPTIONAL { ?instrument zp:instrumentKind ?kind }
  OPTIONAL { ?instrument zp:status ?status } OPTIONAL { ?instrument zp:issuerAsPrinted ?issuer }"""


def instruments_query(ids: Ids, kept: Kept, part: Slice | None) -> str:
    """Asks for instruments; those that are cited by most first, unless only some are asked for."""
    pattern = _own(kept)
    cited = f"GRAPH <{ids.graph('counts')}> {{ ?count zp:allCitationsOf ?instrument ; zp:citingTasks ?n }}"
    pattern += f" OPTIONAL {{ {cited} }} BIND(-COALESCE(?n, 0) AS ?few) OPTIONAL {{ ?instrument dcterms:title ?t }}"
    return listed("instrument", pattern, "?few ?t", _TOLD, "?label ?kind ?status ?issuer", part)


def own_query(kept: Kept) -> str:
    """Asks for all instruments of this kind and status."""
    return ask("?instrument", _own(kept))


def cited_query(kept: Kept) -> str:
    """Asks for the instruments that tasks cite which the filters leave, with how many, those cited by most first."""
    return f"""{PREFIXES}SELECT ?instrument (COUNT(DISTINCT ?task) AS ?n) WHERE {{ {tasks_pattern(kept)} ?task eli:cites ?instrument }}
    GROUP BY ?instrument ORDER BY DESC(?n) ?instrument"""


def _own(kept: Kept) -> str:
    parts = [
        narrowed("instrument", kept),
        values("instrument", kept.instrument) if kept.instrument else "",
        "?instrument a zp:Instrument .",
    ]
    parts += [f"?instrument zp:instrumentKind <{kept.kind}> ."] if kept.kind else []
    parts += [f"?instrument zp:status <{kept.status}> ."] if kept.status else []
    return " ".join(parts)


def details_query(instruments: Sequence[str]) -> str:
    """Asks for other titles of instruments, what they replaced, and what replaced them."""
    return ask(
        "?instrument ?what ?other ?label",
        f"""{values("instrument", instruments)}
        {{ ?instrument skos:altLabel ?label BIND("alias" AS ?what) }}
        UNION {{ ?instrument dcterms:isReplacedBy ?other BIND("replaced_by" AS ?what) OPTIONAL {{ ?other dcterms:title ?label }} }}
        UNION {{ ?instrument dcterms:replaces ?other BIND("replaces" AS ?what) OPTIONAL {{ ?other dcterms:title ?label }} }}""",
    )


def editions_query(instruments: Sequence[str]) -> str:
    """Asks for the editions of instruments."""
    return (
        ask(
            "?instrument ?edition ?number ?title ?day ?force ?status ?heir ?before ?note",
            f"""{values("instrument", instruments)} ?instrument eli:has_member ?edition .
            OPTIONAL {{ ?edition eli:number ?number }} OPTIONAL {{ ?edition dcterms:title ?title }}
            OPTIONAL {{ ?edition eli:date_document ?day }} OPTIONAL {{ ?edition zp:inForceFrom ?force }}
            OPTIONAL {{ ?edition zp:status ?status }} OPTIONAL {{ ?edition dcterms:isReplacedBy ?heir }}
            OPTIONAL {{ ?edition dcterms:replaces ?before }} OPTIONAL {{ ?edition zp:sourceNote ?note }}""",
        )
        + " ORDER BY ?day ?edition"
    )


def totals_query(ids: Ids, instruments: Sequence[str]) -> str:
    """Asks for the kept totals of instruments over all years."""
    return kept_totals(ids, "instrument", "zp:allCitationsOf", instruments)


def by_year_query(ids: Ids, instrument: str) -> str:
    """Asks for the kept totals of an instrument by year and place."""
    measures = {"tasks": "zp:citingTasks", "plans": "zp:citingPlans", "own": "zp:ownCitations"}
    return kept_by_year(ids, "zp:yearlyCitationsOf", instrument, measures)


def citations_query(instrument: str, kept: Kept, part: Slice | None) -> str:
    """Asks for the citations of an instrument: by tasks, statements and plans, in order of years and plans; where the filters
    say something of tasks, by those tasks only."""
    which = " ".join(anchors(replace(kept, instrument=()), "?citing")) if of_tasks(kept) else ""
    pattern = f"""?citation zp:instrument <{instrument}> . ?citing zp:hasCitation ?citation . {which}
    OPTIONAL {{ ?citing zp:inPlan ?around }} BIND(COALESCE(?around, ?citing) AS ?plan) {in_plans(kept)}
    OPTIONAL {{ ?plan zp:planYear ?y }} OPTIONAL {{ ?citing zp:order ?o }}"""
    told = """?citing zp:hasCitation ?citation . ?citation zp:asPrinted ?printed .
    OPTIONAL { ?citing zp:inPlan ?around } BIND(COALESCE(?around, ?citing) AS ?plan)
    OPTIONAL { ?citing zp:text ?text } OPTIONAL { ?citing zp:printedNumber ?number } OPTIONAL { ?plan dcterms:title ?plan_label }
    OPTIONAL { ?plan zp:planYear ?year } OPTIONAL { ?plan zp:jurisdiction ?place OPTIONAL { ?place skos:prefLabel ?place_label } }
    OPTIONAL { ?citation zp:edition ?edition OPTIONAL { ?edition eli:number ?edition_number } }
    OPTIONAL { ?citation zp:resolution ?resolution }
    BIND(EXISTS { ?citing zp:citesReplaced ?gone . ?citation zp:edition|zp:instrument ?gone } AS ?replaced)"""
    variables = "?printed ?citing ?text ?number ?plan ?plan_label ?year ?place ?place_label ?edition ?edition_number ?resolution ?replaced"
    return listed("citation", pattern, "?y ?plan ?o", told, variables, part)
