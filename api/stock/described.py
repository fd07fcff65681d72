"""Stock queries described: in the list of them, and in OpenAPI, each with its own parameters and examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from api.resources.work.tables import head_of
from ontology import codes
from queries import Parameter, StockQuery

LONGEST_PAGE, FURTHEST = 10_000, 1_000_000  # rows
LONGEST_VALUE = 500  # characters
LONGEST_TIME = 3600  # seconds that may be asked for; the server's ceiling counts
MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "sparql-json": "application/sparql-results+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text": "application/sparql-query; charset=utf-8",
}
OFFERS = {
    "application/json": "json",
    "text/csv": "csv",
    "application/sparql-results+json": "sparql-json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/sparql-query": "text",
}
PAGING = ("limit", "offset")
_COLUMN = re.compile(r"\(.*?\bAS\s+\?(\w+)\s*\)|\?(\w+)", re.DOTALL | re.IGNORECASE)
_SELECTED = re.compile(r"^\s*SELECT\b(?:\s+DISTINCT)?(.*?)^\s*(?:WHERE\b|\{)", re.DOTALL | re.MULTILINE | re.IGNORECASE)
_LISTED_BY = {  # the query that lists what a name may mean
    "unit": "units", "plan": "plans", "instrument": "most-cited", "place": "plans", "function": "functions", "task": "tasks-of-plan",
    "fact": "tasks-of-plan",
}  # fmt: skip
_SCHEMAS: Mapping[str, Mapping[str, object]] = {
    "iri": {"type": "string", "maxLength": LONGEST_VALUE},
    "string": {"type": "string", "maxLength": LONGEST_VALUE},
    "integer": {"type": "integer", "minimum": -(10**18) + 1, "maximum": 10**18 - 1},
    "date": {"type": "string", "format": "date"},
}


def codes_of(parameter: Parameter) -> Mapping[str, str]:
    """The codes that a parameter takes, with their Chinese names; none where it takes no code."""
    if parameter.type != "iri" or parameter.kind in _LISTED_BY:
        return {}
    return {code: one.zh for code, one in codes(parameter.kind.replace("_", "-")).items()}


def words_of(parameter: Parameter) -> tuple[str, ...]:
    """All words that a parameter takes, where it takes certain words only: its values, or the codes of a list and their names."""
    if parameter.type != "iri" or parameter.kind in _LISTED_BY:
        return parameter.values
    named = codes(parameter.kind.replace("_", "-")).values()
    return tuple(dict.fromkeys(word for one in named for word in (one.code, one.zh, one.en, *one.also)))


def listed_by(kind: str) -> str:
    """The path that lists what a name of this kind may mean; empty for codes, which are few."""
    return f"/api/queries/{_LISTED_BY[kind]}" if kind in _LISTED_BY else ""


def expected(parameter: Parameter) -> tuple[str, str]:
    """What the value of a parameter should be, in Chinese and in English."""
    if parameter.values:
        return f"{'、'.join(parameter.values)} 之一", f"one of {', '.join(parameter.values)}"
    if listed := codes_of(parameter):
        return "、".join(f"{code}（{zh}）" for code, zh in listed.items()) + " 之一", f"one of {', '.join(listed)}"
    words = {
        "integer": ("一个整数", "a whole number"),
        "date": ("日期，如 2021-09-30", "a day such as 2021-09-30"),
        "string": ("文字", "text"),
        "iri": (parameter.zh, parameter.en),
    }
    return words[parameter.type]


def own_parameters(query: StockQuery) -> tuple[Parameter, ...]:
    """The parameters without those of paging, which every query has."""
    return tuple(one for one in query.parameters if one.name not in PAGING)


def example_of(query: StockQuery, url: str) -> str:
    """The address of the example."""
    return f"{url}/api/queries/{query.name}" + (f"?{urlencode(query.example)}" if query.example else "")


def described(query: StockQuery, url: str) -> dict[str, Any]:
    """A query in the list."""
    return {
        "name": query.name,
        "summary": {"zh": query.summary, "en": query.summary_en},
        "description": {"zh": query.description, "en": query.description_en},
        "tags": list(query.tags),
        "parameters": [_described(one) for one in own_parameters(query)],
        "columns": list(columns_of(query)),
        "heads": {name: {"zh": head_of(name, "zh"), "en": head_of(name, "en")} for name in columns_of(query)},
        "example": {"values": dict(query.example), "url": example_of(query, url)},
        "url": f"{url}/api/queries/{query.name}",
    }


def _described(parameter: Parameter) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": parameter.name,
        "type": parameter.type,
        "description": {"zh": parameter.zh, "en": parameter.en},
        "required": parameter.required,
        "default": parameter.default,
    }
    if allowed := list(parameter.values or codes_of(parameter)):
        told["values"] = allowed
    if parameter.type == "iri":
        told["names"] = parameter.kind
        if codes_of(parameter):
            named = codes(parameter.kind.replace("_", "-")).values()
            told["codes"] = [{"code": one.code, "zh": one.zh, "en": one.en} for one in named]
    return told


def columns_of(query: StockQuery) -> Iterator[str]:
    """The columns of the answer, as the query selects them."""
    found = _SELECTED.search(query.text)
    return (match[1] or match[2] for match in _COLUMN.finditer(found[1])) if found else iter(())


# --- OpenAPI --------------------------------------------------------------------------------------------------


def operation(query: StockQuery) -> dict[str, Any]:
    """What OpenAPI says of a query's route, beside its summary."""
    usual = {one.name: int(one.default) for one in query.parameters if one.name in PAGING and one.default}
    forms = [{**one, "schema": {**one["schema"], "default": usual[one["name"]]}} if one["name"] in usual else one for one in _FORMS]
    return {"parameters": [*(_parameter(query, one) for one in own_parameters(query)), *forms]}


