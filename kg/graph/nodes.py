"""The questions that are asked about any one node. Each is bounded, so that a node with a million neighbours costs little more
than one with ten. A node is written as SPARQL writes it, in angle brackets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from kg.graph.terms import term
from kg.ids import Ids

Way = Literal["out", "in"]  # from the node to its values, or from others to the node

SEEN = 5000  # neighbours one way that are looked at one by one
COUNTED = 1000  # neighbours by one property that are counted, where there are more than those in all
SHOWN = 50  # evidence and graphs of one node

TYPE, QUOTED_FROM, SOURCE_TEXT = term("rdf:type"), term("prov:wasQuotedFrom"), term("zp:sourceText")
LABELS = tuple(map(term, (
    "rdfs:label", "skos:prefLabel", "dcterms:title", "zp:text", "zp:nameAsPrinted", "zp:asPrinted", "eli:number", "zp:fileName",
    "oa:exact", "zp:version",
)))  # fmt: skip
"""What says how a node is called, the best first."""

ASKED_AS = {
    term(kind): name
    for name, kinds in {
        "unit": ("zp:Unit", "zp:UnitGroup"), "plan": ("zp:Plan",), "instrument": ("zp:Instrument",), "place": ("zp:Jurisdiction",),
        "task": ("zp:Task",), "function": ("skos:Concept",),
    }.items()
    for kind in kinds
}  # fmt: skip
"""As which kind of parameter a stock query takes a node of each class; a concept only if it is one of that code list."""

_PREFIXES = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


def known_query(node: str) -> str:
    """Asks whether anything is said of the node, or by means of it."""
    return f"SELECT ?p {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} UNION {{ ?s {node} ?o }} }} LIMIT 1"


def neighbours_query(node: str, way: Way) -> str:
    """Asks for properties and neighbours one way, no more than one above `SEEN`."""
    return f"SELECT DISTINCT ?p ?x {{ {_pattern(node, '?p', way)} }} LIMIT {SEEN + 1}"


def present_query(node: str, properties: Iterable[str], way: Way) -> str:
    """Asks which of the properties the node has one way."""
    values = " ".join(f"<{one}>" for one in properties)
    return f"SELECT ?p {{ VALUES ?p {{ {values} }} FILTER EXISTS {{ {_pattern(node, '?p', way)} }} }}"


def sizes_query(node: str, properties: Iterable[str], way: Way) -> str:
    """Asks how many neighbours one way each of the properties has, counting no further than one above `COUNTED`."""
    arms = (f"{{ SELECT (<{one}> AS ?p) (COUNT(?x) AS ?n) {{ {_some(node, f'<{one}>', way, COUNTED + 1)} }} }}" for one in properties)
    return f"SELECT ?p ?n {{ {' UNION '.join(arms)} FILTER(?n > 0) }}"


def _some(node: str, prop: str, way: Way, limit: int) -> str:
    return f"SELECT DISTINCT ?x {{ {_pattern(node, prop, way)} }} LIMIT {limit}"


def some_query(node: str, properties: Iterable[str], way: Way, limit: int) -> str:
    """Asks for the first few neighbours by each of the properties, as the store has them."""
    arms = (f"{{ SELECT DISTINCT (<{one}> AS ?p) ?x {{ {_pattern(node, f'<{one}>', way)} }} LIMIT {limit} }}" for one in properties)
    return f"SELECT ?p ?x {{ {' UNION '.join(arms)} }}"


def part_query(node: str, prop: str, way: Way, limit: int, offset: int = 0) -> str:
    """Asks for a part of the neighbours by one property, as the store has them."""
    return f"SELECT DISTINCT ?x {{ {_pattern(node, prop, way)} }} LIMIT {limit} OFFSET {offset}"


def _pattern(node: str, prop: str, way: Way) -> str:
    return f"{node} {prop} ?x" if way == "out" else f"?x {prop} {node} . FILTER(isIRI(?x))"


def labels_query(nodes: Sequence[str]) -> str:
    """Asks how nodes are called, by which property."""
    labels = ", ".join(f"<{one}>" for one in LABELS)  # one look at all that is said of a node is faster than one for each property
    return f"SELECT DISTINCT ?x ?p ?label {{ VALUES ?x {{ {' '.join(nodes)} }} ?x ?p ?label FILTER(?p IN ({labels})) }}"


def kinds_query(nodes: Sequence[str]) -> str:
    """Asks what nodes are that have no name of their own, and of evidence for the words."""
    return f"""{_PREFIXES}SELECT DISTINCT ?x ?type ?exact {{ VALUES ?x {{ {" ".join(nodes)} }} ?x a ?type
  OPTIONAL {{ ?x oa:hasSelector/oa:exact ?exact }} }}"""


def evidence_query(node: str) -> str:
    """Asks for the words that a node was quoted from, or that it is itself."""
    return f"""{_PREFIXES}SELECT DISTINCT ?words ?exact ?before ?after ?start ?end ?place ?page ?states ?document ?file {{
  {{ {node} prov:wasQuotedFrom ?words }} UNION {{ {node} oa:hasSource ?any . BIND({node} AS ?words) }}
  OPTIONAL {{ ?words zp:states ?states }} OPTIONAL {{ ?words zp:place ?place }} OPTIONAL {{ ?words zp:page ?page }}
  OPTIONAL {{ ?words oa:hasSelector ?quote . ?quote oa:exact ?exact
    OPTIONAL {{ ?quote oa:prefix ?before }} OPTIONAL {{ ?quote oa:suffix ?after }} }}
  OPTIONAL {{ ?words oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }}
  OPTIONAL {{ ?words oa:hasSource ?document . OPTIONAL {{ ?document zp:fileName ?file }} }}
}} ORDER BY ?file ?start ?states LIMIT {SHOWN + 1}"""


def graphs_query(node: str) -> str:
    """Asks for the graphs that say something of a node."""
    return f"SELECT DISTINCT ?graph {{ {{ SELECT ?graph {{ GRAPH ?graph {{ {node} ?p ?o }} }} LIMIT {SEEN} }} }} LIMIT {SHOWN + 1}"


def readings_query(graphs: Iterable[str], ids: Ids) -> str:
    """Asks for the file, the reading and the version of the program behind graphs of documents."""
    return f"""{_PREFIXES}SELECT DISTINCT ?graph ?document ?file ?reading ?version {{
  VALUES ?graph {{ {" ".join(graphs)} }}
  GRAPH <{ids.graph("catalogue")}> {{ ?graph zp:sourceDocument ?document ; prov:wasGeneratedBy ?reading ; zp:fileName ?file .
    OPTIONAL {{ ?reading prov:wasAssociatedWith ?agent }} }}
  OPTIONAL {{ ?agent zp:version ?version }}
}} ORDER BY ?file ?graph"""


# --- the same as triples --------------------------------------------------------------------------------------


def said_query(node: str) -> str:
    """Asks for all that is said of a node."""
    return f"CONSTRUCT {{ {node} ?p ?o }} WHERE {{ {node} ?p ?o }}"


def linking_query(node: str, limit: int, offset: int) -> str:
    """Asks for a part of what links to a node."""
    return f"""CONSTRUCT {{ ?s ?p {node} }} WHERE {{ SELECT DISTINCT ?s ?p {{ ?s ?p {node} }} LIMIT {limit} OFFSET {offset} }}"""


def beside_query(node: str) -> str:
    """Asks for the names and kinds of what a node links to."""
    labels = ", ".join(f"<{one}>" for one in (*LABELS, TYPE))
    return f"""CONSTRUCT {{ ?x ?p ?o }} WHERE {{
  {{ SELECT DISTINCT ?x {{ {node} ?any ?x . FILTER(isIRI(?x)) }} LIMIT {COUNTED} }} ?x ?p ?o . FILTER(?p IN ({labels})) }}"""


def words_query(node: str) -> str:
    """Asks for the words that a node was quoted from, with all that is said of them and of their selectors."""
    words = f"{{ {node} prov:wasQuotedFrom ?x }} UNION {{ {node} prov:wasQuotedFrom/oa:hasSelector ?x }}"
    return f"""{_PREFIXES}CONSTRUCT {{ ?x ?p ?o }} WHERE {{ {{ SELECT DISTINCT ?x {{ {words} }} LIMIT {3 * SHOWN} }} ?x ?p ?o }}"""
