"""Lineage in a store: the same graph in whatever order the documents come and go, and only what they touch compared anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count, permutations
from pathlib import Path

import pytest

from kg.changes import EVERYTHING, Changes
from kg.derive import derive
from kg.ids import Ids
from kg.ingestion import find_stored, ingest, withdraw
from kg.lineage import link
from kg.lineage import linking as module
from kg.store import Store, open_store
from kg.store.rows import select_strings
from ontology.gate import Gate
from tests.plans import plan_text, write_plan

pytestmark = pytest.mark.usefixtures("sample_places")
IDS = Ids()
GRAPH = IDS.graph("lineage")
BUDGET = "公开年度预算和决算，说明“三公”经费增减原因，{year}年9月底前完成。（责任单位：{level}财政局）"
GUIDES = "逐项公开办事指南，材料名称、份数和样表一次写清楚，办不成的事说明原因。（责任单位：{level}行政审批服务局）"
LETTERS = "领导信箱来信逐件登记、逐件回音，收到后7个工作日内办结并公开答复。（责任单位：{level}政府办公室）"
SCHOOLS = "6月底前公开义务教育招生办法、学区划分和咨询电话，录取结果张榜公布。（责任单位：{level}教育局）"
WATER = "每月公开饮用水水源地水质监测结果，超标的同时公布处置办法。（责任单位：{level}生态环境局）"
FILES = {  # place, year: what its plan asks
    "city-2021": ("云溪市", "云政办发〔2021〕15号", (BUDGET, GUIDES, LETTERS, WATER)),
    "city-2022": ("云溪市", "云政办发〔2022〕12号", (BUDGET, LETTERS, SCHOOLS, WATER)),
    "district-2021": ("澄湖区", "澄政办发〔2021〕20号", (BUDGET, GUIDES, LETTERS)),
    "district-2022": ("澄湖区", "澄政办发〔2022〕18号", (BUDGET, GUIDES, SCHOOLS)),
    "county-2022": ("青岚县", "岚政办发〔2022〕15号", (BUDGET, SCHOOLS, WATER)),
}
ORDERS = [("city-2021", "district-2021"), *list(permutations(FILES))[::29]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plans as files."""
    into = tmp_path_factory.mktemp("plans")
    for name, (place, number, items) in FILES.items():
        year = name[-4:]
        asked = [item.format(year=year, level=place[-1]) for item in items]
        text = plan_text(asked, title=f"{place}{year}年政务公开工作要点", number=number, issuer=f"{place}人民政府办公室")
        write_plan(into / f"{name}.txt", text)
    return into


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("memory") as opened:
        yield opened


def add(store: Store, folder: Path, *names: str) -> Changes:
    """Store these, and what changed by that."""
    outcomes = list(ingest([folder / f"{name}.txt" for name in names], store, IDS, jobs=1))
    assert [one.error for one in outcomes if one.error] == []
    graphs = frozenset(stored.graph for name in names for stored in find_stored(store, IDS, f"{name}.txt"))
    derive(store, IDS, EVERYTHING)
    return Changes(graphs=graphs, plans=_plans(store, graphs))


def remove(store: Store, name: str) -> Changes:
    found = find_stored(store, IDS, f"{name}.txt")
    graphs = frozenset(one.graph for one in found)
    changes = Changes(gone=graphs, plans=_plans(store, graphs))
    withdraw(store, IDS, found)
    derive(store, IDS, EVERYTHING)
    return changes


def _plans(store: Store, graphs: frozenset[str]) -> frozenset[str]:
    asked = "PREFIX zp: <https://w3id.org/zhengpu/ontology#> SELECT ?graph ?plan { GRAPH ?any { ?graph zp:graphOf ?plan } }"
    return frozenset(row["plan"] for row in select_strings(store, asked) if row["graph"] in graphs)


def at_once(folder: Path, names: Sequence[str]) -> bytes:
    """The graph of lineage of these, all worked out in one run."""
    with open_store("memory") as store:
        add(store, folder, *names)
        link(store, IDS, EVERYTHING)
        return store.graph(GRAPH)


