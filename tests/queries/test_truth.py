"""Stock queries against what is known of the samples independently: the truth files, counted here in plain Python."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.store import Parcel, Store, open_store
from queries import resolve_name, run
from tests.evaluation import CORPORA

TRUTH = Path(str(CORPORA["samples"].documents)).parent / "truth"
PLACES = {"province": "东陵省", "city": "云溪市", "district": "澄湖区", "county": "青岚县"}
YEARS = (2021, 2022, 2023, 2024)
ROLES = ("lead", "responsible", "support")
UNITS = (
    ("district", "区财政局"),
    ("district", "区教育和体育局"),
    ("district", "区民政局"),
    ("city", "市财政局"),
    ("city", "市教育局"),
    ("province", "省财政厅"),
    ("province", "省民政厅"),
)
CASES = [(level, year) for level in ("province", "city", "district") for year in YEARS]  # the county's first is a .doc
Task = dict[str, Any]


@cache
def tasks(level: str, year: int) -> list[Task]:
    """The tasks of one place and year, of all its files."""
    return [task for path in sorted(TRUTH.glob(f"{level}-{year}*.json")) for task in json.loads(path.read_text("utf-8"))["tasks"]]


@cache
def statements(level: str, year: int) -> list[Task]:
    return [one for path in sorted(TRUTH.glob(f"{level}-{year}*.json")) for one in json.loads(path.read_text("utf-8"))["statements"]]


def ask(store: Store, name: str, **values: object) -> list[dict[str, str]]:
    answer = json.loads(run(store, name, {key: str(value) for key, value in values.items()}, "json"))
    return [{key: cell["value"] for key, cell in row.items()} for row in answer["results"]["bindings"]]


@pytest.mark.parametrize(("level", "unit"), UNITS)
def test_the_load_of_a_unit(level: str, unit: str, sample_store: Store) -> None:
    rows = {int(row["plan_year"]): row for row in ask(sample_store, "load-of-unit", unit=unit, place=PLACES[level])}
    for year in YEARS:
        owed = Counter(each["role"] for task in tasks(level, year) for each in task["units"] if each["name"] == unit)
        told = {role: int(rows[year][role]) if year in rows else 0 for role in ROLES}
        assert told == {role: owed[role] for role in ROLES}, year


@pytest.mark.parametrize(("level", "unit"), UNITS)
@pytest.mark.parametrize("year", YEARS)
def test_the_tasks_of_a_unit_are_those_that_name_it(level: str, unit: str, year: int, sample_store: Store) -> None:
    rows = ask(sample_store, "tasks-of-unit", unit=unit, place=PLACES[level], plan_year=year)
    told = sorted((words(row["text"]), row["role"].rpartition("/")[2]) for row in rows if "through" not in row)
    known = sorted((words(task["text"]), each["role"]) for task in tasks(level, year) for each in task["units"] if each["name"] == unit)
    assert told == known


def words(text: str) -> str:
    """The text without what a layout may change."""
    return re.sub(r"[\s，,。.；;：:（()）]", "", text)


@pytest.mark.parametrize(("level", "year"), CASES)
def test_the_tasks_that_a_group_passes_on(level: str, year: int, sample_store: Store) -> None:
    if level == "province":
        group, unit = "省政府各部门", "省财政厅"
    else:
        group, unit = ("市政府各部门", "市财政局") if level == "city" else ("区政府各部门", "区财政局")
    known = sum(any(each["name"] == group for each in task["units"]) for task in tasks(level, year))
    rows = ask(sample_store, "tasks-of-unit", unit=unit, place=PLACES[level], plan_year=year)
    assert sum(row.get("printed") == group and "through" in row for row in rows) == known


@pytest.mark.parametrize(("level", "year"), CASES)
def test_tasks_without_a_deadline(level: str, year: int, sample_store: Store) -> None:
    known = sum(not task["deadlines"] for task in tasks(level, year))
    assert len(ask(sample_store, "tasks-without-deadline", place=PLACES[level], plan_year=year)) == known


@pytest.mark.parametrize(("level", "year"), CASES)
@pytest.mark.parametrize(
    ("query", "kind"), [("relative-deadlines", "relative"), ("standing-duties", "standing"), ("recurring-duties", "recurring")]
)
def test_deadlines_of_a_kind(query: str, kind: str, level: str, year: int, sample_store: Store) -> None:
    # one deadline may stand in a task twice, in a cell and in the text, and the words differ: what it says counts
    every = [*tasks(level, year), *statements(level, year)]
    known = {
        (words(task["text"]), str(each.get("amount", "")), each.get("unit", ""), each.get("period", ""))
        for task in every
        for each in task["deadlines"]
        if each["kind"] == kind
    }
    told = {
        (words(row["text"]), row.get("amount", ""), *(row.get(name, "").rpartition("/")[2] for name in ("unit", "period")))
        for row in ask(sample_store, query, place=PLACES[level], plan_year=year)
    }
    assert told == known


@pytest.mark.parametrize(("level", "year"), CASES)
def test_what_is_due_in_a_window(level: str, year: int, sample_store: Store) -> None:
    first, last = f"{year}-07-01", f"{year}-09-30"
    every = [*tasks(level, year), *statements(level, year)]
    known = sum(len({each["date"] for each in task["deadlines"] if first <= each.get("date", "") <= last}) for task in every)
    rows = ask(sample_store, "due-between", **{"from": first, "to": last}, place=PLACES[level])
    assert len([row for row in rows if row["plan_year"] == str(year) and row["reckoned"] == "false"]) == known


@pytest.mark.parametrize(("level", "year"), CASES)
def test_what_is_overdue_on_a_day(level: str, year: int, sample_store: Store) -> None:
    every = [*tasks(level, year), *statements(level, year)]
    known = sum(len({each["date"] for each in task["deadlines"] if "" < each.get("date", "") < f"{year}-09-01"}) for task in every)
    rows = ask(sample_store, "overdue", day=f"{year}-09-01", place=PLACES[level], plan_year=year)
    assert len([row for row in rows if row["reckoned"] == "false"]) == known


@pytest.mark.parametrize("title", ["政府信息公开条例", "优化营商环境条例", "预算法", "保障农民工工资支付条例"])
def test_the_tasks_that_cite(title: str, sample_store: Store) -> None:
    rows = ask(sample_store, "tasks-citing", instrument=title)
    told = Counter(
        (row["place_label"], int(row["plan_year"])) for row in {row["task"]: row for row in rows if "/task/" in row["task"]}.values()
    )
    known = Counter(
        (PLACES[level], year)
        for level, year in CASES
        for task in tasks(level, year)
        if any(str(each.get("short_for") or each["title"]).endswith(title) for each in task["citations"])
    )
    assert {key: count for key, count in told.items() if key[0] != PLACES["county"]} == dict(known)


def test_numbering_gaps_are_those_that_were_printed(sample_store: Store) -> None:
    assert {(row["file"], row["expected"]) for row in ask(sample_store, "numbering-gaps") if not row["file"].endswith(".doc")} == {
        ("district-2021.txt", "23"),
        ("county-2023.md", "31"),
    }


@pytest.mark.parametrize(
    ("states", "quote"),
    [("number", "澄政办发〔2021〕20号"), ("date_document", "2021年5月28日"), ("planYear", "澄湖区2021年政务公开实施方案")],
)
def test_why_a_plan_is_said_to_have_its_number_date_and_year(states: str, quote: str, sample_store: Store) -> None:
    (plan,) = resolve_name(sample_store, "plan", "澄湖区2021年政务公开实施方案")
    rows = ask(sample_store, "why", fact=plan.iri)
    (row,) = [row for row in rows if re.split("[/#]", row.get("states", ""))[-1] == states]
    assert row["quote"] == quote
    assert row["file"] == "district-2021.txt"
    assert row["version"]
    assert int(row["end"]) - int(row["start"]) == len(quote)


def test_a_task_whose_units_are_gone_is_without_a_unit(sample_store: Store) -> None:
    (plan,) = resolve_name(sample_store, "plan", "澄湖区2021年政务公开实施方案")
    lost = re.compile(rb"<" + re.escape(plan.iri.encode()) + rb"/task/4(/assignment/[^>]*)?> <[^>]*(had_\w+_organization|\w+Unit|#unit)> ")
    with open_store("memory") as store:
        for graph in sample_store.graphs():
            lines = sample_store.graph(graph).splitlines(keepends=True)
            store.apply(Parcel(add={graph: b"".join(line for line in lines if not lost.match(line))}))
        (row,) = ask(store, "tasks-without-unit")
    assert row["number"] == "4"
    assert "区财政局" in row["printed"].split("、")
