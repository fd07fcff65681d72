"""Loaded once, before workers are forked, and by nobody else: what every page needs is then there at its first call."""

from __future__ import annotations

from api.linked.vocabulary import described
from api.pages import load_templates
from ontology.names import properties, term_names
from queries import load_library

load_templates()
term_names()
properties()
load_library()
described()
