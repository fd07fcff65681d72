"""What several commands share: the store that they work on, the progress bar."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg.ids import Ids
from kg.store import Settings, Store, open_store

STORE_VARIABLE = "ZHENGPU_STORE"
_STDERR = Console(stderr=True)

store_option = click.option(
    "--store",
    "where",
    default=lambda: os.environ.get(STORE_VARIABLE, "data"),
    show_default=f"${STORE_VARIABLE}, data",
    help="文件夹、memory，或 SPARQL 端点的网址 / a folder, memory, or the URL of a SPARQL endpoint",
)


def open_configured(where: str, *, create: bool = False, read_only: bool = False) -> Store:
    """The store at `where`; a new folder is marked with the base of our identifiers, and one made for another base is refused."""
    return open_store(where, create=create, read_only=read_only, settings=Settings(base_iri=Ids.configured().base))


@contextmanager
def progress_bar(label: str, total: int, quiet: bool) -> Iterator[Callable[[], None]]:
    """Moves on at each call; shown on a terminal only, and only where there is something to wait for."""
    with Progress(
        TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=_STDERR,
        disable=quiet or total < 2 or not _STDERR.is_terminal, transient=True,
    ) as progress:  # fmt: skip
        bar = progress.add_task("", total=total)
        yield lambda: progress.advance(bar)


def warn(message: str) -> None:
    click.secho(message, err=True, fg="yellow")
