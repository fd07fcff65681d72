"""The lineage of two plans as SVG for a report: the tasks of both in columns, and bands between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from viz.pictures.flow import OUTCOMES, Columns, End, Flow, title, to_columns
from viz.pictures.labels import clean, short
from viz.pictures.model import Notice
from viz.pictures.svg import INK, MARGIN, QUIET, document, heading, text

_ROW = 24.0
_BAND = 15.0  # of one task
_TALL = 6  # tasks of one heading that still take a row each
_WORDS, _MIDDLE = 380.0, 340.0
_SUMMED = Notice(
    zh="两份计划的任务超过 300 项，按一级标题合并；数字是任务的条数。",
    en="The plans have more than 300 tasks: they are drawn by headings, with the number of tasks.",
)


def to_svg(flow: Flow) -> str:
    """The drawing."""
    columns = to_columns(flow)
    wide = 2 * _WORDS + _MIDDLE
    left, right = (len(sides) for sides in flow.sides())
    subtitle = f"谱系 lineage · {flow.told} · 左 left {left} 项，右 right {right} 项"
    head, top = heading(title(flow), subtitle, [_SUMMED] if columns.summed else [], wide)
    legend = list(_legend(flow, top + 34))
    top += 70
    places = {**_places(columns.left, top), **_places(columns.right, top)}
    bottom = max(y + high for y, high in places.values()) + 14
    body = [*head, *legend, *_bands(columns, places), *_column(columns.left, places, MARGIN + _WORDS, left=True)]
    body += _column(columns.right, places, MARGIN + _WORDS + _MIDDLE, left=False)
    return document(wide + 2 * MARGIN, bottom, body, title(flow))


def _places(ends: Iterable[End], y: float) -> dict[str, tuple[float, float]]:
    """Where each end begins, and how high it is."""
    places = {}
    for end in ends:
        high = _ROW * min(max(end.size, 1), _TALL) - (_ROW - _BAND)
        places[end.key] = (y, high)
        y += high + _ROW - _BAND
    return places


def _column(ends: Iterable[End], places: Mapping[str, tuple[float, float]], x: float, *, left: bool) -> Iterator[str]:
    for end in ends:
        y, high = places[end.key]
        colour = OUTCOMES[end.key].colour if end.key in OUTCOMES else QUIET
        words = f"<title>{escape(clean(end.label[:2000]))}</title>"
        yield f'<rect x="{x - 3:.1f}" y="{y:.1f}" width="6" height="{high:.1f}" fill="{colour}">{words}</rect>'
        at = x - 12 if left else x + 12
        yield text(at, y + high / 2 + 4.5, short(end.label, 52), 13, INK, anchor="end" if left else "start")


def _bands(columns: Columns, places: Mapping[str, tuple[float, float]]) -> Iterator[str]:
    """Each band leaves its end below the one before it, in the order in which they arrive."""
    used: dict[tuple[str, int], float] = {}
    sizes = {end.key: max(end.size, 1) for end in (*columns.left, *columns.right)}
    x1, x2 = MARGIN + _WORDS + 3, MARGIN + _WORDS + _MIDDLE - 3
    middle = (x1 + x2) / 2
    for band in sorted(columns.bands, key=lambda band: (places[band.a], places[band.b])):
        (y1, high1), (y2, high2) = places[band.a], places[band.b]
        wide1, wide2 = high1 * band.count / sizes[band.a], high2 * band.count / sizes[band.b]
        y1, y2 = y1 + used.get((band.a, 0), 0.0), y2 + used.get((band.b, 1), 0.0)
        used[band.a, 0] = used.get((band.a, 0), 0.0) + wide1
        used[band.b, 1] = used.get((band.b, 1), 0.0) + wide2
        way = (
            f"M{x1:.1f},{y1:.1f} C{middle:.1f},{y1:.1f} {middle:.1f},{y2:.1f} {x2:.1f},{y2:.1f} L{x2:.1f},{y2 + wide2:.1f} "
            f"C{middle:.1f},{y2 + wide2:.1f} {middle:.1f},{y1 + wide1:.1f} {x1:.1f},{y1 + wide1:.1f} Z"
        )
        outcome = OUTCOMES[band.outcome]
        words = f"{outcome.zh} {outcome.en}" + (f" × {band.count}" if band.count > 1 else "")
        yield f'<path d="{way}" fill="{outcome.colour}" fill-opacity="0.6"><title>{words}</title></path>'


def _legend(flow: Flow, y: float) -> Iterator[str]:
    x = MARGIN
    for name, count in flow.counts.items():
        outcome = OUTCOMES[name]
        words = f"{outcome.zh} {outcome.en} {count}"
        yield f'<circle cx="{x + 6:.1f}" cy="{y - 4:.1f}" r="6" fill="{outcome.colour}"/>{text(x + 18, y, words, 13, INK)}'
        x += 52 + 13 * len(outcome.zh) + 6.8 * (len(outcome.en) + len(str(count)) + 1)
