"""What a store holds: the questions that are asked of its catalogue, and the lines that are kept there beside those of documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph.lines import Lines, integer, text
from kg.ids import Ids

STORE_VERSION = 1
CLAIMS_TOLD = 5  # plans that print one number

_PREFIXES = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A document in the store."""

    graph: str
    document: str
    reading: str
    file: str
    tasks: int
    doubts: int
    triples: int

    @property
    def sha256(self) -> str:
        return self.document.rsplit("/", 1)[1]


def documents_query(ids: Ids, *, plan: str = "", graph: str = "", file: str = "") -> str:
    """Asks for the documents: all, those that print a plan, the one of a graph, or those of a file name."""
    only = f"?graph zp:graphOf <{plan}> ." if plan else ""
    only += f"VALUES ?graph {{ <{graph}> }}" if graph else ""
    only += f"?graph zp:fileName {text(file)} ." if file else ""
    return f"""{_PREFIXES}SELECT DISTINCT ?graph ?document ?reading ?file ?tasks ?doubts ?triples WHERE {{
  GRAPH <{ids.graph("catalogue")}> {{ {only}
    ?graph zp:sourceDocument ?document ; prov:wasGeneratedBy ?reading ; zp:fileName ?file ;
      zp:taskCount ?tasks ; zp:doubtCount ?doubts ; zp:tripleCount ?triples }}
}} ORDER BY ?file ?document"""


def to_stored(rows: Iterable[Mapping[str, str]]) -> list[Stored]:
    """The documents that such an answer tells of."""
    return [
        Stored(
            graph=row["graph"],
            document=row["document"],
            reading=row["reading"],
            file=row["file"],
            tasks=int(row["tasks"]),
            doubts=int(row["doubts"]),
            triples=int(row["triples"]),
        )
        for row in rows
    ]


def claims_query(number: str, ours: Iterable[str]) -> str:
    """Asks for the plans that print this number and are none of ours."""
    others = ", ".join(f"<{plan}>" for plan in ours)
    return f"""{_PREFIXES}SELECT DISTINCT ?plan ?title ?file WHERE {{
  ?plan eli:number {text(number)} ; dcterms:title ?title ; zp:sourceDocument/zp:fileName ?file .
  FILTER(?plan NOT IN ({others}))
}} ORDER BY ?title ?file LIMIT {CLAIMS_TOLD}"""


def holdings_query(ids: Ids) -> str:
    """Asks for every document's graph and plans, with the number that each plan prints and its file."""
    return f"""{_PREFIXES}SELECT DISTINCT ?graph ?plan ?number ?title ?file WHERE {{
  GRAPH <{ids.graph("catalogue")}> {{ ?graph zp:graphOf ?plan ; zp:fileName ?file }}
  OPTIONAL {{ GRAPH ?graph {{ ?plan eli:number ?number ; dcterms:title ?title }} }}
}}"""


def differences_query(plan: str, one: str, other: str) -> str:
    """Asks for the tasks of a plan that two documents word differently."""
    return f"""{_PREFIXES}SELECT DISTINCT ?task ?a ?b WHERE {{
  GRAPH <{one}> {{ ?task zp:inPlan <{plan}> ; zp:text ?a }} GRAPH <{other}> {{ ?task zp:text ?b }}
  FILTER(?a != ?b)
}} ORDER BY ?task"""


def totals_query(ids: Ids) -> str:
    """Asks for the totals of the documents."""
    return f"""{_PREFIXES}SELECT (COUNT(?graph) AS ?documents) (SUM(?t) AS ?tasks) (SUM(?n) AS ?triples) WHERE {{
  GRAPH <{ids.graph("catalogue")}> {{ ?graph zp:taskCount ?t ; zp:tripleCount ?n }} }}"""


