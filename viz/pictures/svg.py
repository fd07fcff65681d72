"""A graph as SVG for a report: real text, a legend, what was summed up, and where it comes from."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from viz.pictures.labels import caption, clean, lines, plain, short, width
from viz.pictures.layout import WIDE, to_positions, to_scales
from viz.pictures.look import Look, Stroke, called, kinds, stroke
from viz.pictures.model import Graph, Notice, Thing, Tie
from viz.pictures.shapes import outline, stroked
from viz.pictures.ties import bends_of, labels_of

FONTS = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','Noto Sans SC','WenQuanYi Micro Hei','Source Han Sans SC',sans-serif"
INK, QUIET, RULE = "#1b1f24", "#57606c", "#d8dde3"
MARGIN = 40.0
_TEXT, _LEAD = 13.0, 17.0  # size and distance of lines of a label
_LEGEND = 250.0
_LEAST = 640.0  # width that a title and notices need

Place = tuple[float, float]


def to_svg(graph: Graph) -> str:
    """The drawing. A graph that is too large is summed up before (`to_summary`)."""
    legend = list(_legend(graph))
    places, scales = to_positions(graph), to_scales(graph)
    left, right = (turn(place[0] + side * WIDE / 2 * scales[key] for key, place in places.items()) for turn, side in ((min, -1), (max, 1)))
    top, bottom = (turn(place[1] + side * scales[key] for key, place in places.items()) for turn, side in ((min, -30), (max, 70)))
    big = min(max((right - left) / 1500, 1.0), 3.0)  # title and legend of a large drawing, to be read with it
    drawn = max(right - left, _LEAST)
    head, under = heading(graph.title, graph.subtitle, graph.notices, drawn / big + _LEGEND)
    shift = MARGIN * big + (drawn - right - left) / 2, (under + 20) * big - top
    moved = {key: (x + shift[0], y + shift[1]) for key, (x, y) in places.items()}
    high = max(bottom + shift[1] + 10, (under + 30 + 24 * len(legend)) * big)
    beside = [row.replace("@", f"{under + 30 + 24 * at:.0f}") for at, row in enumerate(legend)]
    body = [
        f'<g transform="scale({big:.2f})">{"".join(head)}</g>',
        *_ties(graph, moved),
        *(part for thing in graph.things for part in _thing(thing, moved[thing.key], scales[thing.key], thing.key in graph.starts)),
        f'<g transform="translate({MARGIN * big + drawn + 30:.0f} 0) scale({big:.2f})">{"".join(beside)}</g>',
    ]
    return document(drawn + (_LEGEND + 2 * MARGIN) * big, high, body, graph.title, big)


def document(wide: float, high: float, body: Iterable[str], title: str, big: float = 1.0) -> str:
    """The file around what is drawn; its source stands at the foot."""
    words = "政谱 Zhengpu · 依据入库文件的原文绘制 drawn from the words of the stored documents"
    foot = text(MARGIN * big, high + 16 * big, words, round(11 * big, 1), QUIET)
    high += 36 * big
    inside = "\n".join([*body, foot])
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}" \
font-family="{FONTS}" role="img">
<title>{escape(clean(title))}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
{inside}
</svg>
"""


def heading(title: str, subtitle: str, notices: Iterable[Notice], wide: float) -> tuple[list[str], float]:
    """Title, subtitle and notices, and where they end."""
    y = 52.0
    head = [text(MARGIN, y, short(title, 90), 24, INK, weight=600)]
    y += 28
    head.append(text(MARGIN, y, short(subtitle, 140), 14, QUIET))
    for notice in notices:
        for words in (notice.zh, notice.en):
            for line in lines(words, int(wide / 6.8), 4):
                y += 21
                head.append(text(MARGIN, y, line, 13, "#7a3b00"))
    return head, y


def text(x: float, y: float, words: str, size: float, colour: str, *, anchor: str = "start", weight: int = 400) -> str:
    """One line of text, whatever is in it."""
    heavy = f' font-weight="{weight}"' if weight != 400 else ""
    middle = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{middle}{heavy}>{escape(plain(words))}</text>'


# --- things and ties ------------------------------------------------------------------------------------------------


def radius(look: Look, thing: Thing, start: bool) -> float:
    return look.size * 0.85 + (5 if start or thing.members else 0)


