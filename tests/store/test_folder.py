"""A store in a folder: who may write, what readers see, and what is said when the folder is not as it should be."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import QueryError, StoreError, StoreHeld
from kg.store import Parcel, Settings, open_store
from kg.store.folder import MANIFEST
from tests.store.samples import ZP, again, graph_of, new, ordered, triples

NOW = Settings(wait=0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one document."""
    with open_store(tmp_path / "data", create=True) as store:
        store.apply(new(1))
    return tmp_path / "data"


@contextmanager
def holder(data: Path, number: int = 2) -> Iterator[subprocess.Popen[str]]:
    """Another process that has stored one more document and keeps the folder open."""
    command = [sys.executable, "-m", "tests.store.writer", str(data), "hold", str(number), "1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        assert process.stdout.readline() == f"{number}\n"
        yield process
        process.kill()


# --- one writes -------------------------------------------------------------------------------------------------


def test_what_was_stored_is_there_again(data: Path) -> None:
    with open_store(data) as store:
        assert (store.kind, store.where) == ("disk", str(data))
        assert store.graph(graph_of(1)) == ordered(triples(1))


def test_a_second_writer_is_told_who_writes(data: Path) -> None:
    with holder(data) as process:
        with pytest.raises(StoreHeld) as told:
            open_store(data, settings=Settings(wait=0.2))
        assert str(process.pid) in told.value.zh
        assert "writer" in told.value.en
        assert time.strftime("%Y-") in told.value.zh
    with open_store(data) as store:  # it was killed
        assert store.graph(graph_of(2)) == ordered(triples(2))


def test_a_second_writer_waits(data: Path) -> None:
    with holder(data) as process:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
        with open_store(data, settings=Settings(wait=20)) as store:
            assert store.graph(graph_of(2)) == ordered(triples(2))


def test_two_writers_in_one_process(data: Path) -> None:
    with open_store(data), pytest.raises(StoreHeld):
        open_store(data, settings=NOW)
    open_store(data, settings=NOW).close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="没有 fork / no fork here")
def test_a_child_does_not_keep_the_lock(data: Path) -> None:
    store = open_store(data)
    ready, done = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.write(ready[1], b"x")
        os.read(done[0], 1)
        os._exit(0)
    os.read(ready[0], 1)
    store.close()
    open_store(data, settings=NOW).close()
    os.write(done[1], b"x")
    os.waitpid(child, 0)
    for end in (*ready, *done):
        os.close(end)


