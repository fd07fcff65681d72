"""What several commands share: the store that they work on, the progress bar."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.store import Store

STORE_VARIABLE = "ZHENGPU_STORE"

store_option = click.option(
    "--store",
    "where",
    default=lambda: os.environ.get(STORE_VARIABLE) or "data",
    show_default=f"${STORE_VARIABLE}, data",
    help="文件夹、memory，或 SPARQL 端点的网址 / a folder, memory, or the URL of a SPARQL endpoint",
)


def open_configured(where: str, *, create: bool = False, read_only: bool = False) -> Store:
    """The store at `where`, for the identifiers that are set."""
    from kg.ids import Ids
    from kg.ingestion import open_ours

    return open_ours(where, Ids.configured(), create=create, read_only=read_only)


@contextmanager
def progress_bar(label: str, total: int, quiet: bool) -> Iterator[Callable[[], None]]:
    """Moves on at each call; shown on a terminal only, and only where there is something to wait for."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    with Progress(
        TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console,
        disable=quiet or total < 2 or not console.is_terminal, transient=True,
    ) as progress:  # fmt: skip
        bar = progress.add_task("", total=total)
        yield lambda: progress.advance(bar)


def warn(message: str) -> None:
    click.secho(message, err=True, fg="yellow")
