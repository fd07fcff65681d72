"""Tasks and statements: lists of them, and all that one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.graph.resources.base import PREFIXES, Kept, Slice, ask, listed, narrowed, one_of, to_terms, values
from kg.graph.resources.plans import in_plans
from kg.graph.searched import RELATIONS

DUTY = "zp:leadUnit|zp:responsibleUnit|zp:supportUnit"
DUTIES = {"lead": "zp:leadUnit", "responsible": "zp:responsibleUnit", "support": "zp:supportUnit"}
DEADLINES = {kind: f"zp:{kind.capitalize()}Deadline" for kind in ("fixed", "relative", "standing", "prompt", "recurring")}

_TOLD = """?task zp:inPlan ?plan ; zp:text ?text .
  BIND(EXISTS { ?task a zp:Statement } AS ?statement)
  OPTIONAL { ?task zp:printedNumber ?number } OPTIONAL { ?task zp:order ?order }
  OPTIONAL { ?task zp:inSection ?section OPTIONAL { ?section dcterms:title ?section_label } }
  OPTIONAL { ?plan dcterms:title ?plan_label } OPTIONAL { ?plan zp:planYear ?year }
  OPTIONAL { ?plan zp:jurisdiction ?place OPTIONAL { ?place skos:prefLabel ?place_label } }"""
_VARIABLES = "?statement ?number ?order ?text ?section ?section_label ?plan ?plan_label ?year ?place ?place_label"


def tasks_query(kept: Kept, part: Slice | None, also: Sequence[str] = ()) -> str:
    """Asks for tasks, in order of years, plans and their order there; where units are named in `also`, those that one of them owes too."""
    shared = f"{{ SELECT DISTINCT ?task {{ {one_of(f'?task {DUTY}', 'other', to_terms(also))} }} }} " if also else ""
    return listed("task", shared + tasks_pattern(kept), "?y ?plan ?o", _TOLD, _VARIABLES, part)


def due_query(kept: Kept, part: Slice | None) -> str:
    """Asks for the tasks that are due in a stretch of days, in the order of the first of their days in it."""
    days = f"{{ SELECT DISTINCT ?task ?due {{ {due_between(kept)} }} }}"
    return listed("task", f"{days} {tasks_pattern(replace(kept, start='', end=''))}", "?due ?y ?plan ?o", _TOLD, _VARIABLES, part)


def tasks_pattern(kept: Kept) -> str:
    """The pattern of ?task in ?plan that all the filters leave."""
    kind = {"task": "?task a zp:Task .", "statement": "?task a zp:Statement ."}.get(kept.kind, "")
    parts = [narrowed("task", kept), *anchors(kept), in_plans(kept), "?task zp:inPlan ?plan .", kind]
    return " ".join(parts) + " OPTIONAL { ?plan zp:planYear ?y } OPTIONAL { ?task zp:order ?o }"


def anchors(kept: Kept, task: str = "?task") -> list[str]:
    """What narrows tasks by something other than their plans, each by itself so that it is asked for first."""
    found = []
    if kept.unit:
        found.append(_owed(kept, task))
    elif kept.role:
        found.append(f"{task} {duty_way(kept.role)} ?owner")
    if kept.function:
        found.append(f"{task} {DUTY} ?owner . " + one_of("?owner zp:function", "function", to_terms(kept.function)))
    if kept.instrument:
        found.append(one_of(f"{task} eli:cites", "cited", to_terms(kept.instrument)))
    if kept.matter:
        found.append(f"{task} zp:inThread <{kept.matter}> .")
    if kinds := [DEADLINES[kind] for kind in kept.deadline if kind in DEADLINES]:
        found.append(f"{task} zp:hasDeadline ?limit . " + one_of("?limit a", "limit_kind", kinds))
    if kept.relation:
        found.append(_related(kept.relation, task))
    if kept.start or kept.end:
        found.append(due_between(kept, task))
    chosen = [f"{{ SELECT DISTINCT {task} {{ {one} }} }}" for one in found]
    if "none" not in kept.deadline:
        return chosen
    free = f"FILTER NOT EXISTS {{ {task} zp:hasDeadline ?limit }}"
    if not kinds:
        return [*chosen, free]
    with_one = next(each for each in found if "zp:hasDeadline" in each)
    others = [each for each in chosen if with_one not in each]
    return [*others, f"FILTER(NOT EXISTS {{ {task} zp:hasDeadline ?limit }} || EXISTS {{ {with_one} }})"]


def _related(relations: Sequence[str], task: str) -> str:
    """That a task comes from another: last year's, an upper one, one that it is a part of. Parallel ones are so both ways."""
    comes = f"{task} {'|'.join(RELATIONS[one] for one in relations)} ?related"
    both_ways = [one for one in relations if one == "parallels"]
    return f"{{ {comes} }} UNION {{ ?related {RELATIONS['parallels']} {task} }}" if both_ways else comes


