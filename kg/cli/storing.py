"""Commands that change what a store holds: ingest, withdraw, demo; and the list of what it holds."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TextIO

import click

from kg.cli.options import open_configured, progress_bar, store_option, warn
from kg.cli.showing import show_answer
from kg.demo import EXAMPLE, demo_files, use_demo_places
from kg.ids import Ids
from kg.ingestion import Ingested, find_stored, ingest, list_stored, withdraw
from kg.pipeline import find_files
from kg.refresh import refresh
from kg.store import Store

_SHOWN = 40  # doubts on the terminal; all of them are in the report and in `zhengpu check`
_OPTIMISE_FROM = 200  # documents; questions are several times faster afterwards


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@click.option("--jobs", type=click.IntRange(min=1), help="并行数，默认用全部核心 / processes, by default all cores")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="把每份文件的结果写成 JSON 行 / write each outcome as a JSON line"
)
@click.option("--quiet", is_flag=True, help="不显示进度和待核对之处 / no progress, no list of doubts")
def ingest_command(paths: Sequence[Path], where: str, jobs: int | None, report: Path | None, quiet: bool) -> None:
    """读、辨、查、存：把文件读进库 / read documents, resolve, check and store them.

    PATHS 可以是文件或文件夹 / files or folders.
    """
    found = find_files(paths)
    for path in found.skipped:
        click.secho(f"跳过（不是可读的类型）/ skipped: {path.name}", err=True, dim=True)
    summary = _Summary(quiet, report)
    with open_configured(where, create=True) as store:
        _ingest(found.files, store, jobs, summary)
    sys.exit(0 if summary.stored or not found.files else 1)


def _ingest(files: Sequence[Path], store: Store, jobs: int | None, summary: _Summary) -> None:
    """Ingest the files, tell of each as it is acknowledged, then work out what follows."""
    ids = Ids.configured()
    with summary.counting(store.where), progress_bar("入库 / ingesting", len(files), summary.quiet) as advance:
        for one in ingest(files, store, ids, jobs):
            summary.take(one)
            advance()
        if summary.stored:
            _refresh(store, ids, summary.quiet)
        if summary.stored >= _OPTIMISE_FROM:
            store.optimize()


def _refresh(store: Store, ids: Ids, quiet: bool) -> None:
    """Bring up to date what follows from the documents, also what an ingestion that was killed left undone."""
    for step in refresh(store, ids):
        if not quiet:
            click.secho(f"更新{step.zh}… / updating {step.en}…", err=True, dim=True)


class _Summary:
    """Tells what is to be looked at, writes the report, and counts."""

    def __init__(self, quiet: bool, report: Path | None = None) -> None:
        self.quiet, self.report = quiet, report
        self.stored = self.failed = self.tasks = self.doubts = self.triples = 0
        self._lines: TextIO | None = None

    @contextmanager
    def counting(self, where: str) -> Iterator[None]:
        """Says at the end what was stored, also where the block breaks off."""
        with self.report.open("w", encoding="utf-8", errors="backslashreplace") if self.report else nullcontext() as self._lines:
            try:
                yield
            finally:
                click.echo(self._line(where), err=True)

    def take(self, one: Ingested) -> None:
        if self._lines:
            self._lines.write(json.dumps(_told(one), ensure_ascii=False) + "\n")
            self._lines.flush()  # what is in the report is in the store, whatever happens next
        self._tell(one)

    def _tell(self, one: Ingested) -> None:
        graph = one.prepared.graph
        if graph is None:
            self.failed += 1
            click.secho(f"未入库 / not stored: {one.error}", err=True, fg="red")
            return
        self.stored += 1
        self.tasks += sum(plan.tasks for plan in graph.plans)
        self.triples += graph.size
        for note in one.notes:
            warn(f"{one.path.name}：{note.zh} / {note.en}")
        for doubt in one.prepared.doubts:
            self.doubts += 1
            if not self.quiet and self.doubts <= _SHOWN:
                where = "：".join(part for part in (one.path.name, doubt.place) if part)
                click.secho(f"待核对 / to check: {where}：{doubt.zh} / {doubt.en}", err=True, dim=True)

    def _line(self, where: str) -> str:
        if not self.quiet and self.doubts > _SHOWN:
            more = self.doubts - _SHOWN
            click.secho(f"……另有 {more} 处，见 zhengpu check 或 --report / {more} more: zhengpu check, or --report", err=True, dim=True)
        counts = f"{self.tasks} 项任务，{self.triples} 条三元组，{self.doubts} 处待核对"
        zh = f"入库 {self.stored} 份（{counts}），未入库 {self.failed} 份：{where}"
        en = f"{self.stored} stored ({self.tasks} tasks, {self.triples} triples, {self.doubts} to check), {self.failed} not stored"
        return f"{zh} / {en}"


def _told(one: Ingested) -> dict[str, object]:
    graph = one.prepared.graph
    return {
        "file": str(one.path),
        "error": one.error or None,
        "graph": graph.iri if graph else None,
        "plans": [{"iri": plan.iri, "title": plan.title, "number": plan.number, "tasks": plan.tasks} for plan in graph.plans]
        if graph
        else [],
        "triples": graph.size if graph else 0,
        "again": one.again,
        "notes": [{"zh": note.zh, "en": note.en} for note in one.notes],
        "doubts": [{"code": each.code, "place": each.place, "zh": each.zh, "en": each.en} for each in one.prepared.doubts],
    }


@click.command("withdraw")
@click.argument("names", nargs=-1, required=True)
@store_option
def withdraw_command(names: Sequence[str], where: str) -> None:
    """撤出文件：连同它的全部内容 / take documents out of the store, with all that they said.

    NAMES 是文件、文件名或 SHA-256 的前几位 / a file, a file name, or the first characters of its SHA-256.
    """
    ids = Ids.configured()
    missing = 0
    with open_configured(where) as store:
        for name in names:
            found = find_stored(store, ids, name)
            if len(found) == 1:
                withdraw(store, ids, found)
                _refresh(store, ids, quiet=True)
                click.echo(f"已撤出 / withdrawn: {found[0].file} {found[0].sha256[:12]}")
                continue
            missing += 1
            if not found:
                click.secho(
                    f"库中没有 {name}；zhengpu documents 列出全部 / not in the store; list them: zhengpu documents", err=True, fg="red"
                )
            for one in found:
                warn(f"有几份叫 {name}，请用 SHA-256 指明 / several, name one by its SHA-256: {one.sha256[:12]} {one.file} ({one.tasks})")
    sys.exit(1 if missing else 0)


@click.command("documents")
@store_option
def documents_command(where: str) -> None:
    """列出库中的文件 / list the documents in the store."""
    with open_configured(where, read_only=True) as store:
        for one in list_stored(store, Ids.configured()):
            click.echo(
                f"{one.sha256[:12]}  {one.file}  {one.tasks} 项任务 tasks  {one.doubts} 处待核对 to check  {one.triples} 三元组 triples"
            )


@click.command("demo")
@store_option
@click.option("--jobs", type=click.IntRange(min=1), help="并行数 / processes")
def demo_command(where: str, jobs: int | None) -> None:
    """用自带的示例文件建库，并回答一个问题 / fill a store with the sample documents and answer a question."""
    use_demo_places(os.environ)
    files = demo_files()
    with open_configured(where, create=True) as store:
        summary = _Summary(quiet=True)
        _ingest(files, store, jobs, summary)
        click.echo(f"\n{EXAMPLE.zh} / {EXAMPLE.en}\n")
        show_answer(store, EXAMPLE.query, "table")
    click.echo(f"\n接着试 / try next:\n  zhengpu check --store {where}\n  zhengpu documents --store {where}\n  zhengpu query --help")
    sys.exit(0 if not summary.failed else 1)


COMMANDS = (ingest_command, withdraw_command, documents_command, demo_command)
