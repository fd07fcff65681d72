"""Each stock query on generated plans of one and of ten million triples: our store, the bare store, Virtuoso beside them.

    python -m tests.bench.queries [--sizes 1e6,1e7] [--stores FOLDER] [--virtuoso] [--only NAME]

Medians of `RUNS` runs, in this process, after `optimize()`. A reader sees a page of `_PAGE` rows, so that is what is asked for; `whole`
is an export, where a page does not hold the answer. `loose` names no place, unit or plan; `unit` a unit, where a query can do without one.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from kg.changes import EVERYTHING
from kg.counts import count
from kg.derive import derive
from kg.errors import StoreError
from kg.ids import Ids
from kg.store import Parcel, Store, open_store
from ontology import prefixes
from queries import load_library, prepare
from queries.names import resolve_name
from tests.bench.corpus import YEARS, fill, regions
from tests.store.servers import virtuoso

RUNS = 7
_PAGE = {"limit": "50"}
_AT = 11  # the place that is asked for: a county


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A stock query with values, and what they are, where they are not those of its usual reader."""

    query: str
    values: Mapping[str, str]
    kind: str = ""

    @property
    def name(self) -> str:
        return f"{self.query} ({self.kind})" if self.kind else self.query

    @property
    def whole(self) -> Question:
        """The same without a page."""
        return replace(self, values={key: value for key, value in self.values.items() if key != "limit"}, kind="whole")


def questions(store: Store) -> Iterator[Question]:
    """What is measured: every query as a user would narrow it, by a unit too, and the first page of those that need no narrowing."""
    known = _known(store)
    for name, query in load_library().items():
        takes = {one.name for one in query.parameters}
        if any(one.required and one.name not in known for one in query.parameters):
            continue
        narrow: dict[str, str] = {
            key: known[key] for key in ("unit", "other_unit", "plan", "instrument", "function", "fact", "day", "from", "to") if key in takes
        }
        if "plan" in narrow and not query.parameter("plan").required:  # type: ignore[union-attr]
            del narrow["plan"]
        if "unit" in narrow and not query.parameter("unit").required:  # type: ignore[union-attr]
            yield Question(query=name, values=narrow | _PAGE, kind="unit")
            del narrow["unit"]
        if takes & {"place"} and not takes & {"unit", "instrument"} & narrow.keys():
            narrow["place"] = known["place"]
        if "plan_year" in takes:
            narrow["plan_year"] = known["plan_year"]
        yield Question(query=name, values=narrow | _PAGE)
        if not any(
            one.required and one.name in {"unit", "plan", "instrument", "fact", "function", "task", "thread"} for one in query.parameters
        ):
            loose = {key: value for key, value in narrow.items() if query.parameter(key).required}  # type: ignore[union-attr]
            yield Question(query=name, values=loose | _PAGE, kind="loose")


def _known(store: Store) -> dict[str, str]:
    """Values for the parameters: a county, its finance bureau, one of its plans and tasks."""
    region, year = list(regions(_AT + 1))[_AT], YEARS[-2]
    (place,) = resolve_name(store, "place", region.full)
    unit, other = (resolve_name(store, "unit", f"县{name}局", place=place.iri)[0].iri for name in ("财政", "教育"))
    rows = store.select(
        f"PREFIX zp: <{prefixes()['zp']}> SELECT ?plan ?task {{ "
        f"?plan zp:jurisdiction <{place.iri}> . ?plan zp:planYear {year} . ?task zp:inPlan ?plan }} ORDER BY ?task LIMIT 1"
    )
    return {
        "place": place.iri,
        "unit": unit,
        "other_unit": other,
        "plan": rows[0]["plan"].value,  # type: ignore[union-attr]
        "fact": rows[0]["task"].value,  # type: ignore[union-attr]
        "instrument": resolve_name(store, "instrument", "优化营商环境条例")[0].iri,
        "function": resolve_name(store, "function", "财政")[0].iri,
        "plan_year": str(year),
        "day": f"{year}-10-01",
        "from": f"{year}-09-01",
        "to": f"{year}-10-31",
        "lang": "zh",
    }


