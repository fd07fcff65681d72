"""An index that grew equals one made at once; whatever happens to it, the next run makes it good."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.changes import Changes
from kg.ids import Ids
from kg.ingestion import ingest, list_stored, withdraw
from kg.search import Filters, Page, Search, index, open_search
from kg.search.home import Held, Home
from kg.search.index import VERSION
from kg.store import Parcel, Store, open_store
from kg.store.embedded import EmbeddedStore
from tests.bench.plans import make_plan

IDS = Ids.configured()
WORDS = (
    "",
    "公开",
    "财政局",
    "政务公开 培训",
    "区财政局 公开",
    "jyj",
    "低保",
    "政误公开",
    "“信息公开” -培训",
    "2023年",
    "国办发〔2021〕12号",
    "预算法",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A few small plans."""
    made, folder = [], tmp_path_factory.mktemp("plans")
    for seed in range(5):
        path = folder / f"plan{seed}.txt"
        path.write_text(make_plan(seed, tasks=8), "utf-8")
        made.append(path)
    return made


@pytest.fixture(scope="module")
def three(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in a folder with a few documents; not to be changed."""
    folder = tmp_path_factory.mktemp("three") / "store"
    with open_store(folder, create=True) as opened:
        assert [one.error for one in ingest(files[:3], opened, IDS, jobs=1)] == ["", "", ""]
    return folder


@pytest.fixture
def store(tmp_path: Path, three: Path) -> Iterator[Store]:
    """A copy of it for every test."""
    with open_store(shutil.copytree(three, tmp_path / "store")) as opened:
        yield opened


def _changes(before: dict[str, set[str]], after: dict[str, set[str]]) -> Changes:
    came, gone = after.keys() - before.keys(), before.keys() - after.keys()
    plans = {plan for graph in came for plan in after[graph]} | {plan for graph in gone for plan in before[graph]}
    return Changes(graphs=frozenset(came), gone=frozenset(gone), plans=frozenset(plans))


def _graphs(store: Store) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in list_stored(store, IDS):
        rows = store.select(f"SELECT ?p {{ <{one.graph}> <https://w3id.org/zhengpu/ontology#graphOf> ?p }}")
        found[one.graph] = {row["p"].value for row in rows}  # type: ignore[union-attr]
    return found


def _pages(search: Search) -> list[Page]:
    return [search.page(words, limit=100) for words in WORDS] + [search.page("公开", Filters(kind=("任务",)), limit=200)]


def _whole(store: Store) -> Search:
    """The index of a copy that was made at once."""
    copy = open_store("memory")
    for graph in store.graphs():
        copy.apply(Parcel(add={graph: store.graph(graph)}))
    index(copy, IDS)
    return open_search(copy, IDS)


def test_a_grown_index_equals_one_made_at_once(store: Store, files: list[Path]) -> None:
    index(store, IDS)
    search = open_search(store, IDS)
    first = _graphs(store)
    for one in ingest(files[3:], store, IDS, jobs=1):
        assert not one.error
    told = index(store, IDS, _changes(first, _graphs(store)))
    assert told.plans < len({plan for plans in _graphs(store).values() for plan in plans})
    assert _pages(search) == _pages(_whole(store))
    second = _graphs(store)
    withdraw(store, IDS, list_stored(store, IDS)[1:3])
    index(store, IDS, _changes(second, _graphs(store)))
    assert _pages(search) == _pages(_whole(store))
    assert search.suggest("财政", 50) == _whole(store).suggest("财政", 50)


def test_what_a_run_missed_is_made_good_by_the_next(store: Store, files: list[Path]) -> None:
    index(store, IDS)
    for one in ingest(files[3:], store, IDS, jobs=1):
        assert not one.error
    told = index(store, IDS, Changes())  # nobody says what changed: the run before was killed
    assert told.plans
    assert _pages(open_search(store, IDS)) == _pages(_whole(store))


def test_nothing_is_written_where_nothing_changed(store: Store) -> None:
    index(store, IDS)
    told = index(store, IDS, Changes())
    assert (told.plans, told.entries) == (0, 0)


def test_lineage_reaches_the_other_plan(store: Store) -> None:
    index(store, IDS)
    tasks = store.select(
        "SELECT ?t ?p { ?t <https://w3id.org/zhengpu/ontology#inPlan> ?p ; a <https://w3id.org/zhengpu/ontology#Task> } ORDER BY ?t"
    )
    first = tasks[0]
    other = next(row for row in tasks if row["p"] != first["p"])
    line = f"<{first['t'].value}> <https://w3id.org/zhengpu/ontology#continues> <{other['t'].value}> .\n"  # type: ignore[union-attr]
    store.apply(Parcel(add={IDS.graph("lineage"): line.encode()}))
    index(store, IDS, Changes(graphs=frozenset({"x"}), plans=frozenset({other["p"].value})))  # type: ignore[union-attr]
    search = open_search(store, IDS)
    assert [hit.iri for hit in search.page("", Filters(relation=("continues",))).hits] == [first["t"].value]  # type: ignore[union-attr]
    store.apply(Parcel(drop=(IDS.graph("lineage"),)))
    index(store, IDS, Changes(graphs=frozenset({"x"}), plans=frozenset({other["p"].value})))  # type: ignore[union-attr]
    assert search.page("", Filters(relation=("continues",))).total == 0


# --- trouble --------------------------------------------------------------------------------------------------


def _home(store: Store) -> Home:
    return Home.of(store, VERSION)


def _newest(store: Store) -> Path:
    path = _home(store).newest()
    assert path
    return path


def _cut(path: Path) -> None:
    for file in path.glob("*.term"):
        file.write_bytes(file.read_bytes()[:20])


def _old(path: Path) -> None:
    (path / "zhengpu.json").write_text(json.dumps({"version": "0"}), "utf-8")


@pytest.mark.parametrize(
    ("harm", "word"),
    [
        (shutil.rmtree, "还没有索引"),
        (lambda path: (path / "meta.json").write_text("{", "utf-8"), "损坏"),
        (lambda path: (path / "meta.json").unlink(), "损坏"),
        (lambda path: (path / "zhengpu.json").write_text("[]", "utf-8"), "损坏"),
        (lambda path: [file.unlink() for file in path.glob("*.idx")], "损坏"),
        (_cut, "损坏"),
        (_old, "另一版"),
    ],
    ids=["missing", "garbled", "without meta", "odd note", "without a file", "cut short", "of an old version"],
)
def test_a_bad_index_is_made_anew_and_that_is_said(store: Store, harm: object, word: str) -> None:
    index(store, IDS)
    before = _pages(open_search(store, IDS))
    assert isinstance(store, EmbeddedStore)
    store.publish()  # at once, not within the second that other readers are promised
    harm(_newest(store))  # type: ignore[operator]
    said: list[str] = []
    search = open_search(store.where, IDS, lambda told: said.append(told.anew))
    assert _pages(search) == before
    assert len(said) == 1
    assert word in said[0]


def test_a_reader_beside_a_writer_sees_a_whole_state(store: Store, files: list[Path]) -> None:
    index(store, IDS)
    search = open_search(store.where, IDS)
    engine = search.engine()
    before = _pages(search)
    for one in ingest(files[3:], store, IDS, jobs=1):
        assert not one.error
    held = _home(store).held()
    assert isinstance(held, Held)
    assert _pages(search) == before  # stored, but not yet indexed
    index(store, IDS, Changes())
    assert engine.count("公开") != search.engine().count("公开")  # who holds the old state keeps it
    index(store, IDS)  # made anew: another folder
    assert search.page("公开").total == open_search(store.where, IDS).page("公开").total


KILLED = """
import os, sys
from pathlib import Path
from kg.ids import Ids
from kg.search import index
from kg.store import open_store
from kg.changes import Changes
import kg.search
module = sys.modules["kg.search.index"]
commit = module._Writing.commit
def die(self, *, merged):
    if sys.argv[2] == "after":
        commit(self, merged=merged)
    os.kill(os.getpid(), 9)
module._Writing.commit = die
with open_store(sys.argv[1], read_only=True) as store:
    module.index(store, Ids.configured(), Changes(whole=sys.argv[3] == "whole"))
"""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("run", ["whole", "part"])
def test_a_killed_run_leaves_a_whole_state(store: Store, files: list[Path], moment: str, run: str) -> None:
    index(store, IDS)
    search = open_search(store.where, IDS)
    before = _pages(search)
    for one in ingest(files[3:], store, IDS, jobs=1):
        assert not one.error
    store.publish()  # type: ignore[attr-defined]
    died = subprocess.run([sys.executable, "-c", KILLED, store.where, moment, run], env=dict(os.environ), check=False, timeout=120)
    assert died.returncode == -signal.SIGKILL
    after = _pages(_whole(store))
    assert _pages(open_search(store.where, IDS)) in (before, after)
    index(store, IDS, Changes())
    assert _pages(search) == after
    assert not list(_home(store).path.glob("*.new")) or run == "whole"  # type: ignore[union-attr]


def test_a_folder_that_cannot_be_written_is_searched_in_memory(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    said: list[str] = []
    search = open_search(store, IDS, lambda told: said.append(told.anew))
    assert search.page("公开").total
    assert "内存" in said[0]
    assert not (Path(store.where) / "search").exists() or not _home(store).newest()


def test_a_store_in_memory_has_its_index_in_memory(files: list[Path]) -> None:
    with open_store("memory") as store:
        assert [one.error for one in ingest(files[:1], store, IDS, jobs=1)] == [""]
        index(store, IDS)
        assert open_search(store, IDS).page("公开").total
        assert Home.of(store, VERSION).path is None


def test_a_server_has_its_index_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHENGPU_CACHE", str(tmp_path))
    one, other = (Home.at(f"http://localhost/{name}/query", VERSION).path for name in ("a", "b"))
    assert one
    assert one != other
    assert tmp_path in one.parents


RUN = """
import sys
from kg.ids import Ids
from kg.search import index
from kg.store import open_store
with open_store(sys.argv[1], read_only=True) as store:
    index(store, Ids.configured())
"""


def test_two_runs_wait_for_each_other(store: Store) -> None:
    index(store, IDS)
    with _home(store).lock():
        run = subprocess.Popen([sys.executable, "-c", RUN, store.where])
        with pytest.raises(subprocess.TimeoutExpired):
            run.wait(2)
    assert run.wait(60) == 0
