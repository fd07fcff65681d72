"""Answers about where tasks came from, what became of them, and what a plan added, dropped, left unanswered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from queries.ask.evaluate import Evaluation
from queries.ask.lexicon import Lexicon
from queries.ask.model import Answer, Decline, Meaning, Row
from queries.ask.running import Found, Ran, Scope, merged
from queries.ask.shown import of, plans_in

_MOST_TRACED = 150
_YES_OR_NO = ("吗", "没有", "在不在", "做不做", "是否")
_RANKS = {"省": "省", "区": "省", "市": "市", "县": "县"}  # 自治区 too; no district is above a plan's place
_LEVEL_SAID = re.compile(r" (?:上级的?)?(省|市|县)(?:里|级|内|本级)?(?: |$)")
_LAW = re.compile(r"^[^《（]*(?:法|条例|规定|办法)(?:》|$)")
_CODE = "https://w3id.org/zhengpu/code/lineage-relation/"


def fate(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """The tasks of later years that carry these on."""
    first = min(meaning.years) if meaning.years else 0
    later = {year for year in meaning.years if year != first}
    if len(meaning.plans) > 1:
        return _between(meaning, evaluation)
    meaning = _of_first(meaning, first, lexicon)
    found = evaluation.tasks(replace(meaning, years=(first,)) if first else meaning)
    ran, rows = _trace(evaluation, found.tasks, "down", {"continues"})
    rows = [row for row in rows if not later or int(row.get("plan_year", 0)) in later]
    if found.tasks and not rows and not _compared(evaluation, found, later):
        return _by_words(meaning, evaluation, later)
    going_on = {row["of"] for row in rows}
    words = f"{len(found.tasks)}项任务，其中{len(going_on)}项在{'、'.join(map(str, sorted(later))) + '年' if later else '后来'}还有"
    if not found.tasks:
        words = "没有这样的任务"
    asked = meaning.whether or any(word in meaning.said for word in _YES_OR_NO)
    return of(ran or found.ran, meaning, words, bool(rows) if asked else None, rows=_named(evaluation, rows), notes=found.notes)


def _of_first(meaning: Meaning, first: int, lexicon: Lexicon) -> Meaning:
    """The meaning with the plan of a later year, that the matter went on in, as its place only."""
    named = {one.thing.iri: one for one in lexicon.all_plans if one.thing.iri in {each.iri for each in meaning.plans}}
    if not first or not named or any(one.year == first for one in named.values()):
        return meaning
    places = {one.place for one in named.values()}
    here = tuple(thing for things in lexicon.places.values() for thing in things if thing.iri in places)
    return replace(meaning, plans=(), places=meaning.places or here[:1])


def _between(meaning: Meaning, evaluation: Evaluation) -> Answer:
    """What became of tasks of the first plan in the others, by links of whatever kind."""
    found = evaluation.tasks(replace(meaning, plans=meaning.plans[:1]))
    others = {one.iri for one in meaning.plans[1:]}
    ran, rows = _trace(evaluation, found.tasks, "down", {"continues", "adapts", "breaks-down"})
    rows = [row for row in rows if row.get("plan") in others]
    words = f"{len(found.tasks)}项任务，对应{len({row['task'] for row in rows})}项" if found.tasks else "没有这样的任务"
    return of(ran or found.ran, meaning, words, rows=_named(evaluation, rows), notes=found.notes)


def _by_words(meaning: Meaning, evaluation: Evaluation, later: set[int]) -> Answer:
    """The tasks of later years that speak of the same matter, where no plans were compared; Decline where none can be told."""
    if meaning.matter and later:
        found = evaluation.tasks(replace(meaning, years=tuple(sorted(later)), plans=()))
        if found.tasks:
            notes = ["库中没有比对过这两份计划，以下按字面找到", *found.notes]
            return of(found.ran, meaning, f"后来提到“{meaning.matter}”的有{len(found.tasks)}项", notes=notes)
    raise Decline("库中没有把它与后来的计划比对过，不知道后来怎样")


def _compared(evaluation: Evaluation, found: Found, later: set[int]) -> bool:
    """Whether the plans of these tasks were compared with those of later years."""
    plans = {row.get("plan") for row in found.ran.rows}
    rows = evaluation.run("plans-compared", Scope()).rows
    return any(row.get("before") in plans and (not later or int(row.get("plan_year", 0)) in later) for row in rows)


def origin(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """The tasks of upper plans, or of earlier ones, that these come from."""
    del lexicon
    found = evaluation.tasks(meaning)
    relations = {"adapts"} if "upper" in meaning.cues else {"adapts", "continues", "breaks-down"}
    ran, rows = _trace(evaluation, found.tasks, "up", relations)
    coming = {row["of"] for row in rows}
    words = f"{len(found.tasks)}项任务，其中{len(coming)}项有来处" if found.tasks else "没有这样的任务"
    return of(ran or found.ran, meaning, words, rows=_named(evaluation, rows), notes=found.notes)


def _trace(evaluation: Evaluation, tasks: list[str], way: str, relations: set[str]) -> tuple[Ran | None, list[Row]]:
    """The tasks at the other end of the links of these, with the task that each belongs to."""
    if len(tasks) > _MOST_TRACED:
        raise Decline(f"问到的任务有{len(tasks)}项，太多了；请写明是哪个地方、哪一年、什么事")
    rans = [evaluation.run("lineage-of-task", Scope(), None, task=task) for task in tasks]
    rows: list[Row] = []
    for task, ran in zip(tasks, rans, strict=True):
        for row in ran.rows:
            if row.get("way") == way and row.get("relation", "").removeprefix(_CODE) in relations:
                rows.append({**row, "of": task})
    return (merged("lineage-of-task", rans) if rans else None), rows


def _named(evaluation: Evaluation, rows: list[Row]) -> list[Row]:
    """The rows with the number of the task that each belongs to in place of its IRI."""
    ends = {row["of"] for row in rows}
    known = {row["task"]: row for row in evaluation.run("tasks", Scope(), sorted(ends)).rows} if ends else {}
    return [
        {**row, "of": f"{known[row['of']].get('plan_label', '')} {known[row['of']].get('number', '')}".strip()}
        for row in rows
        if row["of"] in known
    ]


# --- what plans are based on ------------------------------------------------------------------------------------


def basis(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """What plans cite themselves, in their notices and opening words; only that of one level where the question says 市里, 省里."""
    scopes = evaluation.scopes(meaning)
    ran = merged("instruments-of-plan", [evaluation.run("instruments-of-plan", scope) for scope in scopes])
    level = level_said(meaning)
    rows = [row for row in ran.rows if not level or _title_of(row).startswith(_heads(meaning, level, lexicon))]
    if not level and "upper" in meaning.cues:
        rows = [row for row in rows if not _LAW.search(_title_of(row))]
    titles = list(dict.fromkeys(row.get("citation_label", "") for row in rows))
    words = "、".join(titles) or f"计划的通知、前言里没有写{level and level + '里的'}文件"
    return of(ran, meaning, words, titles[0] if len(titles) == 1 else None, rows=rows)


def level_said(meaning: Meaning) -> str:
    """The level whose paper is asked for: 市里, 省里; empty where none is said."""
    found = _LEVEL_SAID.search(f" {meaning.said} ")
    return found[1] if found else ""


def rank_of(place: str) -> str:
    """The level of a place above that of a plan, by the last letter of its name."""
    return _RANKS.get(place[-1:], "")


def _heads(meaning: Meaning, level: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The names of that level that the places of a question lie in: what titles of papers from there begin with."""
    plans = {one.iri for one in meaning.plans}
    places = {one.iri for one in meaning.places} | {one.place for one in lexicon.all_plans if one.thing.iri in plans}
    above = places | {each for place in places for each in lexicon.above(place)}
    return tuple(name for name, things in lexicon.grounds.items() if things[0].iri in above and rank_of(name) == level)


