"""An update, run in the writer: with the graphs that the request names for its WHERE put into its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from api.errors import Refused, RequestError
from api.sparql.guard import check_reach, without_silent_loads
from kg.ids import Ids
from kg.store import Store
from kg.store.questions import blotted, check_size, find_verb, with_prefixes
from kg.store.serving import check_update, iri
from ontology import prefixes

_WORD = re.compile(r"[A-Za-z]+|[{};]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An update and the graphs that its WHERE is asked of, where the request names them."""

    text: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    base: str
    services: frozenset[str]


def update(store: Store, ids: Ids, change: Change) -> None:  # noqa: ARG001 - as every worker's function
    """Run the update, all of it or nothing."""
    check_size(change.text)
    text = without_silent_loads(change.text, change.services)
    try:
        check_reach(text, change.services)
    except Refused:
        check_update(_whole(text, change.base))  # that it is no update is told before that it is refused
        raise
    text = with_using(text, change.default, change.named) if change.default or change.named else text
    store.update(_whole(text, change.base))


def _whole(text: str, base: str) -> str:
    """The update with our prefixes, and with what relative IRIs stand for."""
    return f"BASE <{base}> {with_prefixes(text, prefixes())}" if base else with_prefixes(text, prefixes())


def with_using(text: str, default: tuple[str, ...], named: tuple[str, ...]) -> str:
    """The update with USING for each of its operations that has a WHERE; an error where one says itself what it is asked of."""
    clauses = " ".join([*(f"USING {iri(each)}" for each in default), *(f"USING NAMED {iri(each)}" for each in named)])
    edits: list[tuple[int, str]] = []
    for operation in _operations(text):
        words = [word.upper() for word, _, _ in operation]
        if {"WITH", "USING"} & set(words):
            raise RequestError(
                "using-graph-uri 参数不能与更新里的 USING 或 WITH 并用", "using-graph-uri parameters and USING or WITH exclude each other"
            )
        edits += _edits(text, operation, words, clauses)
    for at, new in sorted(edits, reverse=True):
        text = text[:at] + new + text[at:]
    return text


Word = tuple[str, int, int]  # outside of all braces; a group in braces is one


def _edits(text: str, operation: list[Word], words: list[str], clauses: str) -> Iterator[tuple[int, str]]:
    if "WHERE" not in words:
        return
    at = words.index("WHERE")
    start = operation[at][1]
    if words[:at] == ["DELETE"] and at + 1 < len(operation):  # the short form, which takes no USING
        _, begin, end = operation[at + 1]
        yield start, f"{text[begin:end]} {clauses} "
    else:
        yield start, f"{clauses} "


def _operations(text: str) -> Iterator[list[Word]]:
    """The words and groups of each operation of an update, without the prologue."""
    first = find_verb(text)
    found: list[Word] = []
    depth = begin = 0
    for match in _WORD.finditer(blotted(text), first.start() if first else 0):
        word = match[0]
        if word == "{":
            begin = match.start() if depth == 0 else begin
            depth += 1
        elif word == "}":
            depth -= 1
            if depth == 0:
                found.append(("{}", begin, match.end()))
        elif depth == 0 and word == ";":
            yield found
            found = []
        elif depth == 0:
            found.append((word, match.start(), match.end()))
    yield found
