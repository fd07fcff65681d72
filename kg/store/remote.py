"""The store behind a server: SPARQL 1.1 Protocol through SPARQLWrapper, and the Graph Store Protocol."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import BinaryIO, Literal, Self
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from urllib.request import Request

import pyoxigraph as ox
from SPARQLWrapper import POST, POSTDIRECTLY, URLENCODED, SPARQLWrapper

from kg.errors import QueryError, StoreError
from kg.store.base import Parcel, Row, Settings
from kg.store.forms import GRAPH_FORMS, check_form, written
from kg.store.questions import check_query, find_verb, gives_graph, plain, verb, with_prefixes
from kg.store.transport import Reply, Transport
from kg.store.triples import lines_of, node, quads, update_of
from kg.store.troubles import query_error, told
from kg.store.virtuoso import OWN_GRAPHS, cut_error, short_enough, xml_of
from kg.store.writing import write_graphs

Kind = Literal["virtuoso", "fuseki", "sparql"]

_MEDIA = {
    "json": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xml": "application/sparql-results+xml",
    "nt": "application/n-triples",
    "ttl": "text/turtle",
}
_PROBE = "urn:zhengpu:probe"
_PAGE = 5_000  # rows asked for at a time where a server cuts answers
_BATCH = 8 << 20  # bytes of N-Triples sent at once to a server that takes quads
_DOCUMENT = re.compile(r"(.*/graph/)[0-9a-f]{64}")
_ENDPOINTS = ("/sparql-auth", "/sparql", "/query")


class _Call(SPARQLWrapper):
    """Makes the requests of the SPARQL Protocol; what kind of text it sends is known, not guessed."""

    kind = "SELECT"

    def _parseQueryType(self, query: str) -> str:  # noqa: ARG002, N802 - the name is SPARQLWrapper's
        return self.kind

    def made(self, text: str, kind: str, accept: str) -> Request:
        """The request that sends `text`."""
        self.kind = kind
        self.setQuery(text)
        self.setMethod(POST)
        # Virtuoso never answers a query that is posted directly
        self.setRequestMethod(POSTDIRECTLY if kind == "INSERT" else URLENCODED)
        self.setOnlyConneg(True)
        self.addCustomHttpHeader("Accept", accept)
        return self._createRequest()


class RemoteStore:
    """Graphs behind an endpoint. Fuseki and Virtuoso are known; others are taken to keep to the standard."""

    def __init__(self, where: str, transport: Transport, query_url: str) -> None:
        self.where = where
        self.read_only = True
        self.federated = False
        self.kind: Kind = "sparql"
        self._transport = transport
        self._query_url, self._update_url, self._graphs_url = query_url, "", ""

    @classmethod
    def at(cls, url: str, *, read_only: bool, settings: Settings) -> Self:
        """The store at a URL, once it has answered: which server it is, whether we may write, and that all graphs are asked by default."""
        where, user, password = _credentials(url)
        store = cls(where, Transport(where, user, password, settings.timeout), _query_url(where))
        store._meet(settings)
        store.read_only = read_only
        if not read_only:
            store._change(f"DROP SILENT GRAPH <{_PROBE}>")  # said now rather than after an hour of reading
        store._check_union()
        return store

    def _meet(self, settings: Settings) -> None:
        """Learn what kind of server this is, and where it takes what."""
        reply = self._asked("ASK {}", "json")
        if reply.headers.get("Server", "").startswith("Virtuoso"):
            self.kind = "virtuoso"
        elif reply.headers.get("Fuseki-Request-Id"):
            self.kind = "fuseki"
        base = self._query_url
        for ending in _ENDPOINTS:
            base = base.removesuffix(ending)
        ending = "-auth" if self._transport.known else ""
        if self.kind == "virtuoso":
            self._query_url = self._update_url = f"{base}/sparql{ending}"
            self._graphs_url = f"{base}/sparql-graph-crud{ending}"
        else:
            self._update_url, self._graphs_url = f"{base}/update", f"{base}/data"
        self._update_url = settings.update_url or self._update_url
        self._graphs_url = settings.graphs_url or self._graphs_url

    def _check_union(self) -> None:
        """An error where a query sees the graphs only by name."""
        if not self._true("ASK { GRAPH ?g { ?s ?p ?o } }"):
            if self.read_only:
                return  # empty: nothing can be told
            self._change(f"INSERT DATA {{ GRAPH <{_PROBE}> {{ <{_PROBE}> <{_PROBE}> <{_PROBE}> }} }}")
        some = self.select("SELECT ?s ?p { GRAPH ?g { ?s ?p ?o } } LIMIT 1")
        seen = all(self._true(f"ASK {{ {row['s']} {row['p']} ?o }}") for row in some if isinstance(row["s"], ox.NamedNode))
        if not self.read_only:
            self._change(f"DROP SILENT GRAPH <{_PROBE}>")
        if not seen:
            raise StoreError(
                "服务器的默认图不是全部图的合并。Fuseki：在数据集的配置里加 tdb2:unionDefaultGraph true，然后重启",
                "the default graph of the server is not the union of all graphs. "
                "Fuseki: add tdb2:unionDefaultGraph true to the configuration of the dataset and restart",
                file=self.where,
            )

    # --- questions --------------------------------------------------------------------------------------------

    def query(self, text: str, form: str, prefixes: Mapping[str, str] | None = None) -> bytes:
        check_query(text, federated=self.federated)
        text = with_prefixes(text, prefixes or {})
        graph = gives_graph(text)
        check_form(form, graph=graph)
        if graph:
            return self._construct(text, form)
        if self.kind == "virtuoso" or verb(text) == "ASK":  # its TSV and its ASK are not as the standard has them
            answer = self._parsed(self._asked(text, "json"))
            if isinstance(answer, ox.QuerySolutions) and verb(text) == "ASK":
                answer = _boolean(any(str(row[0].value) in {"1", "true"} for row in answer))
            return written(answer, form)
        return self._asked(text, form).body

    def _construct(self, text: str, form: str) -> bytes:
        if self.kind != "virtuoso":
            return self._asked(text, form).body
        if verb(text) == "CONSTRUCT":
            self._asked(_as_select(text), "csv")  # only for rows does it say that it cut the answer
        triples = self._triples(self._asked(text, "nt"))  # its Turtle is not to be relied on
        return ox.serialize(triples, format=GRAPH_FORMS[form]) or b""

    def select(self, text: str) -> list[Row]:
        check_query(text, federated=self.federated)
        if verb(text) != "SELECT":
            raise QueryError("这里要用 SELECT 查询", "a SELECT query is expected")
        answer = self._parsed(self._asked(text, "json"))
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("这里要用 SELECT 查询", "a SELECT query is expected")
        names = [variable.value for variable in answer.variables]
        return [{name: term for name, term in zip(names, row, strict=True) if term is not None} for row in answer]

    def construct(self, text: str) -> Iterable[ox.Triple]:
        check_query(text, federated=self.federated)
        if not gives_graph(text):
            raise QueryError("这里要用 CONSTRUCT 或 DESCRIBE 查询", "a CONSTRUCT or DESCRIBE query is expected")
        if self.kind == "virtuoso":
            return [quad.triple for quad in ox.parse(self.query(text, "nt"), ox.RdfFormat.N_TRIPLES)]
        return self._triples(self._asked(text, "nt"))

    def _asked(self, text: str, form: str) -> Reply:
        """The server's answer to a query, whole or not at all."""
        request = _Call(self._query_url).made(text, "SELECT", _MEDIA[form])
        reply = self._transport.send(request, again=True)
        if reply.status == 400 or (reply.status == 500 and "SPARQL compiler" in reply.said):
            raise query_error(reply.said.partition(" SPARQL query:")[0])
        if reply.status >= 400:
            raise self._transport.refusal(reply)
        if rows := reply.headers.get("X-SPARQL-MaxRows"):
            raise cut_error(rows, self.where)
        return reply

    def _parsed(self, reply: Reply) -> ox.QuerySolutions | ox.QueryBoolean:
        try:
            return ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._strange(reply) from error

    def _triples(self, reply: Reply) -> list[ox.Triple]:
        try:
            return [quad.triple for quad in ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)]
        except SyntaxError as error:
            raise self._strange(reply) from error

    def _strange(self, reply: Reply) -> StoreError:
        zh = f"服务器的回答不合 SPARQL 标准：{reply.said[:80]}"
        return StoreError(zh, "the answer of the server is not as SPARQL has it. Check the URL", file=self.where)

    def _true(self, text: str) -> bool:
        return self.query(text, "csv").strip() == b"true"

    # --- changes ----------------------------------------------------------------------------------------------

    def update(self, text: str) -> None:
        self._refuse_readers()
        self._change(text, again=False)

    def _change(self, text: str, *, again: bool = True) -> None:
        request = _Call(self._query_url, updateEndpoint=self._update_url).made(text, "INSERT", "*/*")
        reply = self._transport.send(request, again=again)
        if reply.status == 400 or (reply.status == 500 and "SPARQL compiler" in reply.said):
            raise query_error(reply.said.partition(" SPARQL query:")[0])
        if reply.status >= 400:
            raise self._transport.refusal(reply)

    def apply(self, parcel: Parcel) -> None:
        """One update, which Fuseki runs as one transaction. Virtuoso takes no thousands of triples in one: there large graphs go
        ahead, and the update with all the rest, the catalogue among it, comes last; `recover` finds a graph that stayed alone."""
        self._refuse_readers()
        with told(self.where):
            if self.kind == "virtuoso":
                self._apply_in_steps(parcel)
            elif self.kind == "fuseki" and not parcel.drop and not parcel.forget:
                list(self._sent([parcel]))  # four times as fast as an update
            elif text := update_of(parcel):
                self._change(text)

    def _apply_in_steps(self, parcel: Parcel) -> None:
        large = {iri: triples for iri, triples in parcel.add.items() if not short_enough(triples)}
        first = Parcel(forget=tuple(pair for pair in parcel.forget if pair[0] in large and pair[0] not in parcel.drop))
        if text := update_of(first):
            self._change(text)
        for iri, triples in large.items():
            self._put(iri, triples, "PUT" if iri in parcel.drop else "POST")
        last = Parcel(
            drop=tuple(iri for iri in parcel.drop if iri not in large),
            forget=tuple(pair for pair in parcel.forget if pair[0] not in large),
            add={iri: triples for iri, triples in parcel.add.items() if iri not in large},
        )
        if text := update_of(last):
            self._change(text)
        for iri in large:
            if not self._true(f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"):
                raise StoreError(
                    "服务器没有留下这份文件的图", "the server did not keep the graph of the document", file=self.where, place=iri
                )

    def _put(self, iri: str, triples: bytes, method: str) -> None:
        media, body = xml_of(triples) or ("application/n-triples", triples)
        self._transport.checked(self._graph_request(iri, method, body, {"Content-Type": media}), again=True)

    def _graph_request(self, iri: str, method: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Request:
        url = f"{self._graphs_url}?graph={quote(node(iri).value, safe='')}"
        return Request(url, data=body, method=method, headers=dict(headers or {}))

    def load(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        self._refuse_readers()
        if self.kind == "fuseki":
            yield from self._load_quads(parcels)
            return
        for parcel in parcels:
            self.apply(parcel)
            yield parcel

    def _load_quads(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        """Fuseki takes quads of many graphs in one transaction."""
        waiting: list[Parcel] = []
        for parcel in parcels:
            if parcel.drop or parcel.forget:
                yield from self._sent(waiting)
                waiting = []
                self.apply(parcel)
                yield parcel
                continue
            waiting.append(parcel)
            if sum(each.size for each in waiting) >= _BATCH:
                yield from self._sent(waiting)
                waiting = []
        yield from self._sent(waiting)

    def _sent(self, parcels: list[Parcel]) -> Iterator[Parcel]:
        if parcels:
            with told(self.where):
                body = b"".join(quads(parcel.add) for parcel in parcels)
            request = Request(self._graphs_url, data=body, method="POST", headers={"Content-Type": "application/n-quads"})
            self._transport.checked(request, again=True)
        yield from parcels

    def optimize(self) -> None:
        """Nothing: a server looks after that itself."""

    def recover(self) -> list[str]:
        self._refuse_readers()
        alone: list[str] = []
        listed: dict[str, set[str]] = {}
        for iri in self.graphs():
            if found := _DOCUMENT.fullmatch(iri):
                catalogue = f"{found[1]}catalogue"
                if catalogue not in listed:
                    listed[catalogue] = set(self._names(f"GRAPH <{catalogue}> {{ ?x ?p ?o }}"))
                if iri not in listed[catalogue]:
                    alone.append(iri)
        for iri in alone:
            self._transport.checked(self._graph_request(iri, "DELETE"), again=False)
        return alone

    def _refuse_readers(self) -> None:
        if self.read_only:
            raise QueryError("库是只读打开的，不能更新", "the store was opened read-only and takes no updates", file=self.where)

    # --- the whole --------------------------------------------------------------------------------------------

    def graphs(self) -> list[str]:
        own = OWN_GRAPHS if self.kind == "virtuoso" else frozenset()
        return sorted(name for name in self._names("GRAPH ?x { ?s ?p ?o }") if name not in own)

    def _names(self, pattern: str) -> Iterator[str]:
        """The IRIs that ?x stands for, asked for in pages."""
        last = ""
        while True:
            after = f"FILTER(isIRI(?x) && STR(?x) > {ox.Literal(last)})"
            rows = self.select(f"SELECT DISTINCT ?x {{ {pattern} {after} }} ORDER BY STR(?x) LIMIT {_PAGE}")
            names = [row["x"].value for row in rows if isinstance(row["x"], ox.NamedNode)]
            yield from names
            if len(rows) < _PAGE:
                return
            last = names[-1]

    def graph(self, iri: str) -> bytes:
        with told(self.where):
            if self.kind == "virtuoso":
                return b"".join(sorted(self._pages(iri)))
            reply = self._transport.send(self._graph_request(iri, "GET", headers={"Accept": _MEDIA["nt"]}), again=True)
            if reply.status == 404:
                return b""
            if reply.status >= 400:
                raise self._transport.refusal(reply)
            return b"".join(sorted(lines_of(self._triples(reply))))

    def _pages(self, iri: str) -> set[bytes]:
        """The triples of a graph on Virtuoso, which gives no more than some 10,000 at a time and does not say so."""
        inside = f"GRAPH {node(iri)} {{ ?s ?p ?o }}"
        expected = self._number(f"SELECT (COUNT(*) AS ?n) {{ {inside} }}")
        lines: set[bytes] = set()
        for start in range(0, expected, _PAGE):
            page = f"CONSTRUCT {{ ?s ?p ?o }} {{ {{ SELECT * {{ {inside} }} LIMIT {_PAGE} OFFSET {start} }} }}"
            lines.update(lines_of(self._triples(self._asked(page, "nt"))))
        if len(lines) != expected:
            zh = f"图应有 {expected} 条，只读到 {len(lines)} 条；也许正在改动，请重试"
            raise StoreError(
                zh, f"{len(lines)} of {expected} triples came; perhaps the graph is changing: try again", file=self.where, place=iri
            )
        return lines

    def count(self) -> int:
        own = " ".join(f"<{name}>," for name in sorted(OWN_GRAPHS)).removesuffix(",") if self.kind == "virtuoso" else ""
        without = f"FILTER(?g NOT IN ({own}))" if own else ""
        return self._number(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {without} }}")

    def _number(self, text: str) -> int:
        return next(int(row["n"].value) for row in self.select(text) if isinstance(row["n"], ox.Literal))

    def export(self, out: BinaryIO, form: str, graphs: Sequence[str] | None = None, prefixes: Mapping[str, str] | None = None) -> None:
        names = self.graphs() if graphs is None else graphs
        write_graphs(out, form, names, lambda iri: self.graph(iri).splitlines(keepends=True), prefixes or {})

    def close(self) -> None:
        """Nothing: every request had a connection of its own."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _credentials(url: str) -> tuple[str, str, str]:
    """The URL without a name and password, and these, from the URL or else from the environment."""
    parts = urlsplit(url)
    host = (parts.hostname or "") if ":" not in (parts.hostname or "") else f"[{parts.hostname}]"
    where = urlunsplit((parts.scheme, host + (f":{parts.port}" if parts.port else ""), parts.path.rstrip("/"), parts.query, ""))
    if parts.username:
        return where, unquote(parts.username), unquote(parts.password or "")
    return where, os.environ.get("ZHENGPU_STORE_USER", ""), os.environ.get("ZHENGPU_STORE_PASSWORD", "")


def _query_url(where: str) -> str:
    """Where queries go: the URL itself where it is an endpoint, /sparql of a bare host, /query of a dataset."""
    if where.endswith(_ENDPOINTS):
        return where
    return f"{where}/query" if urlsplit(where).path else f"{where}/sparql"


def _boolean(value: bool) -> ox.QueryBoolean:
    answer = ox.Store().query("ASK {}" if value else "ASK { FILTER(false) }")
    assert isinstance(answer, ox.QueryBoolean)
    return answer


def _as_select(text: str) -> str:
    """A CONSTRUCT as the SELECT of its rows."""
    word = find_verb(text)
    if not word:
        return text
    blotted, end = plain(text), word.end()
    if re.compile(r"\s*\{").match(blotted, end):  # the template, which has no braces inside; CONSTRUCT WHERE has none
        end = blotted.index("}", end) + 1
    return f"{text[: word.start()]}SELECT (1 AS ?row) {text[end:]}"
