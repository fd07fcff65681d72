"""Facts as lines of N-Triples, each written once, in the order in which they are said."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from kg.graph.terms import TYPES, term

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_ESCAPED = re.compile(r'[\\"\n\r]')
_XSD = "http://www.w3.org/2001/XMLSchema#"


def text(value: str, language: str = "") -> str:
    """A plain string, or one in a language."""
    escaped = value.translate(_ESCAPES) if _ESCAPED.search(value) else value  # looking first is ten times faster
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


def integer(value: int) -> str:
    return f'"{value}"^^<{_XSD}integer>'


def decimal(value: float) -> str:
    """In the canonical form of XSD 1.1, 95 and not 95.0: the form in which every store gives it back."""
    return f'"{f"{value:.6f}".rstrip("0").rstrip(".")}"^^<{_XSD}decimal>'


def boolean(value: bool) -> str:
    return f'"{"true" if value else "false"}"^^<{_XSD}boolean>'


def day(value: dt.date | str) -> str:
    return f'"{value if isinstance(value, str) else value.isoformat()}"^^<{_XSD}date>'


@cache
def _predicate(curie: str) -> str:
    return f" <{term(curie)}> "


@cache
def _type_lines(kind: str) -> tuple[str, ...]:
    rdf_type = term("rdf:type")
    return tuple(f" <{rdf_type}> <{term(one)}> .\n" for one in TYPES[kind])


class Lines:
    """Collects the triples of one graph."""

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}
        self._nodes: set[str] = set()

    def node(self, subject: str, kind: str) -> bool:
        """Say what `subject` is; False where that was said before."""
        if subject in self._nodes:
            return False
        self._nodes.add(subject)
        self._lines.update({f"<{subject}>{line}": None for line in _type_lines(kind)})
        return True

    def say(self, subject: str, predicate: str, value: str) -> None:
        """One triple; `value` is a term as `text`, `integer` and the like write it."""
        self._lines[f"<{subject}>{_predicate(predicate)}{value} .\n"] = None

    def say_text(self, subject: str, predicate: str, value: str | None) -> None:
        """A string, where there is one."""
        if value:
            self.say(subject, predicate, text(value))

    def link(self, subject: str, predicate: str, *others: str) -> None:
        for other in others:
            self.say(subject, predicate, f"<{other}>")

    def __len__(self) -> int:
        return len(self._lines)

    def encode(self) -> bytes:
        return "".join(self._lines).encode("utf-8")
