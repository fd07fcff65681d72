"""What the ontology has workers do: write it for people, and in every form of RDF."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import BinaryIO

from api.linked.addresses import PAGE, document_path
from api.pages import Frame, render
from kg.ids import CODES, Ids
from kg.store import Store
from kg.store.serving import to_form, to_lines
from ontology import expand, prefixes, read
from ontology.described import Kind, Scheme, Term, describe_schemes, describe_terms
from ontology.names import short_name, term_names

FILES = {"ontology": "zhengpu.ttl", "codes": "codes.ttl", "shapes": "shapes.ttl"}
_OURS = expand("zp:")


def vocabulary_page(store: Store, ids: Ids, out: BinaryIO, frame: Frame) -> None:  # noqa: ARG001 - as every worker's function
    """Write the page of classes, properties and code lists."""
    out.write(_written(frame, ids))


def vocabulary_data(store: Store, ids: Ids, out: BinaryIO, name: str, form: str) -> None:  # noqa: ARG001
    """Write one of the files of the ontology in a form of RDF; Turtle as it stands."""
    text = read(FILES[name])
    if form == "ttl":
        out.write(text.encode())
    else:
        to_form(b"".join(to_lines(text.encode(), "ttl", "")), out, form, prefixes())


@cache
def described() -> tuple[Mapping[Kind, tuple[Term, ...]], tuple[Scheme, ...]]:
    """The terms of each kind, and the code lists."""
    kinds: tuple[Kind, ...] = ("class", "object", "datatype", "annotation")
    return MappingProxyType({kind: tuple(describe_terms(kind)) for kind in kinds}), tuple(describe_schemes())


@lru_cache(maxsize=8)
def _written(frame: Frame, ids: Ids) -> bytes:
    def address(iri: str) -> str:
        """Within the page for a term of ours; elsewhere for others'."""
        return f"#{iri.removeprefix(_OURS)}" if iri.startswith(_OURS) else iri

    def code_address(scheme: str, code: str) -> str:
        return frame.root + document_path(PAGE, f"{CODES}{scheme}/{code}", ids)

    def named(iri: str) -> str:
        words = term_names().get(iri)
        return f"{words[frame.language == 'en'] or words[0]} {short_name(iri)}" if words else short_name(iri)

    terms, schemes = described()
    return render(
        "ontology.html", frame, terms=terms, schemes=schemes, address=address, code_address=code_address, named=named,
        local=lambda iri: iri.removeprefix(_OURS),
    )  # fmt: skip
