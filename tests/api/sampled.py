"""A store with some of the samples, and beside them nodes that are awkward to show."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ids import Ids, segment
from kg.ingestion import ingest, open_ours
from kg.store import Parcel
from ontology import expand
from tests.conftest import PLACES

DOCUMENTS = Path(__file__).parent.parent / "samples" / "documents"
FILES = ("city-2021.docx", "district-2021.txt", "district-2022.txt")
BASE = Ids().base
GRAPH = f"{BASE}graph/awkward"
SCRIPT = '<script>alert("x")</script>'
HUB, LARGE = f"{BASE}unit/999999/hub", f"{BASE}unit/999999/large"
NEIGHBOURS, LARGE_NEIGHBOURS = 1200, 6000
NAMES = ("a b", "50%", "甲/乙", "〔2021〕1号", "x×y", "Ⅱ", "a?b#c", "(1)", "%41", "è", "𠀀")
TWIN = "双名局"


def sampled_store(folder: Path) -> Path:
    """A store with the files and the awkward nodes, as it is before anything is derived."""
    files = [DOCUMENTS / name for name in FILES]
    with open_ours(str(folder), Ids(), create=True) as store:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ZHENGPU_JURISDICTIONS", PLACES)
            outcomes = list(ingest(files, store, Ids(), jobs=1))
        assert [one.error for one in outcomes if one.error] == []
        store.apply(Parcel(add={GRAPH: "".join(_lines()).encode()}))
    return folder


def named(name: str) -> str:
    """The IRI of the thing that is called so."""
    return f"{BASE}thing/{segment(name)}/task/3"


def _lines() -> list[str]:
    label, kind, unit = (f"<{expand(short)}>" for short in ("skos:prefLabel", "rdf:type", "zp:Unit"))
    lead, task = f"<{expand('zp:leadUnit')}>", f"<{expand('zp:Task')}>"
    lines = [f'<{named(name)}> {label} "{name} 号" .\n' for name in NAMES]
    lines += [
        f"<{BASE}thing/script> {label} {_quoted(SCRIPT)} .\n",
        f"<{BASE}thing/script> <{expand('rdfs:comment')}> {_quoted(SCRIPT)}@zh .\n",
    ]
    lines += [f"<{BASE}thing/script> <{expand('dcterms:source')}> <javascript:alert(1)> .\n"]
    lines += [
        f'<{BASE}unit/99999{n}/twin> {label} "{TWIN}" ; {kind} {unit} .\n'.replace(" ; ", f" .\n<{BASE}unit/99999{n}/twin> ")
        for n in (1, 2)
    ]
    for hub, count in ((HUB, NEIGHBOURS), (LARGE, LARGE_NEIGHBOURS)):
        lines += [f'<{hub}> {label} "枢纽局" .\n', f"<{hub}> {kind} {unit} .\n"]
        for n in range(1, count + 1):
            item = f"{hub}/task/{n}"
            lines += [f"<{item}> {lead} <{hub}> .\n", f"<{item}> {kind} {task} .\n"]
    lines += [f"<{BASE}thing/plain> {kind} {task} .\n"]
    return lines


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'
