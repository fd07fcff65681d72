"""What follows from what was read: the same whether it is worked out at once or change by change, in whatever order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from kg.changes import EVERYTHING, Changes
from kg.counts import count
from kg.derive import derive
from kg.ids import Ids
from kg.ingestion import find_stored, ingest, list_stored, withdraw
from kg.store import Store, open_store
from kg.store.rows import select_strings
from tests.plans import plan_text

pytestmark = pytest.mark.usefixtures("sample_places")
IDS = Ids.configured()
PARTS: dict[str, Callable[[Store, Ids, Changes], int]] = {"rules": derive, "counts": count}

FINANCE = "公开预算。（责任单位：区财政局）"
ALL = "公开年度报告。（责任单位：区政府各部门）"
TOWNS = "公开办事指南，本方案印发之日起20个工作日内完成。（牵头单位：区民政局；配合单位：各镇（街道））"
UPPER = "落实《2021年云溪市政务公开工作要点》（云政办发〔2021〕3号）。（责任单位：区教育局）"
OLD_LAW = "按照《政府信息公开条例》（国务院令第492号）公开。（责任单位：湖滨街道办事处）"
LOWER = "督促落实。（责任单位：各县（市、区）人民政府、市财政局）"

TITLE = "2021年澄湖区政务公开{}"
DOCUMENTS = {
    "a": plan_text([FINANCE, ALL, UPPER], title=TITLE.format("工作要点")),
    "b": plan_text([TOWNS, OLD_LAW, ALL, "公开。"], title=TITLE.format("实施方案"), number="澄政办发〔2021〕9号"),
    "b again": plan_text(
        [TOWNS, FINANCE, "公开预算。（责任单位：某某某某局）"], title=TITLE.format("实施方案"), number="澄政办发〔2021〕9号"
    ),
    "c": plan_text([LOWER], title="2021年云溪市政务公开工作要点", number="云政办发〔2021〕3号", issuer="云溪市人民政府办公室"),
    "a twin": plan_text([FINANCE, ALL, UPPER], title=TITLE.format("工作要点")) + "\n",
    "d": plan_text(
        ["做好工作。（责任单位：澄湖区人民政府、湖滨街道办事处）"], title="2022年云溪市政务公开工作要点", number="云政办发〔2022〕3号"
    ),
}
FILES = {"b again": "b"}  # the same file name: it takes the place of the other

ORDERS = {
    "one after another": ["a", "b", "c", "d"],
    "the upper plan first": ["c", "a", "d", "b"],
    "an edition of the same file": ["b", "a", "b again", "c"],
    "two sources, one of which goes": ["a", "a twin", "b", "-a", "c"],
    "everything goes but one": ["a", "b", "c", "d", "-a", "-c", "-b"],
    "the group goes, the units stay": ["d", "b", "a", "-b", "-a", "b"],
    "the upper plan goes and comes": ["a", "c", "-c", "c"],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_change_by_change_gives_what_a_whole_run_gives(order: Sequence[str], tmp_path: Path) -> None:
    with open_store("memory") as store:
        for step in order:
            changes = _change(store, step, tmp_path)
            for part in PARTS.values():
                part(store, IDS, changes)
            by_changes = {name: _lines(store, name) for name in PARTS}
            for name, part in PARTS.items():
                part(store, IDS, EVERYTHING)
                assert by_changes[name] == _lines(store, name), f"{name} after {step}"
        assert by_changes["counts"]


def _change(store: Store, step: str, folder: Path) -> Changes:
    """Do one step; what it changed."""
    before = _plans(store)
    path = folder / f"{FILES.get(step, step).removeprefix('-')}.txt"
    if step.startswith("-"):
        withdraw(store, IDS, find_stored(store, IDS, path.name))
    else:
        path.write_text(DOCUMENTS[step], "utf-8")
        assert [one.error for one in ingest([path], store, IDS, jobs=1)] == [""]
    after = _plans(store)
    new, gone = after.keys() - before.keys(), before.keys() - after.keys()
    plans = {plan for graph in new for plan in after[graph]} | {plan for graph in gone for plan in before[graph]}
    return Changes(graphs=frozenset(new), gone=frozenset(gone), plans=frozenset(plans))


def _plans(store: Store) -> dict[str, set[str]]:
    """The plans of each document graph."""
    query = "PREFIX zp: <https://w3id.org/zhengpu/ontology#> SELECT DISTINCT ?graph ?plan { ?graph zp:graphOf ?plan }"
    rows = list(select_strings(store, query))
    return {one.graph: {row["plan"] for row in rows if row["graph"] == one.graph} for one in list_stored(store, IDS)}


def _lines(store: Store, name: str) -> list[str]:
    return sorted(store.graph(IDS.graph(name)).decode("utf-8").splitlines())


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Store]:
    with open_store("memory") as store:
        for step in ("a", "b", "c"):
            _change(store, step, tmp_path)
        yield store


def _ask(store: Store, pattern: str) -> list[dict[str, str]]:
    prefixes = "PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    return list(select_strings(store, f"{prefixes} SELECT DISTINCT * {{ {pattern} }}"))


def test_working_twice_changes_nothing(stored: Store) -> None:
    for name, part in PARTS.items():
        part(stored, IDS, EVERYTHING)
        first = _lines(stored, name)
        part(stored, IDS, Changes(graphs=frozenset(_plans(stored)), plans=frozenset(set().union(*_plans(stored).values()))))
        assert _lines(stored, name) == first


def test_nothing_changed_nothing_done(stored: Store) -> None:
    for part in PARTS.values():
        assert part(stored, IDS, Changes()) == 0


def test_the_day_that_a_deadline_gives_once_the_plan_has_its_date(stored: Store) -> None:
    derive(stored, IDS)
    (row,) = _ask(
        stored, "?task zp:reckonedDue ?due ; zp:reckonedMonth ?month ; zp:hasDeadline ?d . ?d zp:reckonedDate ?day ; zp:reckonedFrom ?from"
    )
    # 6 May 2021 is a Thursday, 8 May a Saturday that is worked
    assert (row["due"], row["day"], row["from"], row["month"]) == ("2021-06-02", "2021-06-02", "2021-05-06", "2021-06")


def test_a_department_is_bound_through_its_group_and_a_town_through_its_own(stored: Store) -> None:
    derive(stored, IDS)
    bound = {(row["name"], row["group"]) for row in _ask(stored, "?u zp:obligedThrough/skos:prefLabel ?group ; skos:prefLabel ?name")}
    assert ("澄湖区财政局", "区政府各部门") in {(name, group.removeprefix("澄湖")) for name, group in bound}
    assert not any("街道办事处" in name and "部门" in group for name, group in bound)


def test_a_plan_that_two_documents_print_counts_once(tmp_path: Path) -> None:
    with open_store("memory") as store:
        for step in ("a", "a twin"):
            _change(store, step, tmp_path)
        count(store, IDS)
        (row,) = _ask(store, "?c zp:planTotalsOf ?plan ; zp:tasks ?tasks ; zp:plans ?plans")
        assert (row["tasks"], row["plans"]) == ("3", "1")
        totals = {row["name"]: row["n"] for row in _ask(store, "?c zp:allDutiesOf ?u ; zp:tasks ?n . ?u skos:prefLabel ?name")}
        assert set(totals.values()) == {"1"}