def duty_way(roles: Sequence[str]) -> str:
    """The way from a task to those who owe it in any of these roles, or in any at all."""
    return "|".join(DUTIES[role] for role in roles) or DUTY


def _owed(kept: Kept, task: str) -> str:
    way, units = duty_way(kept.role), to_terms(kept.unit)
    direct = one_of(f"{task} {way}", "owner", units)
    if kept.through in {"", "direct"}:
        return direct
    bound = (
        f"{units[0]} zp:obligedThrough|^zp:alsoNamed ?group ."
        if len(units) == 1
        else (f"VALUES ?owner {{ {' '.join(units)} }} ?owner zp:obligedThrough|^zp:alsoNamed ?group .")
    )
    bound += f" {task} {way} ?group"
    return bound if kept.through == "group" else f"{{ {direct} }} UNION {{ {bound} }}"


def tasks_in_plans(kept: Kept) -> str:
    """The pattern of what has to be in ?plan: tasks that all the filters of tasks leave; a unit may have issued it as well."""
    if kept.unit and not any((kept.function, kept.role, kept.instrument, kept.deadline, kept.relation)):
        issued = one_of("?plan eli:passed_by", "owner", to_terms(kept.unit))
        return f"{{ {_owed(kept, '?task')} ?task zp:inPlan ?plan }} UNION {{ {issued} }}"
    return f"{' '.join(anchors(kept))} {in_plans(kept)} ?task zp:inPlan ?plan ."


def due_between(kept: Kept, task: str = "?task") -> str:
    """Whose last day, printed or reckoned, lies in a stretch of days."""
    bounds = [f'?due >= "{kept.start}"^^xsd:date'] if kept.start else []
    bounds += [f'?due <= "{kept.end}"^^xsd:date'] if kept.end else []
    return f"{task} zp:dueDate|zp:reckonedDue ?due FILTER({' && '.join(bounds)})"


def due_counts_query(by: str, kept: Kept, most: int) -> str:
    """Asks how many tasks are due: by month, over all months where no days are given, by day, by the unit that owes them,
    or by unit and month."""
    pattern = tasks_pattern(replace(kept, start="", end=""))
    days = due_between(kept)
    months = f"?task zp:dueMonth|zp:reckonedMonth ?month . {_months_between(kept)}"
    which = {
        "month": f"{months} {pattern} BIND(?month AS ?key)",
        "day": f"{days} BIND(STR(?due) AS ?key) {pattern}",
        "unit": f"{{ SELECT DISTINCT ?task {{ {days} }} }} {pattern} ?task {DUTY} ?key .",
        "unit-month": f"{months} {pattern} ?task {DUTY} ?key .",
    }[by]
    keys = "?key ?month" if by == "unit-month" else "?key"
    order = f"DESC(?n) {keys}" if by.startswith("unit") else "?key"
    return f"""{PREFIXES}SELECT {keys} ?n ?label WHERE {{
  {{ SELECT {keys} (COUNT(DISTINCT ?task) AS ?n) WHERE {{ {which} }} GROUP BY {keys} ORDER BY {order} LIMIT {most + 1} }}
  OPTIONAL {{ ?key skos:prefLabel ?label }} }} ORDER BY {order}"""


def _months_between(kept: Kept) -> str:
    bounds = [f'?month >= "{kept.start[:7]}"'] if kept.start else []
    bounds += [f'?month <= "{kept.end[:7]}"'] if kept.end else []
    return f"FILTER({' && '.join(bounds)})" if bounds else ""


# --- what hangs on tasks -------------------------------------------------------------------------------------------


def units_query(tasks: Sequence[str]) -> str:
    """Asks who owes tasks."""
    return ask(
        "?task ?one ?role ?printed ?rank ?unit ?unit_label ?resolution ?group",
        f"""{values("task", tasks)} ?task zp:hasAssignment ?one . ?one zp:role ?role ; zp:nameAsPrinted ?printed ; zp:order ?rank .
        OPTIONAL {{ ?one zp:resolution ?resolution }} OPTIONAL {{ ?one zp:unit ?unit OPTIONAL {{ ?unit skos:prefLabel ?unit_label }} }}
        BIND(EXISTS {{ ?one zp:unit ?collective . ?collective a zp:UnitGroup }} AS ?group)""",
    )


