"""The lineage of two plans as one page that opens anywhere: a flow of tasks by ECharts, and the wordings beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import viz
from kg.errors import SettingError
from viz.pictures.flow import OUTCOMES, Columns, End, Flow, number, title, to_columns
from viz.pictures.labels import bounded, plain, short
from viz.pictures.page import read_file, to_inline, to_page

_WEB = Path(viz.__file__).parent / "web"
_PLACES = (_WEB / "node_modules" / "echarts" / "dist" / "echarts.min.js", _WEB / "dist" / "vendor" / "echarts.min.js")
_ROW = 24  # pixels of a task in a column


def to_html(flow: Flow) -> str:
    """The page."""
    columns = to_columns(flow)
    data = {
        "nodes": [*_nodes(columns.left, 0), *_nodes(columns.right, 1)],
        "links": [
            {
                "source": band.a,
                "target": band.b,
                "value": band.count,
                "outcome": band.outcome,
                "words": _band_words(columns, band.a, band.b),
            }
            for band in columns.bands
        ],
        "colours": {name: one.colour for name, one in OUTCOMES.items()},
        "called": {name: f"{one.zh} {one.en}" for name, one in OUTCOMES.items()},
        "height": max(360, _ROW * max(_rows(columns.left), _rows(columns.right)) + 40),
    }
    words = {
        "title": title(flow),
        "flow": flow,
        "summed": columns.summed,
        "outcomes": [(OUTCOMES[name], count) for name, count in flow.counts.items()],
        "number": number,
        "bounded": bounded,
        "outcome_of": OUTCOMES,
        "tasks": [len(sides) for sides in flow.sides()],
        "keys": columns.keys,
    }
    return to_page("flow.html", [to_inline(read_echarts()), read_file("flow.js")], data, **words)


def _rows(ends: Iterable[End]) -> int:
    """How many rows a column takes: one for each task, fewer where many share a heading."""
    return sum(min(end.size, 6) for end in ends)


def _nodes(ends: Iterable[End], depth: int) -> list[dict[str, object]]:
    return [
        {
            "name": end.key,
            "depth": depth,
            "label": short(end.label, 36),
            "whole": short(end.label, 240),
            "rest": end.key if end.key in OUTCOMES else "",
        }
        for end in ends
    ]


def _band_words(columns: Columns, a: str, b: str) -> str:
    names = {end.key: end.label for end in (*columns.left, *columns.right)}
    return f"{short(plain(names[a]), 90)}\n→ {short(plain(names[b]), 90)}"


def read_echarts(places: Iterable[Path] = _PLACES) -> str:
    """ECharts as one script; an error that says how to come by it."""
    for place in places:
        if place.is_file():
            return place.read_text("utf-8")
    raise SettingError(
        "没有 ECharts，谱系网页画不出来：请先运行 make explorer（需要 Node），或改用 -o 谱系.svg",
        "there is no ECharts to draw the page of a lineage: run make explorer (it needs Node), or write .svg instead",
    )
