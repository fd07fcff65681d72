"""Two writers at once, killed ones, interrupted ones: nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.store import open_store
from tests.trouble.commands import (
    POSIX,
    check_whole,
    ended,
    exported,
    plans,
    reported,
    run,
    start,
    undisturbed,
    wait_for,
)

pytestmark = pytest.mark.usefixtures("sample_places")


# --- two at once ------------------------------------------------------------------------------------------------


def test_two_ingestions_into_one_new_folder(tmp_path: Path) -> None:
    paths = plans(tmp_path / "in", 6)
    parts = (paths[:4], paths[2:])
    reports = [tmp_path / f"{at}.jsonl" for at in range(2)]
    both = [
        start("ingest", *part, "--store", tmp_path / "data", "--report", report, "--jobs", 1, "--quiet")
        for part, report in zip(parts, reports, strict=True)
    ]
    assert [ended(one)[0] for one in both] == [0, 0]
    with open_store(tmp_path / "data", read_only=True) as store:
        for report in reports:
            check_whole(store, report)
        assert exported(store) == undisturbed(paths)


@contextmanager
def holding(data: Path) -> Iterator[int]:
    """Another process that keeps the store open for writing."""
    command = [sys.executable, "-m", "tests.store.writer"]
    with start(data, "hold", 1, 1, command=command, stdin=subprocess.PIPE, stderr=None) as process:
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == ["open\n", "1\n"]
        yield process.pid
        process.kill()


def test_beside_one_that_writes_others_read_and_a_second_is_told_who_it_is(data: Path, tmp_path: Path) -> None:
    with holding(data) as pid:
        second = start("ingest", *plans(tmp_path / "in", 2), "--store", data, "--quiet")
        assert "澄湖区财政局" in run("query", "SELECT ?n { ?t zp:responsibleUnit/skos:prefLabel ?n }", "--store", data).stdout
        assert "plan00.txt" in run("documents", "--store", data).stdout
        assert "公开办事指南" in run("export", "--store", data).stdout
        assert run("backup", tmp_path / "copy", "--store", data).exit_code == 0
        for command in ("check", "doctor"):
            assert run(command, "--store", data).exit_code == 0
        code, _, said = ended(second)
        assert code == 1
        assert f"进程 {pid}（{time.strftime('%Y-')}" in said
        assert "请等它结束" in said
    assert run("ingest", *plans(tmp_path / "in", 2), "--store", data, "--quiet").exit_code == 0
    assert "plan00.txt" in run("documents", "--store", tmp_path / "copy").stdout


# --- killed, interrupted ----------------------------------------------------------------------------------------

KILLED = """
import sys
import kg.ingestion
from kg.cli import main
kg.ingestion.BULK_FROM = int(sys.argv.pop(1))
kg.ingestion.bulk._BATCH_SECONDS = 0.2
if __name__ == "__main__":
    main()
"""


@POSIX
@pytest.mark.parametrize("bulk_from", [1, 1000], ids=["in bulk", "one by one"])
def test_killed_at_any_moment_nothing_is_lost_and_nothing_half_there(bulk_from: int, many: tuple[Path, bytes], tmp_path: Path) -> None:
    (folder, whole), data = many, tmp_path / "data"
    (tmp_path / "killed.py").write_text(KILLED, "utf-8")
    chance = random.Random(bulk_from)
    for turn in range(2):
        report = tmp_path / f"{turn}.jsonl"
        given = ("ingest", folder, "--store", data, "--report", report, "--jobs", 1, "--quiet")
        with start(*given, command=[sys.executable, str(tmp_path / "killed.py"), str(bulk_from)]) as process:
            after = chance.randrange(25)
            wait_for(lambda: len(reported(report)) >= after, process)  # noqa: B023
            time.sleep(chance.random() * 0.1)
            process.kill()
        if data.exists():
            with open_store(data, read_only=True) as store:
                check_whole(store, report)
    assert run("ingest", folder, "--store", data, "--jobs", 1, "--quiet").exit_code == 0
    with open_store(data, read_only=True) as store:
        assert exported(store) == whole


def _workers(session: int) -> list[int]:
    """The processes of a session that are still there."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[3]) == session and told[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="没有 /proc / no /proc")
@pytest.mark.parametrize("how", ["interrupted", "killed"])
def test_an_ingestion_that_is_stopped_says_what_it_stored_and_leaves_no_process(how: str, many: tuple[Path, bytes], tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    given = ("ingest", many[0], "--store", tmp_path / "data", "--report", report, "--jobs", 2, "--quiet")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background of a shell, which processes of ours would inherit
        signal.signal(signal.SIGINT, signal.default_int_handler)
    process = start(*given, start_new_session=True)
    wait_for(lambda: len(reported(report)) >= 3, process)
    stopped = time.monotonic()
    if how == "interrupted":
        os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to all
        code, _, said = ended(process)
        assert code == 130
        assert f"入库 {len(reported(report))} 份" in said
        assert "已中断" in said
        assert len(reported(report)) < 30
    else:
        process.kill()
        process.communicate()
    while _workers(process.pid):
        assert time.monotonic() - stopped < 20
        time.sleep(0.05)
    with open_store(tmp_path / "data", read_only=True) as store:
        check_whole(store, report)
