"""The files for other programs and for reports, read back by others."""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree

import networkx
import pytest

from kg.errors import SettingError
from tests.viz.graphs import HOSTILE, hostile, star
from viz.pictures.labels import lines, plain
from viz.pictures.model import Graph
from viz.pictures.png import check_fonts, to_png
from viz.pictures.svg import to_svg
from viz.pictures.writing import to_drawn, write_graph

GRAPHS = {"a star": star(20), "hostile": hostile(), "large": star(400)}


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS.keys())
@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)], ids=["graphml", "gexf"])
def test_other_programs_find_all_things_and_ties(graph: Graph, form: str, read: object) -> None:
    assert callable(read)
    found = read(io.BytesIO(write_graph(to_drawn(graph, form), form)))
    assert (found.number_of_nodes(), found.number_of_edges()) == (len(graph.things), len(graph.ties))
    for _, node in found.nodes(data=True):
        assert node["label"]
        assert node["kind"]
    assert all(tie["relation"] for _, _, tie in found.edges(data=True))


def test_json_holds_the_words_and_where_they_stand() -> None:
    found = json.loads(write_graph(star(3), "json"))
    assert [len(found["nodes"]), len(found["edges"])] == [4, 3]
    assert found["nodes"][1]["quotes"] == [{"text": "1. 原文的话", "file": "要点.docx", "place": "第1段"}]
    assert found["edges"][0]["words"] == "区财政局"


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS.keys())
def test_svg_is_well_formed_and_says_every_label(graph: Graph) -> None:
    drawn = to_drawn(graph, "svg")
    root = ElementTree.fromstring(write_graph(drawn, "svg"))
    assert not [one for one in root.iter() if one.tag.rpartition("}")[2] in {"script", "image", "foreignObject", "a"}]
    said = {one.text for one in root.iter("{http://www.w3.org/2000/svg}text")}
    for thing in drawn.things:
        assert lines(thing.label)[0][:4] in "\n".join(filter(None, said))
    assert any("依据入库文件" in (text or "") for text in said)


def test_the_words_of_notices_stand_on_the_drawing() -> None:
    assert "401 个事物" in to_svg(to_drawn(star(400), "svg"))


def test_png_has_the_size_of_the_drawing() -> None:
    png = to_png(to_svg(star(5)))
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") > 1000


def test_a_machine_without_chinese_fonts_is_told_what_to_install() -> None:
    with pytest.raises(SettingError, match="fonts-noto-cjk"):
        check_fonts(system=False)


def test_hostile_words_stay_words() -> None:
    svg = to_svg(hostile())
    assert "<script" not in svg
    assert 'onerror="' not in svg
    assert plain(HOSTILE[5]) in svg
