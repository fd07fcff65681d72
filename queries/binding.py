"""Values into a query, each as a term, so that what a user gives is never read as SPARQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.errors import QueryError
from kg.store.questions import plain
from queries.catalogue import PARAMETER, Parameter, StockQuery
from queries.tables import TABLES
from queries.terms import to_term

PAGE, BEFORE_PAGE = "# PAGE", "# UP TO PAGE"
_STANDS = re.compile(r"# (?P<when>WITH|WITHOUT) (?P<names>[a-z_]+(, [a-z_]+)*)\s*$")
_UNLESS = re.compile(rf"(?P<bound>!BOUND\(\?__\w+\) \|\| )|{PARAMETER.pattern}")


def bind(query: StockQuery, values: Mapping[str, str]) -> str:
    """The query with those values, and with the defaults of the parameters that are left out.

    A parameter is replaced by its term: the index is then asked for that term, and a filter inside OPTIONAL sees it. A line
    that names a parameter which is left out goes; `!BOUND(…) ||`, by which a file says so as it stands, goes where it is given.
    A page is cut where the file says `# PAGE`, after the rows that lie before it were found where it says `# UP TO PAGE`, else at the end.
    """
    given = check_values(query, values)
    blotted = plain(query.text)
    kept = [(start, end) for start, end in _lines(query.text) if not _is_left_out(query, given, blotted[start:end], query.text[start:end])]
    text = "".join(query.text[start:end] for start, end in kept)
    for start, end, name in reversed(list(_places(plain(text)))):
        parameter = query.parameter(name)
        if not name:
            text = text[:start] + text[end:]
        elif parameter and parameter.name in given:
            text = text[:start] + to_term(parameter, given[parameter.name]) + text[end:]
    return _paged(_filled(query, given, text), _count(query, given, "limit"), _count(query, given, "offset"))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, at + len(line)
        at += len(line)


def _is_left_out(query: StockQuery, given: Mapping[str, str], line: str, comment: str) -> bool:
    """Whether a line goes: it names a parameter that may be left out and is, or says itself when it stands.

    `# WITH plan_year, place` at its end: only where one of them is given; `# WITHOUT …`: only where none is.
    """
    said = _STANDS.search(comment)
    if said and any(name in given for name in said["names"].split(", ")) is not (said["when"] == "WITH"):
        return True
    named = [query.parameter(match[0]) for match in PARAMETER.finditer(line) if match["mark"] == "__"]
    return any(one is not None and one.name not in given for one in named)


def _places(blotted: str) -> Iterator[tuple[int, int, str]]:
    """Where each parameter stands, or the words that say what holds without it, which go."""
    for match in _UNLESS.finditer(blotted):
        if match["bound"]:
            yield match.start(), match.end(), ""
        else:
            yield match.start(), match.end(), match[0]


def _filled(query: StockQuery, given: Mapping[str, str], text: str) -> str:
    """The query with the rows of its tables, which follow from the values."""
    for variable, table in query.tables.items():
        rows = " ".join(TABLES[table](given))
        empty = re.compile(rf"(VALUES\s+\(?\s*\?{variable}\b[^{{]*{{)\s*}}")
        text = empty.sub(lambda found, rows=rows: f"{found[1]} {rows} }}", text)  # type: ignore[misc]
    return text


def _count(query: StockQuery, given: Mapping[str, str], name: str) -> int | None:
    """How many rows a page has, or lie before it."""
    parameter = query.parameter(name)
    if parameter is None or name not in given:
        return None
    if not given[name].strip().isdecimal():
        raise QueryError(
            f"{parameter.option} 应是零或正整数，不是“{given[name]}”", f"{parameter.option} should be zero or more, not {given[name]!r}"
        )
    return int(given[name])


def _paged(text: str, limit: int | None, offset: int | None) -> str:
    if limit is None and not offset:
        return text
    page = " ".join([*([f"LIMIT {limit}"] if limit is not None else []), *([f"OFFSET {offset}"] if offset else [])])
    before = f"LIMIT {limit + (offset or 0)}" if limit is not None else ""
    text = text.replace(BEFORE_PAGE, before)
    return text.replace(PAGE, page) if PAGE in text else f"{text.rstrip()}\n{page}\n"


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