def _thing(thing: Thing, place: Place, scale: float, start: bool) -> Iterator[str]:
    look, (x, y) = kinds()[thing.kind], place
    r = radius(look, thing, start) * scale
    size, lead = _TEXT * scale, _LEAD * scale
    edge = f'stroke="{INK}" stroke-width="2.5"' if start else 'stroke="#ffffff" stroke-width="1"'
    yield f'{outline(look.shape, x, y, r)} fill="{look.light}" {edge}><title>{escape(clean(thing.label))}</title></{_end(look)}>'
    rows = lines(caption(thing))
    wide = max(map(width, rows)) * size / 2 + 6
    box = f'width="{wide:.1f}" height="{lead * len(rows):.1f}"'
    yield f'<rect x="{x - wide / 2:.1f}" y="{y + r + 3:.1f}" {box} fill="#ffffff" fill-opacity="0.82"/>'
    for at, row in enumerate(rows):
        yield text(x, y + r + 3 + lead * (at + 0.75), row, round(size, 1), INK, anchor="middle", weight=600 if start else 400)


def _end(look: Look) -> str:
    return "circle" if look.shape == "dot" else "polygon"


def _ties(graph: Graph, places: Mapping[str, Place]) -> Iterator[str]:
    scales = to_scales(graph)
    sizes = {thing.key: radius(kinds()[thing.kind], thing, thing.key in graph.starts) * scales[thing.key] + 3 for thing in graph.things}
    faint = 0.55 if len(graph.ties) > 150 else 0.9
    for tie, bend, label in zip(graph.ties, bends_of(graph.ties), labels_of(graph.ties), strict=True):
        if tie.source != tie.target:
            yield from _tie(tie, places, sizes, (bend * 14.0, faint, label))


def _tie(tie: Tie, places: Mapping[str, Place], sizes: Mapping[str, float], how: tuple[float, float, str]) -> Iterator[str]:
    (x1, y1), (x2, y2) = places[tie.source], places[tie.target]
    bend, faint, label = how
    long = math.hypot(x2 - x1, y2 - y1) or 1.0
    along = ((x2 - x1) / long, (y2 - y1) / long)
    x1, y1 = x1 + along[0] * sizes[tie.source], y1 + along[1] * sizes[tie.source]
    x2, y2 = x2 - along[0] * sizes[tie.target], y2 - along[1] * sizes[tie.target]
    middle = ((x1 + x2) / 2 - along[1] * bend * 2, (y1 + y2) / 2 + along[0] * bend * 2)
    drawn = stroke(tie.relation)
    way = f"Q{middle[0]:.1f},{middle[1]:.1f} {x2:.1f},{y2:.1f}" if bend else f"L{x2:.1f},{y2:.1f}"
    words = escape(clean(called(drawn)) + (f" × {tie.count}" if tie.count > 1 else ""))
    yield f'<path d="M{x1:.1f},{y1:.1f} {way}" fill="none" {stroked(drawn)} stroke-opacity="{faint}"><title>{words}</title></path>'
    yield _head(x2, y2, math.atan2(y2 - middle[1], x2 - middle[0]), drawn)
    if label:
        yield text(middle[0] + along[1] * bend, middle[1] - along[0] * bend + 4, label, 11, QUIET, anchor="middle")


def _head(x: float, y: float, angle: float, drawn: Stroke) -> str:
    """The point of an arrow."""
    ends = [(x - 8 * math.cos(angle + turn), y - 8 * math.sin(angle + turn)) for turn in (-0.38, 0.38)]
    points = " ".join(f"{px:.1f},{py:.1f}" for px, py in [(x, y), *ends])
    return f'<polygon points="{points}" fill="{drawn.colour}"/>'


def _legend(graph: Graph) -> Iterator[str]:
    """A row for each kind and each relation, with how many there are; @ is where it stands."""
    shown = Counter(thing.kind for thing in graph.things)
    for kind, look in kinds().items():
        if shown[kind]:
            yield _row(f'{outline(look.shape, 10, -4, 7)} fill="{look.light}"/>', called(look), shown[kind])
    for relation, count in Counter(tie.relation for tie in graph.ties).most_common():
        yield _row(f'<line x1="-2" y1="-4" x2="24" y2="-4" {stroked(stroke(relation))}/>', called(stroke(relation)), count)


def _row(drawn: str, words: str, count: int) -> str:
    return f'<g transform="translate(0 @)">{drawn}{text(34, 0, f"{short(words, 26)}　{count}", 13, INK)}</g>'
