"""A graph as one page that opens anywhere, offline: pyvis and its vis-network in a page of our own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from importlib import resources
from typing import Any

from markupsafe import Markup

from kg.search.pinyin import readings
from viz.pictures.labels import bounded, caption, lines, plain, short
from viz.pictures.layout import to_positions, to_scales
from viz.pictures.look import about_words, called, kinds, stroke
from viz.pictures.model import Graph, Quote, Thing, Tie
from viz.pictures.page import read_file, to_inline, to_page
from viz.pictures.shapes import line, swatch
from viz.pictures.sums import SHOWN
from viz.pictures.ties import bends_of, labels_of

STILL = 150  # above so many things the page does not offer to let them move
_SOUNDED = 60  # characters of a label that are found by how they sound
_MANY = 200  # ties that are no longer drawn while the picture is moved
_LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
_OPTIONS: dict[str, dict[str, Any]] = {
    "physics": {
        "enabled": False,
        "solver": "forceAtlas2Based",
        "forceAtlas2Based": {"gravitationalConstant": -90, "springLength": 110, "avoidOverlap": 0.6},
    },
    "interaction": {"hover": True, "tooltipDelay": 150, "keyboard": {"enabled": True, "bindToWindow": False}, "multiselect": False},
    "layout": {"improvedLayout": False},
}


def to_html(graph: Graph) -> str:
    """The page. A graph that is too large is summed up before (`to_summary`)."""
    ids = {thing.key: at for at, thing in enumerate(graph.things)}
    nodes, edges, options = _network(graph, ids)
    data = {
        "nodes": nodes,
        "edges": edges,
        "options": options,
        "things": [_told(thing) for thing in graph.things],
        "ties": [_tied(tie, ids) for tie in graph.ties],
        "starts": [ids[key] for key in graph.starts if key in ids],
        "still": len(graph.things) > STILL,
    }
    library = resources.files("pyvis").joinpath(_LIBRARY).read_text("utf-8")
    return to_page("network.html", [to_inline(library), read_file("network.js")], data, **_words(graph, ids))


def _options(graph: Graph) -> dict[str, Any]:
    """How vis-network behaves; ties step out of the way of a hand that moves a large picture."""
    many = len(graph.ties) > _MANY
    return {**_OPTIONS, "interaction": {**_OPTIONS["interaction"], "hideEdgesOnDrag": many, "hideEdgesOnZoom": many}}


def _network(graph: Graph, ids: Mapping[str, int]) -> tuple[list[Any], list[Any], Any]:
    """The nodes, edges and options, as pyvis hands them to vis-network."""
    from pyvis.network import Network  # brings IPython along

    network = Network(directed=True, cdn_resources="in_line")
    network.options = _options(graph)
    places, scales = to_positions(graph), to_scales(graph)
    for thing in graph.things:
        look, (x, y) = kinds()[thing.kind], places[thing.key]
        start = thing.key in graph.starts
        network.add_node(
            ids[thing.key], label="\n".join(lines(caption(thing))), shape=look.shape,
            color={"background": look.light, "border": look.light}, dark=look.dark,
            size=(look.size + (8 if start or thing.members else 0)) * scales[thing.key], x=x, y=y, title=_hint(thing),
            borderWidth=4 if start else 1, font={"size": round(14 * scales[thing.key])}, kind=thing.kind,
        )  # fmt: skip
    bends, labels = bends_of(graph.ties), labels_of(graph.ties)
    for at, tie in enumerate(graph.ties):
        drawn = stroke(tie.relation)
        network.add_edge(
            ids[tie.source], ids[tie.target], id=at, color={"color": drawn.colour, "highlight": drawn.colour, "hover": drawn.colour},
            width=drawn.width, dashes=list(drawn.dash) or False, title=_tie_hint(tie), label=labels[at],
            smooth={"enabled": True, "type": "curvedCW", "roundness": 0.14 * bends[at]} if bends[at] else False,
        )  # fmt: skip
    data = network.get_network_data()
    return data[0], data[1], network.options


def _hint(thing: Thing) -> str:
    """What is shown as text where the pointer rests."""
    quotes = [f"“{short(quote.text, 200)}”（{_source(quote)}）" for quote in thing.quotes[:1]]
    return "\n".join([f"{called(kinds()[thing.kind])} · {short(thing.label, 160)}", *quotes])


def _tie_hint(tie: Tie) -> str:
    words = [f"原文：{'；'.join(short(word, 120) for word in tie.words)}"] if tie.words else []
    return "\n".join([called(stroke(tie.relation)) + (f" × {tie.count}" if tie.count > 1 else ""), *words])


def _source(quote: Quote) -> str:
    return " ".join(short(part, 120) for part in (quote.file, quote.place) if part) or "出处不详 / no source"


# --- what stands beside the picture --------------------------------------------------------------------------------


def _told(thing: Thing) -> dict[str, Any]:
    """A thing as the details show it."""
    return {
        "kind": thing.kind,
        "called": called(kinds()[thing.kind]),
        "label": bounded(thing.label),
        "sound": _sound(thing.label),
        "iri": thing.iri,
        "about": [[about_words(what), "；".join(map(bounded, values))] for what, values in thing.about.items()],
        "quotes": [[bounded(quote.text), _source(quote)] for quote in thing.quotes],
        "members": [[short(member.label, 120), member.iri] for member in thing.members[:SHOWN]],
        "count": len(thing.members),
    }


def _tied(tie: Tie, ids: Mapping[str, int]) -> list[Any]:
    return [ids[tie.source], ids[tie.target], plain(called(stroke(tie.relation))), bounded("；".join(tie.words)), tie.count]


def _sound(label: str) -> str:
    """For each character the letters that its readings begin with; other characters stand for themselves."""
    return " ".join(
        "".join(sorted({reading[0] for reading in readings(char)})) or char.lower() for char in plain(label)[:_SOUNDED] if char != " "
    )


def _words(graph: Graph, ids: Mapping[str, int]) -> dict[str, Any]:
    """What the template says: legend, and the list that says in words what the picture shows."""
    shown = Counter(thing.kind for thing in graph.things)
    drawn = Counter(tie.relation for tie in graph.ties)
    groups: dict[str, list[tuple[int, Thing]]] = defaultdict(list)
    for thing in graph.things:
        groups[thing.kind].append((ids[thing.key], thing))
    labels = {thing.key: short(thing.label, 80) for thing in graph.things}
    return {
        "graph": graph,
        "legend": [(kind, look, Markup(swatch(look)), shown[kind]) for kind, look in kinds().items() if shown[kind]],
        "strokes": [(called(stroke(relation)), Markup(line(stroke(relation))), count) for relation, count in drawn.most_common()],
        "groups": [(called(kinds()[kind]), groups[kind]) for kind in kinds() if kind in groups],
        "ties": [(labels[tie.source], called(stroke(tie.relation)), labels[tie.target], tie.count, tie.words) for tie in graph.ties],
        "movable": len(graph.things) <= STILL,
    }
