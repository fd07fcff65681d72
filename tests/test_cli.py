"""The command: what it prints, where it writes, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import ROOMS, main

PLAN = (
    "2031年青岩市政务公开工作要点\n\n一、公开信息\n（一）公开预算。（责任单位：市财政局）\n（二）公开决算。（市审计局牵头，各镇街配合）\n"
)


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["extract", "--jobs", "1", *map(str, arguments)])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    return path


def test_one_json_a_line(plan: Path) -> None:
    ran = _run(plan, plan)
    assert ran.exit_code == 0
    readings = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [reading["file"] for reading in readings] == ["plan.txt", "plan.txt"]
    assert [task["text"] for task in readings[0]["tasks"]] == ["公开预算。", "公开决算。"]


def test_every_span_counts_in_the_source_text(plan: Path) -> None:
    reading = json.loads(_run(plan).stdout)
    source = reading["source_text"]
    for task in reading["tasks"]:
        assert source[slice(*task["span"])] == task["text"]
        for unit in task["units"]:
            assert source[slice(*unit["span"])] == unit["name"]


def test_what_docs_format_promises(plan: Path) -> None:
    reading = json.loads(_run(plan).stdout)
    assert {"file", "source_text", "document", "tasks", "citations", "statements", "issues"} <= set(reading)
    assert {"title", "number", "issuer", "issued", "year", "jurisdiction", "kind"} <= set(reading["document"])
    task = reading["tasks"][0]
    assert {"seq", "form", "path", "text", "units", "deadlines", "citations", "measures", "span", "place"} <= set(task)
    assert {"name", "role", "group"} <= set(task["units"][0])


def test_a_folder_for_the_results(plan: Path, tmp_path: Path) -> None:
    ran = _run(plan, "--out", tmp_path / "deep" / "out")
    assert ran.exit_code == 0
    assert ran.stdout == ""
    assert json.loads((tmp_path / "deep/out/plan.json").read_text("utf-8"))["file"] == "plan.txt"


def test_a_table_for_eyes(plan: Path) -> None:
    ran = _run(plan, "--format", "table")
    assert ran.exit_code == 0
    for word in ("2031年青岩市政务公开工作要点", "市财政局", "牵头", "配合", "2 项任务"):
        assert word in ran.stdout


def test_the_summary_goes_beside_the_result(plan: Path) -> None:
    ran = _run(plan)
    assert "读出 1 份（2 项任务" in ran.stderr
    assert "1 read" in ran.stderr
    assert "读出" not in ran.stdout


def test_one_bad_file_does_not_stop_the_others(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    ran = _run(tmp_path / "empty.txt", plan)
    assert ran.exit_code == 0
    assert len(ran.stdout.splitlines()) == 1
    assert "empty.txt" in ran.stderr


def test_it_ends_with_1_where_nothing_was_read(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert _run(tmp_path / "empty.txt").exit_code == 1


def test_without_a_file_it_tells_how_it_is_called() -> None:
    ran = CliRunner().invoke(main, ["extract"])
    assert ran.exit_code == 2
    assert "Usage" in ran.stderr


@pytest.mark.parametrize("command", [[], ["extract"]])
def test_help_is_in_both_languages(command: list[str]) -> None:
    ran = CliRunner().invoke(main, [*command, "--help"])
    assert ran.exit_code == 0
    assert "读" in ran.stdout
    assert "read" in ran.stdout


def test_the_version() -> None:
    ran = CliRunner().invoke(main, ["--version"])
    assert ran.exit_code == 0
    assert version("zhengpu") in ran.stdout


def test_the_installed_command_writes_utf8_whatever_the_terminal_says(plan: Path) -> None:
    command = [str(Path(sys.executable).parent / "zhengpu"), "extract", str(plan)]
    done = subprocess.run(command, capture_output=True, env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, check=True)
    assert json.loads(done.stdout.decode("utf-8"))["tasks"][0]["text"] == "公开预算。"


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_number_of_processes_changes_nothing(jobs: int, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(4):
        (tmp_path / "in" / f"plan{number}.txt").write_text(PLAN.replace("预算", f"第{number}批预算"), "utf-8")
    ran = CliRunner().invoke(main, ["extract", "--jobs", str(jobs), str(tmp_path / "in")])
    readings = {reading["file"]: reading for reading in map(json.loads, ran.stdout.splitlines())}
    assert sorted(readings) == [f"plan{number}.txt" for number in range(4)]
    assert {name: reading["tasks"][0]["text"] for name, reading in readings.items()} == {
        f"plan{number}.txt": f"公开第{number}批预算。" for number in range(4)
    }


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_the_commands_that_are_told_of_it(room: str) -> None:
    assert tuple(command.name for command in import_module(f"kg.cli.{room}").COMMANDS) == ROOMS[room]


def test_a_command_loads_no_other() -> None:
    script = "import sys; from kg.cli import main; main(['token', '--help'], standalone_mode=False); assert 'kg.cli.ask' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_an_unknown_command_is_told() -> None:
    ran = CliRunner().invoke(main, ["nonsense"])
    assert ran.exit_code == 2
    assert "nonsense" in ran.stderr