def _parameter(query: StockQuery, parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_SCHEMAS[parameter.type])
    if allowed := words_of(parameter):
        schema = {"type": "string", "enum": list(allowed)}
    if parameter.required and parameter.type in {"iri", "string"}:
        schema["minLength"] = 1
    if parameter.default is not None:
        schema["default"] = parameter.default
    zh, en = expected(parameter)
    about = f"{parameter.zh} / {parameter.en}" + (f"；{zh} / {en}" if codes_of(parameter) else "")
    told: dict[str, Any] = {"name": parameter.name, "in": "query", "required": parameter.required, "description": about, "schema": schema}
    if parameter.name in query.example:
        value = query.example[parameter.name]
        told["example"] = int(value) if parameter.type == "integer" else value
    return told


def _asked(name: str, about: str, schema: Mapping[str, object]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema}


_YES_NO = {"type": "string", "enum": ["0", "1"]}
_FORMS = (
    _asked(
        "limit",
        "一页最多几行；不给则全部 / rows of a page; without it all rows",
        {"type": "integer", "minimum": 1, "maximum": LONGEST_PAGE},
    ),
    _asked("offset", "跳过前几行 / rows to leave out first", {"type": "integer", "minimum": 0, "maximum": FURTHEST}),
    _asked("total", "1：数出总行数 / count all rows", _YES_NO),
    _asked("format", "格式，优先于 Accept / the form, before Accept", {"type": "string", "enum": list(MEDIA)}),
    _asked("text", "1：返回代入参数后的 SPARQL / the text of the query with its values", _YES_NO),
    _asked("bom", "1：CSV 带 BOM，供 Excel 打开 / a CSV that Excel opens", _YES_NO),
    _asked("timeout", "时限，秒 / seconds that the query may take", {"type": "number", "minimum": 1, "maximum": LONGEST_TIME}),
)
FLAGS = frozenset(one["name"] for one in _FORMS)


def answers(query: StockQuery) -> dict[int | str, dict[str, Any]]:
    """The answers of a query's route, as OpenAPI has them."""
    cell: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
    columns = list(columns_of(query))
    row = {"type": "object", "properties": dict.fromkeys(columns, cell), "required": columns}
    body = {
        "type": "object",
        "required": ["query", "parameters", "columns", "rows", "limit", "offset", "total", "next"],
        "properties": {
            "query": {"const": query.name},
            "parameters": {"type": "object", "additionalProperties": {"type": "string"}},
            "columns": {"type": "array", "items": {"type": "string"}},
            "rows": {"type": "array", "items": row},
            "limit": {"type": ["integer", "null"]},
            "offset": {"type": "integer"},
            "total": {"type": ["integer", "null"], "description": "不知道时为空；?total=1 会去数 / null where unknown; ?total=1 counts"},
            "next": {"type": ["string", "null"], "format": "uri"},
        },
    }
    content: dict[str, Any] = {media: {"schema": {"type": "string"}} for media in ("text/csv", "application/sparql-query")}
    content[MEDIA["xlsx"]] = {"schema": {"type": "string", "format": "binary"}}
    content |= {"application/json": {"schema": body}, "application/sparql-results+json": {"schema": {"type": "object"}}}
    link = {"description": "RFC 8288：first、prev、next", "schema": {"type": "string"}}
    problem = {"application/problem+json": {"schema": {"type": "object"}}}
    return {
        200: {"description": "结果 / the rows", "content": content, "headers": {"Link": link}},
        400: {"description": "查询不能执行 / the query cannot be run", "content": problem},
        404: {"description": "库里没有叫这个名称的 / nothing is called so", "content": problem},
        409: {"description": "一个名称指多个事物，choices 里列出 / a name means several things, listed in choices", "content": problem},
        422: {"description": "参数有误，errors 里说明应是什么 / wrong parameters; errors says what is expected", "content": problem},
        406: {"description": "没有可接受的格式 / no acceptable form", "content": problem},
        429: {"description": "额度用完 / the budget is spent", "content": problem},
        503: {"description": "服务器忙 / busy", "content": problem},
        504: {"description": "超过时限 / the time limit was reached", "content": problem},
    }
