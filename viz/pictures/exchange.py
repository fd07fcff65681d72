"""A graph for other programs: GraphML and GEXF for Gephi, and JSON; everything that was read, nothing summed up."""

from __future__ import annotations

import io
import json
from typing import Any

from viz.pictures.labels import bounded, plain
from viz.pictures.look import kinds, stroke
from viz.pictures.model import Graph, Thing, Tie


def to_graphml(graph: Graph) -> bytes:
    """With kind, label, IRI and details of nodes, relation and words of edges."""
    import networkx

    out = io.BytesIO()
    networkx.write_graphml(_networkx(graph), out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return out.getvalue()


def to_gexf(graph: Graph) -> bytes:
    """The same."""
    import networkx

    out = io.BytesIO()
    networkx.write_gexf(_networkx(graph), out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def to_json(graph: Graph) -> bytes:
    """The same, with all quotes."""
    content = {
        "title": graph.title,
        "nodes": [
            {"id": thing.key, **_node(thing), "quotes": [_quoted(thing, at) for at in range(len(thing.quotes))]} for thing in graph.things
        ],
        "edges": [{"source": tie.source, "target": tie.target, **_edge(tie)} for tie in graph.ties],
        "starts": list(graph.starts),
        "notices": [{"zh": notice.zh, "en": notice.en} for notice in graph.notices],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _quoted(thing: Thing, at: int) -> dict[str, str]:
    quote = thing.quotes[at]
    return {"text": quote.text, "file": quote.file, "place": quote.place}


def _networkx(graph: Graph) -> Any:
    import networkx

    made = networkx.MultiDiGraph(name=plain(graph.title))
    for thing in graph.things:
        made.add_node(plain(thing.key), **_node(thing))
    for at, tie in enumerate(graph.ties):
        made.add_edge(plain(tie.source), plain(tie.target), key=f"e{at}", **_edge(tie))
    return made


def _node(thing: Thing) -> dict[str, str]:
    look = kinds()[thing.kind]
    told = {what: bounded("；".join(values)) for what, values in thing.about.items()}
    return {
        "label": bounded(thing.label),
        "kind": thing.kind,
        "kind_zh": look.zh,
        "iri": plain(thing.iri),
        **told,
        "words": bounded(thing.quotes[0].text) if thing.quotes else "",
    }


def _edge(tie: Tie) -> dict[str, str | int]:
    drawn = stroke(tie.relation)
    return {
        "relation": plain(tie.relation) or "—",
        "label": plain(drawn.zh),
        "label_en": plain(drawn.en),
        "words": bounded("；".join(tie.words)),
    }
