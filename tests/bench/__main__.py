"""The report, part by part: reading, memory over many documents, storing, searching, lineage, queries, the server, the explorer.

    python -m tests.bench [--only reading,search] [--documents 10000]

All of it takes an hour and a half, most of it to make stores of ten million triples and ten thousand documents.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from kg.output import to_json
from kg.pipeline import read, read_many, understand
from tests.bench import explorer, lineage, queries, serve
from tests.bench.figures import milliseconds, resident, row, workers
from tests.bench.plans import make_plan
from tests.bench.search import report_search
from tests.bench.stores import report_many, report_stages
from tests.texts import to_document

SAMPLES = Path(__file__).parent.parent / "samples/documents"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--only", default=",".join(PARTS), help="which parts, by commas")
    ask.add_argument("--documents", type=int, default=10_000, help="how many documents where there are many")
    given = ask.parse_args()
    wanted = [name.strip() for name in given.only.split(",") if name.strip()]
    if unknown := sorted({*wanted} - PARTS.keys()):
        ask.error(f"没有这一部分 / no such part: {', '.join(unknown)}；{', '.join(PARTS)}")
    print(f"{platform.machine()}，{os.cpu_count()} 核 / cores，Python {platform.python_version()}\n")
    for name in wanted:
        PARTS[name](given.documents)


def _report_reading() -> None:
    _report_plan()
    _report_formats()


# --- one plan -----------------------------------------------------------------------------------------


def _report_plan() -> None:
    print("60 项任务的文件，一个核心 / a plan of 60 tasks, one core")
    text = make_plan(1)
    document = to_document(text)
    found = len(understand(document).extraction.tasks)
    row("文本到文档 / text to document", f"{milliseconds(lambda: to_document(text)):.1f} ms")
    row("文档到读数 / document to reading", f"{milliseconds(lambda: understand(document)):.1f} ms", f"{found} tasks")
    reading = understand(document)
    row("读数到 JSON / reading to JSON", f"{milliseconds(lambda: to_json(reading)):.1f} ms")
    print()


# --- files ----------------------------------------------------------------------------------------------


def _report_formats() -> None:
    print("文件到读数，一个核心 / from file to reading, one core")
    with tempfile.TemporaryDirectory() as folder:
        files = _samples() or _made(Path(folder))
        groups: dict[str, list[Path]] = defaultdict(list)
        for path in files:
            groups[path.suffix].append(path)
        for suffix, paths in sorted(groups.items()):
            runs = 2 if suffix == ".doc" else 3
            times = [milliseconds(lambda path=path: to_json(read(path)), runs) for path in paths]
            pages = sum(map(_pages, paths)) if suffix == ".pdf" else 0
            a_page = f"{sum(times) / pages:.1f} ms a page" if pages else ""
            row(f"{suffix} ({len(paths)} files)", f"{statistics.median(times):.0f} ms a file", a_page)
    print()


def _one_of_each() -> list[Path]:
    """A sample of each format that is read in this process."""
    firsts = {path.suffix: path for path in reversed(_samples()) if path.suffix != ".doc"}
    return sorted(firsts.values())


def _samples() -> list[Path]:
    return sorted(path for path in SAMPLES.glob("*") if path.is_file()) if SAMPLES.is_dir() else []


def _made(folder: Path) -> list[Path]:
    """A text and a page, where there are no samples."""
    plan = make_plan(1)
    (folder / "plan.txt").write_text(plan, "utf-8")
    (folder / "plan.html").write_text("<html><body>" + "".join(f"<p>{line}</p>" for line in plan.splitlines()) + "</body></html>", "utf-8")
    return sorted(folder.iterdir())


def _pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


# --- many documents -----------------------------------------------------------------------------------------


def _report_memory(count: int) -> None:
    print(f"{count} 份文件，全部核心 / {count} documents, all cores")
    marks = {mark for mark in (100, 1_000, 5_000, 10_000, count) if mark <= count}
    row("已读 / read", "parent MB", "workers MB", "documents/s")
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for seed in range(count):
            path = Path(folder) / f"plan{seed}.txt"
            path.write_text(make_plan(seed, tasks=20), "utf-8")
            paths.append(path)
        started = time.perf_counter()
        for done, outcome in enumerate(read_many(paths), 1):
            if outcome.reading is None:
                print(f"  未读 / not read: {outcome.error}")
            if done in marks:
                held = workers()
                row(f"{done}", f"{resident(os.getpid()):.0f}", f"{held:.0f}", f"{done / (time.perf_counter() - started):.0f}")
    print()


PARTS: dict[str, Callable[[int], None]] = {
    "reading": lambda _: _report_reading(),
    "storing": lambda _: report_stages(_one_of_each()),
    "memory": _report_memory,
    "ingestion": report_many,
    "search": lambda _: report_search(),
    "lineage": lambda _: lineage.main([]),
    "queries": lambda _: queries.main([]),
    "serve": lambda _: serve.main([]),
    "explorer": lambda _: explorer.main([]),
}


if __name__ == "__main__":
    main()
