"""Values into a query, each as a term, so that what a user gives is never read as SPARQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.errors import QueryError
from kg.store.questions import plain
from queries.catalogue import PARAMETER, Parameter, StockQuery
from queries.terms import to_term


def bind(query: StockQuery, values: Mapping[str, str]) -> str:
    """The query with those values, and with the defaults of the parameters that are left out.

    A parameter that always has a value is replaced by its term: the index is then asked for that term, and a filter inside
    OPTIONAL sees it. One that may be left out is bound by VALUES at the head of every group that names it, for BOUND to see.
    """
    given = check_values(query, values)
    edits: dict[tuple[int, int], str] = {}
    for start, end, head in _places(plain(query.text)):
        parameter = query.parameter(query.text[start:end])
        if parameter is None or parameter.name not in given:
            continue
        term = to_term(parameter, given[parameter.name])
        if parameter.optional:
            clause = f" VALUES ?{parameter.variable} {{ {term} }}"
            at = (head + 1, head + 1)
            edits[at] = edits.get(at, "") + ("" if clause in edits.get(at, "") else clause)
        else:
            edits[start, end] = term
    text = query.text
    for start, end in sorted(edits, reverse=True):
        text = text[:start] + edits[start, end] + text[end:]
    return text


def check_values(query: StockQuery, values: Mapping[str, str]) -> dict[str, str]:
    """The values by the names of their parameters, with the defaults; an error for a parameter that is unknown or missing."""
    given = {one.name: one.default for one in query.parameters if one.default is not None}
    for name, value in values.items():
        parameter = query.parameter(name)
        if parameter is None:
            taken = "、".join(one.option for one in query.parameters) or "无 / none"
            zh, en = f"查询 {query.name} 没有参数“{name}”；可用：{taken}", f"{query.name} takes no {name!r}; it takes what is listed"
            raise QueryError(zh, en)
        given[parameter.name] = value
    if missing := [one for one in query.parameters if not one.optional and not given.get(one.name)]:
        raise _missing(query, missing)
    return {name: value for name, value in given.items() if value != ""}


def _missing(query: StockQuery, missing: list[Parameter]) -> QueryError:
    zh = "，".join(f"{one.option}（{one.zh}）" for one in missing)
    return QueryError(f"查询 {query.name} 还要给出 {zh}", f"{query.name} needs {', '.join(f'{one.option} ({one.en})' for one in missing)}")


def _places(blotted: str) -> Iterator[tuple[int, int, int]]:
    """Where each parameter stands, from and to, and the brace that opens the group it stands in."""
    ends = {match.start(): match.end() for match in PARAMETER.finditer(blotted)}
    open_: list[int] = []
    for at, character in enumerate(blotted):
        if character == "{":
            open_.append(at)
        elif character == "}":
            open_.pop()
        elif at in ends and open_:
            yield at, ends[at], open_[-1]
