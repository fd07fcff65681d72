"""A graph or a flow in each of the forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viz.pictures.model import Graph
from viz.pictures.sums import to_summary

if TYPE_CHECKING:
    from viz.pictures.flow import Flow


_WHOLE = {"graphml", "gexf", "json"}  # forms that take everything


def to_drawn(graph: Graph, form: str) -> Graph:
    """The graph as a form shows it: whole for other programs, summed up where there is too much to look at."""
    return graph if form in _WHOLE else to_summary(graph)


def write_graph(graph: Graph, form: str) -> bytes:
    """A graph that can be drawn (`to_drawn`) as a file, in UTF-8 whatever the machine is set to."""
    from viz.network import to_html
    from viz.pictures import exchange
    from viz.pictures.png import to_png
    from viz.pictures.svg import to_svg

    if form in _WHOLE:
        return {"graphml": exchange.to_graphml, "gexf": exchange.to_gexf, "json": exchange.to_json}[form](graph)
    if form == "png":
        return to_png(to_svg(graph))
    return (to_html(graph) if form == "html" else to_svg(graph)).encode("utf-8", "replace")


def write_flow(flow: Flow, form: str) -> bytes:
    """The same for the lineage of two plans."""
    from viz.pictures import exchange
    from viz.pictures.flow import to_graph
    from viz.pictures.flow_page import to_html
    from viz.pictures.flow_svg import to_svg
    from viz.pictures.png import to_png

    if form in _WHOLE:
        return {"graphml": exchange.to_graphml, "gexf": exchange.to_gexf, "json": exchange.to_json}[form](to_graph(flow))
    if form == "png":
        return to_png(to_svg(flow))
    return (to_html(flow) if form == "html" else to_svg(flow)).encode("utf-8", "replace")
