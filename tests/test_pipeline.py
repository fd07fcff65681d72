"""Many files at once: every one has its outcome, whatever becomes of the others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.pipeline import find_files, read_many

PLAN = "2031年青岩市政务公开工作要点\n\n一、公开信息\n（一）公开第{}批预算。（责任单位：市财政局）\n"


def _plans(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"plan{number}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(PLAN.format(number), "utf-8")
    return paths


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_file_has_one_outcome(jobs: int, tmp_path: Path) -> None:
    paths = _plans(tmp_path, 6)
    outcomes = list(read_many(paths, jobs))
    assert sorted(outcome.path for outcome in outcomes) == paths
    assert all(outcome.reading and len(outcome.reading["tasks"]) == 1 for outcome in outcomes)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_named_twice_is_read_twice(jobs: int, tmp_path: Path) -> None:
    (path,) = _plans(tmp_path, 1)
    assert [outcome.path for outcome in read_many([path, path, path], jobs)] == [path] * 3


def test_no_file_no_outcome() -> None:
    assert list(read_many([])) == []


MANY = """
import sys
from pathlib import Path
import kg.pipeline
import kg.pool
kg.pool._FILES_A_WORKER = 3
if __name__ == "__main__":
    paths = sorted(Path(sys.argv[1]).iterdir())
    print(sum(outcome.reading is not None for outcome in kg.pipeline.read_many(paths, 2)))
"""


def test_more_files_than_one_set_of_workers_reads(tmp_path: Path) -> None:
    """Workers that have read their share are replaced; a pool that does not replace them waits for ever."""
    (tmp_path / "in").mkdir()
    _plans(tmp_path / "in", 20)
    script = tmp_path / "many.py"
    script.write_text(MANY, "utf-8")
    done = subprocess.run([sys.executable, str(script), str(tmp_path / "in")], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.strip() == "20", done.stderr


def test_files_are_found_in_order_and_locks_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.docx", "~$a.docx", ".hidden.txt", "picture.png"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "c.PDF").write_bytes(b"x")
    found = find_files([tmp_path, tmp_path / "picture.png"])
    assert [path.name for path in found.files] == ["a.docx", "b.txt", "c.PDF", "picture.png"]
    assert [path.name for path in found.skipped] == ["picture.png"]
