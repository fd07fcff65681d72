"""Terms as N-Triples writes them: what they are, and how they read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from ontology import expand

Term = bytes  # <iri>, "literal", "literal"@zh, "5"^^<datatype>
Node = dict[Term, list[Term]]  # predicate to objects
Graph = dict[Term, Node]
Test = Callable[[Term, Graph], bool]

_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf"\'\\]))')
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_LANGUAGE = re.compile(rb'"@([A-Za-z]+(?:-[A-Za-z0-9]+)*)$')
_INTEGER = re.compile(rb'"[+-]?[0-9]+"')
_DECIMAL = re.compile(rb'"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"')
_DATE = re.compile(rb'"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])?"')
_BOOLEANS = frozenset((b'"true"', b'"false"', b'"1"', b'"0"'))


class NotNTriples(ValueError):
    """A line is not one triple of N-Triples."""


def term(short: str) -> Term:
    """The IRI behind a prefixed name."""
    return b"<" + expand(short).encode() + b">"


TYPE = term("rdf:type")
_STRING = b"^^" + term("xsd:string")
_NUMBERS = frozenset(
    b"^^" + term(f"xsd:{kind}")
    for kind in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)


def read_graph(ntriples: bytes) -> Graph:
    """The nodes of a graph: subject to predicate to objects, all as they are written."""
    graph: Graph = {}
    subject: Term = b""
    node: Node = {}
    for line in ntriples.splitlines():
        name, _, rest = line.partition(b" ")
        predicate, _, value = rest.partition(b" ")
        if value[-2:] != b" .":
            if line.strip():
                raise NotNTriples(line.decode("utf-8", "replace"))
            continue
        if name != subject:
            subject, node = name, graph.setdefault(name, {})
        if predicate in node:
            node[predicate].append(value[:-2])
        else:
            node[predicate] = [value[:-2]]
    return graph


def plain(value: Term) -> str:
    """What a term says: an IRI without its brackets, a literal without quotes, language and datatype."""
    if value[:1] == b'"':
        value = value[1 : value.rindex(b'"')]
    elif value[:1] == b"<":
        value = value[1:-1]
    text = value.decode("utf-8", "replace")
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(found: re.Match[str]) -> str:
    short, long, mark = found.groups()
    return _PLAIN[mark] if mark else chr(int(short or long, 16))


def language(value: Term) -> str:
    """The language tag in lower case; empty where there is none."""
    found = _LANGUAGE.search(value)
    return found.group(1).decode().lower() if found else ""


def number(value: Term) -> int | Decimal | None:
    """The number that a literal says; None where it says none."""
    if value[:1] != b'"':
        return None
    end = value.rindex(b'"')
    lexical = value[1:end]
    if value[end + 1 :] not in _NUMBERS:
        return None
    try:
        return int(lexical)
    except ValueError:
        try:
            return Decimal(lexical.decode("utf-8", "replace"))
        except InvalidOperation:
            return None


def is_string(value: Term) -> bool:
    return value[:1] == b'"' and (value[-1:] == b'"' or value.endswith(_STRING))


def is_date(lexical: Term) -> bool:
    """Whether a day is one of the calendar, and not only looks like one."""
    found = _DATE.fullmatch(lexical)
    if not found:
        return False
    try:
        dt.date.fromisoformat(found.group(1).decode())
    except ValueError:
        return False
    return True


def is_integer(lexical: Term) -> bool:
    return _INTEGER.fullmatch(lexical) is not None


def is_decimal(lexical: Term) -> bool:
    return _DECIMAL.fullmatch(lexical) is not None


def is_boolean(lexical: Term) -> bool:
    return lexical in _BOOLEANS


LEXICAL: Mapping[Term, Callable[[Term], bool]] = {
    term("xsd:integer"): is_integer,
    term("xsd:decimal"): is_decimal,
    term("xsd:boolean"): is_boolean,
    term("xsd:date"): is_date,
}
