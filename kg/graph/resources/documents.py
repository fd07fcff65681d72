"""Documents: what is stored of them, their text, and every stretch of it that a fact was read from."""

from __future__ import annotations

from collections.abc import Sequence

from kg.graph.resources.base import Kept, Slice, ask, listed, narrowed, one_of, to_terms, values
from kg.ids import Ids


def documents_query(ids: Ids, kept: Kept, part: Slice | None) -> str:
    """Asks for documents, in order of their file names."""
    pattern = f"""{narrowed("document", kept)}
    GRAPH <{ids.graph("catalogue")}> {{ ?graph zp:sourceDocument ?document ; zp:fileName ?f }}"""
    if kept.plan:
        pattern += " " + one_of("?graph zp:graphOf", "printed", to_terms(kept.plan))
    told = f"""GRAPH <{ids.graph("catalogue")}> {{ ?graph zp:sourceDocument ?document ; zp:fileName ?file ; zp:taskCount ?tasks ;
      zp:doubtCount ?doubts ; zp:tripleCount ?triples ; prov:wasGeneratedBy ?reading .
      OPTIONAL {{ ?reading prov:wasAssociatedWith/zp:version ?version }} }}
    OPTIONAL {{ ?document zp:mediaType ?media_type }} OPTIONAL {{ ?document zp:byteSize ?size }}
    OPTIONAL {{ ?document zp:sha256 ?sha256 }}"""
    return listed("document", pattern, "?f", told, "?file ?tasks ?doubts ?triples ?version ?media_type ?size ?sha256", part)


def plans_query(ids: Ids, documents: Sequence[str]) -> str:
    """Asks for the plans that documents print."""
    return ask(
        "?document ?plan ?label ?year",
        f"""{values("document", documents)} GRAPH <{ids.graph("catalogue")}> {{ ?graph zp:sourceDocument ?document ; zp:graphOf ?plan }}
        OPTIONAL {{ ?plan dcterms:title ?label }} OPTIONAL {{ ?plan zp:planYear ?year }}""",
    )


def pages_query(ids: Ids, hashes: Sequence[str]) -> str:
    """Asks for the last page that something was read from, by document."""
    graphs = values("graph", [ids.graph(each) for each in hashes])
    return ask("?graph (MAX(?page) AS ?pages)", f"{graphs} GRAPH ?graph {{ ?words zp:page ?page }}") + " GROUP BY ?graph"


def text_query(document: str) -> str:
    return ask("?text", f"<{document}> zp:sourceText ?text")


def marks_query(graph: str, most: int) -> str:
    """Asks for the stretches of a document that facts were read from, at most so many, in order."""
    return (
        ask(
            "?thing ?type ?states ?start ?end ?stands ?page",
            f"""GRAPH <{graph}> {{ ?thing prov:wasQuotedFrom ?words ; a ?type .
              FILTER(STRSTARTS(STR(?type), "https://w3id.org/zhengpu/ontology#") && ?type != zp:Deadline)
              ?words oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end .
              OPTIONAL {{ ?words zp:states ?states }} OPTIONAL {{ ?words zp:place ?stands }} OPTIONAL {{ ?words zp:page ?page }} }}""",
        )
        + f" ORDER BY ?start DESC(?end) ?thing LIMIT {most + 1}"
    )


def doubts_query(graph: str) -> str:
    """Asks for what was not understood in a document."""
    return (
        ask(
            "?doubt ?code ?zh ?en ?stands",
            f"""GRAPH <{graph}> {{ ?doubt a zp:Doubt ; zp:doubtCode ?code ; rdfs:comment ?zh , ?en . OPTIONAL {{ ?doubt zp:place ?stands }}
            FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") }}""",
        )
        + " ORDER BY ?doubt"
    )
