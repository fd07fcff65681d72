"""Statistics from the totals that are kept, and the matrix of units against instruments or matters."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.resources.base import PREFIXES, Kept, ask, values
from kg.graph.resources.plans import in_plans
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


def quality_query(ids: Ids) -> str:
    """Asks for what the kept totals of plans say is missing, over all plans."""
    measures = ("tasks", "tasksWithoutUnit", "tasksWithoutDeadline", "unresolvedCitations", "numberingGaps")
    sums = " ".join(f"(SUM(COALESCE(?{name}_, 0)) AS ?{name})" for name in measures)
    told = " ".join(f"OPTIONAL {{ ?count zp:{name} ?{name}_ }}" for name in measures)
    return f"""{PREFIXES}SELECT {sums} WHERE {{ GRAPH <{ids.graph("counts")}> {{ ?count zp:planTotalsOf ?plan . {told} }} }}"""


def documents_query(ids: Ids) -> str:
    return f"""{PREFIXES}SELECT (COUNT(?graph) AS ?documents) (SUM(?d) AS ?doubts) WHERE {{ GRAPH <{ids.graph("catalogue")}> {{
      ?graph zp:taskCount ?t ; zp:doubtCount ?d }} }}"""


def things_query(ids: Ids) -> str:
    """Asks how many units and instruments have kept totals."""
    return f"""{PREFIXES}SELECT ?what (COUNT(?of) AS ?n) WHERE {{ GRAPH <{ids.graph("counts")}> {{
      {{ ?c zp:allDutiesOf ?of BIND("units" AS ?what) }}
      UNION {{ ?c zp:allCitationsOf ?of BIND("instruments" AS ?what) }} }} }} GROUP BY ?what"""


def compared_query(ids: Ids, axis: str, year: str) -> str:
    """Asks for what kept comparisons of the plans of a year say: carried on, reworded, new, dropped."""
    return f"""{PREFIXES}SELECT (COUNT(?one) AS ?pairs) (SUM(?v) AS ?verbatim) (SUM(?e) AS ?edited) (SUM(?r) AS ?rewritten)
    (SUM(?n) AS ?new)
    (SUM(?d) AS ?dropped) WHERE {{ GRAPH <{ids.graph("lineage")}> {{ ?one a zp:PlanComparison ; zp:laterPlan ?plan ;
      zp:relation <{code("lineage-relation", axis)}> ; zp:verbatimCount ?v ; zp:editedCount ?e ; zp:rewrittenCount ?r ;
      zp:newCount ?n ; zp:droppedCount ?d }} {f"?plan zp:planYear {year} ." if year else ""} }}"""


def due_months_query(months: Sequence[str]) -> str:
    """Asks how many tasks are due in each of these months, by the keys that are kept for it."""
    listed = " ".join(f'"{month}"' for month in months)
    return f"""{PREFIXES}SELECT ?month (COUNT(DISTINCT ?task) AS ?n) WHERE {{ VALUES ?month {{ {listed} }}
      ?task zp:dueMonth|zp:reckonedMonth ?month }} GROUP BY ?month"""


def top_query(ids: Ids, kind: str, most: int) -> str:
    """Asks for the units with most tasks, or the instruments cited by most."""
    way, measure = {"units": ("allDutiesOf", "tasks"), "instruments": ("allCitationsOf", "citingTasks")}[kind]
    return f"""{PREFIXES}SELECT ?one ?label ?n WHERE {{ {{ SELECT ?one ?n WHERE {{ GRAPH <{ids.graph("counts")}> {{
      ?count zp:{way} ?one ; zp:{measure} ?n }} }} ORDER BY DESC(?n) ?one LIMIT {most} }}
      OPTIONAL {{ ?one skos:prefLabel|dcterms:title ?label }} }} ORDER BY DESC(?n) ?one"""


# --- the matrix ------------------------------------------------------------------------------------------------------


def columns_query(by: str, kept: Kept, most: int) -> str:
    """Asks for the instruments or matters that most tasks of these plans have."""
    return f"""{PREFIXES}SELECT ?column ?label ?n WHERE {{ {{ SELECT ?column (COUNT(DISTINCT ?task) AS ?n) WHERE {{
      {in_plans(kept)} ?task zp:inPlan ?plan . ?task {_BY[by]} ?column }} GROUP BY ?column ORDER BY DESC(?n) ?column LIMIT {most + 1} }}
      OPTIONAL {{ ?column dcterms:title ?label }} }} ORDER BY DESC(?n) ?column"""


def rows_query(kept: Kept, most: int) -> str:
    """Asks for the units that most tasks of these plans name."""
    return f"""{PREFIXES}SELECT ?unit ?label ?place ?n WHERE {{ {{ SELECT ?unit (COUNT(DISTINCT ?task) AS ?n) WHERE {{
      {in_plans(kept)} ?task zp:inPlan ?plan . ?task zp:leadUnit|zp:responsibleUnit|zp:supportUnit ?unit }}
      GROUP BY ?unit ORDER BY DESC(?n) ?unit LIMIT {most + 1} }}
      OPTIONAL {{ ?unit skos:prefLabel ?label }} OPTIONAL {{ ?unit zp:jurisdiction/skos:prefLabel ?place }} }} ORDER BY DESC(?n) ?unit"""


def cells_query(by: str, kept: Kept, units: Sequence[str], columns: Sequence[str]) -> str:
    """Asks in how many tasks of these plans a unit and a column meet."""
    return f"""{PREFIXES}SELECT ?unit ?column (COUNT(DISTINCT ?task) AS ?n) WHERE {{
      {values("unit", units)} {in_plans(kept)} ?task zp:leadUnit|zp:responsibleUnit|zp:supportUnit ?unit . ?task zp:inPlan ?plan .
      ?task {_BY[by]} ?column . {values("column", columns)} }} GROUP BY ?unit ?column"""


_BY = {"instrument": "eli:cites", "matter": "zp:inThread"}
