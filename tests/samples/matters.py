"""The matters and their wordings: what each level says of each matter in each year, and where the wording comes from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "description"
LEVELS = "pcab"  # province, city, district, county
UPPER = {"c": "p", "a": "c", "b": "c"}
YEARS = (2021, 2022, 2023, 2024)

Edits = Sequence[tuple[str, str]]
Key = tuple[str, int]  # level and year


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A matter's text at one level in one year, in parts where it is broken down. `root` names the wording it goes back to."""

    parts: tuple[str, ...]
    root: str
    into: str = ""  # the matter that takes this one in


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """事项: one concern, followed over levels and years."""

    id: str
    name: str
    sub: str
    units: Mapping[str, str]
    due: str
    wordings: Mapping[Key, Wording]


def load_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text("utf-8"))


def load_matters(house_edits: Mapping[Key, Edits]) -> list[Matter]:
    """All matters, in the order of the sections."""
    entries: dict[str, dict[str, Any]] = {}
    for number in (1, 2, 3):
        entries |= load_toml(f"matters_{number}.toml")
    matters = [_matter(key, entry, house_edits) for key, entry in entries.items()]
    return sorted(matters, key=lambda matter: matter.sub)


def _matter(key: str, entry: Mapping[str, Any], house_edits: Mapping[Key, Edits]) -> Matter:
    units = {level: entry.get(f"u{level}", entry["u"]) for level in LEVELS}
    wordings: dict[Key, Wording] = {}
    for level in LEVELS:
        for year in YEARS:
            if _present(entry, level, year):
                wordings[level, year] = _wording(key, entry, (level, year), wordings, house_edits.get((level, year), ()))
    return Matter(id=key, name=entry["name"], sub=entry["sub"], units=units, due=entry["due"], wordings=wordings)


def _present(entry: Mapping[str, Any], level: str, year: int) -> bool:
    spec = entry.get("in", "p1234 c1234 a1234 b1234")
    return any(part[0] == level and str(year - 2020) in part[1:] for part in spec.split())


def _wording(key: str, entry: Mapping[str, Any], at: Key, wordings: Mapping[Key, Wording], house_edits: Edits) -> Wording:
    level, year = at
    given = entry.get(f"{level}{year - 2020}")
    if isinstance(given, str) and given.startswith(">"):
        return Wording(parts=(), root="", into=given[1:])
    before = _latest(wordings, level, year - 1)
    if given is None:
        given = "=" if before else "^"
    if isinstance(given, list) and not given[0].startswith("="):
        return Wording(parts=tuple(given), root=f"{key}/{level}{year}")
    if isinstance(given, list):
        if before is None:
            raise ValueError(f"{key} {at}: nothing to edit")
        parts = [_edited((part,), text, house_edits)[0] for part, text in zip(before.parts, given, strict=True)]
        return Wording(parts=tuple(parts), root=before.root)
    if given[0] not in "=^":
        return Wording(parts=(given,), root=f"{key}/{level}{year}")
    source = before if given[0] == "=" else _latest(wordings, UPPER[level], year)
    if source is None:
        raise ValueError(f"{key} {at}: no wording to start from")
    return Wording(parts=_edited(source.parts, given, house_edits), root=source.root)


def _latest(wordings: Mapping[Key, Wording], level: str, year: int) -> Wording | None:
    years = [y for y in YEARS if y <= year and wordings.get((level, y)) and not wordings[level, y].into]
    return wordings[level, years[-1]] if years else None


def _edited(parts: tuple[str, ...], spec: str, house_edits: Edits) -> tuple[str, ...]:
    """`parts` with the edits of `spec` (`=|old→new|…`) and those of the house, the latter outside marks only."""
    for edit in spec.split("|")[1:]:
        old, new = edit.split("→")
        if not any(old in part for part in parts):
            raise ValueError(f"not found: {old} in {parts}")
        parts = tuple(part.replace(old, new) for part in parts)
    return tuple(_apply_house_edits(part, house_edits) for part in parts)


def _apply_house_edits(part: str, edits: Edits) -> str:
    pieces = re.split(r"(<[^>]*>|\{[^}]*\})", part)
    for index in range(0, len(pieces), 2):
        for old, new in edits:
            pieces[index] = pieces[index].replace(old, new)
    return "".join(pieces)
