"""Which of several days is told: the last or the first of many tasks, or the one that stands beside what is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from queries.ask.evaluate import Evaluation, is_fixed, merged
from queries.ask.lexicon import Lexicon
from queries.ask.likely import forms
from queries.ask.model import Answer, Decline, Meaning, Row
from queries.ask.shown import of

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


def of_clause(rows: Sequence[Row], meaning: Meaning) -> list[Row]:
    """Those of the deadlines of one task that stand in the very clause which has all words of the matter; none where that tells nothing."""
    texts = {str(row.get("text", "")) for row in rows}
    if meaning.matter is None or len(texts) != 1 or len(rows) < 2:
        return []
    clauses = [one for one in _CLAUSE.split(texts.pop()) if all(any(form in one for form in forms(word)) for word in meaning.matter.words)]
    own = [row for row in rows if row.get("deadline_label") and any(row["deadline_label"] in one for one in clauses)]
    return own if len(clauses) == 1 and len(own) < len(rows) else []
