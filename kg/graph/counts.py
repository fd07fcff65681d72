"""Totals as nodes: what is counted of what, in which plan, year and place; the questions that count, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.graph.derived import values
from kg.graph.lines import Lines, integer
from kg.graph.terms import term
from kg.ids import Ids

_PREFIXES = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX role: <https://w3id.org/zhengpu/code/role/> PREFIX eli-dl: <http://data.europa.eu/eli/eli-draft-legislation-ontology#>
"""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Cell:
    """What a total is of. `kind` is the property that leads to `of`; what is empty is not told apart."""

    kind: str
    of: str
    plan: str = ""
    year: str = ""
    place: str = ""


PLAN = "planTotalsOf"
DUTIES, YEARLY_DUTIES, ALL_DUTIES = "dutiesOf", "yearlyDutiesOf", "allDutiesOf"
CITATIONS, YEARLY_CITATIONS, ALL_CITATIONS = "citationsOf", "yearlyCitationsOf", "allCitationsOf"
YEARLY_PLANS = "yearlyPlansOf"

MEASURES = (
    *("plans", "tasks", "statements", "leadTasks", "responsibleTasks", "supportTasks", "throughTasks", "onlyThroughTasks"),
    *("citingTasks", "citingPlans", "citingPlaces", "ownCitations"),
    *("tasksWithoutUnit", "tasksWithoutLead", "tasksWithoutDeadline", "tasksWithoutBasis", "unresolvedCitations", "numberingGaps"),
    *("relativeDeadlines", "standingDeadlines", "recurringDeadlines"),
)
DEADLINES = ("relativeDeadlines", "standingDeadlines", "recurringDeadlines")
Totals = dict[str, int]


def node(cell: Cell, ids: Ids) -> str:
    return ids.count(cell.kind, cell.of, cell.plan, cell.year, cell.place)


def lines(cells: Mapping[Cell, Totals], through: Mapping[Cell, Iterable[str]], ids: Ids) -> bytes:
    """The nodes of the totals; those that are nothing are left out."""
    out = Lines()
    for cell, totals in sorted(cells.items()):
        subject = node(cell, ids)
        out.node(subject, "count")
        for predicate, other in ((cell.kind, cell.of), ("countIn", cell.plan), ("countPlace", cell.place)):
            if other:
                out.link(subject, f"zp:{predicate}", other)
        if cell.year:
            out.say(subject, "zp:countYear", integer(int(cell.year)))
        for measure, total in sorted(totals.items()):
            if total:
                out.say(subject, f"zp:{measure}", integer(total))
        out.link(subject, "zp:countThrough", *sorted(through.get(cell, ())))
    return out.encode()


# --- counting ---------------------------------------------------------------------------------------------------

PLANS = f"{_PREFIXES}SELECT DISTINCT ?plan WHERE {{ ?plan a zp:Plan }}"


def plans_query(plans: Iterable[str]) -> str:
    return f"""{_PREFIXES}SELECT ?plan (MIN(?its_year) AS ?year) (MIN(STR(?its_place)) AS ?place) WHERE {{
  {values("plan", plans)} ?plan a zp:Plan .
  OPTIONAL {{ ?plan zp:planYear ?its_year }} OPTIONAL {{ ?plan zp:jurisdiction ?its_place }} }} GROUP BY ?plan"""


def obligations_queries(plans: Iterable[str]) -> Iterator[str]:
    """Ask how many tasks plans have, with a unit, a leader, a deadline, a legal basis, and how many tasks and statements."""
    task = f"{values('plan', plans)} ?one zp:inPlan ?plan ; a zp:Task"
    patterns = {
        "tasks": task,
        "owed": f"{task} . ?one eli-dl:had_responsible_organization|eli-dl:had_participant_organization ?unit",
        "led": f"{task} ; zp:hasAssignment ?leading . ?leading zp:role role:lead",
        "limited": f"{task} ; zp:hasDeadline ?deadline",
        "based": f"{task} ; zp:hasCitation ?citation",
        "obligations": f"{values('plan', plans)} ?one zp:inPlan ?plan",
    }
    for name, pattern in patterns.items():
        yield f"{_PREFIXES}SELECT ?plan (COUNT(DISTINCT ?one) AS ?{name}) WHERE {{ {pattern} }} GROUP BY ?plan"


