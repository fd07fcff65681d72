"""The shapes of kinds as points, as vis-network draws them: for the legend, and for pictures without it."""

from __future__ import annotations

import math

from viz.pictures.look import Look, Stroke


def outline(shape: str, x: float, y: float, r: float) -> str:
    """The element of SVG that draws a shape around a point, without its colours; the end is left open."""
    if shape == "dot":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"'
    points = " ".join(f"{x + dx * r:.1f},{y + dy * r:.1f}" for dx, dy in _corners(shape))
    return f'<polygon points="{points}"'


def _corners(shape: str) -> list[tuple[float, float]]:
    if shape == "square":
        return [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    if shape == "diamond":
        return [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)]
    if shape == "star":
        radii = [1.3 if at % 2 == 0 else 0.55 for at in range(10)]
        return [(radius * math.sin(at * math.pi / 5), -radius * math.cos(at * math.pi / 5)) for at, radius in enumerate(radii)]
    sides, turn = {"triangle": (3, 0.0), "triangleDown": (3, math.pi), "hexagon": (6, math.pi / 6)}[shape]
    reach = 1.25 if sides == 3 else 1.1
    return [(reach * math.sin(turn + 2 * math.pi * at / sides), -reach * math.cos(turn + 2 * math.pi * at / sides)) for at in range(sides)]


def swatch(look: Look) -> str:
    """A kind as a small picture for a legend."""
    drawn = outline(look.shape, 10, 10, 7)
    colours = f"--light:{look.light};--dark:{look.dark}"
    return f'<svg class="kind" style="{colours}" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">{drawn}/></svg>'


def line(stroke: Stroke) -> str:
    """A relation as a small picture for a legend."""
    return (
        f'<svg width="34" height="12" viewBox="0 0 34 12" aria-hidden="true"><line x1="1" y1="6" x2="33" y2="6" {stroked(stroke)}/></svg>'
    )


def stroked(stroke: Stroke) -> str:
    """The attributes of a line."""
    dashes = f' stroke-dasharray="{" ".join(map(str, stroke.dash))}"' if stroke.dash else ""
    return f'stroke="{stroke.colour}" stroke-width="{stroke.width}"{dashes}'