def deadlines_query(tasks: Sequence[str]) -> str:
    """Asks by when tasks are to be done."""
    return ask(
        "?task ?one ?kind ?printed ?date ?starts ?trigger ?amount ?amount_unit ?period ?reckoned ?reckoned_from ?note",
        f"""{values("task", tasks)} ?task zp:hasDeadline ?one . ?one a ?kind ; zp:asPrinted ?printed .
        FILTER(?kind IN ({", ".join(DEADLINES.values())}))
        OPTIONAL {{ ?one time:inXSDDate ?date }} OPTIONAL {{ ?one zp:startsOn ?starts }} OPTIONAL {{ ?one zp:trigger ?trigger }}
        OPTIONAL {{ ?one zp:amount ?amount }} OPTIONAL {{ ?one zp:amountUnit ?amount_unit }} OPTIONAL {{ ?one zp:period ?period }}
        OPTIONAL {{ ?one zp:reckonedDate ?reckoned }} OPTIONAL {{ ?one zp:reckonedFrom ?reckoned_from }}
        OPTIONAL {{ ?one zp:reckoningNote ?note FILTER(LANG(?note) = "zh") }}""",
    )


def citations_query(tasks: Sequence[str]) -> str:
    """Asks what tasks, or plans, cite."""
    return ask(
        "?task ?one ?printed ?title ?number ?resolution ?instrument ?instrument_label ?edition ?status ?replaced",
        f"""{values("task", tasks)} ?task zp:hasCitation ?one . ?one zp:asPrinted ?printed .
        OPTIONAL {{ ?one zp:titleAsPrinted ?title }} OPTIONAL {{ ?one zp:numberAsPrinted ?number }}
        OPTIONAL {{ ?one zp:resolution ?resolution }}
        OPTIONAL {{ ?one zp:instrument ?instrument OPTIONAL {{ ?instrument dcterms:title ?instrument_label }}
          OPTIONAL {{ ?instrument zp:status ?status }} }}
        OPTIONAL {{ ?one zp:edition ?edition }}
        BIND(EXISTS {{ ?task zp:citesReplaced ?gone . ?one zp:edition|zp:instrument ?gone }} AS ?replaced)""",
    )


def measures_query(tasks: Sequence[str]) -> str:
    """Asks for the numbers of tasks that can be checked."""
    return ask(
        "?task ?one ?printed ?operator ?value ?unit",
        f"""{values("task", tasks)} ?task zp:hasMeasure ?one . ?one zp:asPrinted ?printed ; zp:operator ?operator ; zp:value ?value .
        OPTIONAL {{ ?one zp:valueUnit ?unit }}""",
    )


def evidence_query(things: Sequence[str]) -> str:
    """Asks for the words that things were quoted from, and where they stand."""
    return ask(
        "?thing ?words ?states ?quote ?start ?end ?prefix ?suffix ?stands ?page ?document ?sha256 ?file",
        f"""{values("thing", things)} ?thing prov:wasQuotedFrom ?words . ?words oa:hasSource ?document .
        OPTIONAL {{ ?words zp:states ?states }} OPTIONAL {{ ?words zp:place ?stands }} OPTIONAL {{ ?words zp:page ?page }}
        OPTIONAL {{ ?words oa:hasSelector ?q . ?q oa:exact ?quote OPTIONAL {{ ?q oa:prefix ?prefix }} OPTIONAL {{ ?q oa:suffix ?suffix }} }}
        OPTIONAL {{ ?words oa:hasSelector ?p . ?p oa:start ?start ; oa:end ?end }}
        OPTIONAL {{ ?document zp:fileName ?file }} OPTIONAL {{ ?document zp:sha256 ?sha256 }}""",
    )


def sections_above_query(section: str) -> str:
    """Asks for a section and those around it."""
    return ask(
        "?section ?label ?number ?level",
        f"""<{section}> eli:is_part_of* ?section . ?section a zp:Section ; zp:level ?level .
        OPTIONAL {{ ?section dcterms:title ?label }} OPTIONAL {{ ?section zp:printedNumber ?number }}""",
    )


def thread_query(task: str) -> str:
    """Asks for the matters that a task belongs to."""
    return ask("?thread ?label", f"<{task}> zp:inThread ?thread . OPTIONAL {{ ?thread dcterms:title ?label }}")


def modality_query(task: str) -> str:
    return ask(
        "?modality ?form ?open ?reporting",
        f"""OPTIONAL {{ <{task}> zp:modality ?modality }} OPTIONAL {{ <{task}> zp:form ?form }}
    OPTIONAL {{ <{task}> zp:openUnitList ?open }} OPTIONAL {{ <{task}> zp:reporting ?reporting }}""",
    )
