"""Links between tasks in pages, and how tasks flow from plan to plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.graph.resources.base import PREFIXES, Kept, Slice, ask, listed, of_tasks, one_of, to_terms, values
from kg.graph.resources.plans import in_plans
from kg.graph.resources.tasks import anchors
from kg.ids import Ids, code


def links_query(ids: Ids, kept: Kept, part: Slice | None) -> str:
    """Asks for links, those of the same pair of plans together."""
    link = f"GRAPH <{ids.graph('lineage')}> {{ {_kept(kept)} ?link a zp:LineageLink ; prov:hadActivity ?pair ; zp:score ?s . }}"
    pattern = f"{_between(ids, kept)} {_owed(kept, '?later')} {link} {'?link zp:later ?later .' if _owed(kept, '?later') else ''}"
    if kept.matter:  # asked for by itself, so that it comes first
        within = " ".join(f"?{end} zp:inThread <{kept.matter}> . ?link zp:{end} ?{end} ." for end in ("later", "earlier"))
        pattern = f"{{ SELECT DISTINCT ?link {{ {within} }} }} {pattern}"
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
        parts.append(f"{_either_plan(kept)} ?link prov:hadActivity ?pair .")
    if kept.relation:
        parts.append(one_of("?link zp:relation", "of_relation", _relations(kept)))
    if kept.band:
        parts.append(f"?link zp:band <{code('lineage-band', kept.band)}> .")
    if kept.shape:
        parts.append(f"?link zp:shape <{code('lineage-shape', kept.shape)}> .")
    return " ".join(parts)


def _between(ids: Ids, kept: Kept) -> str:
    """The pattern of the compared ?pair whose later plan ?plan and earlier plan ?before the filters leave; empty where any will do."""
    parts = []
    if later := in_plans(Kept(year=kept.year, place=kept.place, level=kept.level)):
        parts.append(f"{later} ?pair zp:laterPlan ?plan .")
    if earlier := in_plans(_earlier(kept), "before"):
        parts.append(f"{earlier} ?pair zp:earlierPlan ?before .")
    if not parts:
        return ""
    return f"{{ SELECT DISTINCT ?pair {{ {' '.join(parts)} GRAPH <{ids.graph('lineage')}> {{ ?pair a zp:PlanComparison }} }} }}"


def _earlier(kept: Kept) -> Kept:
    given = {"plan": kept.earlier_plan, "year": kept.earlier_year, "place": kept.earlier_place}
    return Kept(**{name: (value,) for name, value in given.items() if value})  # type: ignore[arg-type]  # facets are tuples


def _relations(kept: Kept) -> list[str]:
    return to_terms(code("lineage-relation", one) for one in kept.relation)


def _either_plan(kept: Kept) -> str:
    return " UNION ".join(f"{{ {one_of(f'?pair zp:{end}Plan', 'of_plan', to_terms(kept.plan))} }}" for end in ("later", "earlier"))


def _owed(kept: Kept, task: str) -> str:
    """The pattern of tasks that the filters leave by what each says; empty where they say nothing of tasks."""
    of_its_own = replace(kept, relation=(), matter="")
    return " ".join(anchors(of_its_own, task)) if of_tasks(of_its_own) else ""


def _concerned(ids: Ids, kept: Kept) -> str:
    """The pattern of tasks that the filters leave, with the pair in which each was compared, and what became of it (?what)."""
    linked = "?link zp:later ?task ; prov:hadActivity ?pair ; zp:band ?what"
    ways = (linked, '?pair zp:laterTask ?task BIND("new" AS ?what)', '?pair zp:earlierTask ?task BIND("dropped" AS ?what)')
    union = " UNION ".join(f"{{ {way} }}" for way in ways)
    return f"{_owed(kept, '?task')} GRAPH <{ids.graph('lineage')}> {{ {union} }}"


def concerned_query(ids: Ids, kept: Kept) -> str:
    """Asks by pair of plans what became of the tasks that the filters leave: how many of each band, new, and dropped; or asks
    nothing where the filters say nothing of tasks."""
    if not _owed(kept, "?task"):
        return ""
    return f"{PREFIXES}SELECT ?pair ?what (COUNT(DISTINCT ?task) AS ?n) WHERE {{ {_concerned(ids, kept)} }} GROUP BY ?pair ?what"


def one_sided_query(ids: Ids, end: str, kept: Kept, part: Slice | None) -> str:
    """Asks for the tasks that only one of two compared plans has: the new ones of the later, or those that it dropped."""
    pair = f"?pair a zp:PlanComparison ; zp:{end}Task ?task ."
    if kept.relation:
        pair += " " + one_of("?pair zp:relation", "of_relation", _relations(kept))
    if kept.plan:
        pair += f" {_either_plan(kept)}"
    told = """?task zp:text ?task_text ; zp:inPlan ?task_plan . OPTIONAL { ?task zp:printedNumber ?task_number }
    OPTIONAL { ?task_plan dcterms:title ?task_plan_label } OPTIONAL { ?task_plan zp:planYear ?task_year }"""
    which = f"{_between(ids, kept)} {_owed(kept, '?task')}"
    pattern = f"{which} GRAPH <{ids.graph('lineage')}> {{ {pair} }} OPTIONAL {{ ?task zp:inPlan ?own ; zp:order ?o }}"
    return listed("task", pattern, "?own ?o", told, "?task_text ?task_number ?task_plan ?task_plan_label ?task_year", part)


def broken_down_query(ids: Ids, kept: Kept) -> str:
    """Asks how many tasks of the later plan of each pair are parts of one of the earlier plan, by how far the wording was kept."""
    shape = code("lineage-shape", "broken-down")
    return f"""{PREFIXES}SELECT ?pair ?band (COUNT(DISTINCT ?later) AS ?n) WHERE {{
      {_owed(kept, "?later")} GRAPH <{ids.graph("lineage")}> {{
      ?link zp:shape <{shape}> ; prov:hadActivity ?pair ; zp:band ?band ; zp:later ?later }} }} GROUP BY ?pair ?band"""


def pairs_query(ids: Ids, kept: Kept, part: Slice | None) -> str:
    """Asks for the pairs of plans that were compared, with the kept counts."""
    concerned = f"{{ SELECT DISTINCT ?pair {{ {_concerned(ids, kept)} }} }}" if _owed(kept, "?task") else ""
    pattern = (
        f"{_between(ids, kept)} {concerned}"
        f" GRAPH <{ids.graph('lineage')}> {{ ?pair a zp:PlanComparison ; zp:laterPlan ?plan ; zp:earlierPlan ?before ; zp:relation ?r ."
    )
    if kept.relation:
        pattern += f" FILTER(?r IN ({', '.join(_relations(kept))}))"
    if kept.plan:
        ones = ", ".join(to_terms(kept.plan))
        pattern += f" FILTER(?plan IN ({ones}) || ?before IN ({ones}))"
    pattern += " } OPTIONAL { ?plan zp:planYear ?y }"
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
