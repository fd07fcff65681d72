"""The commands around a store, as a user gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.plans import plan_text, write_plan

pytestmark = pytest.mark.usefixtures("sample_places")

NAMES = "SELECT ?name { ?task zp:responsibleUnit/skos:prefLabel ?name } ORDER BY ?name"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A folder that holds one plan."""
    folder = tmp_path / "store"
    ran = run("ingest", write_plan(tmp_path / "in" / "plan.txt"), "--store", folder)
    assert ran.exit_code == 0, ran.output
    return folder


def test_ingest_tells_what_was_stored_and_what_was_not(tmp_path: Path) -> None:
    write_plan(tmp_path / "in" / "plan.txt")
    (tmp_path / "in" / "broken.docx").write_bytes(b"no document")
    report = tmp_path / "report.jsonl"
    ran = run("ingest", tmp_path / "in", "--store", tmp_path / "store", "--report", report, "--jobs", 1)
    assert ran.exit_code == 0
    assert "入库 1 份（3 项任务" in ran.stderr
    assert "未入库 1 份" in ran.stderr
    assert "broken.docx" in ran.stderr
    told = {Path(line["file"]).name: line for line in map(json.loads, report.read_text("utf-8").splitlines())}
    assert told["broken.docx"]["error"]
    assert told["plan.txt"]["plans"][0]["tasks"] == 3


def test_ingest_fails_where_nothing_was_stored(tmp_path: Path) -> None:
    assert run("ingest", tmp_path / "missing.txt", "--store", tmp_path / "store").exit_code == 1


def test_query_as_a_table(store: Path) -> None:
    ran = run("query", NAMES, "--store", store)
    assert "澄湖区财政局" in ran.stdout
    assert "行 / rows" in ran.stdout


@pytest.mark.parametrize(("form", "begins"), [("csv", "name"), ("tsv", "?name"), ("json", '{"head"'), ("xml", "<?xml")])
def test_query_as_the_store_writes_it(form: str, begins: str, store: Path) -> None:
    ran = run("query", NAMES, "--store", store, "--format", form)
    assert ran.exit_code == 0, ran.output
    assert ran.stdout.startswith(begins)
    assert "澄湖区财政局" in ran.stdout


