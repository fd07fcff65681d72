"""Rows to instruments and back: one row an edition, in CSV or JSONL, under our names for the columns or those of public lists."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import RegistryError
from kg.model import Edition, Instrument, Issue
from kg.resolve.instrument_names import guess_kind, number_key, words
from kg.rules import load_data

COLUMNS = tuple(load_data("instruments")["columns"])
_OF_THE_WORK = ("kind", "issuer", "status", "aliases", "replaced_by", "source")
_CODES = {"kind": "kinds", "status": "statuses", "edition_status": "statuses"}
_SEPARATOR = "；"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a file says: instruments, one for every title as printed, and the rows that say nothing usable."""

    instruments: tuple[Instrument, ...]
    issues: tuple[Issue, ...]


class _WrongRow(Exception):
    """What is wrong with one row, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(zh)


# --- reading -------------------------------------------------------------------------------------------------


def read_table(path: Path) -> str:
    """The text of a registry file: UTF-8, with or without a mark, or GB 18030."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RegistryError(f"无法读取：{error.strerror}", f"cannot be read: {error.strerror}", file=path.name) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RegistryError("文字编码应为 UTF-8 或 GB 18030", "the text should be UTF-8 or GB 18030", file=path.name)


def read_csv_rows(text: str, file: str) -> Rows:
    """The instruments of a table with a header line; `title` is the one column that it must have."""
    delimiter = "\t" if file.endswith(".tsv") else ","
    lines = csv.reader(io.StringIO(text), delimiter=delimiter)
    header = [_column(name) for name in next(lines, [])]
    if "title" not in header:
        expected = ", ".join(COLUMNS)
        raise RegistryError(
            f"表头应有 title（标题）一列；可有：{expected}", f"the header should name title; it may name {expected}", file=file
        )
    return _rows(_csv_rows(lines, header), file)


def _csv_rows(lines: Any, header: Sequence[str]) -> Iterator[tuple[int, Row | _WrongRow]]:
    for cells in lines:
        if not any(cells):
            continue
        if len(cells) > len(header):
            yield (
                lines.line_num,
                _WrongRow(f"应有{len(header)}列，实有{len(cells)}列", f"expected {len(header)} columns, found {len(cells)}"),
            )
        else:
            yield lines.line_num, dict(zip(header, map(str.strip, cells), strict=False))


def read_jsonl_rows(text: str, file: str) -> Rows:
    """The instruments of a file with one JSON object a line; `editions` may hold several of one instrument."""
    return _rows(_jsonl_rows(text), file)


def _jsonl_rows(text: str) -> Iterator[tuple[int, Row | _WrongRow]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except json.JSONDecodeError as error:
            yield number, _WrongRow(f"不是 JSON：{error.msg}", f"not JSON: {error.msg}")
            continue
        if not isinstance(said, dict):
            yield number, _WrongRow("应为 JSON 对象", "expected a JSON object")
            continue
        editions = said.pop("editions", None)
        if editions is None:
            yield number, _json_row(said)
        elif isinstance(editions, list) and all(isinstance(edition, dict) for edition in editions):
            yield from ((number, _json_row(said, edition)) for edition in editions or [{}])
        else:
            yield number, _WrongRow("editions 应为对象的数组", "editions should be an array of objects")


def _json_row(said: Mapping[str, Any], edition: Mapping[str, Any] | None = None) -> Row:
    row = {_column(name): _cell(value) for name, value in said.items()}
    for name, value in (edition or {}).items():
        column = {"title": "edition_title", "status": "edition_status"}.get(name, name)
        row[_column(column)] = _cell(value)
    return row


def _cell(value: Any) -> str:
    return _SEPARATOR.join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value).strip()


def _column(name: str) -> str:
    """Our name of a column; one that we do not know keeps its own and is left out."""
    plain = name.strip().lower()
    return words("columns").get(plain, plain)


