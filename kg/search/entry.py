"""What is found, as it stands in the index: its fields, and an entry to a document of the engine and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import tantivy

from kg.search.model import ROLES, Kind
from kg.search.words import cut_text, to_searched

END = "\x1f"  # stands behind the last character of a line; nobody types it, as it counts as white space
NAMED, SOURCE = "named", "source"  # kinds of entries that nobody finds: names of what facets sort by; documents that were read
SHARED: tuple[Kind, ...] = ("unit", "instrument")  # kinds of entries that belong to no plan
_TEXTS = ("name", "text", "about")  # each also cut into words, in a field of its own
_RAW = ("iri", "linked", "exact", "mark")
_FAST = ("kind", "place", "level", "plan", "unit", "function", "role", *ROLES, "instrument", "deadline", "relation")
NO_DEADLINE = "none"
_WORTH = {"unit": 0.16, "plan": 0.12, "instrument": 0.10, "section": 0.05, "task": 0.03, "statement": 0.0}
_BRIEF, _RECENT, _APART = 0.06, 0.04, 0.01  # how much of the score a short text, a late year and its name alone are worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be found. Codes and IRIs are what facets sort by."""

    kind: Kind
    iri: str
    label: str
    names: tuple[str, ...] = ()  # by which it is called: label, aliases, numbers
    text: str = ""
    about: tuple[str, ...] = ()  # what it belongs to: headings, units, place, year
    plan: str = ""
    plan_title: str = ""
    number: str = ""
    year: int | None = None
    place: str = ""
    place_name: str = ""
    level: str = ""
    units: tuple[str, ...] = ()
    duties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of a task: the units in each role
    functions: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()  # plans whose tasks come from this one, or it from theirs
    file: str = ""
    at: str = ""


def create_schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in _TEXTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(f"{name}_words", tokenizer_name="whitespace", index_option="basic")
    for name in _RAW:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _FAST:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", fast=True, indexed=True)
    builder.add_float_field("worth", fast=True)
    builder.add_bytes_field("told", stored=True)
    return builder.build()


def to_document(entry: Entry) -> tantivy.Document:
    """The entry as the engine takes it."""
    document = tantivy.Document()
    _add_lines(document, "name", entry.names)
    _add_lines(document, "about", entry.about)
    if text := to_searched(entry.text):
        document.add_text("text", _pairs(text))
        document.add_text("text_words", " ".join(cut_text(text)))
    single = {
        "iri": entry.iri,
        "plan": entry.plan,
        "kind": entry.kind,
        "place": entry.place,
        "level": entry.level,
        "mark": shared_mark(entry) if entry.kind in SHARED else "",
    }
    several = {
        "linked": entry.linked,
        "exact": dict.fromkeys(map(to_searched, entry.names)) if entry.kind != "section" else (),
        "unit": entry.units,
        "function": entry.functions,
        "role": tuple(entry.duties),
        **entry.duties,
        "instrument": entry.instruments,
        "deadline": entry.deadlines or ((NO_DEADLINE,) if entry.kind in {"task", "statement"} else ()),
        "relation": entry.relations,
    }
    for name, value in single.items():
        if value:
            document.add_text(name, value)
    for name, values in several.items():
        for value in values:
            document.add_text(name, value)
    if entry.year is not None:
        document.add_integer("year", entry.year)
    document.add_float("worth", _worth(entry))
    document.add_bytes("told", _json(_told(entry)))
    return document


def _add_lines(document: tantivy.Document, field: str, lines: tuple[str, ...]) -> None:
    if lines:
        document.add_text(field, " ".join(map(_line_pairs, lines)))
        document.add_text(f"{field}_words", " ".join(map(_cut_line, lines)))


def _pairs(searched: str) -> str:
    """Each character with the next one: what stands side by side is found by one look, whatever words it belongs to."""
    return " ".join(map(str.__add__, searched, searched[1:] + END))


@lru_cache(maxsize=16384)
def _line_pairs(line: str) -> str:
    return _pairs(to_searched(line))


@lru_cache(maxsize=16384)  # headings, units and places come again in every task
def _cut_line(line: str) -> str:
    return " ".join(cut_text(to_searched(line)))


def shared_mark(entry: Entry) -> str:
    """What changes whenever an entry that belongs to no plan does."""
    return f"{entry.iri} {hashlib.blake2b(repr(entry).encode('utf-8'), digest_size=12).hexdigest()}"


def to_source(mark: str, plans: tuple[str, ...]) -> tantivy.Document:
    """A document that was read, by its mark, with its plans."""
    document = tantivy.Document()
    document.add_text("kind", SOURCE)
    document.add_text("mark", mark)
    document.add_bytes("told", _json({"plans": plans}))
    return document


def to_named(value: str, label: str, aliases: tuple[str, ...] = ()) -> tantivy.Document:
    """The name of what a facet sorts by, such as a place."""
    document = tantivy.Document()
    document.add_text("kind", NAMED)
    document.add_text("iri", value)
    for name in dict.fromkeys((to_searched(label), *map(to_searched, aliases))):
        document.add_text("exact", name)
    document.add_bytes("told", _json({"iri": value, "label": label}))
    return document


def _told(entry: Entry) -> dict[str, Any]:
    """What a hit shows; what is empty is left out."""
    told = {
        "kind": entry.kind,
        "iri": entry.iri,
        "label": entry.label,
        "names": [name for name in entry.names if name != entry.label],
        "about": entry.about,
        "text": entry.text,
        "plan": entry.plan if entry.plan != entry.iri else "",
        "plan_title": entry.plan_title,
        "number": entry.number,
        "year": entry.year,
        "place": entry.place_name,
        "file": entry.file,
        "at": entry.at,
    }
    return {name: value for name, value in told.items() if value}


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def told_of(document: tantivy.Document) -> dict[str, Any]:
    """What was written of an entry."""
    told: dict[str, Any] = json.loads(bytes(document.get_first("told") or b"{}"))
    return told


def _worth(entry: Entry) -> float:
    """A number w for which log2(2 + w), by which the engine multiplies the score, is 1 and a bit more.

    Equal scores are told apart by kind, brevity, year and, at last, by a number made of the IRI: the order of hits never
    depends on when something was stored.
    """
    length = len(entry.text or entry.label)
    apart = int.from_bytes(hashlib.blake2b(entry.iri.encode("utf-8"), digest_size=4).digest()) / 2**32
    late = min(max((entry.year or 2000) - 2000, 0), 50) / 50
    factor = 1 + _WORTH[entry.kind] + _BRIEF / (1 + length / 60) + _RECENT * late + _APART * apart
    return float(2**factor - 2)
