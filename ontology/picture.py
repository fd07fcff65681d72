"""The ontology as one picture: an SVG that opens anywhere, made without a network or a drawing program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from ontology import expand, load_ontology

# Where each class stands, in columns and rows; the lines between neighbours then cross no box.
BOXES = {
    "zp:Jurisdiction": (0, 0),
    "zp:PlanSeries": (1, 0),
    "zp:Reading": (2, 0),
    "zp:DocumentGraph": (3, 0),
    "zp:UnitGroup": (0, 1),
    "zp:Plan": (1, 1),
    "zp:SourceDocument": (2, 1),
    "zp:Doubt": (3, 1),
    "zp:Unit": (0, 2),
    "zp:Section": (1, 2),
    "oa:SpecificResource": (2, 2),
    "zp:Assignment": (0, 3),
    "zp:Task": (1, 3),
    "zp:Deadline": (2, 3),
    "zp:Progress": (0, 4),
    "zp:Thread": (1, 4),
    "zp:Citation": (2, 4),
    "zp:Instrument": (3, 4),
    "zp:LineageLink": (0, 5),
    "zp:PlanComparison": (1, 5),
    "zp:Measure": (2, 5),
    "zp:Edition": (3, 5),
}
LINES = (
    ("zp:Plan", "zp:inSeries", "zp:PlanSeries"),
    ("zp:Plan", "zp:jurisdiction", "zp:Jurisdiction"),
    ("zp:Plan", "eli:passed_by", "zp:Unit"),
    ("zp:Plan", "zp:sourceDocument", "zp:SourceDocument"),
    ("zp:UnitGroup", "zp:jurisdiction", "zp:Jurisdiction"),
    ("zp:Unit", "zp:obligedThrough", "zp:UnitGroup"),
    ("zp:Reading", "prov:used", "zp:SourceDocument"),
    ("zp:DocumentGraph", "prov:wasGeneratedBy", "zp:Reading"),
    ("zp:Doubt", "zp:sourceDocument", "zp:SourceDocument"),
    ("zp:Section", "eli:is_part_of", "zp:Plan"),
    ("oa:SpecificResource", "oa:hasSource", "zp:SourceDocument"),
    ("zp:Task", "zp:inSection", "zp:Section"),
    ("zp:Task", "prov:wasQuotedFrom", "oa:SpecificResource"),
    ("zp:Task", "zp:leadUnit …", "zp:Unit"),
    ("zp:Task", "zp:hasAssignment", "zp:Assignment"),
    ("zp:Assignment", "zp:unit", "zp:Unit"),
    ("zp:Task", "zp:hasDeadline", "zp:Deadline"),
    ("zp:Task", "zp:hasMeasure", "zp:Measure"),
    ("zp:Task", "zp:hasCitation", "zp:Citation"),
    ("zp:Task", "zp:inThread", "zp:Thread"),
    ("zp:Citation", "zp:instrument", "zp:Instrument"),
    ("zp:Citation", "zp:edition", "zp:Edition"),
    ("zp:Instrument", "eli:has_member", "zp:Edition"),
    ("zp:Progress", "eli-dl:executed", "zp:Task"),
    ("zp:LineageLink", "zp:later, zp:earlier", "zp:Task"),
    ("zp:LineageLink", "prov:hadActivity", "zp:PlanComparison"),
)
WIDE, HIGH, ACROSS, DOWN, EDGE = 168, 50, 300, 122, 24
FOREIGN = {"oa:SpecificResource": ("出处", "evidence")}
_STYLE = """text { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Helvetica Neue", Arial, sans-serif; }
.box { fill: #f4f7fb; stroke: #34557f; stroke-width: 1.2; }
.far { fill: #faf7ef; stroke: #8a7440; stroke-width: 1.2; }
.zh { font-size: 15px; fill: #14283f; text-anchor: middle; }
.en { font-size: 11px; fill: #4a5a6d; text-anchor: middle; }
.line { stroke: #6b7b8d; stroke-width: 1.1; fill: none; marker-end: url(#arrow); }
.on { font-size: 11px; fill: #2d3e50; text-anchor: middle; paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }"""


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float


def to_svg() -> str:
    """The picture, the same bytes for the same ontology."""
    wide = max(column for column, _ in BOXES.values()) * ACROSS + WIDE + 2 * EDGE
    high = max(row for _, row in BOXES.values()) * DOWN + HIGH + 2 * EDGE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">',
        "<title>政谱本体 / The Zhengpu ontology</title>",
        f"<style>{_STYLE}</style>",
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0,0 L8,4 L0,8 z" fill="#6b7b8d"/></marker></defs>',
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        *(part for line in LINES for part in _line(*line)),
        *(part for name in BOXES for part in _box(name)),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def label(name: str) -> tuple[str, str]:
    """What a class is called in Chinese and in English."""
    if name in FOREIGN:
        return FOREIGN[name]
    from rdflib import RDFS, Literal, URIRef

    said = [each for each in load_ontology().objects(URIRef(expand(name)), RDFS.label) if isinstance(each, Literal)]
    words = {each.language: str(each) for each in said}
    return words["zh"], words["en"]


def _centre(name: str) -> Point:
    column, row = BOXES[name]
    return Point(EDGE + WIDE / 2 + column * ACROSS, EDGE + HIGH / 2 + row * DOWN)


def _box(name: str) -> Iterator[str]:
    centre, (zh, en) = _centre(name), label(name)
    kind = "far" if name in FOREIGN else "box"
    left, top = centre.x - WIDE / 2, centre.y - HIGH / 2
    yield f'<rect class="{kind}" x="{left:.0f}" y="{top:.0f}" width="{WIDE}" height="{HIGH}" rx="6"/>'
    yield f'<text class="zh" x="{centre.x:.0f}" y="{centre.y - 3:.0f}">{escape(zh)}</text>'
    yield f'<text class="en" x="{centre.x:.0f}" y="{centre.y + 15:.0f}">{escape(name if name in FOREIGN else en)}</text>'


def _line(start: str, words: str, end: str) -> Iterator[str]:
    a, b = _centre(start), _centre(end)
    first, last = _border(a, b), _border(b, a)
    middle = Point((first.x + last.x) / 2, (first.y + last.y) / 2)
    yield f'<path class="line" d="M{first.x:.1f},{first.y:.1f} L{last.x:.1f},{last.y:.1f}"/>'
    yield f'<text class="on" x="{middle.x:.1f}" y="{middle.y + 4:.1f}">{escape(words)}</text>'


def _border(inside: Point, outside: Point) -> Point:
    """Where the line from the middle of a box to a point outside leaves the box."""
    dx, dy = outside.x - inside.x, outside.y - inside.y
    share = min(WIDE / 2 / abs(dx) if dx else 2.0, HIGH / 2 / abs(dy) if dy else 2.0)
    return Point(inside.x + dx * share, inside.y + dy * share)
