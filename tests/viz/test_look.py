"""The table of kinds, which the explorer reads too: told apart by everybody, on both grounds."""

from __future__ import annotations

from collections import Counter

import pytest

from viz.pictures.look import Look, kind_of, kinds
from viz.pictures.shapes import outline

LEAST = 3.0  # the contrast of what is drawn with its ground (WCAG 1.4.11)
looks = pytest.mark.parametrize("look", kinds().values(), ids=kinds())


def contrast(one: str, other: str) -> float:
    """How much lighter one colour is than the other, by the rule of WCAG."""
    parts = [[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] for colour in (one, other)]
    lights = [[part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour] for colour in parts]
    dim, bright = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05 for red, green, blue in lights)
    return bright / dim


@looks
def test_a_kind_stands_out_on_light_and_dark(look: Look) -> None:
    assert contrast(look.light, "#ffffff") >= LEAST
    assert contrast(look.dark, "#14171b") >= LEAST


@looks
def test_a_shape_can_be_drawn(look: Look) -> None:
    assert outline(look.shape, 0, 0, 1).startswith("<circle" if look.shape == "dot" else "<polygon")


def test_no_two_kinds_look_alike_and_none_is_called_as_another() -> None:
    known = [look for kind, look in kinds().items() if kind != "Other"]
    for seen in (
        Counter((look.shape, look.light) for look in known),
        Counter(look.zh for look in known),
        Counter(look.en for look in known),
    ):
        assert seen.most_common(1)[0][1] == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Task", "Task"), ("FixedDeadline", "Deadline"), ("Unheard", "Other")],
    ids=["itself", "one of several that look alike", "unknown"],
)
def test_a_class_is_drawn_as(name: str, kind: str) -> None:
    assert kind_of(name) == kind
