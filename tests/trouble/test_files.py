"""Files, queries, registries and backups that cannot be read or written; other systems."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kg.store import open_store
from tests.plans import plan_text, write_plan
from tests.trouble.commands import (
    POSIX,
    ROOT,
    check_whole,
    ended,
    exported,
    plans,
    reported,
    run,
    start,
)

pytestmark = pytest.mark.usefixtures("sample_places")


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