def _rows(rows: Iterable[tuple[int, Row | _WrongRow]], file: str) -> Rows:
    """Rows of one title, printed the same, are one instrument."""
    found: dict[str, tuple[list[Row], list[Edition]]] = {}
    issues = []
    for line, row in rows:
        try:
            if isinstance(row, _WrongRow):
                raise row
            title, edition = _checked_title(row), _edition(row, file)
        except _WrongRow as wrong:
            issues.append(Issue(code="registry.row", zh=wrong.zh, en=wrong.en, place=f"{file} 第{line}行"))
            continue
        of_title, editions = found.setdefault(title, ([], []))
        of_title.append(row)
        editions.extend([edition] if edition else [])
    instruments = tuple(_instrument(title, of_title, tuple(editions), file) for title, (of_title, editions) in found.items())
    return Rows(instruments=instruments, issues=tuple(issues))


def _checked_title(row: Row) -> str:
    """The title of a row whose codes are all known."""
    title = row.get("title", "").strip()
    title = title[1:-1] if title.startswith("《") and title.endswith("》") else title
    if not title:
        raise _WrongRow("缺标题", "the title is missing")
    for column, table in _CODES.items():
        said = row.get(column)
        if said and said not in words(table):
            known = "、".join(load_data("instruments")[table])
            raise _WrongRow(f"{column} 应为{known}之一，实为“{said}”", f"{column} should be one of {known}; found {said!r}")
    return title


def _edition(row: Row, file: str) -> Edition | None:
    """The edition that a row tells of; None where it names no number and no day."""
    number, promulgated, in_force = row.get("number", ""), _date(row, "promulgated"), _date(row, "in_force")
    if not (number or promulgated or in_force):
        return None
    return Edition(
        number=number,
        title=row.get("edition_title", ""),
        promulgated=promulgated,
        in_force=in_force,
        status=words("statuses")[row.get("edition_status") or "unknown"],
        replaces=row.get("replaces", ""),
        source=row.get("source") or file,
    )


def _date(row: Row, column: str) -> str:
    said = row.get(column)
    if not said:
        return ""
    try:
        return dt.date.fromisoformat(said[:10].replace("/", "-")).isoformat()
    except ValueError:
        raise _WrongRow(
            f"{column} 应为 2019-04-03 样的日期，实为“{said}”", f"{column} should be a date like 2019-04-03; found {said!r}"
        ) from None


def _instrument(title: str, rows: Sequence[Row], editions: tuple[Edition, ...], file: str) -> Instrument:
    """The instrument of its rows; what the first leaves empty, a later one may say. Without a source of its own it is from the file."""
    said = {column: rows[0].get(column) or _later(rows, column) for column in _OF_THE_WORK}
    kind = words("kinds")[said["kind"]] if said["kind"] else guess_kind(title, number_key(editions[0].number) if editions else "")
    aliases = (alias.strip() for alias in said["aliases"].replace(";", _SEPARATOR).split(_SEPARATOR))
    return Instrument(
        title=title,
        kind=kind,
        issuer=said["issuer"],
        status=words("statuses")[said["status"] or "unknown"],
        aliases=tuple(alias for alias in aliases if alias),
        editions=editions,
        replaced_by=said["replaced_by"],
        source=said["source"] or file,
    )


def _later(rows: Sequence[Row], column: str) -> str:
    return next((row[column] for row in rows if row.get(column)), "") if len(rows) > 1 else ""


# --- writing -------------------------------------------------------------------------------------------------


def write_registry(instruments: Iterable[Instrument], out: Path) -> None:
    """The instruments as a CSV file that `read_registry` reads back."""
    with out.open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        lines.writeheader()
        for instrument in instruments:
            for row in _written(instrument):
                lines.writerow(row)


def _written(instrument: Instrument) -> Iterator[dict[str, str]]:
    """One row an edition; what is said of the instrument stands in the first."""
    work = {
        "title": instrument.title,
        "kind": instrument.kind,
        "issuer": instrument.issuer,
        "status": instrument.status,
        "aliases": _SEPARATOR.join(instrument.aliases),
        "replaced_by": instrument.replaced_by,
        "source": instrument.source,
    }
    for edition in instrument.editions:
        yield work | {
            "number": edition.number,
            "edition_title": edition.title,
            "promulgated": edition.promulgated,
            "in_force": edition.in_force,
            "edition_status": edition.status,
            "replaces": edition.replaces,
            "source": edition.source,
        }
        work = {"title": instrument.title, "kind": instrument.kind}
    if not instrument.editions:
        yield work
