"""What goes wrong around the commands: said in words that tell what to do, and nothing that was acknowledged is lost."""

from __future__ import annotations

import ast
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.ids import Ids
from kg.ingestion import ingest, list_stored
from kg.refresh import refresh
from kg.store import Store, open_store
from kg.store.folder import MANIFEST
from ontology import prefixes
from tests.conftest import PLACES
from tests.plans import ITEMS, plan_text, write_plan

ROOT = Path(__file__).parent.parent
COMMAND = (str(Path(sys.executable).parent / "zhengpu"),)
IDS = Ids()
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="只在 POSIX 上 / POSIX only")

pytestmark = pytest.mark.usefixtures("sample_places")


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


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A folder of files, and what a store holds that has read them in peace."""
    folder = tmp_path_factory.mktemp("many")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHENGPU_JURISDICTIONS", PLACES)
        return folder, undisturbed(plans(folder, 30))


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


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a plan; not to be changed."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHENGPU_JURISDICTIONS", PLACES)
        assert run("ingest", *plans(folder / "in", 1), "--store", folder / "data", "--quiet").exit_code == 0
    return folder / "data"


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    """The same, to be spoiled; the plan lies beside it."""
    shutil.copytree(kept.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


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


# --- folders, disks, versions -----------------------------------------------------------------------------------


AS_NOBODY = "import os\nfrom kg.cli import main\nos.setuid(65534)\nmain()"


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


# --- files that cannot be read, or written to -------------------------------------------------------------------

SPOILED = """
import os
import kg.pipeline
from kg.cli import main
read = kg.pipeline.read
def spoiled(path):
    if "dies" in path.name:
        os._exit(9)
    if "fault" in path.name:
        raise KeyError("x" * 5000)
    return read(path)
kg.pipeline.read = spoiled
if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize(("jobs", "bad"), [(2, {"1-dies.txt": "意外中止", "3-fault.txt": "内部错误"}), (1, {"3-fault.txt": "内部错误"})])
def test_a_file_that_kills_its_reader_costs_only_itself(jobs: int, bad: dict[str, str], tmp_path: Path) -> None:
    names = ["0.txt", *bad, "2.txt", "4.txt"]
    for at, path in enumerate(plans(tmp_path, len(names))):
        path.rename(write_plan(tmp_path / "in" / names[at]))
    (tmp_path / "in" / "5-broken.docx").write_bytes(b"PK\x03\x04 not a zip")
    (tmp_path / "spoiled.py").write_text(SPOILED, "utf-8")
    report = tmp_path / "report.jsonl"
    given = ("ingest", tmp_path / "in", "--store", tmp_path / "data", "--jobs", jobs, "--report", report)
    code, _, said = ended(start(*given, command=[sys.executable, str(tmp_path / "spoiled.py")]))
    assert code == 0
    assert "入库 3 份" in said
    errors = {Path(str(one["file"])).name: str(one["error"]) for one in reported(report) if one["error"]}
    assert set(errors) == {*bad, "5-broken.docx"}
    for name, word in bad.items():
        assert word in errors[name]
        assert len(errors[name]) < 500
    with open_store(tmp_path / "data", read_only=True) as store:
        check_whole(store, report)


@POSIX
@pytest.mark.parametrize("made", ["不能.jsonl/x", "report"])
def test_a_report_that_cannot_be_written(made: str, data: Path, tmp_path: Path) -> None:
    report = Path("/dev/full") if made == "report" else tmp_path / made
    ran = run("ingest", *plans(tmp_path / "in", 1), "--store", data, "--report", report, "--quiet")
    assert ran.exit_code == 1
    assert "请检查路径、权限和磁盘空间" in ran.stderr


@POSIX
def test_a_full_disk_under_what_is_exported(kept: Path) -> None:
    ran = run("export", "--store", kept, "--out", "/dev/full")
    assert ran.exit_code == 1
    assert "请检查路径、权限和磁盘空间" in ran.stderr


@POSIX
@pytest.mark.parametrize(
    "command", [("export",), ("query", "SELECT * { ?s ?p ?o } LIMIT 2000"), ("query", "SELECT * { ?s ?p ?o }", "--format", "csv")]
)
def test_a_pipe_that_is_closed(command: Sequence[str], kept: Path) -> None:
    with start(*command, "--store", kept) as process:
        assert process.stdout
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == ""


