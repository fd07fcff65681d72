"""Units and groups: who they are, how they are printed, what they owe."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.resources.base import PREFIXES, Kept, Slice, ask, kept_by_year, kept_totals, listed, narrowed, one_of, to_terms, values
from kg.graph.resources.tasks import DUTIES, duty_way, tasks_pattern
from kg.ids import Ids

_TOLD = """OPTIONAL { ?unit skos:prefLabel ?label } OPTIONAL { ?unit zp:jurisdiction ?place
  OPTIONAL { ?place skos:prefLabel ?place_label } }
  OPTIONAL { ?unit zp:unitKind|zp:groupKind ?kind } BIND(EXISTS { ?unit a zp:UnitGroup } AS ?group)
  OPTIONAL { ?unit org:subOrganizationOf ?parent OPTIONAL { ?parent skos:prefLabel ?parent_label } }"""
_VARIABLES = "?label ?place ?place_label ?kind ?group ?parent ?parent_label"

_LOAD = {
    "lead": "zp:leadTasks",
    "responsible": "zp:responsibleTasks",
    "support": "zp:supportTasks",
    "tasks": "zp:tasks",
    "through": "zp:throughTasks",
    "only_through": "zp:onlyThroughTasks",
}


def units_query(kept: Kept, part: Slice | None) -> str:
    """Asks for units and groups, by place and name."""
    pattern = f"{_own(kept)} OPTIONAL {{ ?unit zp:jurisdiction ?p }} OPTIONAL {{ ?unit skos:prefLabel ?l }}"
    return listed("unit", pattern, "?p ?l", _TOLD, _VARIABLES, part)


def own_query(kept: Kept) -> str:
    """Asks for all units and groups that are of these places, levels, functions and this kind."""
    return ask("?unit", _own(kept))


def owing_query(kept: Kept) -> str:
    """Asks for the units that owe tasks which the filters leave, with how many, those with most first."""
    return f"""{PREFIXES}SELECT ?unit (COUNT(DISTINCT ?task) AS ?n) WHERE {{ {tasks_pattern(kept)} ?task {duty_way(kept.role)} ?unit }}
    GROUP BY ?unit ORDER BY DESC(?n) ?unit"""


def _own(kept: Kept) -> str:
    parts = [narrowed("unit", kept), "VALUES ?type { zp:Unit zp:UnitGroup } ?unit a ?type ."]
    parts += [values("unit", kept.unit)] if kept.unit else []
    if kept.place:
        parts.append(one_of("?unit zp:jurisdiction", "of_place", to_terms(kept.place)))
    if kept.level:
        parts.append("?unit zp:jurisdiction ?at . " + one_of("?at zp:jurisdictionLevel", "of_level", to_terms(kept.level)))
    if kept.function:
        parts.append(one_of("?unit zp:function", "of_function", to_terms(kept.function)))
    if kept.kind:
        parts.append(f"?unit zp:unitKind|zp:groupKind <{kept.kind}> .")
    return " ".join(parts)


def names_query(units: Sequence[str]) -> str:
    """Asks for other names and the functions of units."""
    return ask(
        "?unit ?alias ?function ?zh ?en",
        f"""{values("unit", units)} {{ ?unit skos:altLabel ?alias }}
        UNION {{ ?unit zp:function ?function . ?function skos:prefLabel ?zh , ?en FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") }}""",
    )


def totals_query(ids: Ids, units: Sequence[str]) -> str:
    """Asks for the kept totals of units over all years."""
    return kept_totals(ids, "unit", "zp:allDutiesOf", units)


def load_query(ids: Ids, unit: str) -> str:
    """Asks for the kept totals of a unit by year and place."""
    return kept_by_year(ids, "zp:yearlyDutiesOf", unit, _LOAD)


def related_query(unit: str, most: int) -> str:
    """Asks for the groups that bind a unit, the members of a group, second name boards, and parts."""
    ways = {"bound_through": "zp:obligedThrough", "member": "org:hasMember", "also_named": "zp:alsoNamed", "name_board_of": "^zp:alsoNamed",
            "part": "^org:subOrganizationOf", "replaced_by": "dcterms:isReplacedBy"}  # fmt: skip
    union = " UNION ".join(f'{{ <{unit}> {way} ?other BIND("{name}" AS ?what) }}' for name, way in ways.items())
    return (
        ask("?what ?other ?label", f"{union} OPTIONAL {{ ?other skos:prefLabel ?label }}") + f" ORDER BY ?what ?label ?other LIMIT {most}"
    )


def roles_query(unit: str, tasks: Sequence[str]) -> str:
    """Asks in which role, and through whom, tasks bind a unit."""
    roles = " UNION ".join(f'{{ ?task {way} ?who BIND("{role}" AS ?role) }}' for role, way in DUTIES.items())
    return ask(
        "?task ?role ?through ?through_label",
        f"""{values("task", tasks)} <{unit}> (zp:obligedThrough|^zp:alsoNamed)? ?who . {roles}
        BIND(IF(?who = <{unit}>, ?nobody, ?who) AS ?through) OPTIONAL {{ ?who skos:prefLabel ?through_label }}""",
    )


def aliases_query(unit: str, part: Slice) -> str:
    """Asks how documents print a unit, how often in which plan, and where first."""
    pattern = f"""?mention zp:unit <{unit}> ; zp:nameAsPrinted ?printed . ?task zp:hasAssignment ?mention ; zp:inPlan ?plan .
    OPTIONAL {{ ?mention zp:resolution ?resolution }} OPTIONAL {{ ?plan dcterms:title ?plan_label }} OPTIONAL {{ ?plan zp:planYear ?year }}
    OPTIONAL {{ ?mention prov:wasQuotedFrom ?words OPTIONAL {{ ?words zp:place ?at }}
    OPTIONAL {{ ?words oa:hasSource/zp:fileName ?name }} }}"""
    totals = "(COUNT(DISTINCT ?mention) AS ?times) (MIN(?at) AS ?stands) (MIN(?name) AS ?file) (MIN(?task) AS ?first)"
    keys = "?printed ?resolution ?plan ?plan_label ?year"
    order = f"ORDER BY DESC(?times) ?printed ?plan LIMIT {part.limit + 1} OFFSET {part.offset}"
    return f"{ask(f'{keys} {totals}', pattern)} GROUP BY {keys} {order}"
