"""What officials write, as data: patterns that carry their own examples and near misses.

A rule file is TOML under `kg/data/`. Its `[macros]` may be used in any pattern as `<name>`; every other table is a
rule with `regex`, `examples`, `near_misses` and whatever else its stage needs. Patterns are matched against the normal
form that `kg.text.fold` gives: no white space, one form of each bracket, digit and comma.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kg.errors import RuleError

_MACRO = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One pattern; `extra` is what its stage needs beside it. `whole`: the examples must match from end to end."""

    name: str
    regex: re.Pattern[str]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    extra: Mapping[str, Any]


@cache
def load_data(name: str) -> Mapping[str, Any]:
    """The tables of `kg/data/{name}.toml`."""
    return tomllib.loads(resources.files("kg").joinpath(f"data/{name}.toml").read_text("utf-8"))


@cache
def load_rules(name: str) -> tuple[Rule, ...]:
    """The rules of one file, in the order in which they are written."""
    data = load_data(name)
    macros = data.get("macros", {})
    return tuple(_rule(name, rule, table, macros) for rule, table in data.items() if isinstance(table, dict) and "regex" in table)


def _rule(file: str, name: str, table: Mapping[str, Any], macros: Mapping[str, str]) -> Rule:
    try:
        regex = re.compile(_expand(table["regex"], macros))
    except (re.error, KeyError) as error:
        raise RuleError(f"规则的写法有误：{error}", f"the rule does not compile: {error}", file=f"{file}.toml", place=name) from error
    extra = {key: value for key, value in table.items() if key not in {"regex", "examples", "near_misses"}}
    return Rule(
        name=name,
        regex=regex,
        examples=tuple(table.get("examples", ())),
        near_misses=tuple(table.get("near_misses", ())),
        extra=extra,
    )


def _expand(regex: str, macros: Mapping[str, str]) -> str:
    """`regex` with its macros written out, also those inside macros; a named group (?P<year>…) is left alone."""
    while True:
        found = next((m for m in _MACRO.finditer(regex) if regex[max(m.start() - 2, 0) : m.start()] != "?P"), None)
        if found is None:
            return regex
        regex = regex[: found.start()] + f"(?:{macros[found.group(1)]})" + regex[found.end() :]


@cache
def pattern(file: str, name: str) -> re.Pattern[str]:
    """The pattern of one rule by its name."""
    return next(rule.regex for rule in load_rules(file) if rule.name == name)
