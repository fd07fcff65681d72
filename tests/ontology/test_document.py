"""`docs/ontology.md` and its picture are those that the ontology gives."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest

from ontology import expand, known_terms
from ontology.document import DOCS, to_markdown, write
from ontology.picture import BOXES, LINES, to_svg


@pytest.mark.parametrize(("name", "made"), [("ontology.md", to_markdown), ("ontology.svg", to_svg)])
def test_it_is_up_to_date(name: str, made: object) -> None:
    assert callable(made)
    assert (DOCS / name).read_text("utf-8") == made(), "run: python -m ontology.document"


def test_it_is_written_where_it_is_told(tmp_path: Path) -> None:
    assert [path.name for path in write(tmp_path)] == ["ontology.md", "ontology.svg"]


def test_the_picture_is_svg_and_shows_terms_that_exist() -> None:
    assert ET.fromstring(to_svg()).tag == "{http://www.w3.org/2000/svg}svg"
    words = {word.rstrip(",") for _, words, _ in LINES for word in words.split() if word != "…"}
    assert {expand(each) for each in (*BOXES, *words)} <= known_terms()


def test_no_two_boxes_stand_in_one_place() -> None:
    assert not [pair for pair in combinations(BOXES.values(), 2) if pair[0] == pair[1]]
    assert {end for start, _, other in LINES for end in (start, other)} == set(BOXES)
