"""`zhengpu lineage` and `zhengpu diff` as a user gives them."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.changes import EVERYTHING
from kg.cli import main
from kg.ids import Ids
from kg.ingestion import ingest, open_ours
from kg.lineage import link
from tests.plans import plan_text, write_plan

pytestmark = pytest.mark.usefixtures("sample_places")
BEFORE = (
    "公开年度预算和决算，2021年9月底前完成。（责任单位：区财政局）",
    "每季度举办一次政府开放日，请居民走进机关。（责任单位：区政府办公室）",
)
AFTER = (
    "公开年度预算和决算，2022年8月底前完成。（责任单位：区财政局）",
    "公开义务教育招生办法<script>alert(1)</script>和学区划分，接受咨询。（责任单位：区教育局）",
)
PLANS = {
    "2021.txt": ("2021年澄湖区政务公开工作要点", "澄政办发〔2021〕8号"),
    "2022.txt": ("2022年澄湖区政务公开实施方案", "澄政办发〔2022〕9号"),
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plans of two years and their lineage."""
    folder = tmp_path_factory.mktemp("lineage")
    texts = [plan_text(items, title=title, number=number) for items, (title, number) in zip((BEFORE, AFTER), PLANS.values(), strict=True)]
    files = [write_plan(folder / "in" / name, text) for name, text in zip(PLANS, texts, strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHENGPU_JURISDICTIONS", str(Path(__file__).parents[1] / "samples/jurisdictions.csv"))
        ids = Ids.configured()
        with open_ours(str(folder / "store"), ids, create=True) as opened:
            assert [one.error for one in ingest(files, opened, ids, jobs=1) if one.error] == []
            link(opened, ids, EVERYTHING)
    return folder / "store"


def test_links_as_one_document(store: Path) -> None:
    (one,) = json.loads(run("lineage", "--store", store, "--format", "json").stdout)
    assert (one["relation"], one["band"], one["shape"]) == ("continues", "edited", "one")
    assert 0.5 < one["score"] <= 1
    assert one["parts"]
    assert [(one[end]["file"], one[end]["number"], one[end]["order"]) for end in "ab"] == [("2022.txt", "1", 1), ("2021.txt", "1", 1)]
    assert one["a"]["plan"] == "2022年澄湖区政务公开实施方案"
    assert one["b"]["text"].startswith("公开年度预算和决算")


@pytest.mark.parametrize(
    ("narrowed", "links"),
    [
        (("--plan", "2021.txt"), 1),
        (("--plan", "澄政办发[2022]9号"), 1),
        (("--task", "2022.txt#1"), 1),
        (("--task", "2022.txt#2"), 0),
        (("--relation", "continues"), 1),
        (("--relation", "adapts"), 0),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else str(given),
)
def test_links_of_a_plan_a_task_a_relation(narrowed: tuple[str, ...], links: int, store: Path) -> None:
    ran = run("lineage", *narrowed, "--store", store, "--format", "csv")
    assert ran.exit_code == 0, ran.output
    assert len(list(csv.DictReader(io.StringIO(ran.stdout)))) == links


def test_links_as_a_table(store: Path) -> None:
    ran = run("lineage", "--store", store)
    assert "延续" in ran.stdout
    assert "1 条 / links" in ran.stdout


def test_changes(store: Path) -> None:
    (one,) = json.loads(run("lineage", "--changes", "--store", store, "--format", "json").stdout)
    assert (one["basis"], one["years_apart"]) == ("series", 1)
    assert [len(one[name]) for name in ("carried_on", "reworded", "new", "dropped")] == [0, 1, 1, 1]
    told = run("lineage", "--changes", "--store", store).stdout
    assert "照录 0，改动 1，新增 1，未再提 1" in told
    rows = list(csv.DictReader(io.StringIO(run("lineage", "--changes", "--store", store, "--format", "csv").stdout)))
    assert [row["change"] for row in rows] == ["reworded", "new", "dropped"]


def test_two_tasks_word_by_word(store: Path) -> None:
    ran = run("diff", "2021.txt#1", "2022.txt#1", "--store", store)
    assert re.search(r"\[-2021.*-\].*\{\+2022.*\+\}", ran.stdout)
    told = json.loads(run("diff", "2021.txt#1", "2022.txt#1", "--store", store, "--format", "json").stdout)
    assert "".join(piece["before"] for piece in told["pieces"]) == told["a"]["text"]
    assert "".join(piece["after"] for piece in told["pieces"]) == told["b"]["text"]


@pytest.mark.parametrize("names", [("2021.txt", "2022.txt"), ("澄政办发〔2022〕9号", "2021年澄湖区政务公开工作要点")], ids="-".join)
def test_two_plans_word_by_word(names: tuple[str, str], store: Path) -> None:
    told = json.loads(run("diff", *names, "--store", store, "--format", "json").stdout)
    assert [len(told[name]) for name in ("pairs", "only_a", "only_b")] == [1, 1, 1]
    assert told["compared_before"] is True
    assert "对应 1 对，只在前者 1 项，只在后者 1 项" in run("diff", *names, "--store", store).stdout


class _Page(HTMLParser):
    """The tags of a page, and what they would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [value or "" for name, value in attrs if name in {"src", "href"}]


def test_a_page_opens_alone_and_runs_nothing(store: Path, tmp_path: Path) -> None:
    ran = run("diff", "2021.txt", "2022.txt", "--store", store, "--format", "html", "--out", tmp_path / "diff.html")
    assert ran.exit_code == 0, ran.output
    text = (tmp_path / "diff.html").read_text("utf-8")
    page = _Page(text)
    assert page.loads == []
    assert "script" not in page.tags
    assert "&lt;script&gt;" in text
    assert {"del", "ins", "table"} <= set(page.tags)


WRONG = {
    "a plan that is not there": (("diff", "2021.txt", "2020.txt"), 1, "zhengpu query plans"),
    "a task that is not there": (("diff", "2021.txt#1", "2022.txt#9"), 1, "zhengpu query tasks-of-plan"),
    "a task and a plan": (("diff", "2021.txt#1", "2022.txt"), 1, "一个是任务一个是计划"),
    "text to a file": (("diff", "2021.txt", "2022.txt", "--out", "/nowhere/x"), 2, "--format"),
    "changes of a task": (("lineage", "--changes", "--task", "2021.txt#1"), 2, "--task"),
    "no such relation": (("lineage", "--relation", "copies"), 2, "continues"),
}


@pytest.mark.parametrize(("words", "code", "says"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told(words: tuple[str, ...], code: int, says: str, store: Path) -> None:
    ran = run(*words, "--store", store)
    assert ran.exit_code == code
    assert says in ran.stderr
