"""Stock queries that are run for an answer: of which place, year and plan, and what they gave."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.store import Store
from kg.store.questions import plain as blotted
from ontology import prefixes
from queries import prepare
from queries.ask.model import Row, Thing

_MOST_NAMED = 2000  # tasks that a query lists
_WHERE = re.compile(r"\bWHERE\b", re.IGNORECASE)
_MENTION = re.compile(r"(?:(?<=[{.\n])|(?<=\s))\s*\?(?:task\s+(?:a|zp:)|\w+\s+zp:\w+\s+\?task\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A stock query that was run: its text, its values, its rows."""

    name: str
    text: str
    values: Mapping[str, str]
    rows: tuple[Row, ...]

    @property
    def tasks(self) -> list[str]:
        return list(dict.fromkeys(row["task"] for row in self.rows if "task" in row))


@dataclass(slots=True)
class Found:
    """The tasks that a meaning speaks of, with the query that lists them."""

    ran: Ran
    notes: list[str] = field(default_factory=list)

    @property
    def tasks(self) -> list[str]:
        return self.ran.tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One place, year and plan; none where any will do."""

    place: Thing | None = None
    year: int = 0
    plan: Thing | None = None

    def values(self, taken: Iterable[str]) -> dict[str, str]:
        known = {
            "place": self.place.iri if self.place else "",
            "plan_year": str(self.year) if self.year else "",
            "plan": self.plan.iri if self.plan else "",
        }
        return {name: value for name, value in known.items() if value and name in taken}

    def holds(self, row: Row) -> bool:
        """Whether a row lies in it, as far as the row tells."""
        return (
            (not self.place or row.get("place", self.place.iri) == self.place.iri)
            and (not self.year or int(row.get("plan_year", self.year)) == self.year)
            and (not self.plan or row.get("plan", self.plan.iri) == self.plan.iri)
        )


def run(store: Store, name: str, values: Mapping[str, str], tasks: Sequence[str] | None = None) -> Ran:
    """A stock query with those values, of those tasks only where they are given."""
    text = prepare(store, name, values)
    if tasks is not None and len(tasks) <= _MOST_NAMED:
        text = _only(text, tasks)
    if tasks is not None and not tasks:
        return Ran(name=name, text=text, values=dict(values), rows=())
    answer = json.loads(store.query(text, "json", prefixes()))
    rows = [{key: cell["value"] for key, cell in row.items()} for row in answer["results"]["bindings"]]
    if tasks is not None:
        wanted = set(tasks)
        rows = [row for row in rows if row.get("task") in wanted]
    return Ran(name=name, text=text, values=dict(values), rows=tuple(rows))


def _only(text: str, tasks: Sequence[str]) -> str:
    """The query narrowed to these tasks, by VALUES in the first group that speaks of ?task."""
    quiet = blotted(text)
    where = _WHERE.search(quiet)
    found = _MENTION.search(quiet, where.end() if where else 0)
    if found is None:
        raise ValueError("a query that is narrowed speaks of ?task")
    depth, head = 0, 0
    for at in range(found.start(), -1, -1):
        if quiet[at] == "}":
            depth += 1
        elif quiet[at] == "{":
            if depth == 0:
                head = at
                break
            depth -= 1
    listed = " ".join(f"<{task}>" for task in tasks)
    return f"{text[: head + 1]} VALUES ?task {{ {listed} }}{text[head + 1 :]}"


def narrowed(ran: Ran, tasks: Sequence[str]) -> Ran:
    """The run as it is with these tasks only; its text gives just these rows."""
    wanted = set(tasks)
    text = _only(ran.text, tasks) if len(tasks) <= _MOST_NAMED else ran.text
    return replace(ran, text=text, rows=tuple(row for row in ran.rows if row.get("task") in wanted))


def merged(name: str, rans: Sequence[Ran]) -> Ran:
    """Several runs of one query as one: of two years, two places, two units."""
    values: dict[str, str] = {}
    for ran in rans:
        for key, value in ran.values.items():
            values[key] = value if key not in values or value in values[key].split("；") else f"{values[key]}；{value}"
    texts = list(dict.fromkeys(ran.text for ran in rans))
    return Ran(name=name, text="\n\n".join(texts), values=values, rows=tuple(row for ran in rans for row in ran.rows))
