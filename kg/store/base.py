"""What every store can do, and what is handed to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal | Triple
Row = dict[str, Term]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What becomes of one document, applied all or nothing: first what goes, then what comes.

    `drop`: graphs that go as a whole. `forget`: (graph, subject) pairs; all that the graph says of the subject goes.
    `add`: N-Triples for each graph, without blank nodes.
    """

    drop: tuple[str, ...] = ()
    forget: tuple[tuple[str, str], ...] = ()
    add: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of N-Triples that come."""
        return sum(map(len, self.add.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a store is opened. The name and password for a server come from its URL or from the environment."""

    base_iri: str = ""  # recorded in a new folder; one that was made for another base is refused
    wait: float = 10.0  # seconds that another process is given to let go of the folder
    timeout: float = 120.0  # seconds for one request to a server
    federated: bool = False  # whether a query may ask other servers by SERVICE
    update_url: str = ""  # where a server takes updates and graphs, if not where servers of its kind do
    graphs_url: str = ""


class Store(Protocol):
    """Graphs that can be asked. The default graph of a query is the union of all graphs.

    A triple that stands in two graphs is matched twice, except by Fuseki: count with DISTINCT.
    """

    @property
    def kind(self) -> str:
        """disk, memory, virtuoso, fuseki or sparql."""

    @property
    def where(self) -> str:
        """The folder or the URL, without a password."""

    def query(self, text: str, form: str, prefixes: Mapping[str, str] | None = None) -> bytes:
        """The answer as the store itself writes it: SELECT and ASK as json, csv, tsv, xml; CONSTRUCT and DESCRIBE as nt, ttl.

        `prefixes` need no declaration in the query; one that it makes itself counts.
        """

    def select(self, text: str) -> list[Row]:
        """The rows of a SELECT; a variable that is not bound is not in its row."""

    def construct(self, text: str) -> Iterable[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE."""

    def update(self, text: str) -> None:
        """Run a SPARQL update; it is safe when this returns."""

    def apply(self, parcel: Parcel) -> None:
        """Do all that the parcel says or nothing; it is safe when this returns."""

    def load(self, parcels: Iterable[Parcel]) -> Iterator[Parcel]:
        """Take many parcels, fastest where their graphs are new; each is given back once it is safe."""

    def graphs(self) -> list[str]:
        """The graphs that hold anything, sorted."""

    def graph(self, iri: str) -> bytes:
        """One graph as N-Triples, sorted; empty where there is none."""

    def count(self) -> int:
        """How many quads there are."""

    def optimize(self) -> None:
        """Make queries fast after much was stored."""

    def export(self, out: BinaryIO, form: str, graphs: Sequence[str] | None = None, prefixes: Mapping[str, str] | None = None) -> None:
        """Write the graphs, or those named, as trig, ttl, nq, nt or rdfxml; the same content gives the same bytes."""

    def recover(self) -> list[str]:
        """Remove what a killed ingestion left half done; the graphs that went. Not while another process stores."""

    def close(self) -> None:
        """Let go of the store."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