@POSIX
def test_a_name_in_another_encoding_is_no_traceback(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + "/计划.txt".encode("gb18030")
    Path(os.fsdecode(path)).write_text(plan_text(), "utf-8")
    _, _, said = ended(start("ingest", os.fsdecode(path), "--store", tmp_path / "data"))
    assert "份（" in said
    assert len(said) < 5000


# --- queries ----------------------------------------------------------------------------------------------------

REFUSED = {
    "empty": ("", "这里是空的"),
    "a comment": ("# SELECT", "这里是空的"),
    "no query": ("财政局", "这里是空的"),
    "some word": ("hello { ?s ?p ?o }", "这里是“HELLO”"),
    "an update": ("DROP ALL", "这是更新语句"),
    "LOAD": ("LOAD <http://127.0.0.1:1/x>", "这是更新语句"),
    "SERVICE": ("SELECT * { SERVICE <http://127.0.0.1:1/x> { ?s ?p ?o } }", "不能用 SERVICE"),
    "5,000 braces": ("SELECT * " + "{" * 5000 + "}" * 5000, "最多 50 层"),
    "20,000 sums": ("SELECT (1" + "+1" * 20_000 + " AS ?x) {}", "太复杂"),
    "2 MB": ("ASK { VALUES ?x {" + "1 " * 1_000_000 + "} }", "太长"),
    "a mistake": ("SELECT ?x { ?x a }", "第1行第19列"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_query_that_is_refused(text: str, said: str, kept: Path) -> None:
    ran = run("query", text, "--store", kept)
    assert ran.exit_code == 1
    assert said in ran.stderr
    assert len(ran.stderr) < 1000
    assert ran.stdout == ""


@pytest.mark.parametrize(
    ("content", "said"), [(b'SELECT * { ?s ?p "\xc2\xde" }', "UTF-8"), (None, "请检查路径")], ids=["not UTF-8", "not there"]
)
def test_a_file_with_no_query(content: bytes | None, said: str, kept: Path, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "q.rq").write_bytes(content)
    ran = run("query", "--file", tmp_path / "q.rq", "--store", kept)
    assert ran.exit_code == 1
    assert "q.rq" in ran.stderr
    assert said in ran.stderr


# --- registries and backups -------------------------------------------------------------------------------------

ROWS = (
    "title,kind,number,promulgated\n云溪市政务公开办法,normative,云政发〔2020〕3号,2020-03-01\n,normative,,\n办法,normative,,2020-13-45\n"
)


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("rows.csv", ROWS.encode(), 0, ("第3行", "第4行", "新增 1 部")),
        ("rows.csv", ROWS.encode("gb18030"), 0, ("第3行", "第4行", "新增 1 部")),
        ("empty.csv", b"", 1, ("empty.csv", "title")),
        ("noise.csv", bytes(range(256)) * 9, 1, ("noise.csv", "编码")),
        ("none.jsonl", b'{"title": \n[1]\n', 1, ("none.jsonl", "没有一行可用")),
        ("texts/readme.txt", b"x", 1, ("texts", "*.md")),
    ],
    ids=["wrong rows", "GB 18030", "empty", "noise", "no JSON", "no law texts"],
)
def test_a_registry_that_is_imported(name: str, content: bytes, code: int, said: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    data = tmp_path / "data"
    ran = run("registry", "import", tmp_path / Path(name).parts[0], "--store", data)
    assert ran.exit_code == code
    for word in said:
        assert word in ran.output
    assert data.exists() == (code == 0), "a store is made only for what can be read"


@pytest.mark.parametrize(
    ("name", "content"),
    [("copy.nq", b"hello\n"), ("copy.nq.gz", b"hello\n"), ("copy.nq", b"<a:a> <a:b> <a:c> <a:d> .\n<a:a> <a:b>\n"), ("copy/x", b"x")],
    ids=["text", "no gzip", "cut off", "a folder"],
)
def test_what_is_no_backup_is_not_restored(name: str, content: bytes, data: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    with open_store(data, read_only=True) as store:
        before = exported(store)
    ran = run("restore", tmp_path / Path(name).parts[0], "--store", data, "--replace")
    assert ran.exit_code == 1
    assert "copy" in ran.stderr
    with open_store(data, read_only=True) as store:
        assert exported(store) == before


def test_nothing_is_restored_into_memory(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("restore", data, "--store", "memory")
    assert (ran.exit_code, "请给出文件夹" in ran.stderr) == (1, True)
    assert not (tmp_path / "memory").exists()


# --- other systems ----------------------------------------------------------------------------------------------

TEXT_CALLS = {"open": 1, "read_text": 0, "write_text": 1}  # where the mode or the encoding stands


def _careless(path: Path) -> Iterator[int]:
    """The lines that open a file as text and do not say in which encoding."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        words = {word.arg for word in node.keywords}
        given = [one.value for one in node.args if isinstance(one, ast.Constant)]
        if (
            name == "open"
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value) in {"os", "gzip", "self.file", "self._opener", "tantivy.Index"}
        ):
            continue
        binary = any(isinstance(one, str) and "b" in one and set(one) <= set("rwab+") for one in given)
        if name in TEXT_CALLS and "encoding" not in words and not binary and "utf-8" not in given and "utf-8-sig" not in given:
            yield node.lineno


@pytest.mark.parametrize("package", ["kg", "ontology"])
def test_every_text_file_is_opened_in_a_named_encoding(package: str) -> None:
    """Windows would take its own."""
    assert [f"{path.relative_to(ROOT)}:{line}" for path in sorted((ROOT / package).rglob("*.py")) for line in _careless(path)] == []