@pytest.fixture(scope="module")
def whole(folder: Path) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHENGPU_JURISDICTIONS", str(Path(__file__).parents[1] / "samples/jurisdictions.csv"))
        return at_once(folder, list(FILES))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_one_by_one_gives_what_all_at_once_gives(order: Sequence[str], folder: Path, store: Store, whole: bytes) -> None:
    for name in order:
        link(store, IDS, add(store, folder, name))
    assert store.graph(GRAPH) == (whole if len(order) == len(FILES) else at_once(folder, order))


@pytest.mark.parametrize("name", FILES)
def test_a_plan_that_is_withdrawn_takes_its_links_along(name: str, folder: Path, store: Store) -> None:
    add(store, folder, *FILES)
    link(store, IDS, EVERYTHING)
    link(store, IDS, remove(store, name))
    assert store.graph(GRAPH) == at_once(folder, [each for each in FILES if each != name])


def test_a_plan_that_comes_again_and_nothing_at_all_change_nothing(folder: Path, store: Store, whole: bytes) -> None:
    changes = add(store, folder, *FILES)
    link(store, IDS, EVERYTHING)
    assert store.graph(GRAPH) == whole
    for again in (changes, EVERYTHING, Changes(graphs=changes.graphs), add(store, folder, "city-2021")):
        link(store, IDS, again)
        assert store.graph(GRAPH) == whole


def test_only_pairs_that_are_touched_are_compared(folder: Path, store: Store) -> None:
    names = list(FILES)
    add(store, folder, *names[:-1])
    assert link(store, IDS, EVERYTHING).compared == 4  # two over the years, two from district to city
    done = link(store, IDS, add(store, folder, names[-1]))
    assert (done.related, done.compared) == (6, 2)  # its city, and its sibling


def test_a_year_that_comes_late_takes_the_place_of_the_one_before(folder: Path, store: Store) -> None:
    """2023 was linked with 2021; once 2022 comes, it is linked with that."""
    asked = [item.format(year=2023, level="市") for item in (BUDGET, LETTERS)]
    late = folder / "late"
    write_plan(
        late / "city-2023.txt",
        plan_text(asked, title="云溪市2023年政务公开工作要点", number="云政办发〔2023〕9号", issuer="云溪市人民政府办公室"),
    )
    add(store, folder, "city-2021")
    link(store, IDS, add(store, late, "city-2023"))
    assert _apart(store) == ["2"]
    link(store, IDS, add(store, folder, "city-2022"))
    assert _apart(store) == ["1", "1"]


def _apart(store: Store) -> list[str]:
    rows = select_strings(store, "PREFIX zp: <https://w3id.org/zhengpu/ontology#> SELECT ?x ?n { ?x zp:yearsApart ?n }")
    return sorted(row["n"] for row in rows)


def test_a_run_in_several_parcels_gives_the_same_and_goes_on_after_a_kill(
    folder: Path, store: Store, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PARCEL_BYTES", 2000)
    link(store, IDS, add(store, folder, "city-2021", "district-2021"))
    changes = add(store, folder, "city-2022", "district-2022", "county-2022")
    kills = 0
    with suppress(StopIteration):
        for applied in count(0, 2):
            kills += _killed(store, applied, changes)
    assert kills > 3
    assert store.graph(GRAPH) == whole


def _killed(store: Store, applied: int, changes: Changes) -> int:
    """One for a run that is killed after so many parcels; StopIteration where it needed no more."""
    try:
        link(_Dying(store, applied), IDS, changes)  # type: ignore[arg-type]
    except KeyboardInterrupt:
        return 1
    raise StopIteration


class _Dying:
    """A store whose process is killed after so many parcels."""

    def __init__(self, store: Store, left: int) -> None:
        self._store, self._left = store, left

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def apply(self, parcel: object) -> None:
        if self._left == 0:
            raise KeyboardInterrupt
        self._left -= 1
        self._store.apply(parcel)  # type: ignore[arg-type]


def test_the_graph_keeps_to_the_ontology(whole: bytes) -> None:
    assert whole
    assert Gate().violations(whole) == ()


def test_a_store_without_plans_has_no_lineage(store: Store) -> None:
    assert link(store, IDS, EVERYTHING).related == 0
    assert store.graph(GRAPH) == b""
