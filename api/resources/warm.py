"""Loaded once, before workers are forked, and by nobody else: the dictionary that cuts questions, and the search."""

from __future__ import annotations

from kg import search
from queries.ask.cut import warm_up

__all__ = ["search"]

warm_up()
