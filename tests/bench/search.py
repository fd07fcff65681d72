"""How long the index of a hundred thousand tasks takes to make, how large it is, and how fast a page with facets comes."""

from __future__ import annotations

import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.changes import Changes
from kg.ids import Ids
from kg.search import Filters, Search, index, open_search
from kg.search.words import says_something, to_searched
from kg.store import Parcel, Store, open_store
from tests.bench.corpus import fill
from tests.bench.figures import milliseconds_once, row

_A_TASK = 145  # triples of the corpus
_NEEDLESS = re.compile(rb"/(?:position|quote|assignment/[^/>]+|citation/[^/>]+|measure/[^/>]+)>$")  # ends of subjects
_DRAWN = 200
_QUERIES = (
    "财政局", "政务公开", "公开 信息", "县教育局", "教育 第12类",
    "国办发[2019]54号", "预算法", "jyj", "caizhengju", "财证局", "低保", "2021年 农业农村 长期",
    "“农业农村领域”", "公开 -教育", "青岩省", "",
)  # fmt: skip


def report_search(tasks: int = 100_000) -> None:
    """Fill a store, index it, and ask."""
    print(f"检索，{tasks} 项任务 / search over {tasks} tasks")
    ids = Ids.configured()
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "store", create=True) as store:
        plans = fill(_Lean(store), ids, tasks * _A_TASK)  # type: ignore[arg-type]
        store.optimize()
        told = index(store, ids)
        size = sum(file.stat().st_size for file in (Path(folder) / "store/search").rglob("*") if file.is_file())
        row("建索引 / index", f"{told.seconds:.1f} s", f"{told.total} entries", f"{size / 1e6:.0f} MB")
        row("无变化 / nothing changed", f"{index(store, ids, Changes()).seconds * 1000:.0f} ms", f"{plans} plans")
        plan = store.select("SELECT ?p { ?p a <https://w3id.org/zhengpu/ontology#Plan> } LIMIT 1")[0]["p"]
        changed = Changes(plans=frozenset({plan.value}), graphs=frozenset({"x"}))  # type: ignore[union-attr]
        row("一份计划变了 / one plan changed", f"{index(store, ids, changed).seconds * 1000:.0f} ms")
        search = open_search(store, ids)
        row("打开 / opening", f"{milliseconds_once(lambda: search.engine().lexicon):.0f} ms")
        _report_pages(search)
        _report_recall(search, store)
    print()


class _Lean:
    """A store that is given only what the search reads: a sixth of the triples."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def load(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        return self._store.load(replace(parcel, add={graph: _needed(lines) for graph, lines in parcel.add.items()}) for parcel in parcels)


def _needed(lines: bytes) -> bytes:
    return b"".join(line for line in lines.splitlines(keepends=True) if not _NEEDLESS.search(line[: line.index(b" ")]))


def _report_pages(search: Search) -> None:
    """Each query once to warm up, then in turn."""
    for words in _QUERIES:
        search.page(words)
    times = {words: statistics.median(milliseconds_once(lambda words=words: search.page(words)) for _ in range(7)) for words in _QUERIES}
    for words, taken in times.items():
        row(f"“{words}”", f"{taken:.1f} ms", f"{search.page(words, facets=False).total} hits")
    filters = Filters(year=("2021",), kind=("task",))
    row("“公开”，两项筛选 / two filters", f"{milliseconds_once(lambda: search.page('公开', filters)):.1f} ms")
    row("提示 / suggest “czj”", f"{milliseconds_once(lambda: search.suggest('czj')):.1f} ms")
    told = sorted(times.values())
    row("全部 / all of them", f"median {statistics.median(told):.1f}", f"slowest {told[-1]:.1f}")


def _report_recall(search: Search, store: Store) -> None:
    """Words of two characters, drawn from the texts, against looking through all of them."""
    texts = [row["t"].value for row in store.select("SELECT ?t { ?x <https://w3id.org/zhengpu/ontology#text> ?t }")]  # type: ignore[union-attr]
    chance = random.Random(1)
    found = wanted = 0
    times = []
    for _ in range(_DRAWN):
        word = ""
        while not says_something(word):  # punctuation alone is not looked for
            text = to_searched(chance.choice(texts))
            at = chance.randrange(len(text) - 2)
            word = text[at : at + 2]
        started = time.perf_counter()
        page = search.page(f"“{word}”", Filters(kind=("task", "statement")))
        times.append((time.perf_counter() - started) * 1000)
        there = sum(word in to_searched(text) for text in texts)
        wanted += there
        found += min(page.total, there)
    times.sort()
    name = f"{_DRAWN} 个两字词 / words of two characters"
    row(name, f"recall {found / wanted:.4f}", f"median {statistics.median(times):.1f} ms", f"p95 {times[int(_DRAWN * 0.95)]:.1f} ms")


if __name__ == "__main__":
    report_search()
