"""pyoxigraph alone, for the comparison: a line of JSON on standard input is a query or an update, the answer a line of JSON."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Mapping

import pyoxigraph as ox

_ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_NO_MORE = 3  # files: standard input, output and error
_GRAPH = "application/n-triples"


def main() -> None:
    # with no file to open there is no connection to open: LOAD and SERVICE fail at once and reach nobody
    resource.setrlimit(resource.RLIMIT_NOFILE, (_NO_MORE, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    store = ox.Store()
    for line in sys.stdin:
        print(json.dumps(_answer(store, json.loads(line))), flush=True)


def _answer(store: ox.Store, asked: Mapping[str, str]) -> dict[str, object]:
    try:
        if "update" in asked:
            store.update(asked["update"])
            return {}
        answer = store.query(asked["query"])
        if isinstance(answer, ox.QueryTriples):
            return {"media": _GRAPH, "body": (answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b"").decode()}
        return {"media": asked["media"], "body": (answer.serialize(format=_ROWS[asked["media"]]) or b"").decode()}
    except SyntaxError as error:
        return {"error": str(error), "syntax": True}
    except (OSError, RuntimeError, ValueError) as error:
        return {"error": str(error)}


if __name__ == "__main__":
    main()
