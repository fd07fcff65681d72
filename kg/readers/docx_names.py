"""Names and switches of WordprocessingML, as the parts of the .docx reader ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

BOX = W + "txbxContent"
_ALTERNATE = MC + "AlternateContent"
_OFF = frozenset({"0", "false", "off"})
# What only wraps paragraphs, tables, rows, cells or runs. Of tracked changes the new state is read.
_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))


def child(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child of this name; several times faster than `find`, which interprets a path."""
    return next(element.iterchildren(tag), None)


def value(element: etree._Element | None) -> str:
    """The `w:val` of an element; "" where there is neither."""
    return "" if element is None else element.get(W + "val", "")


def number(element: etree._Element | None) -> int | None:
    """The `w:val` of an element as a number; None where it is none, or one that no document needs."""
    return to_number(value(element))


def to_number(text: str | None) -> int | None:
    """A whole number of at most five digits; None where `text` is none."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else None


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch is there and not set to off."""
    return element is not None and value(element).lower() not in _OFF


def unwrapped(container: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """The children of `container` that are `wanted`, also those inside what only wraps them."""
    for child in container:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            if not is_prompt(child):
                yield from unwrapped(child, wanted)
        elif child.tag == _ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                yield from unwrapped(branch, wanted)


def is_prompt(element: etree._Element) -> bool:
    """Whether this is a form field that nobody filled in: it shows “click here to enter text”."""
    return element.tag == W + "sdt" and is_on(element.find(f"{W}sdtPr/{W}showingPlcHdr"))


def chosen(alternate: etree._Element) -> etree._Element | None:
    """The one branch of alternative content that is read, since all say the same: the first with text, else the first."""
    branches = [branch for branch in alternate if branch.tag in {MC + "Choice", MC + "Fallback"}]
    with_text = (branch for branch in branches if next(branch.iter(W + "t", M + "t"), None) is not None)
    return next(with_text, branches[0] if branches else None)
