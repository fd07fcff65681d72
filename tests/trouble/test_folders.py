"""Folders, disks and versions that a store cannot use: said in words that tell what to do."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store import open_store
from kg.store.folder import MANIFEST
from ontology import prefixes
from tests.plans import write_plan
from tests.trouble.commands import (
    IDS,
    POSIX,
    check_whole,
    ended,
    exported,
    plans,
    reported,
    run,
    start,
)

pytestmark = pytest.mark.usefixtures("sample_places")


AS_NOBODY = "import os\nfrom kg.cli import main, storing\nos.setuid(65534)\nmain()"  # the modules first: nobody may not read them


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="只有 root 能换用户 / only root can act as another user")
def test_a_folder_that_may_only_be_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assert run("ingest", *plans(folder / "in", 1), "--store", folder / "data", "--quiet").exit_code == 0
        folder.chmod(0o755)
        command = [sys.executable, "-c", AS_NOBODY]
        code, out, _ = ended(start("documents", "--store", folder / "data", command=command))
        assert (code, "plan00.txt" in out) == (0, True)
        code, _, said = ended(start("ingest", folder / "in", "--store", folder / "data", "--quiet", command=command))
        assert code == 1
        assert "没有写这个文件夹的权限" in said


def limit_files() -> None:
    """No file may grow beyond 3 MB: the system refuses as it does on a full disk."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))


@POSIX
def test_a_full_disk_leaves_what_was_acknowledged(data: Path, many: tuple[Path, bytes], tmp_path: Path) -> None:
    folder, whole = many
    report = tmp_path / "report.jsonl"
    given = ("ingest", folder, "--store", data, "--report", report, "--jobs", 1, "--quiet")
    code, _, said = ended(start(*given, preexec_fn=limit_files))
    assert code == 1
    assert "磁盘已满" in said
    assert 0 < len(reported(report)) < 30
    assert f"入库 {len(reported(report))} 份" in said
    with open_store(data, read_only=True) as store:
        check_whole(store, report)
    assert run("ingest", folder, "--store", data, "--jobs", 1, "--quiet").exit_code == 0  # there is room again
    with open_store(data, read_only=True) as store:
        assert exported(store) == whole


def other_files(data: Path, patch: pytest.MonkeyPatch) -> None:
    (data / MANIFEST).unlink()


def newer_format(data: Path, patch: pytest.MonkeyPatch) -> None:
    told = json.loads((data / MANIFEST).read_text("utf-8"))
    (data / MANIFEST).write_text(json.dumps(told | {"format": 99}), "utf-8")


def newer_layout(data: Path, patch: pytest.MonkeyPatch) -> None:
    catalogue = IDS.graph("catalogue")
    with open_store(data) as store:
        store.update(f"INSERT DATA {{ GRAPH <{catalogue}> {{ <{catalogue}> <{prefixes()['zp']}storeVersion> 99 }} }}")
        store.update(f"DELETE DATA {{ GRAPH <{catalogue}> {{ <{catalogue}> <{prefixes()['zp']}storeVersion> 1 }} }}")


def another_base(data: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("ZHENGPU_BASE", "https://example.org/id/")


def no_base(data: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("ZHENGPU_BASE", "no such base")


COMMANDS = (
    ("ingest", "{in}", "--quiet"),
    ("query", "ASK {}"),
    ("check",),
    ("documents",),
    ("withdraw", "plan00.txt"),
    ("export",),
    ("backup", "{in}/copy"),
    ("registry", "import", "{in}/more.csv"),
    ("registry", "show", "条例"),
)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (other_files, "不空"),
        (newer_format, "请升级"),
        (newer_layout, "请升级"),
        (another_base, "example.org"),
        (no_base, "ZHENGPU_BASE"),
    ],
)
def test_a_store_that_is_not_ours_to_touch(
    spoil: Callable[[Path, pytest.MonkeyPatch], None], said: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in" / "more.csv").write_text("title,kind\n云溪市政务公开办法,normative\n", "utf-8")
    spoil(data, monkeypatch)
    before = {path: path.read_bytes() for path in data.rglob("*.sst")}
    for command in COMMANDS:
        ran = run(*(part.replace("{in}", str(tmp_path / "in")) for part in command), "--store", data)
        assert ran.exit_code == 1, command
        assert said in ran.stderr, command
    assert {path: path.read_bytes() for path in data.rglob("*.sst")} == before
    if spoil is not no_base:
        assert said in run("doctor", "--store", data).stdout


ADDRESSES = {
    "nothing": ("", "请给出文件夹"),
    "blanks": (" ", "请给出文件夹"),
    "no host": ("http://", "请给出文件夹"),
    "another scheme": ("ftp://127.0.0.1/x", "请给出文件夹"),
    "half an address": ("http://[::1", "网址写错了"),
    "a port that is none": ("http://127.0.0.1:abc/ds", "网址写错了"),
    "a port beyond all": ("http://127.0.0.1:99999/ds", "网址写错了"),
    "nobody there": ("http://127.0.0.1:1/ds", "连不上"),
}


@pytest.mark.parametrize(("where", "said"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_an_address_that_is_no_store(where: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plan = write_plan(tmp_path / "in" / "plan.txt")
    (tmp_path / "copy.nq").write_bytes(b"<a:a> <a:b> <a:c> <a:d> .\n")
    for command in (("ingest", plan), ("query", "ASK {}"), ("registry", "show", "条例"), ("restore", "copy.nq")):
        ran = run(*command, "--store", where)
        assert (ran.exit_code, said in ran.stderr) == (1, True), (command, ran.stderr)
    assert said in run("doctor", "--store", where).stdout
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.nq", "in"]


def test_an_empty_setting_is_none(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGPU_STORE", "")
    monkeypatch.chdir(data.parent)
    assert "plan00.txt" in run("documents").stdout
