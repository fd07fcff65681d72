"""What a plan's title says: what the plan is about, of what kind it is, for which years, and whether it answers a place above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.rules import load_data, pattern
from kg.text import key

_FILE = "series"
_MARKS = re.compile('[《》“”"]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """题目: what is left of a title once place, year, kind and turns of phrase are taken away. Empty for the work of a body as a whole."""

    subject: str
    rank: int = 0  # 0 a plan, 1 a breakdown of one, 2 a ledger
    lasting: bool = False  # a policy that names no year: it stands until it is replaced
    upper: bool = False  # it says that it carries out what a place above has asked
    years: tuple[int, int] | None = None  # the first and the last, where it is for several


def to_topic(title: str, own: Iterable[str] = (), above: Iterable[str] = ()) -> Topic:
    """The topic of a title; `own` and `above` are the names of the plan's place and of those above it."""
    own, above = sorted(own, key=len, reverse=True), sorted(above, key=len, reverse=True)
    words = _unwrapped(key(title))
    period = pattern(_FILE, "period").search(words)
    dated = bool(pattern(_FILE, "year").search(words))
    words = pattern(_FILE, "remark").sub("", pattern(_FILE, "year").sub("", words))
    asked = pattern(_FILE, "upper").search(words)
    kind = _kind_of(words)
    subject = _peeled(_without(words, (*above, *own)))
    return Topic(
        subject=_names().get(subject, subject),
        rank=kind[1],
        lasting=kind[2] and not dated,
        upper=bool(asked and any(name in asked["above"] for name in above if len(name) > 1)),
        years=(int(period["first"]), int(period["last"])) if period else None,
    )


def _unwrapped(title: str) -> str:
    """The plan's own title without the notice around it, the body before it, and the marks of a title."""
    notice = pattern(_FILE, "notice").fullmatch(title)
    words = notice["plan"] if notice else title
    issuer = pattern(_FILE, "issuer").match(words)
    return _MARKS.sub("", words[issuer.end() :] if issuer else words)


def _without(words: str, names: Iterable[str]) -> str:
    """Without the places, each with the government that may be named with it."""
    for name in names:
        words = re.sub(f"{re.escape(key(name))}(?:人民政府(?:办公厅|办公室|办)?)?", "", words)
    return words


def _peeled(words: str) -> str:
    """Without kinds, reaches and turns of phrase, from both ends as long as there are any."""
    while words not in _names():
        shorter = _shorter(words)
        if shorter == words:
            break
        words = shorter
    return words


def _shorter(words: str) -> str:
    kind = _kind_of(words)[0]
    if kind:
        return words.removesuffix(kind)
    for rule in ("reach", "lead"):
        if found := pattern(_FILE, rule).match(words):
            return words[found.end() :]
    return pattern(_FILE, "tail").sub("", words)


def _kind_of(words: str) -> tuple[str, int, bool]:
    """The words of the kind that a title ends in, their rank, and whether such a plan lasts."""
    return next((kind for kind in _kinds() if words.endswith(kind[0])), ("", 0, False))


@cache
def _kinds() -> tuple[tuple[str, int, bool], ...]:
    """The words of every kind, the longest first."""

    def listed() -> Iterator[tuple[str, int, bool]]:
        for table in load_data(_FILE)["kind"].values():
            yield from ((word, table["rank"], table.get("lasting", False)) for word in table["words"])

    return tuple(sorted(listed(), key=lambda kind: (-len(kind[0]), kind[0])))


@cache
def _names() -> dict[str, str]:
    """The name that stands for each of the names of a subject."""
    tables: dict[str, list[str]] = load_data(_FILE)["names"]
    return {each: name for name, others in tables.items() for each in (name, *others)}
