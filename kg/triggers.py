"""What a relative deadline counts from, where its words say so: the plan's own day, or that of a document that the task cites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kg.rules import load_rules
from kg.text import key

Of = Literal["plan", "cited"]
DayOf = Literal["issued", "in_force"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event that has a day: whose it is, which day, and for a document that is cited its title or the end of it."""

    of: Of
    day: DayOf
    title: str = ""
    whole: bool = False  # whether `title` stood between 《》, and is not just how a title ends


def find_event(trigger: str) -> Event | None:
    """The event that the words name; None where only somebody who was there knows its day."""
    for rule in load_rules("triggers"):
        if match := rule.regex.fullmatch(key(trigger)):
            named = match.groupdict()
            title = named.get("title") or named.get("word") or ""
            return Event(of=rule.extra["of"], day=rule.extra["day"], title=title, whole=bool(named.get("title")))
    return None


def is_meant(event: Event, titles: Iterable[str]) -> bool:
    """Whether a document with these titles is the one that the event names."""
    wanted = key(event.title)
    return any(key(title) == wanted or (not event.whole and key(title).endswith(wanted)) for title in titles)
