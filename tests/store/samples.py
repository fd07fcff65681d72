"""Small invented graphs of the shape that documents have, and the parcels that bring them."""

from __future__ import annotations

import hashlib

from kg.store import Parcel

BASE = "https://w3id.org/zhengpu/id/"
ZP = "https://w3id.org/zhengpu/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
CATALOGUE = f"{BASE}graph/catalogue"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_TITLE = "<http://purl.org/dc/terms/title>"
_FROM = "<http://www.w3.org/ns/prov#wasQuotedFrom>"
_OA = "http://www.w3.org/ns/oa#"


def sha(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def graph_of(number: int) -> str:
    return f"{BASE}graph/{sha(number)}"


def plan_of(number: int) -> str:
    return f"{BASE}plan/500199/2031/澄湖府办〔2031〕{number}号"


def triples(number: int, tasks: int = 3, wording: str = "") -> bytes:
    """The graph of one document: a plan with tasks, 12 triples each, and 3 of the plan."""
    document, plan = f"{BASE}document/{sha(number)}", plan_of(number)
    lines = [f"<{plan}> {_TYPE} <{ZP}Plan>", f'<{plan}> {_TITLE} "第{number}号要点"', f"<{plan}> <{ZP}sourceDocument> <{document}>"]
    for order in range(1, tasks + 1):
        task, words = f"{plan}/task/{order}", f"{document}/text/{order * 100}-{order * 100 + 40}"
        text = f"推进第{order}项公开事项{wording}，{number % 12 + 1}月底前完成。"
        lines += [
            f"<{task}> {_TYPE} <{ZP}Task>",
            f'<{task}> <{ZP}text> "{text}"',
            f'<{task}> <{ZP}order> "{order}"^^<{XSD}integer>',
            f"<{task}> <{ZP}inPlan> <{plan}>",
            f"<{task}> <{ZP}leadUnit> <{BASE}unit/500199/{sha(order % 7)[:16]}>",
            f'<{task}> <{ZP}dueDate> "2031-{number % 12 + 1:02}-28"^^<{XSD}date>',
            f"<{task}> {_FROM} <{words}>",
            f"<{words}> {_TYPE} <{_OA}SpecificResource>",
            f"<{words}> <{_OA}hasSource> <{document}>",
            f"<{words}> <{_OA}hasSelector> <{words}/quote>",
            f"<{words}/quote> {_TYPE} <{_OA}TextQuoteSelector>",
            f'<{words}/quote> <{_OA}exact> "{text}"',
        ]
    return "".join(f"{line} .\n" for line in lines).encode()


def entry(number: int) -> bytes:
    """What the catalogue says of the document: 3 triples."""
    graph = graph_of(number)
    lines = [
        f"<{graph}> <http://www.w3.org/ns/prov#wasGeneratedBy> <{BASE}reading/{sha(number)}>",
        f"<{graph}> <{ZP}sourceDocument> <{BASE}document/{sha(number)}>",
        f'<{graph}> <{ZP}fileName> "要点{number}.docx"',
    ]
    return "".join(f"{line} .\n" for line in lines).encode()


def new(number: int, tasks: int = 3) -> Parcel:
    """A document that the store does not have."""
    return Parcel(add={graph_of(number): triples(number, tasks), CATALOGUE: entry(number)})


def again(number: int, tasks: int = 3, wording: str = "") -> Parcel:
    """The document in place of what the store has of it."""
    graph = graph_of(number)
    return Parcel(drop=(graph,), forget=((CATALOGUE, graph),), add={graph: triples(number, tasks, wording), CATALOGUE: entry(number)})


def gone(number: int) -> Parcel:
    """The document withdrawn."""
    return Parcel(drop=(graph_of(number),), forget=((CATALOGUE, graph_of(number)),))


def ordered(data: bytes) -> bytes:
    """N-Triples, sorted."""
    return b"".join(sorted(data.splitlines(keepends=True)))
