"""Mentions to identities."""

from kg.resolve.place import resolve_place

__all__ = ["resolve_place"]