def test_many_processes_make_one_store(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.store.writer", str(tmp_path / "data"), "apply"]
    writers = [subprocess.Popen([*command, str(first), "3"], stdout=subprocess.DEVNULL) for first in (0, 3, 6)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    with open_store(tmp_path / "data", read_only=True) as store:
        assert len(store.graphs()) == 10


# --- others read ------------------------------------------------------------------------------------------------


def test_a_reader_beside_a_writer(data: Path) -> None:
    with holder(data):
        deadline = time.monotonic() + 10
        while True:
            with open_store(data, read_only=True) as store:
                assert store.graph(graph_of(1)) == ordered(triples(1))
                if graph_of(2) in store.graphs():
                    break
            assert time.monotonic() < deadline, "what was acknowledged is shown soon"
            time.sleep(0.1)


def test_a_reader_keeps_what_it_opened(data: Path) -> None:
    with open_store(data) as writer, open_store(data, read_only=True) as reader:
        before = reader.graph(graph_of(1))
        for number in range(3):
            writer.apply(again(1, 3 + number))
            writer.optimize()
        assert reader.graph(graph_of(1)) == before
        writer.publish()
        with open_store(data, read_only=True) as later:
            assert later.graph(graph_of(1)) == ordered(triples(1, 5))
    with open_store(data) as writer:
        writer.apply(again(1))
    assert len([path for path in (data / "readable").iterdir() if path.is_dir()]) == 1


def test_openings_in_a_row_beside_a_busy_writer(data: Path) -> None:
    """Opened on the live folder, one in eleven failed."""
    command = [sys.executable, "-m", "tests.store.writer", str(data), "replace", "0", "1000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        writer.stdout.readline()
        for _ in range(40):
            with open_store(data, read_only=True) as store:
                assert store.graph(graph_of(1)) == ordered(triples(1))
            time.sleep(0.02)
        writer.kill()


def test_a_reader_takes_no_updates(data: Path) -> None:
    with open_store(data, read_only=True) as store:
        for change in (
            lambda: store.update("DROP ALL"),
            lambda: store.apply(new(2)),
            lambda: list(store.load([new(2)])),
            store.optimize,
        ):
            with pytest.raises(QueryError, match="只读"):
                change()
        assert store.count() > 0


# --- folders that are not as they should be -----------------------------------------------------------------------


def nothing(data: Path) -> None:
    shutil.rmtree(data)


def emptied(data: Path) -> None:
    shutil.rmtree(data)
    data.mkdir()


def other_files(data: Path) -> None:
    emptied(data)
    (data / "要点.docx").write_bytes(b"x")


def a_file(data: Path) -> None:
    shutil.rmtree(data)
    data.write_text("x")


def newer(data: Path) -> None:
    told = json.loads((data / MANIFEST).read_text("utf-8"))
    (data / MANIFEST).write_text(json.dumps(told | {"format": 99, "made_by": "9.0"}), "utf-8")


def garbled(data: Path) -> None:
    (data / MANIFEST).write_text("{", "utf-8")


def cut_short(data: Path) -> None:
    for path in data.rglob("*.sst"):
        path.write_bytes(b"x")


def unnamed(data: Path) -> None:
    for path in data.rglob("CURRENT"):
        path.write_text("MANIFEST-999\n")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (nothing, "还没有库"),
        (emptied, "还没有库"),
        (other_files, "不空"),
        (a_file, "文件"),
        (newer, "99"),
        (garbled, "不能读懂"),
        (cut_short, "损坏"),
        (unnamed, "损坏"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True], ids=["write", "read"])
def test_a_folder_that_is_no_good_store(data: Path, spoil: Callable[[Path], None], said: str, read_only: bool) -> None:
    spoil(data)
    before = tree(data)
    with pytest.raises(StoreError, match=said) as told:
        open_store(data, read_only=read_only, settings=NOW)
    assert told.value.en
    if spoil not in {cut_short, unnamed}:
        assert tree(data) == before


def tree(path: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in sorted(path.rglob("*")) if each.is_file()}


def test_files_of_others_are_left_alone(data: Path) -> None:
    other_files(data)
    with pytest.raises(StoreError, match="不空"):
        open_store(data, create=True)
    newer_data = data / "newer"
    with open_store(newer_data, create=True):
        pass
    newer(newer_data)
    before = tree(newer_data)
    with pytest.raises(StoreError, match="升级"):
        open_store(newer_data, create=True)
    assert tree(newer_data) == before


def test_a_store_made_for_another_base(tmp_path: Path) -> None:
    open_store(tmp_path / "data", create=True, settings=Settings(base_iri="https://example.org/id/")).close()
    with pytest.raises(StoreError, match=r"example\.org"):
        open_store(tmp_path / "data", settings=Settings(base_iri="https://example.com/id/"))
    open_store(tmp_path / "data").close()


def test_an_address_that_is_none() -> None:
    with pytest.raises(StoreError, match="ftp"):
        open_store("ftp://example.org/x")


as_nobody = pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="只有 root 能换用户 / only root can act as another user"
)


@as_nobody
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("open_store(where, read_only=True).count()", "42"),
        ("open_store(where)", "没有写这个文件夹的权限"),
        ("open_store(where + '/below', create=True)", "没有写这个文件夹的权限"),
    ],
    ids=["reading works", "writing is refused", "making is refused"],
)
def test_a_folder_that_may_only_be_read(statement: str, said: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        with open_store(f"{folder}/data", create=True) as store:
            store.apply(new(1))
        Path(folder).chmod(0o755)
        code = f"import os, sys\nfrom kg.store import open_store\nwhere = sys.argv[1]\nos.setuid(65534)\nprint({statement})"
        done = subprocess.run([sys.executable, "-c", code, f"{folder}/data"], capture_output=True, text=True, check=False)
    assert said in done.stdout + done.stderr


# --- a disk that is full ------------------------------------------------------------------------------------------

FULL = """
import sys
from kg.errors import StoreError
from kg.store import open_store
from tests.store.samples import new
store = open_store(sys.argv[1], create=True)
number = 0
try:
    while number < 3000:
        if sys.argv[2] == "load":
            number += len(list(store.load([new(n, 150) for n in range(number, number + 4)])))
        else:
            store.apply(new(number, 150)); number += 1
        print(number, flush=True)
except StoreError as error:
    print("ERROR", error, flush=True)
try:
    store.apply(new(9999))
except StoreError as error:
    print("AGAIN", error, flush=True)
"""


def limit_files() -> None:
    """No file may grow beyond 3 MB: the system refuses as it does on a full disk, with EFBIG for ENOSPC."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))


@pytest.mark.parametrize("how", ["apply", "load"])
def test_a_full_disk(tmp_path: Path, how: str) -> None:
    where = tmp_path / "data"
    command = [sys.executable, "-c", FULL, str(where), how]
    done = subprocess.run(command, preexec_fn=limit_files, capture_output=True, text=True, timeout=60, check=False)
    lines = done.stdout.splitlines()
    assert any(line.startswith("ERROR") and "磁盘已满" in line for line in lines), done.stdout + done.stderr
    acknowledged = max((int(line) for line in lines if line.isdigit()), default=0)
    with open_store(where) as store:  # there is room again
        assert [number for number in range(acknowledged) if store.graph(graph_of(number)) != ordered(triples(number, 150))] == []
        store.apply(new(9999))
        assert store.graph(graph_of(9999)) == ordered(triples(9999))


@as_nobody
def test_a_full_disk_of_its_own(tmp_path: Path) -> None:
    where = tmp_path / "small"
    where.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(where)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("不能挂载 tmpfs / a tmpfs cannot be mounted")
    try:
        done = subprocess.run(
            [sys.executable, "-c", FULL, str(where / "data"), "apply"], capture_output=True, text=True, timeout=60, check=False
        )
        lines = done.stdout.splitlines()
        assert any(line.startswith("ERROR") and "磁盘已满" in line for line in lines), done.stdout + done.stderr
        acknowledged = max(int(line) for line in lines if line.isdigit())
        subprocess.run(["mount", "-o", "remount,size=200m", str(where)], check=True)
        with open_store(where / "data") as store:
            assert all(store.graph(graph_of(number)) == ordered(triples(number, 150)) for number in range(acknowledged))
    finally:
        subprocess.run(["umount", str(where)], check=True)


# --- small things -------------------------------------------------------------------------------------------------


def test_an_update_with_a_function_that_is_none(data: Path) -> None:
    with open_store(data) as store:
        with pytest.raises(QueryError):
            store.select("SELECT (<urn:f>(1) AS ?x) {}")
        store.apply(new(2))  # a wrong question does no harm to the store
        assert store.select(f"SELECT ?n {{ ?n a <{ZP}Plan> }}")


def test_memory_is_a_store_of_its_own() -> None:
    with open_store("memory") as first, open_store("memory") as second:
        first.apply(new(1))
        assert second.graphs() == []
        first.apply(Parcel())
        assert first.kind == first.where == "memory"
