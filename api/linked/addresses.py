"""Where the server answers for an IRI. Loaded by workers too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from kg.ids import CODES, Ids, unescape
from ontology import expand

ONTOLOGY = expand("zp:").rstrip("#")
THINGS, CODE = "/id/", "/code/"
PAGE, DATA = "/page", "/data"
_SAFE = "/:@!$&'()*+,;=-._~%"  # what a path keeps as it is written
_BEYOND_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")


def iris_of(start: str, rest: str) -> tuple[str, ...]:
    """The IRIs that the rest of a path may mean, as it came over the wire, the likeliest first: as our identifiers are spelt,
    as it is written, and with all that is not ASCII decoded. Never decoded twice."""
    decoded = _BEYOND_ASCII.sub(lambda run: _decoded(run.group()), rest)
    return tuple(dict.fromkeys(start + each for each in (unescape(rest), rest, decoded)))


def _decoded(run: str) -> str:
    try:
        return bytes.fromhex(run.replace("%", "")).decode("utf-8")
    except UnicodeDecodeError:
        return run


def document_path(kind: str, iri: str, ids: Ids, asked: Mapping[str, str | int] | None = None) -> str:
    """The path of the page, or of the data, about an IRI; `asked` goes into its query."""
    query = {name: str(value) for name, value in (asked or {}).items() if value not in {"", 0}}
    rest = iri.removeprefix(ids.base)
    if rest != iri and rest and not re.search(r"[?#\\]|^/|//|(?:^|/)\.{1,2}(?:/|$)", rest):
        path = f"{kind}/{quote(rest, safe=_SAFE)}"
    else:
        path, query = kind, {"iri": iri, **query}
    return path + (f"?{urlencode(query)}" if query else "")


def page_path(iri: str, ids: Ids, language: str = "") -> str:
    """Where people read about an IRI: terms of the ontology on its page, all else on a page of its own."""
    if iri == ONTOLOGY or iri.startswith(f"{ONTOLOGY}#"):
        return f"/ontology{f'?lang={language}' if language else ''}{iri.removeprefix(ONTOLOGY)}"
    return document_path(PAGE, iri, ids, {"lang": language})


def is_ours(iri: str, ids: Ids) -> bool:
    """Whether the server answers for an IRI."""
    return iri.startswith((ids.base, CODES, f"{ONTOLOGY}#")) or iri == ONTOLOGY


def to_uri(iri: str) -> str:
    """An IRI as it stands in a header."""
    return quote(iri, safe=_SAFE + "?#[]")
