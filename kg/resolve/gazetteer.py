"""The table of places 行政区划 with their GB/T 2260 codes and the years these were valid."""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

from kg.errors import RuleError
from kg.model import Jurisdiction

Level = Literal["country", "province", "prefecture", "county"]
COLUMNS = ["code", "name", "level", "parent", "valid_from", "valid_to", "successor", "source_note"]
NATION = "000000"
NEVER = 9999
EXTRA = "ZHENGPU_JURISDICTIONS"

_SUFFIX = re.compile(r"(?:自治[区州县旗]|特别行政区|地区|[矿特林]区|[省市区县州盟旗])$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A name that a code had, from the year `valid_from` (0: before the tables begin) up to, and not in, `valid_to`."""

    code: str
    name: str
    level: Level
    parent: str
    valid_from: int
    valid_to: int
    successors: tuple[str, ...]
    source_note: str

    def known_in(self, year: int) -> bool:
        """Whether a paper of that year may name it; the year of a change belongs to both names."""
        return self.valid_from <= year <= self.valid_to

    def lies_in(self, other: Place) -> bool:
        return other.code in (self.parent, self.code[:2] + "0000", NATION) and other.code != self.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdictions:
    """The table: places by code, by name as printed in full (恩施州 counts), and by name without its suffix."""

    places: tuple[Place, ...]
    by_code: Mapping[str, tuple[Place, ...]]
    by_name: Mapping[str, tuple[Place, ...]]
    by_short: Mapping[str, tuple[Place, ...]]
    tails: Mapping[str, tuple[int, ...]]  # how long the names are that end in these two characters

    def at(self, code: str, year: int | None) -> Place | None:
        """The place that had `code` in `year`, by the table at the year's end; without a year the last one that had it."""
        rows = self.by_code.get(code, ())
        if year is None:
            return rows[-1] if rows else None
        return next((row for row in reversed(rows) if row.valid_from <= year < row.valid_to), None)

    def path(self, place: Place, year: int | None = None) -> tuple[Place, ...]:
        """The province, the prefecture and the place itself, outermost first, under their names of `year`."""
        above = [code for code in (place.code[:2] + "0000", place.parent) if code not in (NATION, place.code)]
        when = year if year is not None and place.known_in(year) else min(place.valid_to - 1, NEVER - 1)
        found = (self.at(code, when) or self.at(code, None) for code in dict.fromkeys(above))
        return (*(row for row in found if row is not None), place)

    def jurisdiction(self, place: Place, year: int | None = None) -> Jurisdiction:
        full_name = "".join(row.name for row in self.path(place, year))
        return Jurisdiction(name=place.name, code=place.code, full_name=full_name)


@cache
def place_words() -> dict[str, Any]:
    """What `places.toml` says."""
    words = tomllib.loads(resources.files("kg").joinpath("data/places.toml").read_text("utf-8"))
    return words | {"strict": frozenset(words["strict"]), "weak": frozenset(words["weak"])}


def load_jurisdictions(extra: Path | None = None) -> Jurisdictions:
    """The table; with the places of `extra`, or of the file that ZHENGPU_JURISDICTIONS names (the same columns; dates count as years)."""
    named = str(extra) if extra else os.environ.get(EXTRA, "")
    return _load(named)


def own_places() -> tuple[Place, ...]:
    """The places of the file that ZHENGPU_JURISDICTIONS names; none where it names none."""
    return _own_places(os.environ.get(EXTRA, ""))


@lru_cache(maxsize=4)
def _own_places(extra: str) -> tuple[Place, ...]:
    known = set(national_places())
    return tuple(place for place in _load(extra).places if place not in known)


def national_places() -> tuple[Place, ...]:
    """The whole country, which the State's table leaves out, and the places of the table."""
    whole = Place(
        code=NATION, name="全国", level="country", parent=NATION, valid_from=0, valid_to=NEVER, successors=(), source_note="GB/T 2260"
    )
    return whole, *_load("").places


@lru_cache(maxsize=4)
def _load(extra: str) -> Jurisdictions:
    table = resources.files("kg").joinpath("data/jurisdictions.csv").read_text("utf-8")
    places = _read(table, "kg/data/jurisdictions.csv")
    if extra:
        places += _read_extra(Path(extra), {place.code for place in places})
    return _index(places)


def _read(table: str, file: str) -> list[Place]:
    lines = csv.reader(table.splitlines())
    if (header := next(lines, [])) != COLUMNS:
        zh, en = f"表头应为{','.join(COLUMNS)}，实为{','.join(header)}", f"the first line should name {len(COLUMNS)} columns"
        raise RuleError(zh, en, file=file, place="第1行")
    try:
        return [
            Place(
                code=code,
                name=name,
                level=cast("Level", level),
                parent=parent or NATION,
                valid_from=int(start[:4] or 0),
                valid_to=int(end[:4] or NEVER),
                successors=tuple(heirs.split(";")) if heirs else (),
                source_note=note,
            )
            for code, name, level, parent, start, end, heirs, note in lines
        ]
    except ValueError as error:
        zh, en = (
            f"应有{len(COLUMNS)}列，年份或日期为数字：{error}",
            f"a line should have {len(COLUMNS)} columns, and years or dates in digits",
        )
        raise RuleError(zh, en, file=file, place=f"第{lines.line_num}行") from error


def _read_extra(file: Path, known: set[str]) -> list[Place]:
    """The places of a file of one's own; a wrong line is an error that names it."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"读不了这个区划表：{error}", "cannot read this table of places", file=str(file)) from error
    places = _read(text, str(file))
    parents = known | {NATION} | {place.code for place in places}
    for line, place in enumerate(places, 2):
        where = {"file": str(file), "place": f"第{line}行"}
        if not re.fullmatch(r"\d{6}", place.code) or place.level not in ("province", "prefecture", "county"):
            zh = f"代码应为六位数字，级别为province、prefecture或county：{place.code}，{place.level}"
            raise RuleError(zh, f"wrong code or level: {place.code}, {place.level}", **where)
        if place.code in known:
            raise RuleError(f"代码{place.code}已在国家表中", f"code {place.code} is in the national table", **where)
        if place.parent not in parents:
            raise RuleError(f"上级代码{place.parent}不存在", f"there is no parent {place.parent}", **where)
    return places


def _index(places: list[Place]) -> Jurisdictions:
    codes: defaultdict[str, list[Place]] = defaultdict(list)
    names: defaultdict[str, list[Place]] = defaultdict(list)
    shorts: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        codes[place.code].append(place)
        names[place.name].append(place)
        stem, kind = _stem(place.name)
        if stem:
            shorts[stem].append(place)
        if kind:
            names[stem + kind].append(place)
    for alias, code in place_words()["aliases"].items():
        names[alias] += codes[code]
    tails: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        tails[name[-2:]].add(len(name))
    return Jurisdictions(
        places=tuple(places),
        by_code={code: tuple(sorted(rows, key=lambda row: row.valid_from)) for code, rows in codes.items()},
        by_name={name: tuple(rows) for name, rows in names.items()},
        by_short={name: tuple(rows) for name, rows in shorts.items()},
        tails={tail: tuple(sorted(lengths, reverse=True)) for tail, lengths in tails.items()},
    )


@cache
def _people() -> re.Pattern[str]:
    one = "|".join(sorted(place_words()["peoples"], key=len, reverse=True))
    return re.compile(rf"^(?P<stem>..+?)(?:(?:{one})族?)+自治(?P<kind>[区州县旗])$")


def _stem(name: str) -> tuple[str, str]:
    """恩施土家族苗族自治州: 恩施 and 州, for 恩施州; 滕州市: 滕州 and nothing. Nothing at all where one character is left."""
    own = _people().match(name) if "自治" in name else None
    stem = own["stem"] if own else _SUFFIX.sub("", name)
    if len(stem) < 2 or stem == name or (stem in place_words()["unshortened"] and not name.endswith("省")):
        return "", ""
    return stem, own["kind"] if own and own["kind"] != "区" else ""