def test_query_from_a_file_and_with_prefixes_of_its_own(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_text("# 任务 SELECT ASK\nPREFIX zp: <https://w3id.org/zhengpu/ontology#>\nASK { ?t a zp:Task }\n", "utf-8")
    assert "是 / yes" in run("query", "--file", file, "--store", store).stdout


def test_construct_gives_turtle(store: Path) -> None:
    ran = run("query", "CONSTRUCT { ?t zp:text ?x } WHERE { ?t a zp:Task ; zp:text ?x }", "--store", store)
    assert "公开办事指南" in ran.stdout


def test_a_query_that_is_wrong_is_told_where(store: Path) -> None:
    ran = run("query", "SELECT ?x WHERE { ?x a }", "--store", store)
    assert ran.exit_code == 1
    assert "Traceback" not in ran.output
    assert "查询" in ran.stderr


def test_no_store_is_told_with_what_to_do(tmp_path: Path) -> None:
    for command in (["query", NAMES], ["check"], ["export"], ["documents"]):
        ran = run(*command, "--store", tmp_path / "nothing")
        assert ran.exit_code == 1
        assert "nothing" in ran.stderr, command


def test_check_lists_findings_with_their_places(store: Path, tmp_path: Path) -> None:
    run(
        "ingest",
        write_plan(
            tmp_path / "b.txt",
            plan_text(["按照《某某管理办法》公开信息。（责任单位：区财政局）"], title="2021年澄湖区财政工作要点", number="澄财〔2021〕1号"),
        ),
        "--store",
        store,
    )
    ran = run("check", "--store", store)
    assert ran.exit_code == 0
    assert "《某某管理办法》" in ran.stdout
    assert "b.txt 第14行" in ran.stdout
    findings = [json.loads(line) for line in run("check", "--store", store, "--format", "json").stdout.splitlines()]
    assert any(case["file"] == "b.txt" for one in findings for case in one["cases"])


def test_check_strict_fails_on_a_contradiction_only(store: Path, tmp_path: Path) -> None:
    assert run("check", "--strict", "--store", store).exit_code == 0
    run("ingest", write_plan(tmp_path / "other.txt", plan_text(title="2021年澄湖区优化营商环境工作要点")), "--store", store)
    assert run("check", "--strict", "--store", store).exit_code == 1


@pytest.mark.parametrize("form", ["trig", "ttl", "nq", "nt", "jsonld"])
def test_export_gives_the_same_bytes_twice(form: str, store: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{at}.{form}" for at in range(2)]
    for file in files:
        assert run("export", "--format", form, "--out", file, "--store", store).exit_code == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert "公开办事指南" in files[0].read_text("utf-8")


def test_jsonld_has_a_node_for_every_task(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonld"
    run("export", "--format", "jsonld", "--out", file, "--store", store)
    graphs = json.loads(file.read_text("utf-8"))["@graph"]
    nodes = [node for graph in graphs for node in graph["@graph"]]
    assert sum("Task" in str(node.get("type", node.get("@type"))) for node in nodes) == 3


def test_backup_and_restore(store: Path, tmp_path: Path) -> None:
    ran = run("backup", tmp_path / "copy", "--store", store)
    assert ran.exit_code == 0, ran.output
    assert run("backup", tmp_path / "copy", "--store", store).exit_code == 1  # not over an earlier one
    run("withdraw", "plan.txt", "--store", store)
    assert "澄湖区财政局" not in run("query", NAMES, "--store", store).stdout
    assert run("restore", tmp_path / "copy", "--store", store).exit_code == 1  # not over what is there
    assert run("restore", tmp_path / "copy", "--store", store, "--replace").exit_code == 0
    assert "澄湖区财政局" in run("query", NAMES, "--store", store).stdout


def test_withdraw_of_what_is_not_there(store: Path) -> None:
    ran = run("withdraw", "no-such.txt", "--store", store)
    assert ran.exit_code == 1
    assert "zhengpu documents" in ran.stderr
    assert "plan.txt" in run("documents", "--store", store).stdout


def test_imported_instruments_are_used_by_the_next_reading(store: Path, tmp_path: Path) -> None:
    plan = write_plan(
        tmp_path / "b.txt",
        plan_text(
            ["按照《云溪市政务公开办法》公开信息。（责任单位：区财政局）"], title="2021年澄湖区财政工作要点", number="澄财〔2021〕1号"
        ),
    )
    assert "登记册里没有“云溪市政务公开办法”" in run("ingest", plan, "--store", store).stderr
    table = tmp_path / "more.jsonl"
    rows = [
        {
            "title": "云溪市政务公开办法",
            "kind": "normative",
            "number": "云政发〔2020〕3号",
            "promulgated": "2020-03-01",
            "source": "云溪市政府网站",
        },
        {"title": ""},
    ]
    table.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    ran = run("registry", "import", table, "--store", store)
    assert ran.exit_code == 0, ran.output
    assert "新增 1 部" in ran.stdout
    assert "more.jsonl" in ran.stderr
    assert "登记册里没有“云溪市政务公开办法”" not in run("ingest", plan, "--store", store).stderr
    assert "云政发〔2020〕3号" in run("registry", "show", "云溪市", "--store", store).stdout


def test_the_registry_is_shown_by_title_and_number(tmp_path: Path) -> None:
    for words in ("政府信息公开条例", "国务院令第711号"):
        shown = run("registry", "show", words, "--store", tmp_path / "nothing").stdout
        assert "国务院令第492号" in shown
        assert "2019-04-03" in shown


def test_doctor_says_what_is_there_and_what_to_do_next(store: Path, tmp_path: Path) -> None:
    shown = run("doctor", "--store", store).stdout
    assert "1 份文件" in shown
    assert "zhengpu check" in shown
    assert "zhengpu demo" in run("doctor", "--store", tmp_path / "nothing").stdout


def test_the_demo_answers_from_the_samples(tmp_path: Path) -> None:
    ran = run("demo", "--store", tmp_path / "demo")
    assert ran.exit_code == 0, ran.output
    assert "澄湖区财政局" in ran.stdout
    assert "5 行 / rows" in ran.stdout
