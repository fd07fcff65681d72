"""`zhengpu extract`: documents to readings."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from kg.cli.options import progress_bar
from kg.pipeline import Outcome, find_files, read_many
from kg.show import show_reading


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="结果写入的文件夹，每份文件一个 JSON / folder for one JSON a document"
)
@click.option(
    "--format", "form", type=click.Choice(["json", "table"]), default="json", show_default=True, help="json，或给人看的表 / for eyes"
)
@click.option("--jobs", type=click.IntRange(min=1), help="并行数，默认用全部核心 / processes, by default all cores")
@click.option("--quiet", is_flag=True, help="不显示进度 / no progress")
def extract(paths: Sequence[Path], out: Path | None, form: str, jobs: int | None, quiet: bool) -> None:
    """读文件：标题、任务、单位、时限、引用，及未读懂之处 / read documents: what was understood, and what was not.

    PATHS 可以是文件或文件夹 / files or folders.
    """
    found = find_files(paths)
    for path in found.skipped:
        click.secho(f"跳过（不是可读的类型）/ skipped: {path.name}", err=True, dim=True)
    writer = _Writer(out, form)
    with progress_bar("读取 / reading", len(found.files), quiet) as advance:
        for outcome in read_many(found.files, jobs):
            writer.take(outcome)
            advance()
    click.echo(writer.summary(), err=True)
    sys.exit(0 if writer.read or not found.files else 1)


class _Writer:
    """Writes each outcome as it comes, and counts."""

    def __init__(self, out: Path | None, form: str) -> None:
        self.out, self.form = out, form
        self.read = self.failed = self.tasks = self.issues = 0
        self.names: set[str] = set()
        self.seen: dict[str, str] = {}

    def take(self, outcome: Outcome) -> None:
        if outcome.reading is None:
            self.failed += 1
            click.secho(f"未读 / not read: {outcome.error}", err=True, fg="red")
            return
        self.read += 1
        self.tasks += len(outcome.reading["tasks"])
        self.issues += len(outcome.reading["issues"])
        self._note_twin(outcome)
        if self.out:
            self.out.mkdir(parents=True, exist_ok=True)
            text = json.dumps(outcome.reading, ensure_ascii=False, indent=1)
            (self.out / self._name(outcome.path)).write_text(text + "\n", encoding="utf-8")
        if self.form == "table":
            show_reading(outcome.reading, Console())
        elif not self.out:
            click.echo(json.dumps(outcome.reading, ensure_ascii=False))

    def _note_twin(self, outcome: Outcome) -> None:
        """Two files with the same bytes are both read, and it is said."""
        digest = (outcome.reading or {})["document"]["sha256"]
        if digest in self.seen:
            click.secho(f"内容相同 / same bytes: {outcome.path.name} = {self.seen[digest]}", err=True, fg="yellow")
        self.seen.setdefault(digest, outcome.path.name)

    def _name(self, path: Path) -> str:
        """The stem's name; with suffix, then with a number, where another file has taken it."""
        names = [f"{path.stem}.json", f"{path.name}.json", *(f"{path.name}.{count}.json" for count in range(2, 10_000))]
        name = next(name for name in names if name.casefold() not in self.names)
        self.names.add(name.casefold())
        return name

    def summary(self) -> str:
        zh = f"读出 {self.read} 份（{self.tasks} 项任务，{self.issues} 处待核对），未读 {self.failed} 份"
        return f"{zh} / {self.read} read ({self.tasks} tasks, {self.issues} to check), {self.failed} not read"


COMMANDS = (extract,)
