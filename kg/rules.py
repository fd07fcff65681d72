"""What officials write, as data: patterns that carry their own examples and near misses.

A rule file is TOML under `kg/data/`. Its `[macros]` may be used in any pattern as `<name>`; every other table is a
rule with `regex`, `examples`, `near_misses` and whatever else its stage needs. Patterns are matched against the normal
form that `kg.text.fold` gives: no white space, one form of each bracket, digit and comma. `use` says how: "search" anywhere
in the text, which is what is meant where it is left out, "match" at its start, "fullmatch" from end to end.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from kg.errors import RuleError

Use = Literal["search", "match", "fullmatch"]
_USES: tuple[Use, ...] = ("search", "match", "fullmatch")
_MACRO = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One pattern and how it is used; `extra` is what its stage needs beside it.

    `needs` spares the search: of each of its strings one character must be in the text for the pattern to match at all.
    """

    name: str
    regex: re.Pattern[str]
    use: Use
    needs: tuple[str, ...]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    extra: Mapping[str, Any]

    def finditer(self, text: str, characters: Set[str] | None = None) -> Iterator[re.Match[str]]:
        """The matches in folded text, without those of no length; `characters` are those of the text, where a caller has them."""
        characters = set(text) if characters is None else characters
        if any(characters.isdisjoint(need) for need in self.needs):
            return iter(())
        return (match for match in self.regex.finditer(text) if match.end() > match.start())


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
    use = table.get("use", "search")
    if use not in _USES:
        raise RuleError(f"use 不能是“{use}”", f"use cannot be {use!r}; one of {', '.join(_USES)}", file=f"{file}.toml", place=name)
    extra = {key: value for key, value in table.items() if key not in {"regex", "use", "needs", "examples", "near_misses"}}
    return Rule(
        name=name,
        regex=regex,
        use=use,
        needs=tuple(table.get("needs", ())),
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
