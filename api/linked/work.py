"""What linked data has workers do: find a node, write its page, write its triples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO
from urllib.parse import urlencode

from api.linked.addresses import DATA, PAGE, document_path, is_ours, page_path
from api.linked.nodes import PART, By, Group, Node, Value, find_known, load_node, load_part
from api.pages import Frame, render
from kg.graph import nodes as ask
from kg.ids import CODES, Ids
from kg.store import Store
from kg.store.serving import iri as written
from kg.store.serving import to_form
from ontology import prefixes
from queries import load_library

LINKING = 1000  # triples from others to a node, at a time
FORMS: Mapping[str, tuple[str, str]] = {
    "ttl": ("Turtle", "text/turtle"),
    "jsonld": ("JSON-LD", "application/ld+json"),
    "nt": ("N-Triples", "application/n-triples"),
    "rdfxml": ("RDF/XML", "application/rdf+xml"),
}
_FOAF, _XHV = "http://xmlns.com/foaf/0.1/", "http://www.w3.org/1999/xhtml/vocab#"
_TYPE = f"<{ask.TYPE}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A page that is asked for: of a node, or of its neighbours by one property."""

    iris: tuple[str, ...]  # that may be meant
    frame: Frame
    by: By | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A value as a template takes it."""

    text: str
    label: str
    iri: bool
    href: str
    language: str = ""
    datatype: str = ""


def find(store: Store, ids: Ids, iris: tuple[str, ...]) -> str:  # noqa: ARG001 - as every worker's function
    """Which of the IRIs the store knows; nothing where it knows none."""
    return find_known(store, iris)


def page(store: Store, ids: Ids, out: BinaryIO, asked: Asked) -> str:
    """Write the page; the IRI that it is about, or nothing where the store knows none of them: then the page says so."""
    iri = find_known(store, asked.iris)
    if not iri:
        out.write(render("missing.html", asked.frame, iri=asked.iris[0]))
    elif asked.by:
        out.write(_part_page(_Links(ids, asked.frame), store, iri, asked.by))
    else:
        out.write(_node_page(store, ids, iri, asked.frame))
    return iri


def _node_page(store: Store, ids: Ids, iri: str, frame: Frame) -> bytes:
    links = _Links(ids, frame)
    formats = [
        {"name": name, "media": media, "href": frame.root + document_path(DATA, iri, ids, {"format": form})}
        for form, (name, media) in FORMS.items()
    ]
    node = load_node(store, ids, iri, frame.language)

    def part(group: Group, way: ask.Way) -> str:
        return links.part(iri, By(property=group.property, way=way, offset=0))

    questions = list(_questions(node, frame))
    return render("node.html", frame, node=node, formats=formats, part=part, questions=questions, **links.given())


def _questions(node: Node, frame: Frame) -> Iterator[dict[str, str]]:
    """The stock queries that need nothing but this node."""
    kinds = {ask.ASKED_AS[each.text] for each in node.types if each.text in ask.ASKED_AS}
    if not node.iri.startswith(f"{CODES}function/"):
        kinds.discard("function")
    for query in load_library().values():
        needed = [one for one in query.parameters if one.required]
        if len(needed) == 1 and needed[0].kind in kinds:
            told = urlencode({needed[0].name: node.iri, "limit": PART})
            words = query.summary_en if frame.language == "en" else query.summary
            yield {"href": f"{frame.root}/api/queries/{query.name}?{told}", "label": words, "name": query.name}


def _part_page(links: _Links, store: Store, iri: str, by: By) -> bytes:
    part = load_part(store, iri, links.frame.language, by)
    before = links.part(iri, replace(by, offset=max(0, by.offset - PART))) if by.offset else ""
    after = links.part(iri, replace(by, offset=by.offset + PART)) if part.next else ""
    return render("part.html", links.frame, part=part, by=by, before=before, after=after, **links.given())


@dataclass(frozen=True, slots=True)
class _Links:
    """Where the pages of a server point."""

    ids: Ids
    frame: Frame

    def given(self) -> dict[str, object]:
        return {"linked": self.linked, "term": self.term, "address": self.address}

    def address(self, iri: str) -> str:
        return self.frame.root + page_path(iri, self.ids)

    def linked(self, value: Value) -> Shown:
        href = self.address(value.text) if value.iri and is_ours(value.text, self.ids) else ""
        if value.iri and not href and value.text.startswith(("http://", "https://")):
            href = value.text
        return Shown(text=value.text, label=value.label, iri=value.iri, href=href, language=value.language, datatype=value.datatype)

    def term(self, group: Group) -> Shown:
        """The property of a group, which leads to what it means."""
        href = self.address(group.property) if is_ours(group.property, self.ids) else ""
        return Shown(text=group.name, label=group.label, iri=True, href=href)

    def part(self, iri: str, by: By) -> str:
        told: dict[str, str | int] = {"property": by.property, "direction": by.way, "offset": by.offset, "lang": self.frame.language}
        return self.frame.root + document_path(PAGE, iri, self.ids, told)


# --- triples --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Triples that are asked for."""

    iris: tuple[str, ...]  # that may be meant
    form: str
    url: str  # of the server
    offset: int  # of what links here

    def name(self, iri: str, ids: Ids, offset: int) -> str:
        """The document itself, as a term."""
        return f"<{self.url}{document_path(DATA, iri, ids, {'format': self.form, 'offset': offset})}>"


def data(store: Store, ids: Ids, out: BinaryIO, asked: Document) -> tuple[str, bool]:
    """Write what the graph says of a node, the words behind it, the names of what it links to, and a part of what links to it.
    Gives back the IRI, nothing where the store knows none of them, and whether more links to it."""
    iri = find_known(store, asked.iris)
    if not iri:
        return "", False
    node = written(iri)
    linking = store.query(ask.linking_query(node, LINKING + 1, asked.offset), "nt").splitlines(keepends=True)
    more = len(linking) > LINKING
    lines = _about(iri, ids, asked, more=more)
    if not asked.offset:
        for query in (ask.said_query(node), ask.words_query(node), ask.beside_query(node)):
            lines += sorted(store.query(query, "nt").splitlines(keepends=True))
    lines += sorted(linking[:LINKING])
    to_form(b"".join(dict.fromkeys(lines)), out, asked.form, {**prefixes(), "foaf": _FOAF})
    return iri, more


def _about(iri: str, ids: Ids, asked: Document, *, more: bool) -> list[bytes]:
    """What is said of the document itself: its topic, and the one that goes on where more links here."""
    this = asked.name(iri, ids, asked.offset)
    lines = [f"{this} {_TYPE} <{_FOAF}Document> .\n", f"{this} <{_FOAF}primaryTopic> {written(iri)} .\n"]
    lines += [f"{this} <{_XHV}next> {asked.name(iri, ids, asked.offset + LINKING)} .\n"] if more else []
    return [line.encode() for line in lines]
