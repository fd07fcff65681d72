"""Mentions to identities."""

from kg.resolve.gazetteer import Place, load_jurisdictions, national_places, own_places
from kg.resolve.mentions import resolve
from kg.resolve.place import resolve_place
from kg.resolve.registry import Registry, load_registry, merge_registries, read_registry
from kg.resolve.unit_words import Function, load_functions

__all__ = [
    "Function",
    "Place",
    "Registry",
    "load_functions",
    "load_jurisdictions",
    "load_registry",
    "merge_registries",
    "national_places",
    "own_places",
    "read_registry",
    "resolve",
    "resolve_place",
]
