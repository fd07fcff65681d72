"""What follows from what was read: the rules of the ontology and the days that can be reckoned, in a graph of their own.

A rule holds in scopes: a plan (what it cites) or a place (who is bound there). After a change only the scopes that it touches
are worked out again. `zp:derivedIn` tells of each subject in which scopes something was derived of it, so that what no longer
follows is found and goes. No rule reads what a rule derives: one round is the fixed point, and one parcel brings it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from inspect import getsource
from pathlib import Path

from kg.changes import EVERYTHING, Changes
from kg.graph import derived
from kg.ids import Ids
from kg.rules import load_data
from kg.store import Parcel, Store
from kg.store.rows import select_strings
from kg.triggers import Event, find_event, is_meant
from kg.workdays import known_years, reckon
from ontology import load_rules

_AT_ONCE = 500  # tasks in one question
Lines = frozenset[str]


def _version() -> str:
    told = (
        [rule.query for rule in load_rules()],
        load_data("triggers"),
        known_years(),
        getsource(derived),
        Path(__file__).read_text("utf-8"),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


VERSION = _version()


def derive(store: Store, ids: Ids, changes: Changes = EVERYTHING) -> int:
    """Bring what follows up to date; returns how many triples follow, of everything or of what the changes touch."""
    graph = ids.graph("rules")
    if changes.whole:
        lines = _run(store, None)
        store.apply(Parcel(drop=(graph,), add={graph: _encode(lines)}))
        return len(lines)
    if not (scopes := _touched(store, ids, changes)):
        return 0
    lines = _run(store, scopes)
    subjects = _asked(store, derived.subjects_query(ids, scopes), "one") | set(_by_subject(lines))
    others = _asked(store, derived.scopes_query(ids, subjects), "scope") - scopes
    new = _by_subject(lines | _run(store, others))  # of what has other scopes too, all that follows in those
    old = _by_subject(_lines(store, derived.derived_query(ids, subjects)))
    changed = sorted(one for one in subjects if new.get(one) != old.get(one))
    if changed:
        come = (line for one in changed for line in new.get(one, ()))
        store.apply(Parcel(forget=tuple((graph, one) for one in changed if one in old), add={graph: _encode(come)}))
    return len(lines)


def _touched(store: Store, ids: Ids, changes: Changes) -> set[str]:
    """The plans and places in which something else may follow now."""
    scopes = set(changes.plans)
    scopes |= _asked(store, derived.citing_plans_query(changes.plans), "scope")
    scopes |= _asked(store, derived.cited_before_query(ids, changes.plans), "scope")
    named = _asked(store, derived.named_query(changes.graphs), "one")
    places = _asked(store, derived.related_query(named), "place")
    scopes |= _asked(store, derived.above_query(places), "scope")
    if changes.gone:
        scopes |= _asked(store, derived.vanished_query(ids), "scope")
    return scopes


def _run(store: Store, scopes: Iterable[str] | None) -> Lines:
    """The triples that follow in these scopes, or anywhere. A rule finds nothing in a scope of another kind."""
    if scopes is not None and not scopes:
        return frozenset()
    found = {line for rule in load_rules() for line in _lines(store, derived.within(rule.query, scopes))}
    return frozenset(found | {f"{line}\n" for line in b"".join(_reckoned(store, scopes)).decode("utf-8").splitlines()})


def _lines(store: Store, query: str) -> Lines:
    return frozenset(f"{triple} .\n" for triple in store.construct(query))


def _asked(store: Store, query: str, name: str) -> set[str]:
    return {row[name] for row in select_strings(store, query)}


def _by_subject(lines: Lines) -> dict[str, Lines]:
    found = defaultdict(set)
    for line in lines:
        found[line[1 : line.index(">")]].add(line)
    return {subject: frozenset(each) for subject, each in found.items()}


def _encode(lines: Iterable[str]) -> bytes:
    return "".join(sorted(lines)).encode("utf-8")


# --- days -----------------------------------------------------------------------------------------------------


def _reckoned(store: Store, scopes: Iterable[str] | None) -> Iterator[bytes]:
    """The last days of the relative deadlines that count from a day which the plan or the registry tells."""
    rows = [
        (row, event) for row in select_strings(store, derived.within(derived.RELATIVE, scopes)) if (event := find_event(row["trigger"]))
    ]
    cited = _cited(store, [row["task"] for row, event in rows if event.of == "cited"])
    for row, event in rows:
        if event.of == "plan":
            whose, start = row["scope"], row.get("issued", "")
        else:
            whose, start = _day_of(event, cited.get(row["task"], []))
        if start:
            first = dt.date.fromisoformat(start)
            last = reckon(first, int(row["amount"]), row["unit"].rpartition("/")[2])
            yield derived.reckoned_lines(row, whose, first, last)


def _cited(store: Store, tasks: list[str]) -> dict[str, list[dict[str, str]]]:
    """What each task cites, a row for every title and edition."""
    found = defaultdict(list)
    for at in range(0, len(tasks), _AT_ONCE):
        for row in select_strings(store, derived.cited_days_query(tasks[at : at + _AT_ONCE])):
            found[row["task"]].append(row)
    return found


def _day_of(event: Event, rows: list[dict[str, str]]) -> tuple[str, str]:
    """The edition that the event means and its day; nothing where the task cites several that it may mean, or the day is not known."""
    meant = [row for row in rows if is_meant(event, _titles(row))]
    editions = {row["edition"]: row.get(event.day, "") for row in meant}
    return next(iter(editions.items())) if len(editions) == 1 else ("", "")


def _titles(row: Mapping[str, str]) -> Iterator[str]:
    yield from (row[name] for name in ("title", "printed") if name in row)
