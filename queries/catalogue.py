"""The library of stock queries: each a file of SPARQL that says in its decorators what it answers and what it takes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

from kg.errors import RuleError

Type = Literal["iri", "integer", "string", "date"]
TYPES: tuple[Type, ...] = ("iri", "integer", "string", "date")

# A parameter is a variable, as grlc has it: ?_unit_iri must be given, ?__plan_year_integer may be left out.
PARAMETER = re.compile(r"\?(?P<mark>__?)(?P<name>[a-z][a-z_]*?)_(?P<type>iri|integer|string|date)\b")
_DECORATOR = re.compile(r"^#\+ (.*?)\s*$", re.MULTILINE)
_FIELD = re.compile(r"(?P<key>\w+):\s*(?P<value>.*)")
_ITEM = re.compile(r"\s+- (?P<key>\w+):\s*(?P<value>.+)")
_LIST = re.compile(r"\[(.*)\]")
_WORDS = ("summary", "summary_en", "description", "description_en", "tags")
_TABLES = ("defaults", "enumerate", "example", "tables")
_PAGING = ("limit", "offset")  # every query takes them


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """参数: one value that a stock query takes."""

    name: str
    variable: str  # as it stands in the query, without the question mark
    type: Type
    zh: str
    en: str
    kind: str = ""  # of an IRI: what a name given for it is looked up as
    required: bool = True  # must be given: it has no default
    optional: bool = False  # may be without a value
    default: str | None = None
    values: tuple[str, ...] = ()  # the only ones, where they are enumerated

    @property
    def option(self) -> str:
        """The name as an option of the command."""
        return "--" + self.name.replace("_", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class StockQuery:
    """现成查询: one question that is asked again and again, with parameters."""

    name: str
    summary: str
    summary_en: str
    description: str
    description_en: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]  # values for the parameters
    text: str
    tables: Mapping[str, str] = field(default_factory=dict)  # the tables that the values fill, by the first variable of each

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name; the question mark, the underscores and the type may stand with it."""
        return next((one for one in self.parameters if name in {one.name, one.variable, f"?{one.variable}"}), None)


@cache
def load_library() -> Mapping[str, StockQuery]:
    """The stock queries by their names."""
    files = [file for file in resources.files("queries").joinpath("library").iterdir() if file.name.endswith(".rq")]
    found = (read_query(file.name.removesuffix(".rq"), file.read_text("utf-8")) for file in sorted(files, key=lambda file: file.name))
    return MappingProxyType({query.name: query for query in found})


def read_query(name: str, text: str) -> StockQuery:
    """A stock query from the text of its file."""
    words, tables = _decorators(name, text)
    example = tables["example"]
    parameters = tuple(_parameters(name, text, tables))
    unknown = {key for table in ("defaults", "enumerate", "example") for key in tables[table]} - {one.name for one in parameters}
    if unknown:
        raise _wrong(name, f"没有参数 {sorted(unknown)}", f"no such parameter: {sorted(unknown)}")
    return StockQuery(
        name=name,
        summary=words["summary"],
        summary_en=words["summary_en"],
        description=words["description"],
        description_en=words["description_en"],
        tags=_items(words["tags"]),
        parameters=parameters,
        example=MappingProxyType(example),
        text=text,
        tables=MappingProxyType(tables["tables"]),
    )


def _decorators(name: str, text: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The decorators that hold words, and those that hold a value for each parameter."""
    words: dict[str, str] = {}
    tables: dict[str, dict[str, str]] = {table: {} for table in _TABLES}
    table = ""
    for line in _DECORATOR.findall(text):
        if field := _FIELD.fullmatch(line):
            table = field["key"] if field["key"] in _TABLES else ""
            if field["key"] in _WORDS:
                words[field["key"]] = field["value"]
            elif not table:
                raise _wrong(name, f"不认得 {field['key']}", f"unknown decorator {field['key']}")
        elif table and (item := _ITEM.fullmatch(line)):
            tables[table][item["key"]] = item["value"]
        else:
            raise _wrong(name, f"这一行看不懂：{line}", f"this line is not understood: {line}")
    if missing := [word for word in _WORDS if not words.get(word)]:
        raise _wrong(name, f"缺少 {'、'.join(missing)}", f"{', '.join(missing)} missing")
    return words, tables


def _parameters(name: str, text: str, tables: Mapping[str, Mapping[str, str]]) -> Iterator[Parameter]:
    """The parameters in the order in which the query names them, those that must be given first."""
    found = {match[0]: match for match in PARAMETER.finditer(text)}
    for variable, match in sorted(found.items(), key=lambda item: len(item[1]["mark"])):
        label = _labels().get(match["name"])
        if label is None:
            raise _wrong(name, f"parameters.toml 里没有 {match['name']}", f"{match['name']} is not in parameters.toml")
        default = tables["defaults"].get(match["name"])
        yield Parameter(
            name=match["name"],
            variable=variable[1:],
            type=next(one for one in TYPES if one == match["type"]),
            zh=label["zh"],
            en=label["en"],
            kind=label.get("kind", ""),
            required=len(match["mark"]) == 1 and default is None,
            optional=len(match["mark"]) == 2,
            default=default,
            values=_items(tables["enumerate"].get(match["name"], "[]")),
        )
    for paging in _PAGING:
        label, default = _labels()[paging], tables["defaults"].get(paging)
        yield Parameter(
            name=paging, variable=paging, type="integer", zh=label["zh"], en=label["en"], required=False, optional=True, default=default
        )


@cache
def _labels() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("queries").joinpath("parameters.toml").read_text("utf-8"))


def _items(value: str) -> tuple[str, ...]:
    """What stands in [a, b]."""
    inside = _LIST.fullmatch(value.strip())
    return tuple(each.strip() for each in inside[1].split(",") if each.strip()) if inside else (value.strip(),)


def _wrong(name: str, zh: str, en: str) -> RuleError:
    return RuleError(zh, en, file=f"{name}.rq")