def _title_of(row: Row) -> str:
    return str(row.get("citation_label", "")).strip("《〈")


# --- plans beside each other ---------------------------------------------------------------------------------------


def changes(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """What a year's plans added, dropped or carried on against those of the year before, or of the year that is named."""
    later = max(meaning.years) if meaning.years else 0
    before = min(meaning.years) if len(meaning.years) > 1 else 0
    plans = plans_in(replace(meaning, years=(later,) if later else ()), lexicon)
    rans = [evaluation.run("changes-of-plan", Scope(), None, plan=plan) for plan in plans]
    rows = [row for ran in rans for row in ran.rows if not before or int(row.get("plan_year", before)) == before]
    if not rows:
        raise Decline("库中没有比对过这样两份计划，不知道变了什么")
    tasks = _changed(meaning.ask, rows)
    shown = evaluation.run("tasks", Scope(), tasks)
    what = {"added": "新增", "dropped": "不再提", "kept": "沿用或改写"}[meaning.ask]
    ran = replace(merged("changes-of-plan", rans), rows=())
    return of(ran, meaning, f"{what}{len(tasks)}项" if tasks else "没有", _counted(meaning, tasks), rows=shown.rows)


def _changed(ask: str, rows: Iterable[Row]) -> list[str]:
    """The tasks with that change against every plan that they were compared with."""
    kept_later = {row["task"] for row in rows if row["change"] in {"carried-on", "reworded"}}
    kept_before = {row["before"] for row in rows if row["change"] in {"carried-on", "reworded"}}
    if ask == "kept":
        return sorted(kept_later)
    if ask == "added":
        return sorted({row["task"] for row in rows if row["change"] == "new"} - kept_later)
    return sorted({row["before"] for row in rows if row["change"] == "dropped"} - kept_before)


def own(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """The tasks of these plans that come from no task of the plans above, or of the plan that they break down."""
    plans = plans_in(meaning, lexicon)
    rans: list[Ran] = []
    for plan in plans:
        for relation in ("adapts", "breaks-down"):
            ran = evaluation.run("changes-of-plan", Scope(), None, plan=plan, relation=relation)
            if ran.rows and (len(plans) < 2 or not meaning.plans or any(row.get("plan") in plans for row in ran.rows)):
                rans.append(ran)
    if not rans and len(plans) > 1 and meaning.plans:
        return own(replace(meaning, plans=meaning.plans[:1]), evaluation, lexicon)
    if not rans:
        raise Decline("库中没有把它与上级的计划、所分解的计划比对过，不知道哪些是自己加的")
    tasks = [task for ran in rans for task in _changed("added", ran.rows)]
    shown = evaluation.run("tasks", Scope(), tasks)
    ran = replace(merged("changes-of-plan", rans), rows=())
    found = shown.tasks
    return of(ran, meaning, f"{len(found)}项没有来源" if found else "没有", _counted(meaning, found), rows=shown.rows)


def gaps(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """The tasks of upper plans that no plan of the place and year takes up."""
    plans = plans_in(meaning, lexicon)
    compared = {row.get("plan") for row in evaluation.run("plans-compared", Scope()).rows if row.get("relation", "") == f"{_CODE}adapts"}
    if not compared & set(plans):
        raise Decline("库中没有与上级比对过的计划，不知道有没有缺口")
    ran = merged("gaps-against-upper", [evaluation.run("gaps-against-upper", Scope(), None, plan=plan) for plan in plans])
    rows = list(
        {
            row["task"]: {**row, "plan_label": row.get("upper_label", ""), "plan_year": row.get("upper_year", "0")} for row in ran.rows
        }.values()
    )
    return of(ran, meaning, f"{len(rows)}项上级任务没有承接" if rows else "没有", _counted(meaning, rows), rows=rows)


def copied(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """The lower plans that took tasks over word by word; with 上级, the tasks of these plans that were."""
    if "upper" in meaning.cues:
        return _copies(meaning, evaluation, lexicon)
    rans = [evaluation.run("adapted-by", Scope(), None, plan=plan, band="verbatim") for plan in plans_in(meaning, lexicon)]
    if not rans:
        raise Decline("这个地方、这一年没有计划")
    ran = merged("adapted-by", rans)
    places = list(dict.fromkeys(f"{row.get('place_label', '')}（{row.get('plan_label', '')}）" for row in ran.rows))
    tasks = list(dict.fromkeys(row["lower"] for row in ran.rows))
    shown = evaluation.run("tasks", Scope(), tasks).rows if tasks else ()
    return of(ran, meaning, "、".join(places) or "没有", _counted(meaning, tasks), rows=shown)


def _copies(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    rans = [
        evaluation.run("changes-of-plan", Scope(), None, plan=plan, relation="adapts", change="carried-on")
        for plan in plans_in(meaning, lexicon)
    ]
    if not rans:
        raise Decline("这个地方、这一年没有计划")
    tasks = list(dict.fromkeys(row["task"] for ran in rans for row in ran.rows))
    shown = evaluation.run("tasks", Scope(), tasks).rows if tasks else ()
    return of(replace(merged("changes-of-plan", rans), rows=()), meaning, f"{len(tasks)}项照抄上级", len(tasks), rows=shown)


def _counted(meaning: Meaning, found: list[str] | list[Row]) -> int | None:
    return len(found) if meaning.cues & {"howmany", "tally"} else None
