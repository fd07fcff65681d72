"""Until when: the deadlines of tasks, and which of several days is told: the last, the first, or the one beside what is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from queries.ask.answers_value import time_in_words
from queries.ask.evaluate import Evaluation, is_fixed
from queries.ask.lexicon import Lexicon
from queries.ask.likely import forms
from queries.ask.model import Answer, Choice, Decline, Meaning, Row
from queries.ask.refusals import refuse_several_of_a_number
from queries.ask.running import Found, Ran, merged
from queries.ask.shown import of

_MOST_PLANS = 12  # that are asked back between
_DAYS = ("哪天", "哪一天", "几号", "几月", "哪月", "哪个月", "日子", "何日", "截止日")
_LATEST = re.compile("最迟|最晚|截止")
_OF_DAYS = re.compile("日期|日子|哪天|哪一天|几号|固定")
_CLAUSE = re.compile("[，,；;。]")


def extreme(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    """The tasks of the last or the first day, of those that have a fixed one."""
    del lexicon
    found = evaluation.tasks(meaning)
    name = "deadlines-of-task"
    ran = merged(name, [evaluation.run(name, scope, found.tasks) for scope in evaluation.scopes(meaning)])
    fixed = [row for row in ran.rows if is_fixed(row)]
    if not fixed:
        raise Decline("这些任务都没有写固定的日期" if found.tasks else "没有这样的任务")
    day = (max if meaning.ask == "latest" else min)(str(row["due"]) for row in fixed)
    tasks = list(dict.fromkeys(str(row["task"]) for row in fixed if row["due"] == day))
    ran = merged(name, [evaluation.run(name, scope, tasks) for scope in evaluation.scopes(meaning)])
    rows = [row for row in ran.rows if row.get("due") == day]
    notes = [*found.notes, f"只比写有固定日期的{len({row['task'] for row in fixed})}项"]
    return of(ran, meaning, f"{day}到期的{len(tasks)}项任务", day, rows=rows, notes=notes)


def _of_clause(rows: Sequence[Row], meaning: Meaning) -> list[Row]:
    """Those of the deadlines of one task that stand in the very clause which has all words of the matter; none where that tells nothing."""
    texts = {str(row.get("text", "")) for row in rows}
    if meaning.matter is None or len(texts) != 1 or len(rows) < 2:
        return []
    clauses = [one for one in _CLAUSE.split(texts.pop()) if all(any(form in one for form in forms(word)) for word in meaning.matter.words)]
    own = [row for row in rows if row.get("deadline_label") and any(row["deadline_label"] in one for one in clauses)]
    return own if len(clauses) == 1 and len(own) < len(rows) else []


def _asks_day(meaning: Meaning) -> bool:
    """Whether a day is asked for, and no stretch of days: 哪天, 几月."""
    return any(word in meaning.said for word in _DAYS)


def until(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    del lexicon
    found = evaluation.tasks(meaning)
    refuse_several_of_a_number(meaning, found)
    ran = evaluation.said_of(found, meaning, "deadlines-of-task")
    ran = replace(ran, rows=tuple(row for row in ran.rows if not _said_at_length(row, ran.rows)))
    _one_of_several_plans(meaning, found, ran)
    notes = list(found.notes)
    if own := _of_clause(ran.rows, meaning):
        rest = [str(row.get("deadline_label", "")) for row in ran.rows if row not in own]
        notes.append(f"这项任务另写有：{'、'.join(rest)}")
        ran = replace(ran, rows=tuple(own))
    days = sorted({row["due"] for row in ran.rows if "due" in row})
    printed = list(dict.fromkeys(row.get("deadline_label", "") for row in ran.rows))
    dated = all("due" in row for row in ran.rows) or _asks_day(meaning)
    value = days[0] if len(days) == 1 and dated else printed[0] if len(printed) == 1 else None
    if value is None and len(found.tasks) == 1 and printed:
        value = "；".join(printed)  # the first by June, all by November
    if len(found.tasks) == 1 and len(days) > 1 and dated and _LATEST.search(meaning.asked):
        value = days[-1]  # by when at the latest
    if not found.tasks:
        words = "没有这样的任务"
    elif not ran.rows:
        words = f"{len(found.tasks)}项任务，没有写时限"
    else:
        without = len(found.tasks) - len(ran.tasks)
        words = "；".join(f"{row.get('deadline_label', '')}" + (f"（{row['due']}）" if "due" in row else "") for row in ran.rows[:5])
        words += "……" if len(ran.rows) > 5 else ""
        notes += [f"另有{without}项没有写时限"] if without else []
    rows = list({row["task"]: row for row in found.ran.rows}.values())
    if len(rows) == 1 and not ran.rows and (said := time_in_words(rows[0], meaning, evaluation)):
        return of(found.ran, meaning, f"{said}（文中所写）", said, notes=notes)
    made = of(ran, meaning, words, value, notes=notes)
    if found.tasks and not ran.rows:
        return of(found.ran, meaning, words, None, notes=notes)
    return made


def _said_at_length(row: Row, rows: Sequence[Row]) -> bool:
    """Whether another deadline of the task is the same day in more words: 二季度完成, beside 第二季度完成."""
    label, same = row.get("deadline_label", ""), ("task", "due")
    others = [one for one in rows if row.get("due") and all(one.get(key) == row.get(key) for key in same)]
    return any(len(one.get("deadline_label", "")) > len(label) and label in one["deadline_label"] for one in others)


def _one_of_several_plans(meaning: Meaning, found: Found, ran: Ran) -> None:
    """Ask back where nothing says which place is meant, and plans differ: 招生政策什么时候公布."""
    differ = len({row.get("deadline_label") for row in ran.rows}) > 1
    if meaning.ask != "when" or meaning.anchored or meaning.numbers or meaning.open_year or not differ:
        return
    dated = set(ran.tasks)
    rows = {row.get("plan_label", ""): row for row in found.ran.rows if row["task"] in dated}
    if len(rows) > 1:
        reason = f"{len(rows)}份计划写到“{meaning.matter}”"
        raise Decline(reason, tuple(_plan_choice(row, meaning) for row in list(rows.values())[:_MOST_PLANS]))


def _plan_choice(row: Row, meaning: Meaning) -> Choice:
    label, title = f"{row.get('place_label', '')}{row.get('plan_year', '')}年", str(row.get("plan_label", ""))
    return Choice(label=label, note=title, iri=str(row.get("plan", "")), question=f"《{title}》里{meaning.asked}")


def has_deadline(meaning: Meaning, evaluation: Evaluation, lexicon: Lexicon) -> Answer:
    made = until(meaning, evaluation, lexicon)
    if _OF_DAYS.search(meaning.asked):
        return _has_day(made, meaning, evaluation)
    return replace(made, value=any("deadline" in row and row["deadline"] for row in made.rows))


def _has_day(made: Answer, meaning: Meaning, evaluation: Evaluation) -> Answer:
    """The answer with whether a deadline is a fixed day: 有没有截止日期, of 持续推进, is no."""
    tasks = list(dict.fromkeys(str(row["task"]) for row in made.rows))
    ran = merged("deadlines-of-task", [evaluation.run("deadlines-of-task", scope, tasks) for scope in evaluation.scopes(meaning)])
    fixed = any(is_fixed(row) for row in ran.rows)
    return replace(made, value=fixed, words=made.words if fixed else f"没有固定的日期。{made.words}")
