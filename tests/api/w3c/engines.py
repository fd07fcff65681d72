"""What the suites are run on: pyoxigraph itself, and our server in front of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import httpx
import pyoxigraph as ox

_DEFAULT = ""  # the name of the graph without a name
_ROWS = {
    "json": (ox.QueryResultsFormat.JSON, "application/sparql-results+json"),
    "csv": (ox.QueryResultsFormat.CSV, "text/csv"),
    "tsv": (ox.QueryResultsFormat.TSV, "text/tab-separated-values"),
    "xml": (ox.QueryResultsFormat.XML, "application/sparql-results+xml"),
}


class BadSyntax(Exception):
    """The text is no SPARQL."""


class Reaches(Exception):
    """The text would have the server ask another one, which the settings forbid; whether it is SPARQL is not looked at."""


class Engine(Protocol):
    """Something that can be filled and asked."""

    def fill(self, graphs: Mapping[str, bytes]) -> None:
        """Hold these graphs of N-Triples and nothing else."""

    def ask(self, text: str, form: str) -> bytes:
        """The answer; a graph as N-Triples. BadSyntax where it is no query."""

    def update(self, text: str) -> None: ...

    def graph(self, name: str) -> bytes: ...

    def graphs(self) -> set[str]: ...


class Bare:
    """The store in this process."""

    def __init__(self) -> None:
        self.store = ox.Store()

    def fill(self, graphs: Mapping[str, bytes]) -> None:
        self.store = ox.Store()
        for name, lines in graphs.items():
            graph = ox.NamedNode(name) if name else ox.DefaultGraph()
            self.store.load(lines, ox.RdfFormat.N_TRIPLES, to_graph=graph)

    def ask(self, text: str, form: str) -> bytes:
        try:
            answer = self.store.query(text)
        except SyntaxError as error:
            raise BadSyntax(str(error)) from error
        if isinstance(answer, ox.QueryTriples):
            return answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        return answer.serialize(format=_ROWS[form][0]) or b""

    def update(self, text: str) -> None:
        try:
            self.store.update(text)
        except SyntaxError as error:
            raise BadSyntax(str(error)) from error

    def graph(self, name: str) -> bytes:
        graph = ox.NamedNode(name) if name else ox.DefaultGraph()
        return self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""

    def graphs(self) -> set[str]:
        return {each.value for each in self.store.named_graphs() if self.graph(each.value)}


class OverHttp:
    """The server; its default graph is told not to be the union."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def fill(self, graphs: Mapping[str, bytes]) -> None:
        steps = ["DROP ALL"]
        for name, lines in graphs.items():
            text = lines.decode()
            steps.append(f"INSERT DATA {{ GRAPH <{name}> {{ {text} }} }}" if name else f"INSERT DATA {{ {text} }}")
            steps += [f"CREATE SILENT GRAPH <{name}>"] if name else []
        self.update(" ;\n".join(steps))

    def ask(self, text: str, form: str) -> bytes:
        accept = f"{_ROWS[form][1]}, application/n-triples;q=0.5"
        answer = self.client.post("/sparql?union-default-graph=false", data={"query": text}, headers={"Accept": accept})
        return self._checked(answer).content

    def update(self, text: str) -> None:
        self._checked(self.client.post("/sparql", data={"update": text}))

    def graph(self, name: str) -> bytes:
        params = {"graph": name} if name else {"default": ""}
        answer = self.client.get("/graphs", params=params, headers={"Accept": "application/n-triples"})
        return b"" if answer.status_code == 404 else self._checked(answer).content

    def graphs(self) -> set[str]:
        rows = self.ask("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "csv").decode().splitlines()
        return set(rows[1:])

    @staticmethod
    def _checked(answer: httpx.Response) -> httpx.Response:
        if answer.status_code == 400 and answer.json()["type"].endswith("/syntax"):
            raise BadSyntax(answer.text)
        if answer.status_code == 403:
            raise Reaches(answer.text)
        answer.raise_for_status()
        return answer
