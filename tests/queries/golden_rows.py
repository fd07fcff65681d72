"""The rows of stock queries as files: what is joined in one cell is put in order, for its order means nothing."""

from __future__ import annotations

import csv
import io
import os
import re
from pathlib import Path

from kg.store import Store
from queries import StockQuery, run

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "UPDATE_GOLDEN"
_JOINED = re.compile(r'GROUP_CONCAT\(DISTINCT \?\w+; SEPARATOR = "(.)"\).*? AS \?(\w+)')

Rows = list[dict[str, str]]


def updating() -> bool:
    return bool(os.environ.get(UPDATE))


def answer(store: Store, query: StockQuery) -> tuple[list[str], Rows]:
    """The columns and the rows of the query's example."""
    reader = csv.DictReader(io.StringIO(run(store, query.name, query.example, "csv").decode("utf-8"), newline=""))
    columns, rows = list(reader.fieldnames or ()), list(reader)
    for mark, name in _JOINED.findall(query.text):
        for row in rows:
            row[name] = mark.join(sorted(row[name].split(mark)))
    return columns, rows


def golden(query: StockQuery) -> Rows:
    """The rows that are known to be right."""
    with (GOLDEN / f"{query.name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_golden(query: StockQuery, columns: list[str], rows: Rows) -> None:
    with (GOLDEN / f"{query.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
