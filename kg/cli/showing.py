"""Answers of a store on the terminal: as a table for eyes, or as the store itself writes them."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.store import Store, gives_graph
from ontology import prefixes


def show_answer(store: Store, query: str, form: str) -> None:
    """Print what the store answers; our prefixes need no declaration."""
    if gives_graph(query):
        _write(store.query(query, "ttl" if form == "table" else "nt", prefixes()))
    elif form == "table":
        _show_table(json.loads(store.query(query, "json", prefixes())))
    else:
        _write(store.query(query, form, prefixes()))


def _write(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data if data.endswith(b"\n") else data + b"\n")
    sys.stdout.buffer.flush()


def _show_table(answer: Mapping[str, Any]) -> None:
    if "boolean" in answer:
        click.echo("是 / yes" if answer["boolean"] else "否 / no")
        return
    names, rows = answer["head"]["vars"], answer["results"]["bindings"]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_plain(row.get(name))) for name in names))
    Console().print(table)
    click.echo(f"{len(rows)} 行 / rows")


def _plain(value: Mapping[str, str] | None) -> str:
    """A value for eyes; an IRI by its prefix."""
    if value is None:
        return ""
    return shorten(value["value"]) if value["type"] == "uri" else value["value"]


def shorten(iri: str) -> str:
    """zp:Task for the IRI of that term; other IRIs as they are."""
    for prefix, base in prefixes().items():
        if iri.startswith(base) and "/" not in iri[len(base) :]:
            return f"{prefix}:{iri[len(base) :]}"
    return iri
