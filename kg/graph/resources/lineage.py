"""Links between tasks in pages, and how tasks flow from plan to plan."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.resources.base import Kept, Slice, ask, listed, values
from kg.graph.resources.plans import in_plans
from kg.ids import Ids, code


def links_query(ids: Ids, kept: Kept, part: Slice | None) -> str:
    """Asks for links, those of the same pair of plans together."""
    pattern = f"GRAPH <{ids.graph('lineage')}> {{ {_kept(kept)} ?link a zp:LineageLink ; prov:hadActivity ?pair ; zp:score ?s . }}"
    if narrow := in_plans(Kept(year=kept.year, place=kept.place, level=kept.level)):
        pattern += f" ?pair zp:laterPlan ?plan . {narrow}"
    told = """?link zp:later ?later ; zp:earlier ?earlier ; zp:relation ?relation ; zp:band ?band ; zp:shape ?shape ; zp:score ?score .
    ?later zp:text ?later_text ; zp:inPlan ?later_plan . ?earlier zp:text ?earlier_text ; zp:inPlan ?earlier_plan .
    OPTIONAL { ?later zp:printedNumber ?later_number } OPTIONAL { ?earlier zp:printedNumber ?earlier_number }
    OPTIONAL { ?later_plan dcterms:title ?later_plan_label } OPTIONAL { ?earlier_plan dcterms:title ?earlier_plan_label }
    OPTIONAL { ?later_plan zp:planYear ?later_year } OPTIONAL { ?earlier_plan zp:planYear ?earlier_year }"""
    variables = " ".join(f"?{end} ?{end}_text ?{end}_number ?{end}_plan ?{end}_plan_label ?{end}_year" for end in ("later", "earlier"))
    return listed("link", pattern, "?pair ?s", told, f"?relation ?band ?shape ?score {variables}", part)


def _kept(kept: Kept) -> str:
    parts = []
    if kept.task:
        parts.append(f"{{ ?link zp:later <{kept.task}> }} UNION {{ ?link zp:earlier <{kept.task}> }}")
    if kept.plan:
        parts.append(
            f"{{ ?pair zp:laterPlan <{kept.plan}> }} UNION {{ ?pair zp:earlierPlan <{kept.plan}> }} ?link prov:hadActivity ?pair ."
        )
    if kept.relation:
        parts.append(f"?link zp:relation <{code('lineage-relation', kept.relation)}> .")
    if kept.band:
        parts.append(f"?link zp:band <{code('lineage-band', kept.band)}> .")
    return " ".join(parts)


def pairs_query(ids: Ids, kept: Kept, part: Slice | None) -> str:
    """Asks for the pairs of plans that were compared, with the kept counts."""
    pattern = (
        f"GRAPH <{ids.graph('lineage')}> {{ ?pair a zp:PlanComparison ; zp:laterPlan ?plan ; zp:earlierPlan ?before ; zp:relation ?r ."
    )
    if kept.relation:
        pattern += f" FILTER(?r = <{code('lineage-relation', kept.relation)}>)"
    if kept.plan:
        pattern += f" FILTER(?plan = <{kept.plan}> || ?before = <{kept.plan}>)"
    pattern += f" }} {in_plans(Kept(year=kept.year, place=kept.place, level=kept.level))} OPTIONAL {{ ?plan zp:planYear ?y }}"
    counts = ("verbatim", "edited", "rewritten", "new", "dropped")
    told = f"""?pair zp:laterPlan ?later ; zp:earlierPlan ?earlier ; zp:relation ?relation ; zp:basis ?basis ;
      {" ; ".join(f"zp:{one}Count ?{one}" for one in counts)} . OPTIONAL {{ ?pair zp:yearsApart ?apart }}
    {" ".join(_end(end) for end in ("later", "earlier"))}"""
    ends = " ".join(f"?{end} ?{end}_label ?{end}_year ?{end}_place ?{end}_place_label ?{end}_level" for end in ("later", "earlier"))
    return listed(
        "pair", pattern, "?y ?plan ?r ?before", told, f"?relation ?basis ?apart {' '.join(f'?{one}' for one in counts)} {ends}", part
    )


def _end(end: str) -> str:
    return f"""OPTIONAL {{ ?{end} dcterms:title ?{end}_label }} OPTIONAL {{ ?{end} zp:planYear ?{end}_year }}
    OPTIONAL {{ ?{end} zp:jurisdiction ?{end}_place OPTIONAL {{ ?{end}_place skos:prefLabel ?{end}_place_label }}
      OPTIONAL {{ ?{end}_place zp:jurisdictionLevel ?{end}_level }} }}"""


def pair_query(ids: Ids, one: str, other: str) -> str:
    """Asks which of two plans is the later one, as they were compared."""
    pair = f"VALUES (?a ?b) {{ (<{one}> <{other}>) (<{other}> <{one}>) }}"
    return ask(
        "?pair ?a ?b ?relation",
        f"{pair} GRAPH <{ids.graph('lineage')}> {{ ?pair zp:laterPlan ?a ; zp:earlierPlan ?b ; zp:relation ?relation }}",
    )


def texts_query(tasks: Sequence[str]) -> str:
    return ask("?task ?text", f"{values('task', tasks)} ?task zp:text ?text")
