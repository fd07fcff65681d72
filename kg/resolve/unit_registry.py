"""The State's bodies, from `ontology/registry/units.csv`: full and short names, the years they were there, what replaced them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.errors import RegistryError
from kg.model import Unit
from kg.resolve.gazetteer import NATION, NEVER
from kg.rules import pattern

COLUMNS = ["name", "short_names", "kind", "functions", "valid_from", "valid_to", "successors", "source"]
_FILE = "ontology/registry/units.csv"
_OFFICES = ("办公厅", "办公室", "司", "秘书局", "办")


@dataclass(frozen=True, slots=True, kw_only=True)
class StateBody:
    """A body of the State; a former one is its own body, and `successors` are the names of what took its place."""

    unit: Unit
    short_names: tuple[str, ...]
    valid_from: int
    valid_to: int
    successors: tuple[str, ...]
    source: str


@cache
def load_state_bodies() -> tuple[StateBody, ...]:
    """The registry, in its order."""
    lines = csv.reader(resources.files("ontology").joinpath("registry/units.csv").read_text("utf-8").splitlines())
    if (header := next(lines, [])) != COLUMNS:
        zh, en = f"表头应为{','.join(COLUMNS)}，实为{','.join(header)}", f"the first line should name {len(COLUMNS)} columns"
        raise RegistryError(zh, en, file=_FILE, place="第1行")
    try:
        return tuple(
            StateBody(
                unit=Unit(code=NATION, name=name, kind=kind, functions=tuple(functions.split())),
                short_names=tuple(filter(None, short.split(";"))),
                valid_from=int(start or 0),
                valid_to=int(end or NEVER),
                successors=tuple(filter(None, heirs.split(";"))),
                source=source,
            )
            for name, short, kind, functions, start, end, heirs, source in lines
        )
    except ValueError as error:
        zh = f"应有{len(COLUMNS)}列，年份为数字：{error}"
        raise RegistryError(
            zh, f"should have {len(COLUMNS)} columns, and years in digits", file=_FILE, place=f"第{lines.line_num}行"
        ) from error


@cache
def _by_name() -> Mapping[str, tuple[StateBody, ...]]:
    names: defaultdict[str, list[StateBody]] = defaultdict(list)
    for body in load_state_bodies():
        for name in dict.fromkeys((body.unit.name, *body.short_names)):
            names[name].append(body)
    return {name: tuple(bodies) for name, bodies in names.items()}


def state_body(name: str) -> Unit:
    """The body of that full name."""
    return next(body.unit for body in _by_name()[name] if body.unit.name == name)


def find_state_body(text: str, year: int | None, *, national: bool) -> Unit | None:
    """The State's body that `text` names; outside a plan of the State only by a name that can mean no other."""
    bare = text.removeprefix("中华人民共和国")
    for name in (bare, bare.removeprefix("国家")):
        if (bodies := _by_name().get(name)) and (national or _anywhere(text, bodies)):
            return _of_year(bodies, year)
    return _own_office(bare, year, national=national)


def _anywhere(text: str, bodies: tuple[StateBody, ...]) -> bool:
    return any(body.unit.name == text for body in bodies) or pattern("bodies", "state").search(text) is not None


def _own_office(text: str, year: int | None, *, national: bool) -> Unit | None:
    """农业农村部办公厅: an office of a body."""
    if not text.endswith(_OFFICES):
        return None
    for cut in range(len(text) - 2, 2, -1):
        bodies = _by_name().get(text[:cut])
        if bodies and (national or _anywhere(text[:cut], bodies)):
            parent = _of_year(bodies, year)
            return Unit(code=NATION, name=parent.name + text[cut:], kind=parent.kind, functions=parent.functions, parent=parent)
    return None


def _of_year(bodies: tuple[StateBody, ...], year: int | None) -> Unit:
    there = [body for body in bodies if year is None or body.valid_from <= year <= body.valid_to]
    return (there or list(bodies))[-1].unit
