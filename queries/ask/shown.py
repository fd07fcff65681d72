"""Rows and queries as an answer shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from queries.ask.lexicon import Lexicon
from queries.ask.model import Answer, Meaning, Row
from queries.ask.running import Ran

_RENAMED = {
    f"{name}_label": name
    for name in ("place", "role", "through", "unit", "kind", "instrument", "citation", "deadline", "period", "relation", "band")
}


def of(
    ran: Ran, meaning: Meaning, words: str, value: Any = None, *, rows: Sequence[Row] | None = None, notes: Sequence[str] = ()
) -> Answer:
    shown = [to_row(row) for row in (ran.rows if rows is None else rows)]
    said = words + "".join(f"。{note}" for note in notes)
    parameters: dict[str, Any] = dict(ran.values)
    if meaning.matter:
        parameters["matter"] = str(meaning.matter)
    if meaning.numbers:
        parameters["number"] = "、".join(meaning.numbers)
    return Answer(question="", query={"name": ran.name, "text": ran.text}, parameters=parameters, rows=shown, value=value, words=said)


def to_row(row: Row) -> Row:
    """A row for reading: names for IRIs, the task by file, plan, number and text."""
    if "task" not in row:
        return {key: _number(value) for key, value in row.items()}
    shown: Row = {
        "task": row["task"],
        "file": row.get("file"),
        "plan": row.get("plan_label"),
        "number": row.get("number"),
        "text": row.get("text"),
        "year": int(row["plan_year"]) if "plan_year" in row else None,
    }
    left_out = {"plan", "plan_label", "plan_year", *(key.removesuffix("_label") for key in _RENAMED if key in row)}
    for key, value in row.items():
        if key in _RENAMED:
            shown[_RENAMED[key]] = value
        elif key not in left_out and key not in shown:
            shown[key] = _number(value)
    return shown


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10 else value


def plans_in(meaning: Meaning, lexicon: Lexicon) -> list[str]:
    """The plans of the places and years that are spoken of."""
    if meaning.plans:
        return [one.iri for one in meaning.plans]
    places = {one.iri for one in meaning.places}
    return [one.thing.iri for one in lexicon.all_plans
            if (not places or one.place in places) and (not meaning.years or one.year in meaning.years)]  # fmt: skip
