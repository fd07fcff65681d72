"""Words as they are drawn."""

from __future__ import annotations

import pytest

from tests.viz.graphs import HOSTILE
from viz.pictures.labels import bounded, clean, lines, width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("澄湖区财政局", ["澄湖区财政局"], id="short stays"),
        pytest.param("澄湖区人力资源和社会保障局", ["澄湖区人力资源和", "社会保障局"], id="no line with one character"),
        pytest.param(
            "公开年度采购意向合同自签，之日起两个工作日内",
            ["公开年度采购意向合同自签，", "之日起两个工作日内"],
            id="no comma first",
        ),
        pytest.param("", ["—"], id="nothing"),
        pytest.param("\u202e\x00", ["—"], id="nothing that can be drawn"),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_lines_are_few_and_short(text: str) -> None:
    drawn = lines(text)
    assert len(drawn) <= 2
    assert all(width(line) <= 28 for line in drawn)
    assert not any("\n" in line or "\u2028" in line or "\u202e" in line for line in drawn)


def test_what_xml_cannot_hold_goes() -> None:
    assert clean("a\x00b\x0bc\ud800d\ufffee") == "abcde"


def test_a_long_text_says_how_long_it_was() -> None:
    assert bounded("长" * 10_000).endswith("……（共 10000 字 / 10000 characters）")
    assert len(bounded("长" * 10_000)) < 2100
