"""What rules are run over, what they gave before, and the days that are reckoned: questions to a store, lines for its graph of rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from kg.graph.lines import Lines, day, text
from kg.ids import Ids
from kg.workdays import Reckoned

_PREFIXES = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX org: <http://www.w3.org/ns/org#> PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_TIES = "(zp:alsoNamed|org:subOrganizationOf)"
_SCOPE = "# ?scope"  # stands in a query wherever it may be narrowed


def values(variable: str, iris: Iterable[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in sorted(iris))} }}"


def within(query: str, scopes: Iterable[str] | None) -> str:
    """The query for these scopes only; for all where there are None."""
    return query if scopes is None else query.replace(_SCOPE, values("scope", scopes))


# --- scopes -----------------------------------------------------------------------------------------------------


def citing_plans_query(plans: Iterable[str]) -> str:
    """Asks in which plans one of `plans` is cited by its number."""
    return f"""{_PREFIXES}SELECT DISTINCT ?scope WHERE {{
  {values("plan", plans)} ?plan eli:number ?number . ?edition eli:number ?number . ?citation zp:edition ?edition .
  ?citing zp:hasCitation ?citation . OPTIONAL {{ ?citing zp:inPlan ?around }} BIND (COALESCE(?around, ?citing) AS ?scope) }}"""


def cited_before_query(ids: Ids, plans: Iterable[str]) -> str:
    """Asks in which plans the rules have found citations of one of `plans`."""
    return f"""{_PREFIXES}SELECT DISTINCT ?scope WHERE {{ {values("plan", plans)}
  GRAPH <{ids.graph("rules")}> {{ ?citing zp:citesPlan ?plan ; zp:derivedIn ?scope }} }}"""


def named_query(graphs: Iterable[str]) -> str:
    """Asks whom these documents name."""
    return f"""{_PREFIXES}SELECT DISTINCT ?one WHERE {{
  {values("graph", graphs)} GRAPH ?graph {{ ?by zp:unit|eli:passed_by ?one }} }}"""


def related_query(ones: Iterable[str]) -> str:
    """Asks for these, the bodies whose boards they have or that they belong to, and the place of each."""
    return f"""{_PREFIXES}SELECT DISTINCT ?body ?place WHERE {{
  {values("one", ones)} {{ ?one zp:jurisdiction ?at . BIND (?one AS ?body) }} {_steps("one", _TIES, "body")}
  ?body zp:jurisdiction ?place }}"""


def above_query(places: Iterable[str]) -> str:
    """Asks for these places and those above them."""
    return f"""{_PREFIXES}SELECT DISTINCT ?scope WHERE {{
  {values("place", places)} {{ ?place a zp:Jurisdiction . BIND (?place AS ?scope) }} {_steps("place", "zp:within", "scope")} }}"""


def _steps(one: str, way: str, other: str) -> str:
    """The branches of one to three steps: places and bodies lie no deeper, and Virtuoso takes no `*` beside VALUES."""
    return " ".join(f"UNION {{ ?{one} {'/'.join([way] * steps)} ?{other} }}" for steps in (1, 2, 3))


def vanished_query(ids: Ids) -> str:
    """Asks in which places the rules know units or groups that the store knows no more."""
    return f"""{_PREFIXES}SELECT DISTINCT ?scope WHERE {{
  GRAPH <{ids.graph("rules")}> {{ ?one org:hasMember|zp:obligedThrough ?other ; zp:derivedIn ?scope }}
  FILTER NOT EXISTS {{ ?one zp:jurisdiction ?place }} }}"""


# --- what was derived before ------------------------------------------------------------------------------------


def subjects_query(ids: Ids, scopes: Iterable[str]) -> str:
    """Asks of what something was derived in these scopes."""
    return f"""{_PREFIXES}SELECT DISTINCT ?one WHERE {{
  {values("scope", scopes)} GRAPH <{ids.graph("rules")}> {{ ?one zp:derivedIn ?scope }} }}"""


def scopes_query(ids: Ids, subjects: Iterable[str]) -> str:
    """Asks in which scopes something was derived of these."""
    return f"""{_PREFIXES}SELECT DISTINCT ?scope WHERE {{
  {values("one", subjects)} GRAPH <{ids.graph("rules")}> {{ ?one zp:derivedIn ?scope }} }}"""


def derived_query(ids: Ids, subjects: Iterable[str]) -> str:
    """Asks for all that was derived of these."""
    return f"CONSTRUCT {{ ?one ?is ?what }} WHERE {{ {values('one', subjects)} GRAPH <{ids.graph('rules')}> {{ ?one ?is ?what }} }}"


# --- days ---------------------------------------------------------------------------------------------------------

RELATIVE = f"""{_PREFIXES}SELECT DISTINCT ?scope ?task ?deadline ?trigger ?amount ?unit ?issued WHERE {{
  {_SCOPE}
  ?scope a zp:Plan . ?task zp:inPlan ?scope ; zp:hasDeadline ?deadline .
  ?deadline zp:trigger ?trigger ; zp:amount ?amount ; zp:amountUnit ?unit .
  OPTIONAL {{ ?scope eli:date_document ?issued }} }}"""


def cited_days_query(tasks: Iterable[str]) -> str:
    """Asks for what these tasks cite: the titles that it has, and the days of the edition, or of the plan with its number.

    Where the citation does not say which edition, all of them come.
    """
    return f"""{_PREFIXES}SELECT DISTINCT ?task ?citation ?edition ?title ?printed ?issued ?in_force WHERE {{
  {values("task", tasks)} ?task zp:hasCitation ?citation .
  OPTIONAL {{ ?citation zp:titleAsPrinted ?printed }}
  ?citation zp:instrument ?work .
  OPTIONAL {{ ?work dcterms:title|skos:altLabel ?title }}
  {{ ?citation zp:edition ?edition }} UNION {{ ?work eli:has_member ?edition FILTER NOT EXISTS {{ ?citation zp:edition ?which }} }}
  OPTIONAL {{ ?edition eli:date_document ?its_day }}
  OPTIONAL {{ ?edition eli:number ?number . ?plan eli:number ?number ; a zp:Plan ; eli:date_document ?plan_day }}
  BIND (COALESCE(?its_day, ?plan_day) AS ?issued)
  OPTIONAL {{ ?edition zp:inForceFrom ?in_force }} }}"""


def reckoned_lines(row: Mapping[str, str], whose: str, start: dt.date, reckoned: Reckoned) -> bytes:
    """What is said of a deadline whose first day is known: that day, whose day it is, and the last day, or why it is not known."""
    lines, scope, task, deadline = Lines(), row["scope"], row["task"], row["deadline"]
    for each in (deadline, task) if reckoned.day else (deadline,):
        lines.link(each, "zp:derivedIn", scope)
    lines.say(deadline, "zp:reckonedFrom", day(start))
    lines.link(deadline, "zp:reckonedBy", whose)
    if reckoned.day:
        lines.say(deadline, "zp:reckonedDate", day(reckoned.day))
        lines.say(task, "zp:reckonedDue", day(reckoned.day))
        lines.say(task, "zp:reckonedMonth", text(f"{reckoned.day:%Y-%m}"))
    else:
        lines.say(deadline, "zp:reckoningNote", text(reckoned.zh, "zh"))
        lines.say(deadline, "zp:reckoningNote", text(reckoned.en, "en"))
    return lines.encode()
