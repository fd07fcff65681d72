"""Facts to graphs: the one room that names the terms of the ontology."""

from kg.graph.document import DocumentGraph, PlanFacts, to_graph
from kg.graph.registry import to_registry

__all__ = ["DocumentGraph", "PlanFacts", "to_graph", "to_registry"]
