"""A process of its own that stores documents and says which are acknowledged: python -m tests.store.writer WHERE HOW FIRST COUNT."""

from __future__ import annotations

import sys

from kg.store import embedded, open_store
from tests.store.samples import again, graph_of, new

TASKS = 150


def main(where: str, how: str, first: str, count: str) -> None:
    numbers = range(int(first), int(first) + int(count))
    embedded._BATCH = 2 << 20  # some eight documents
    with open_store(where, create=True) as store:
        print("open", flush=True)
        if how == "load":
            names = {graph_of(number): number for number in numbers}
            for parcel in store.load(new(number, TASKS) for number in numbers):
                print(next(names[iri] for iri in parcel.add if iri in names), flush=True)
        for number in numbers if how == "apply" else ():
            store.apply(new(number, TASKS))
            print(number, flush=True)
        for version in numbers if how == "replace" else ():
            store.apply(again(0, TASKS, f"第{version}稿"))
            print(version, flush=True)
        if how == "hold":
            store.apply(new(numbers[0]))
            print(numbers[0], flush=True)
            sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