def to_obligations(row: Mapping[str, int]) -> Totals:
    """The totals of a plan that follow from such answers."""
    tasks = row.get("tasks", 0)
    return {name: number for name, number in row.items() if name in MEASURES} | {
        "tasks": tasks,
        "statements": row.get("obligations", 0) - tasks,
        "tasksWithoutUnit": tasks - row.get("owed", 0),
        "tasksWithoutLead": tasks - row.get("led", 0),
        "tasksWithoutDeadline": tasks - row.get("limited", 0),
        "tasksWithoutBasis": tasks - row.get("based", 0),
    }


def numbering_query(plans: Iterable[str]) -> str:
    """Asks how many numbers are missing between the first and the last, of numbers in Arabic figures."""
    return f"""{_PREFIXES}SELECT ?plan (MAX(?n) - MIN(?n) + 1 - COUNT(DISTINCT ?n) AS ?numberingGaps) WHERE {{
  {values("plan", plans)} ?one zp:inPlan ?plan . ?one zp:printedNumber ?figures FILTER REGEX(?figures, "^[0-9]+$")
  BIND (xsd:integer(?figures) AS ?n) }} GROUP BY ?plan"""


def deadlines_query(plans: Iterable[str]) -> str:
    """Asks how many deadlines of the kinds without a printed day plans have."""
    kinds = " ".join(f"BIND (IF(?kind = zp:{kind[0].upper()}{kind[1:-1]}, ?deadline, ?nothing) AS ?one_{kind})" for kind in DEADLINES)
    totals = " ".join(f"(COUNT(DISTINCT ?one_{kind}) AS ?{kind})" for kind in DEADLINES)
    return f"""{_PREFIXES}SELECT ?plan {totals} WHERE {{ {values("plan", plans)}
  ?one zp:inPlan ?plan . ?one zp:hasDeadline ?deadline . ?deadline a ?kind . {kinds} }} GROUP BY ?plan"""


def unresolved_query(plans: Iterable[str]) -> str:
    return f"""{_PREFIXES}SELECT ?plan (COUNT(DISTINCT ?citation) AS ?unresolvedCitations) WHERE {{
  {{ {values("plan", plans)} ?citing zp:inPlan ?plan . ?citing zp:hasCitation ?citation
    FILTER NOT EXISTS {{ ?citation zp:instrument ?i }} }}
  UNION {{ {values("plan", plans)} ?plan zp:hasCitation ?citation FILTER NOT EXISTS {{ ?citation zp:instrument ?i }} }} }} GROUP BY ?plan"""


def duties_query(plans: Iterable[str]) -> str:
    """Asks how many tasks of each plan a unit or group leads, is responsible for, supports, and has in all."""
    return f"""{_PREFIXES}SELECT ?plan (?unit AS ?of) (COUNT(DISTINCT ?lead) AS ?leadTasks)
  (COUNT(DISTINCT ?responsible) AS ?responsibleTasks)
  (COUNT(DISTINCT ?support) AS ?supportTasks) (COUNT(DISTINCT ?task) AS ?tasks) WHERE {{
  {values("plan", plans)} ?task zp:inPlan ?plan . ?task zp:hasAssignment ?a . ?a zp:unit ?unit ; zp:role ?role .
  BIND (IF(?role = role:lead, ?task, ?nothing) AS ?lead) BIND (IF(?role = role:responsible, ?task, ?nothing) AS ?responsible)
  BIND (IF(?role = role:support, ?task, ?nothing) AS ?support) }} GROUP BY ?plan ?unit"""


def citations_query(plans: Iterable[str]) -> str:
    """Asks how many tasks and statements of each plan cite an instrument, and how often the plan itself does."""
    return f"""{_PREFIXES}SELECT ?plan (?instrument AS ?of) (COUNT(DISTINCT ?task) AS ?citingTasks)
  (COUNT(DISTINCT ?own) AS ?ownCitations) WHERE {{
  {{ {values("plan", plans)} ?task zp:inPlan ?plan . ?task zp:hasCitation ?c . ?c zp:instrument ?instrument }}
  UNION {{ {values("plan", plans)} ?plan zp:hasCitation ?own . ?own zp:instrument ?instrument }} }} GROUP BY ?plan ?instrument"""