# --- stores -----------------------------------------------------------------------------------------------------


def made(folder: Path, size: float) -> Path:
    """A store of that many triples with all that follows from them; made once."""
    where = folder / f"{size:.0e}".replace("+0", "")
    if not where.exists():
        ids = Ids.configured()
        with open_store(where, create=True) as store:
            fill(store, ids, int(size))
            derive(store, ids, EVERYTHING)
            count(store, ids, EVERYTHING)
            store.optimize()
    return where


@contextmanager
def copied(store: Store) -> Iterator[Store]:
    """A Virtuoso with all graphs of the store."""
    with TemporaryDirectory() as folder, virtuoso(Path(folder)) as url:
        os.environ["ZHENGPU_STORE_USER"] = os.environ["ZHENGPU_STORE_PASSWORD"] = "dba"
        with open_store(f"{url}/sparql", create=True) as server:
            for _ in server.load(Parcel(add={graph: store.graph(graph)}) for graph in store.graphs()):
                pass
            yield server


def served(server: Store | None, question: Question) -> str:
    """Milliseconds of the same query on a server; what it said where it does not take it."""
    if server is None:
        return ""
    text, names = prepare(server, question.query, question.values), dict(prefixes())
    try:
        return f"{median(lambda: len(server.query(text, 'csv', names)))[0]:.1f}"
    except StoreError:
        return "refused"


def median(work: Callable[[], int], runs: int = RUNS) -> tuple[float, int]:
    """The median in milliseconds behind a run that does not count, and how many bytes or rows came."""
    size, times = work(), []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), size


def measure(store: Store, bare: ox.Store, question: Question) -> tuple[float, float, int]:
    """Milliseconds through our store and through the bare one on the same text, and the number of rows."""
    text = prepare(store, question.query, question.values)
    names = dict(prefixes())

    def asked() -> int:
        return store.query(text, "csv", names).count(b"\n") - 1

    def bared() -> int:
        answer = bare.query(text, prefixes=names, use_default_graph_as_union=True)
        assert isinstance(answer, ox.QuerySolutions)
        return (answer.serialize(format=ox.QueryResultsFormat.CSV) or b"").count(b"\n") - 1

    ours, rows = median(asked)
    theirs, _ = median(bared)
    return ours, theirs, rows


def report(store: Store, server: Store | None, question: Question) -> int:
    """Print the figures of one question; the number of its rows comes back."""
    ours, bare, rows = measure(store, store._ox, question)  # type: ignore[attr-defined]
    print(f"  {question.name:<36}{ours:>9.1f}{bare:>9.1f}{served(server, question):>10}{rows:>8}", flush=True)
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sizes", default="1e6,1e7")
    ask.add_argument("--stores", type=Path, default=Path("/tmp/zhengpu-bench"))
    ask.add_argument("--only", default="")
    ask.add_argument("--virtuoso", action="store_true", help="beside a Virtuoso with the same graphs")
    ask.add_argument("--at", type=Path, action="append", help="a store that is there, instead of sizes")
    options = ask.parse_args(arguments)
    places = options.at or [made(options.stores, float(size)) for size in options.sizes.split(",")]
    for where in places:
        with open_store(where, read_only=True) as store, copied(store) if options.virtuoso else nullcontext() as server:
            print(f"\n{where}: {store.count()} triples\n  {'query':<36}{'ms':>9}{'bare':>9}{'virtuoso':>10}{'rows':>8}", flush=True)
            for question in questions(store):
                if options.only in question.query:
                    told = report(store, server, question)
                    if told == int(_PAGE["limit"]) and question.kind != "loose":
                        report(store, server, question.whole)


if __name__ == "__main__":
    main()
