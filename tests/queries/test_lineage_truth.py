"""Lineage in the store against what is known of the samples: which links it lacks, what it has too many, how clean its threads are."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import pytest

from kg.ids import Ids
from kg.lineage.listing import Compared, list_changes, list_links
from kg.store import Store
from kg.store.rows import select_strings
from tests.queries.test_truth import TRUTH, ask

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="the .doc among the samples cannot be read here"
)
AXES = {"continues": "year", "adapts": "level", "breaksDown": "ledger"}
Fact = dict[str, Any]


@cache
def truth() -> dict[str, Any]:
    return json.loads((TRUTH / "lineage.json").read_text("utf-8"))  # type: ignore[no-any-return]


@cache
def matters() -> dict[tuple[str, str], frozenset[str]]:
    """The matters of each task, by its file and its wording."""
    entries = {entry["id"]: entry for entry in truth()["tasks"]}
    return {
        (entries[task["id"]]["document"], letters(task["text"])): frozenset(entries[task["id"]]["matters"])
        for path in TRUTH.glob("*-20*.json")
        for task in json.loads(path.read_text("utf-8"))["tasks"]
    }


@cache
def wordings() -> dict[str, tuple[str, str]]:
    """The file and the wording of each task of the truth."""
    documents = {entry["id"]: entry["document"] for entry in truth()["tasks"]}
    tasks = (task for path in TRUTH.glob("*-20*.json") for task in json.loads(path.read_text("utf-8"))["tasks"])
    return {task["id"]: (documents[task["id"]], letters(task["text"])) for task in tasks}


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.fixture(scope="module")
def linked(sample_store: Store) -> set[tuple[tuple[str, str], tuple[str, str], str]]:
    """The links of the store: both tasks by file and wording, and the axis; none between siblings, of which the truth says nothing."""
    links = list_links(sample_store, Ids.configured())
    return {
        ((one.a.file, letters(one.a.text)), (one.b.file, letters(one.b.text)), AXES[one.relation]) for one in links if one.relation in AXES
    }


def lacking(linked: set[tuple[tuple[str, str], tuple[str, str], str]]) -> Counter[str]:
    told = wordings()
    return Counter(link["relation"] for link in truth()["links"] if (told[link["from"]], told[link["to"]], link["axis"]) not in linked)


def test_links_in_the_same_or_edited_words_are_there(linked: set[tuple[tuple[str, str], tuple[str, str], str]]) -> None:
    missed, all_ = lacking(linked), Counter(link["relation"] for link in truth()["links"])
    assert missed["verbatim"] + missed["edited"] <= 0.01 * (all_["verbatim"] + all_["edited"]), missed
    assert missed["rewritten"] <= 0.15 * all_["rewritten"], missed


def test_links_join_tasks_on_one_matter(linked: set[tuple[tuple[str, str], tuple[str, str], str]]) -> None:
    known = matters()
    wrong = [one for one in linked if known.get(one[0]) and known.get(one[1]) and not known[one[0]] & known[one[1]]]
    assert len(wrong) <= 0.05 * len(linked)


def test_the_pairs_that_are_known_are_compared_and_no_others(sample_store: Store) -> None:
    compared = {(one.a.file, one.b.file, AXES[one.relation]) for one in _changes(sample_store) if one.relation in AXES}
    documents = {entry["id"]: entry["document"] for entry in truth()["tasks"]}
    assert compared == {(documents[link["from"]], documents[link["to"]], link["axis"]) for link in truth()["links"]}


def test_what_is_new_and_what_was_dropped(sample_store: Store) -> None:
    """Of two plans that are each alone in their file; where one file holds two, the truth counts them as one."""
    told = wordings()
    found = {(one.a.file, one.b.file): one for one in _changes(sample_store) if one.relation in {"continues", "adapts"}}
    ends = Counter(file for one in found for file in one)
    right = wrong = 0
    for change in truth()["changes"]:
        pair = change["from"], change["to"]
        if "district-2022.txt" in pair or not ends[pair[0]]:
            continue
        one = found[pair]
        for name, sides in (("new", one.new), ("dropped", one.dropped)):
            known, seen = {told[task][1] for task in change[name]}, {letters(side.text) for side in sides}
            right, wrong = right + len(known & seen), wrong + len(known ^ seen)
    assert wrong <= 0.25 * right


def _changes(store: Store) -> list[Compared]:
    return list_changes(store, Ids.configured())


def test_threads_are_of_one_matter_and_hold_all_of_it(sample_store: Store) -> None:
    """Purity: the share of tasks on the matter of most in their thread. Completeness: of each matter, the share in its fullest thread."""
    known = matters()
    asked = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> SELECT DISTINCT ?thread ?task ?text ?file {
      ?task zp:inThread ?thread ; zp:text ?text ; zp:inPlan/zp:sourceDocument/zp:fileName ?file }"""
    threads: dict[str, list[frozenset[str]]] = defaultdict(list)
    for row in select_strings(sample_store, asked):
        threads[row["thread"]].append(known.get((row["file"], letters(row["text"])), frozenset()))
    most = {thread: Counter(matter for one in tasks for matter in one) for thread, tasks in threads.items()}
    purity = sum(max(each.values(), default=0) for each in most.values()) / sum(len(tasks) for tasks in threads.values())
    every = Counter(matter for entry in truth()["tasks"] for matter in entry["matters"])
    completeness = sum(max(each[matter] for each in most.values()) for matter in every) / every.total()
    assert purity >= 0.95
    assert completeness >= 0.9


def test_a_line_goes_up_and_down(sample_store: Store) -> None:
    rows = ask(sample_store, "lineage-of-task", task="云政办发〔2022〕12号#1")
    assert {row["way"] for row in rows} >= {"up", "down"}
    assert {row["plan_year"] for row in rows if row["way"] == "up"} <= {"2021", "2022"}