def through_query(units: Iterable[str]) -> str:
    """Asks how many tasks bind units through a group, or a body with their name board, and through whom; how many only so."""
    return f"""{_PREFIXES}SELECT ?unit ?year ?place (COUNT(DISTINCT ?task) AS ?throughTasks)
  ((COUNT(DISTINCT ?task) - COUNT(DISTINCT ?named)) AS ?onlyThroughTasks)
  (GROUP_CONCAT(DISTINCT STR(?who); SEPARATOR = " ") AS ?whom) WHERE {{
  {values("unit", units)} ?unit zp:obligedThrough|^zp:alsoNamed ?who . ?a zp:unit ?who . ?task zp:hasAssignment ?a ; zp:inPlan ?plan .
  OPTIONAL {{ ?task eli-dl:had_responsible_organization|eli-dl:had_participant_organization ?unit . BIND (STR(?task) AS ?named) }}
  OPTIONAL {{ ?plan zp:planYear ?year }} OPTIONAL {{ ?plan zp:jurisdiction ?place }} }} GROUP BY ?unit ?year ?place"""


ALL_BOUND = f"{_PREFIXES}SELECT DISTINCT ?unit WHERE {{ ?unit zp:obligedThrough|^zp:alsoNamed ?who }}"


# --- whom a change touches ----------------------------------------------------------------------------------------


def bound_query(who: Iterable[str]) -> str:
    """Asks which units are bound through these."""
    return f"{_PREFIXES}SELECT DISTINCT ?unit WHERE {{ {values('who', who)} ?unit zp:obligedThrough|^zp:alsoNamed ?who }}"


def bound_before_query(ids: Ids, who: Iterable[str]) -> str:
    """Asks for which units tasks were counted through these."""
    return f"""{_PREFIXES}SELECT DISTINCT ?unit WHERE {{ {values("who", who)}
  GRAPH <{ids.graph("counts")}> {{ ?c zp:countThrough ?who ; zp:yearlyDutiesOf ?unit }} }}"""


def vanished_query(ids: Ids) -> str:
    """Asks for the units of which tasks are counted that the store knows no more."""
    return f"""{_PREFIXES}SELECT DISTINCT ?unit WHERE {{ GRAPH <{ids.graph("counts")}> {{ ?c zp:throughTasks ?n ; zp:yearlyDutiesOf ?unit }}
  FILTER NOT EXISTS {{ ?unit zp:jurisdiction ?place }} }}"""


# --- the way back -------------------------------------------------------------------------------------------------


def kept_query(ids: Ids, where: str) -> str:
    return f"{_PREFIXES}SELECT ?c ?is ?what WHERE {{ {where} GRAPH <{ids.graph('counts')}> {{ ?c ?is ?what }} }}"


def of_plans(ids: Ids, plans: Iterable[str]) -> str:
    """The pattern of the nodes that belong to plans."""
    return f"{values('plan', plans)} GRAPH <{ids.graph('counts')}> {{ ?c zp:planTotalsOf|zp:countIn ?plan }}"


def of_cells(ids: Ids, cells: Iterable[Cell]) -> str:
    return values("c", (node(cell, ids) for cell in cells))


def of_things(ids: Ids, kind: str, things: Iterable[str]) -> str:
    return f"{values('of', things)} GRAPH <{ids.graph('counts')}> {{ ?c zp:{kind} ?of }}"


def to_cells(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[Cell, Totals]]:
    """The totals that such an answer tells of."""
    said: dict[str, dict[str, str]] = {}
    for row in rows:
        said.setdefault(row["c"], {})[row["is"]] = row["what"]
    for about in said.values():
        kind = next((each for each in _KINDS if term(f"zp:{each}") in about), YEARLY_PLANS)  # of plans without a place: of nobody
        cell = Cell(
            kind=kind,
            of=about.get(term(f"zp:{kind}"), ""),
            plan=about.get(term("zp:countIn"), ""),
            year=about.get(term("zp:countYear"), ""),
            place=about.get(term("zp:countPlace"), ""),
        )
        yield cell, {each: int(about[term(f"zp:{each}")]) for each in MEASURES if term(f"zp:{each}") in about}


_KINDS = (PLAN, DUTIES, YEARLY_DUTIES, ALL_DUTIES, CITATIONS, YEARLY_CITATIONS, ALL_CITATIONS, YEARLY_PLANS)
