"""Statistics from the totals that are kept, and the matrix of units against instruments or matters."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.resources.base import PREFIXES, Kept, ask, of_tasks, values
from kg.graph.resources.plans import in_plans
from kg.graph.resources.tasks import duty_way, tasks_pattern
from kg.ids import Ids, code


def yearly_query(ids: Ids) -> str:
    """Asks for the kept totals of plans by year and place."""
    return (
        ask(
            "?year ?place ?place_label ?level ?plans ?tasks ?statements",
            f"""GRAPH <{ids.graph("counts")}> {{ ?count a zp:Count ; zp:plans ?plans .
              FILTER NOT EXISTS {{ ?count zp:planTotalsOf ?plan }}
              OPTIONAL {{ ?count zp:yearlyPlansOf ?place }} OPTIONAL {{ ?count zp:countYear ?year }}
              OPTIONAL {{ ?count zp:tasks ?tasks }} OPTIONAL {{ ?count zp:statements ?statements }} }}
            OPTIONAL {{ ?count zp:yearlyPlansOf/skos:prefLabel ?place_label }}
            OPTIONAL {{ ?count zp:yearlyPlansOf/zp:jurisdictionLevel ?level }}""",
        )
        + " ORDER BY ?year ?place"
    )


def by_year_query(kept: Kept) -> str:
    """Asks how many tasks and statements the facets leave, by year, place and kind."""
    return f"""{PREFIXES}SELECT ?y ?place ?kind (COUNT(DISTINCT ?task) AS ?n) WHERE {{ VALUES ?kind {{ zp:Task zp:Statement }}
      {tasks_pattern(kept)} ?task a ?kind . OPTIONAL {{ ?plan zp:jurisdiction ?place }} }} GROUP BY ?y ?place ?kind"""


def quality_query(ids: Ids, kept: Kept) -> str:
    """Asks for what the kept totals of these plans say is missing."""
    measures = ("tasks", "tasksWithoutUnit", "tasksWithoutDeadline", "unresolvedCitations", "numberingGaps")
    sums = " ".join(f"(SUM(COALESCE(?{name}_, 0)) AS ?{name})" for name in measures)
    told = " ".join(f"OPTIONAL {{ ?count zp:{name} ?{name}_ }}" for name in measures)
    return f"""{PREFIXES}SELECT {sums} WHERE {{ {in_plans(kept)} GRAPH <{ids.graph("counts")}> {{
      ?count zp:planTotalsOf ?plan . {told} }} }}"""


def documents_query(ids: Ids, kept: Kept) -> str:
    """Asks how many documents print these plans, and how much of them was not understood."""
    printed = f"{narrow} ?graph zp:graphOf ?plan ." if (narrow := in_plans(kept)) else ""
    return f"""{PREFIXES}SELECT (COUNT(?graph) AS ?documents) (SUM(?d) AS ?doubts) WHERE {{ {{ SELECT DISTINCT ?graph ?d {{
      {printed} GRAPH <{ids.graph("catalogue")}> {{ ?graph zp:taskCount ?t ; zp:doubtCount ?d }} }} }} }}"""


def things_query(ids: Ids) -> str:
    """Asks how many units and instruments have kept totals."""
    return f"""{PREFIXES}SELECT ?what (COUNT(?of) AS ?n) WHERE {{ GRAPH <{ids.graph("counts")}> {{
      {{ ?c zp:allDutiesOf ?of BIND("units" AS ?what) }}
      UNION {{ ?c zp:allCitationsOf ?of BIND("instruments" AS ?what) }} }} }} GROUP BY ?what"""


def compared_query(ids: Ids, axis: str, kept: Kept) -> str:
    """Asks for what kept comparisons say of these plans: carried on, reworded, new, dropped."""
    return f"""{PREFIXES}SELECT (COUNT(?one) AS ?pairs) (SUM(?v) AS ?verbatim) (SUM(?e) AS ?edited) (SUM(?r) AS ?rewritten)
    (SUM(?n) AS ?new)
    (SUM(?d) AS ?dropped) WHERE {{ {in_plans(kept)} GRAPH <{ids.graph("lineage")}> {{ ?one a zp:PlanComparison ; zp:laterPlan ?plan ;
      zp:relation <{code("lineage-relation", axis)}> ; zp:verbatimCount ?v ; zp:editedCount ?e ; zp:rewrittenCount ?r ;
      zp:newCount ?n ; zp:droppedCount ?d }} }}"""


def due_months_query(months: Sequence[str], kept: Kept) -> str:
    """Asks how many of the tasks that the facets leave are due in each of these months, by the keys that are kept for it."""
    listed = " ".join(f'"{month}"' for month in months)
    which = tasks_pattern(kept) if kept != Kept() else ""
    return f"""{PREFIXES}SELECT ?month (COUNT(DISTINCT ?task) AS ?n) WHERE {{ VALUES ?month {{ {listed} }}
      ?task zp:dueMonth|zp:reckonedMonth ?month . {which} }} GROUP BY ?month"""


def newest_query(kept: Kept, most: int) -> str:
    """Asks for the latest of these plans: by year, and by the day on which each was issued."""
    return f"""{PREFIXES}SELECT DISTINCT ?plan ?y ?day WHERE {{ {in_plans(kept)} ?plan a zp:Plan . OPTIONAL {{ ?plan zp:planYear ?y }}
      OPTIONAL {{ ?plan eli:date_document ?day }} }} ORDER BY DESC(?y) DESC(?day) ?plan LIMIT {most}"""


def names_query(things: Sequence[str]) -> str:
    """Asks what units, instruments and places are called."""
    return ask(
        "?one ?label ?place",
        f"""{values("one", things)} OPTIONAL {{ ?one skos:prefLabel|dcterms:title ?label }}
      OPTIONAL {{ ?one zp:jurisdiction/skos:prefLabel ?place }}""",
    )


def top_query(ids: Ids, kind: str, most: int) -> str:
    """Asks for the units with most tasks, or the instruments cited by most."""
    way, measure = _TOP[kind]
    return f"""{PREFIXES}SELECT ?one ?label ?place ?n WHERE {{ {{ SELECT ?one ?n WHERE {{ GRAPH <{ids.graph("counts")}> {{
      ?count zp:{way} ?one ; zp:{measure} ?n }} }} ORDER BY DESC(?n) ?one LIMIT {most} }}
      OPTIONAL {{ ?one skos:prefLabel|dcterms:title ?label }} OPTIONAL {{ ?one zp:jurisdiction/skos:prefLabel ?place }} }}
    ORDER BY DESC(?n) ?one"""


def how_many_query(ids: Ids, kind: str) -> str:
    """Asks how many units have tasks, or how many instruments tasks cite."""
    way, measure = _TOP[kind]
    return f"""{PREFIXES}SELECT (COUNT(?one) AS ?n) WHERE {{ GRAPH <{ids.graph("counts")}> {{
      ?count zp:{way} ?one ; zp:{measure} ?tasks }} }}"""


_TOP = {"units": ("allDutiesOf", "tasks"), "instruments": ("allCitationsOf", "citingTasks")}


# --- the matrix ------------------------------------------------------------------------------------------------------


def columns_query(by: str, kept: Kept, most: int) -> str:
    """Asks for the instruments or matters that most tasks of these plans have."""
    plans = tasks_pattern(kept) if of_tasks(kept) else f"{narrow} ?task zp:inPlan ?plan ." if (narrow := in_plans(kept)) else ""
    return f"""{PREFIXES}SELECT ?column ?label ?n WHERE {{ {{ SELECT ?column (COUNT(DISTINCT ?task) AS ?n) WHERE {{
      {plans} ?task {_BY[by]} ?column }} GROUP BY ?column ORDER BY DESC(?n) ?column LIMIT {most + 1} }}
      OPTIONAL {{ ?column dcterms:title ?label }} }} ORDER BY DESC(?n) ?column"""


def rows_query(kept: Kept, most: int) -> str:
    """Asks for the units that most tasks of these plans name."""
    return f"""{PREFIXES}SELECT ?unit ?label ?place ?n WHERE {{ {{ SELECT ?unit (COUNT(DISTINCT ?task) AS ?n) WHERE {{
      {tasks_pattern(kept) if of_tasks(kept) else f"{in_plans(kept)} ?task zp:inPlan ?plan ."} ?task {duty_way(kept.role)} ?unit }}
      GROUP BY ?unit ORDER BY DESC(?n) ?unit LIMIT {most + 1} }}
      OPTIONAL {{ ?unit skos:prefLabel ?label }} OPTIONAL {{ ?unit zp:jurisdiction/skos:prefLabel ?place }} }} ORDER BY DESC(?n) ?unit"""


def cells_query(by: str, kept: Kept, units: Sequence[str], columns: Sequence[str]) -> str:
    """Asks in how many tasks of these plans a unit and a column meet."""
    return f"""{PREFIXES}SELECT ?unit ?column (COUNT(DISTINCT ?task) AS ?n) WHERE {{
      {values("unit", units)} {tasks_pattern(kept) if of_tasks(kept) else in_plans(kept)} ?task {duty_way(kept.role)} ?unit .
      ?task zp:inPlan ?plan .
      ?task {_BY[by]} ?column . {values("column", columns)} }} GROUP BY ?unit ?column"""


_BY = {"instrument": "eli:cites", "matter": "zp:inThread"}
