"""Commands run and started, and what must hold of a store whatever happened."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.ids import Ids
from kg.ingestion import ingest, list_stored
from kg.refresh import refresh
from kg.store import Store, open_store
from tests.plans import ITEMS, plan_text, write_plan

ROOT = Path(__file__).parents[2]
COMMAND = (str(Path(sys.executable).parent / "zhengpu"),)
IDS = Ids()
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="只在 POSIX 上 / POSIX only")


def run(*arguments: object) -> Result:
    """The command in this process."""
    ran = CliRunner().invoke(main, [str(one) for one in arguments])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran


def start(*arguments: object, command: Sequence[str] = COMMAND, **options: object) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    return subprocess.Popen([*command, *map(str, arguments)], cwd=ROOT, **{**pipes, **options})  # type: ignore[call-overload, no-any-return]


def ended(process: subprocess.Popen[str], limit: float = 60) -> tuple[int, str, str]:
    """How a process ended and what it said; a traceback is never shown."""
    out, said = process.communicate(timeout=limit)
    assert "Traceback" not in said, said
    return process.returncode, out, said


def plans(folder: Path, count: int, first: int = 0) -> list[Path]:
    """Files with a plan each."""
    return [
        write_plan(
            folder / f"plan{at:02}.txt",
            plan_text(ITEMS * 3, title=f"2021年澄湖区第{at}批政务公开工作要点", number=f"澄政办发〔2021〕{at}号"),
        )
        for at in range(first, first + count)
    ]


def exported(store: Store) -> bytes:
    out = io.BytesIO()
    store.export(out, "nq")
    return out.getvalue()


def undisturbed(paths: Sequence[Path]) -> bytes:
    """What a store holds that has read the files in peace."""
    with open_store("memory") as store:
        assert not [one.error for one in ingest(paths, store, IDS, jobs=1) if one.error]
        list(refresh(store, IDS))
        return exported(store)


def reported(report: Path) -> list[dict[str, object]]:
    """The lines of a report that are whole."""
    text = report.read_text("utf-8") if report.exists() else ""
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def check_whole(store: Store, report: Path) -> None:
    """Every document that was acknowledged is there, and every one that is there at all is whole."""
    listed = {one.graph: one for one in list_stored(store, IDS)}
    assert {one["graph"] for one in reported(report) if one["graph"]} <= set(listed)
    documents = {graph for graph in store.graphs() if len(graph.rsplit("/", 1)[1]) == 64}
    assert documents == set(listed)
    for graph, one in listed.items():
        assert store.graph(graph).count(b"\n") == one.triples, one.file


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 60
    while not happened() and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
