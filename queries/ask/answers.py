"""What is answered to each kind of question: the query, the rows, the value, a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from queries.ask import answers_lineage as lineage
from queries.ask import answers_value as values
from queries.ask.answers_days import extreme, has_deadline, until
from queries.ask.dates import day_of
from queries.ask.english import in_english
from queries.ask.evaluate import Evaluation
from queries.ask.kinds import of_kind
from queries.ask.lexicon import Lexicon
from queries.ask.model import Answer, Decline, Meaning, Row, Unread
from queries.ask.refusals import refuse_several_of_a_number
from queries.ask.restate import restate, tasks_in_words
from queries.ask.running import Found, Ran, merged
from queries.ask.shown import of, plans_in

_ROLE_CODES = "https://w3id.org/zhengpu/code/role/"
_MOST_WHY = 10
_MOST_UNITS = 30  # that are named in a sentence
_NUMBER = re.compile("几号|文号|字号|编号")
_OF_TASKS = re.compile("任务|工作|[项条件事]")


def answer(question: str, meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """The answer to a question of that meaning."""
    meaning = replace(meaning, asked=meaning.asked or question)
    made = _ANSWERS.get(meaning.ask, _tasks)(meaning, evaluation, lexicon)
    return replace(made, question=question, understood=restate(meaning), understood_en=in_english(meaning), meaning=meaning)


def _count_in_words(found: Found) -> str:
    tasks = found.tasks
    rows = found.ran.rows
    direct = {row["task"] for row in rows if "through" not in row}
    through = len(tasks) - len(direct)
    plural = f"，其中{through}项经由集合称谓或加挂牌子的机构" if through else ""
    return f"共{len(tasks)}项任务{plural}" if tasks else "没有"


# --- tasks ---------------------------------------------------------------------------------------------------


def _tasks(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    del lexicon
    found = evaluation.tasks(meaning)
    words = f"{tasks_in_words(meaning)}：{_count_in_words(found)}"
    return of(found.ran, meaning, words, notes=found.notes)


def _count(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    made = _tasks(meaning, evaluation, lexicon)
    number = len({row["task"] for row in made.rows})
    return replace(made, value=number)


def _by_role(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    made = _tasks(meaning, evaluation, lexicon)
    roles = {"牵头": "牵头单位", "配合": "配合单位", "责任": "责任单位"}
    named = [row for row in made.rows if not row.get("through")]
    each = {said: {row["task"] for row in named if row.get("role") in {said, full}} for said, full in roles.items()}
    through = len({row["task"] for row in made.rows}) - len(set().union(*each.values()))
    value = "、".join(f"{said}{len(tasks)}" for said, tasks in each.items())
    return replace(made, value=value, words=f"{value}" + (f"；另有{through}项经由集合称谓" if through else "") + f"。{made.words}")


def _whether(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    made = _tasks(meaning, evaluation, lexicon)
    if made.rows and meaning.matter and meaning.windows and (later := _later(meaning, made.rows, evaluation)):
        return replace(made, value=False, words=f"不都是：{later}。{made.words}")
    return replace(made, value=bool(made.rows), words=("有。" if made.rows else "没有。") + made.words)


def _later(meaning: Meaning, rows: Sequence[Row], evaluation: Evaluation) -> str:
    """The deadlines of the tasks, where one of them is behind the days that are asked about; empty where none is."""
    tasks = list(dict.fromkeys(str(row["task"]) for row in rows))
    ran = merged("deadlines-of-task", [evaluation.run("deadlines-of-task", scope, tasks) for scope in evaluation.scopes(meaning)])
    ends = [day_of(window.year, window.end or (12, 31)).isoformat() for window in meaning.windows]
    later = any(row.get("due", "") > max(ends) for row in ran.rows)
    return "；".join(dict.fromkeys(row.get("deadline_label", "") for row in ran.rows)) if later else ""


def _where(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    del lexicon
    found = evaluation.tasks(meaning)
    full = evaluation.said_of(found, meaning)
    places = list(dict.fromkeys(row.get("place_label", "") for row in full.rows))
    return of(full, meaning, f"{'、'.join(places) or '没有'}（{len(found.tasks)}项任务）", notes=found.notes)


# --- of tasks -------------------------------------------------------------------------------------------------


def _whose(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    del lexicon
    found = evaluation.tasks(replace(meaning, role=""))
    refuse_several_of_a_number(meaning, found)
    every = evaluation.said_of(found, meaning, "units-of-task")
    both = {"lead", "support"} <= meaning.cues or meaning.said.count("谁") + meaning.said.count("哪") > 1
    role = "" if both and "lead" not in meaning.cues else meaning.role  # 谁承办谁协办
    rows = [row for row in of_kind(every.rows, meaning.asked) if both or not meaning.role or _has_role(row, meaning.role)]
    names = _names([row for row in rows if _has_role(row, role)])
    asked = {"lead": "牵头", "support": "配合"}.get(role, "承担")
    words = f"{len(found.tasks)}项任务，由{'、'.join(names)}{asked}" if names else "没有" if found.tasks else "没有这样的任务"
    if helping := _names([row for row in rows if not _has_role(row, role)]):
        words += f"，{'、'.join(helping)}配合" if not role else ""
    notes = list(found.notes)
    if not names and every.rows:
        printed = list(dict.fromkeys(row.get("printed", "") for row in every.rows))
        notes.append(f"没有写明由谁{asked}；写到的单位是{'、'.join(printed)}")
    if not names and found.tasks and not every.rows:
        notes.append(f"有{len(found.tasks)}项任务，没有写单位")
    ran = replace(every, rows=tuple(rows))
    if meaning.role and not both:
        ran = evaluation.said_of(found, meaning, "units-of-task", role=meaning.role)
        ran = replace(ran, rows=of_kind(ran.rows, meaning.asked))
    return of(ran, meaning, words, notes=notes)


def _names(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(row.get("unit_label") or row.get("printed", "") for row in rows))


def _has_role(row: Row, role: str) -> bool:
    """A unit that is responsible or leads answers to who is responsible; one that supports does not."""
    code = str(row.get("role", "")).removeprefix(_ROLE_CODES)
    return code == role if role else code != "support"


def _law(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    del lexicon
    found = evaluation.tasks(meaning)
    ran = evaluation.said_of(found, meaning, "instruments-of-task")
    titles = list(dict.fromkeys(row.get("instrument_label") or row.get("citation_label", "") for row in ran.rows))
    words = (
        f"{len(titles)}份文件：{'、'.join(titles)}"
        if titles
        else f"{len(found.tasks)}项任务，没有写依据"
        if found.tasks
        else "没有这样的任务"
    )
    printed = list(dict.fromkeys(row["citation_label"] for row in ran.rows if row.get("citation_label")))
    if _NUMBER.search(meaning.asked) and printed:
        words += f"（文中写作{'、'.join(printed)}）"
    return of(ran, meaning, words, f"《{titles[0].strip('《》')}》" if len(titles) == 1 else None, notes=found.notes)


def _titles(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    made = _law(meaning, evaluation, lexicon)
    titles = [f"《{one.label}》" for one in meaning.instruments] or list(dict.fromkeys(str(row["instrument"]) for row in made.rows))
    return replace(made, value="、".join(titles), words="、".join(titles)) if made.rows else made


def _count_laws(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    made = _law(meaning, evaluation, lexicon)
    return replace(made, value=len({row.get("instrument") or row.get("citation") for row in made.rows}))


def _count_units(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    del lexicon
    found = evaluation.tasks(replace(meaning, role=""))
    if meaning.matter and not found.tasks:
        raise Unread(f"没有任务提到“{meaning.matter}”")
    ran = evaluation.said_of(found, meaning, "units-of-task", role=meaning.role)
    names = {row.get("unit") or row.get("printed", "") for row in ran.rows}
    return of(ran, meaning, f"{len(names)}个单位或集合称谓", len(names), notes=found.notes)


def _why(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    del lexicon
    found = evaluation.tasks(meaning)
    refuse_several_of_a_number(meaning, found)
    rans = [evaluation.run("why", scope, None, fact=task) for task in found.tasks[:_MOST_WHY] for scope in evaluation.scopes(meaning)[:1]]
    if not rans:
        return of(found.ran, meaning, "没有这样的任务", notes=found.notes)
    known = {row["task"]: row for row in found.ran.rows}
    rows = [{**known[task], **row, "task": task} for task, ran in zip(found.tasks, rans, strict=False) for row in ran.rows]
    more = [f"共{len(found.tasks)}项，只列前{_MOST_WHY}项"] if len(found.tasks) > _MOST_WHY else []
    first = rows[0]
    words = f"{first.get('file', '')} {first.get('stands', '')}：“{first.get('quote', '')}”" + ("……" if len(rows) > 1 else "")
    value = str(first.get("text") or first.get("quote") or "") if len(found.tasks) == 1 else None
    return of(merged("why", rans), meaning, words, value or None, rows=rows, notes=[*found.notes, *more])


# --- counts beside each other ---------------------------------------------------------------------------------------


def _compare(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    del lexicon
    if meaning.matter and not _OF_TASKS.search(meaning.said):  # 老旧小区改造哪边多: a number that the tasks say
        raise Unread("没有读懂要比的是什么")
    rans: list[Ran] = []
    rows: list[Row] = []
    for label, one in _alternatives(meaning):
        found = evaluation.tasks(one)
        rans.append(found.ran)
        rows.append({"of": label, "tasks": len(found.tasks)})
    if meaning.matter and not any(row["tasks"] for row in rows):
        raise Decline(f"没有任务提到“{meaning.matter}”，没有什么可比")
    most = max(rows, key=lambda row: int(row["tasks"]))
    equal = len({row["tasks"] for row in rows}) == 1
    said = "，".join(f"{row['of']}{row['tasks']}项" for row in rows)
    gap = int(rows[0]["tasks"]) - int(rows[1]["tasks"])
    words = f"{said}；" + ("一样多" if equal else f"{most['of']}多，差{abs(gap)}项" if len(rows) == 2 else f"{most['of']}最多")
    return of(merged(rans[0].name, rans), meaning, words, None if len(rows) > 2 else abs(gap), rows=rows)


def _alternatives(meaning: Meaning) -> list[tuple[str, Meaning]]:
    """The meaning once for each of the years, places or units that are compared."""
    if len(meaning.units) > 1:
        return [(one.unit.label, replace(meaning, units=(one,), together=False)) for one in meaning.units]
    if len(meaning.places) > 1:
        return [(one.label, replace(meaning, places=(one,))) for one in meaning.places]
    return [(f"{year}年", replace(meaning, years=(year,))) for year in meaning.years]


def _units_of_plan(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    rans = [
        evaluation.run("units-of-plan", scope, None, plan=plan)
        for plan in plans_in(meaning, lexicon)
        for scope in evaluation.scopes(meaning)[:1]
    ]
    if not rans:
        raise Decline("这个地方、这一年没有计划")
    total: dict[str, Row] = {}
    for row in merged("units-of-plan", rans).rows:
        known = total.setdefault(
            row["unit"],
            {"unit": row["unit"], "unit_label": row.get("unit_label", ""), "lead": 0, "responsible": 0, "support": 0, "tasks": 0},
        )
        for key in ("lead", "responsible", "support", "tasks"):
            known[key] += int(row[key])
    key = meaning.role or "tasks"
    rows = sorted((row for row in total.values() if row[key]), key=lambda row: (-row[key], row["unit_label"]))
    if meaning.ask == "busiest":
        rows = [row for row in rows if row[key] == rows[0][key]]
        words = f"{'、'.join(row['unit_label'] for row in rows)}，{rows[0][key]}项" if rows else "没有"
        shown = _as_printed(rows, meaning, evaluation)
        told = f"{'、'.join(row['printed'] for row in shown)}，{rows[0][key]}项" if rows else None
        return of(merged("units-of-plan", rans), meaning, words, told, rows=shown)
    words = f"{len(rows)}个单位或集合称谓" + (f"：{'、'.join(row['unit_label'] for row in rows)}" if 0 < len(rows) <= _MOST_UNITS else "")
    return of(merged("units-of-plan", rans), meaning, words, rows=_as_printed(rows, meaning, evaluation))


def _as_printed(rows: Sequence[Row], meaning: Meaning, evaluation: Evaluation) -> list[Row]:
    """The rows of units, with the name that the plans print for each in the role that is asked for."""
    names: dict[str, str] = {}
    for scope in evaluation.scopes(meaning):
        for row in evaluation.run("units-of-task", scope, role=meaning.role).rows:
            names.setdefault(row.get("unit", ""), row.get("printed", ""))
    return [{**row, "printed": names.get(str(row["unit"]), "") or row["unit_label"]} for row in rows]


# --- plain lists ----------------------------------------------------------------------------------------------------


def _listed(name: str, say: Callable[[Sequence[Row]], str], **slots: str) -> Callable[[Meaning, Evaluation, Lexicon], Answer]:
    """An answer that is the rows of a stock query; `slots` gives it units, instruments."""

    def made(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
        del lexicon
        values: Mapping[str, str] = {
            parameter: {
                "unit": meaning.units[0].unit.iri if meaning.units else "",
                "instrument": meaning.instruments[0].iri if meaning.instruments else "",
            }[slot]
            for parameter, slot in slots.items()
        }
        ran = merged(name, [evaluation.run(name, scope, None, **values) for scope in evaluation.scopes(meaning)])
        return of(ran, meaning, say(ran.rows))

    return made


def _overdue(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    del lexicon
    window = meaning.windows[0]
    month, day = window.end or (12, 31)
    ran = merged(
        "overdue",
        [evaluation.run("overdue", scope, None, day=f"{window.year}-{month:02}-{day:02}") for scope in evaluation.scopes(meaning)],
    )
    return of(ran, meaning, f"{len(ran.tasks)}项")


def _counted(unit: str) -> Callable[[Sequence[Row]], str]:
    return lambda rows: f"{len(rows)}{unit}" if rows else "没有"


def _plan_fact(key: str) -> Callable[[Meaning, Evaluation, Lexicon], Answer]:
    def made(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
        del lexicon
        ran = merged("plans", [evaluation.run("plans", scope) for scope in evaluation.scopes(replace(meaning, plans=()))])
        plans = {one.iri for one in meaning.plans}
        rows = [row for row in ran.rows if not plans or row["plan"] in plans]
        values = list(dict.fromkeys(row[key] for row in rows if key in row))
        return of(ran, meaning, "、".join(values) or "没有写", values[0] if len(values) == 1 else None, rows=rows)

    return made


def _count_plans(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    made = _listed("plans", _counted("份计划"))(meaning, evaluation, lexicon)
    return replace(made, value=len(made.rows))


def _upper_plans(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    made = _listed("upper-plans", _uppers)(meaning, evaluation, lexicon)
    if level := lineage.level_said(meaning):
        made = replace(made, rows=[row for row in made.rows if lineage.rank_of(str(row.get("upper_place_label", ""))) == level])
        made = replace(made, words=_uppers(made.rows))
    if not made.rows:  # the plan above is not in the store: what the plan itself cites
        return lineage.basis(meaning, evaluation, lexicon)
    uppers = list(dict.fromkeys(f"{row.get('upper_number', '')}（{row.get('upper_label', '')}）" for row in made.rows))
    return replace(made, value=uppers[0] if len(uppers) == 1 else None)


def _uppers(rows: Sequence[Row]) -> str:
    return "、".join(dict.fromkeys(f"《{row.get('upper_label', '')}》{row.get('upper_number', '')}" for row in rows)) or "没有"


def _most_cited(rows: Sequence[Row]) -> str:
    return f"{rows[0].get('instrument_label', '')}，{rows[0].get('tasks', '')}项任务" if rows else "没有"


_ANSWERS: Mapping[str, Callable[[Meaning, Evaluation, Lexicon], Answer]] = {
    "tasks": _tasks,
    "tasks-cited": _tasks,
    "count": _count,
    "count-tally": _count,
    "count-loosely": _count,
    "by-role": _by_role,
    "whether": _whether,
    "where": _where,
    "whose": _whose,
    "whose-deed": _whose,
    "whose-named": _whose,
    "latest": extreme,
    "earliest": extreme,
    "when": until,
    "has-deadline": has_deadline,
    "law": _law,
    "titles": _titles,
    "count-laws": _count_laws,
    "count-units": _count_units,
    "why": _why,
    "fate": lineage.fate,
    "origin": lineage.origin,
    "added": lineage.changes,
    "dropped": lineage.changes,
    "kept": lineage.changes,
    "own": lineage.own,
    "own-lack": lineage.own,
    "gaps": lineage.gaps,
    "copied": lineage.copied,
    "compare": _compare,
    "value": values.value,
    "compare-values": values.compared,
    "allowed": values.allowed,
    "units-of-plan": _units_of_plan,
    "busiest": _units_of_plan,
    "overdue": _overdue,
    "count-plans": _count_plans,
    "plan-number": _plan_fact("number"),
    "plan-day": _plan_fact("day"),
    "plans": _listed("plans", _counted("份计划")),
    "units": _listed("units", _counted("个单位")),
    "most-cited": _listed("most-cited", _most_cited),
    "load": _listed("load-of-unit", _counted("年"), unit="unit"),
    "shared-with": _listed("units-sharing-tasks", _counted("个单位"), unit="unit"),
    "numbering": _listed("numbering-gaps", _counted("处")),
    "replaced": _listed("cited-but-replaced", _counted("处")),
    "upper-plans": _upper_plans,
    "plan-basis": lineage.basis,
    "located": values.located,
    "plans-citing": _listed("plans-citing", _counted("份计划"), instrument="instrument"),
}
