"""What the README shows is what the command gives."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import ROOMS, main
from kg.store import Store
from ontology import prefixes

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests/samples/documents"


def _shown() -> dict[str, object]:
    block = re.search(r"```json\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    assert block
    return dict(json.loads(block.group(1)))


def test_the_reading_in_the_readme_is_the_real_one() -> None:
    result = CliRunner().invoke(main, ["extract", str(SAMPLES / "district-2021.txt")])
    tasks = json.loads(result.stdout)["tasks"]
    shown = _shown()
    real = next(task for task in tasks if task["seq"] == shown["seq"])
    assert {key: real[key] for key in shown} == shown


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_commands_of_the_readme_run(readme: str, tmp_path: Path) -> None:
    commands = re.findall(r"^zhengpu extract (.*?)(?:\s+#.*)?$", (ROOT / readme).read_text("utf-8"), re.M)
    assert len(commands) == 2
    files = {
        "计划.docx": "city-2022.docx",
        "台账.xlsx": "city-2023-ledger.xlsx",
        "文件夹/": "county-2023.md",
        "计划.pdf": "province-2022.pdf",
    }
    for command in commands:
        words = [str(SAMPLES / files[word]) if word in files else word for word in command.split()]
        words = [str(tmp_path / word) if word == "readings/" else word for word in words]
        result = CliRunner().invoke(main, ["extract", *words])
        assert result.exit_code == 0, result.output


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_what_the_server_is_asked_by_curl_is_answered_so(sample_store: Store, readme: str) -> None:
    asked = re.search(r"--data-urlencode 'query=(.*?)'\n(.*?)```", (ROOT / readme).read_text("utf-8"), re.S)
    assert asked
    assert sample_store.query(asked.group(1), "csv", prefixes()).decode("utf-8").split() == asked.group(2).split()


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_what_the_server_is_asked_by_a_client_is_answered_so(sample_store: Store, readme: str) -> None:
    asked = re.search(r'setQuery\("""(.*?)"""\).*?((?:^# .*\n)+)```', (ROOT / readme).read_text("utf-8"), re.S | re.M)
    assert asked
    rows = sample_store.query(asked.group(1), "csv", prefixes()).decode("utf-8").splitlines()[1:]
    assert [f"# {tasks} {title}" for title, tasks in (row.rsplit(",", 1) for row in rows)] == asked.group(2).splitlines()


def test_the_answer_in_the_readme_is_the_real_one(sample_store: Store) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    query, shown = (re.search(rf"```{kind}\n(.*?)```", readme, re.S) for kind in ("sparql", "csv"))
    assert query
    assert shown
    answer = sample_store.query(query.group(1), "csv", prefixes()).decode("utf-8")
    assert answer.splitlines() == shown.group(1).splitlines()
    assert shown.group(0) in (ROOT / "README.zh-CN.md").read_text("utf-8")


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_command_of_the_readme_is_one(readme: str) -> None:
    named = set(re.findall(r"zhengpu ([a-z]+)", (ROOT / readme).read_text("utf-8")))
    assert named <= {name for names in ROOMS.values() for name in names}


def test_the_links_of_the_docs_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "README.zh-CN.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