def versions_query(ids: Ids) -> str:
    """Asks which layout the store has, and which registry lies in it."""
    registries = " ".join(f"<{ids.graph(name)}>" for name in ("registry", "places", "ontology"))
    return f"""{_PREFIXES}SELECT ?node ?store ?version WHERE {{ GRAPH <{ids.graph("catalogue")}> {{
  {{ ?node zp:storeVersion ?store }} UNION {{ VALUES ?node {{ {registries} }} ?node zp:version ?version }} }} }}"""


def version_lines(ids: Ids, graph: str, version: str) -> bytes:
    """What the catalogue says of the layout, and of one of the registry's graphs."""
    lines = Lines()
    lines.say(ids.graph("catalogue"), "zp:storeVersion", integer(STORE_VERSION))
    lines.say_text(ids.graph(graph), "zp:version", version)
    return lines.encode()


# --- what follows from the documents --------------------------------------------------------------------------


def news_query(ids: Ids) -> str:
    """Asks for the graphs whose content is not the one that what follows was last worked out from, with their plans."""
    catalogue, refreshed = ids.graph("catalogue"), ids.graph("refreshed")
    return f"""{_PREFIXES}SELECT ?graph ?digest ?plan WHERE {{
  GRAPH <{catalogue}> {{ ?graph zp:contentDigest ?digest ; zp:graphOf ?plan }}
  FILTER NOT EXISTS {{ GRAPH <{refreshed}> {{ ?graph zp:coveredDigest ?digest ; zp:coveredPlan ?plan }} }}
}} ORDER BY ?graph ?plan"""


def leavers_query(ids: Ids) -> str:
    """Asks for the graphs that it was worked out from and that are gone or hold something else now, with the plans they had."""
    catalogue, refreshed = ids.graph("catalogue"), ids.graph("refreshed")
    return f"""{_PREFIXES}SELECT ?graph ?digest ?plan WHERE {{
  GRAPH <{refreshed}> {{ ?graph zp:coveredDigest ?digest ; zp:coveredPlan ?plan }}
  FILTER NOT EXISTS {{ GRAPH <{catalogue}> {{ ?graph zp:contentDigest ?digest ; zp:graphOf ?plan }} }}
}} ORDER BY ?graph ?plan"""


def refreshed_query(ids: Ids) -> str:
    """Asks for the version that worked out each of the graphs of what follows."""
    return f"""{_PREFIXES}SELECT ?part ?version WHERE {{ GRAPH <{ids.graph("refreshed")}> {{ ?part zp:version ?version }} }}"""


def refreshed_lines(graphs: Iterable[Mapping[str, str]], parts: Mapping[str, str]) -> bytes:
    """What is kept of the graphs that everything was worked out from, and of the versions that did so."""
    lines = Lines()
    for row in graphs:
        lines.say_text(row["graph"], "zp:coveredDigest", row["digest"])
        lines.link(row["graph"], "zp:coveredPlan", row["plan"])
    for part, version in parts.items():
        lines.say_text(part, "zp:version", version)
    return lines.encode()


def orphans_query(ids: Ids) -> str:
    """Asks for whom and what no document names any more."""
    return f"""{_PREFIXES}PREFIX org: <http://www.w3.org/ns/org#>
SELECT DISTINCT ?one WHERE {{
  GRAPH <{ids.graph("identities")}> {{ ?one a ?kind FILTER(?kind IN (zp:Unit, zp:UnitGroup, zp:Instrument, zp:Edition)) }}
  FILTER NOT EXISTS {{ ?assignment zp:unit ?one }} FILTER NOT EXISTS {{ ?plan eli:passed_by ?one }}
  FILTER NOT EXISTS {{ ?citation zp:instrument ?one }} FILTER NOT EXISTS {{ ?citation zp:edition ?one }}
  FILTER NOT EXISTS {{ ?part org:subOrganizationOf ?one }} FILTER NOT EXISTS {{ ?unit zp:alsoNamed ?one }}
  FILTER NOT EXISTS {{ ?citation zp:instrument ?work . ?work eli:has_member ?one }}
}} ORDER BY ?one"""
