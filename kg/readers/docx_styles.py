"""What the styles of a .docx give to its paragraphs: alignment, heading level, list, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from kg.model import Align
from kg.readers.docx_names import W, is_on, number, value

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_ALIGN: Mapping[str, Align] = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right"}
_BODY_TEXT = 9  # the outline level of what is no heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What a paragraph looks like, each None where nothing says so. `list_style`: the style that names the list."""

    align: Align | None = None
    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    list_style: str = ""
    hidden: bool | None = None

    def over(self, base: Format) -> Format:
        """This format, with what it leaves open taken from `base`."""
        return Format(
            align=base.align if self.align is None else self.align,
            level=base.level if self.level is None else self.level,
            list_id=base.list_id if self.list_id is None else self.list_id,
            list_level=base.list_level if self.list_level is None else self.list_level,
            list_style=base.list_style if self.list_id is None else self.list_style,
            hidden=base.hidden if self.hidden is None else self.hidden,
        )


@dataclass(slots=True)
class Styles:
    """The styles of one document, each worked out when it is first asked for."""

    elements: Mapping[str, etree._Element]
    default: str
    defaults: Format
    _formats: dict[str, Format] = field(default_factory=dict)

    def format(self, style: str) -> Format:
        """The format of a paragraph or character style, with all that it is based on; of the default where `style` is ""."""
        style = style if style in self.elements else self.default
        if style not in self._formats:
            found = Format()
            for key in self._chain(style):
                found = found.over(_own_format(self.elements[key], key))
            self._formats[style] = found.over(self.defaults)
        return self._formats[style]

    def hides(self, character_style: str) -> bool | None:
        """Whether text in a character style is hidden; None where the style says nothing."""
        return self.format(character_style).hidden if character_style in self.elements else None

    def _chain(self, style: str) -> Iterator[str]:
        seen = set[str]()
        while style in self.elements and style not in seen:
            seen.add(style)
            yield style
            style = value(self.elements[style].find(W + "basedOn"))


def load_styles(root: etree._Element | None) -> Styles:
    """The styles of styles.xml."""
    if root is None:
        return Styles({}, "", Format())
    elements = {element.get(W + "styleId", ""): element for element in root.iterchildren(W + "style")}
    default = next((key for key, element in elements.items() if _is_default(element)), "")
    defaults = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
    return Styles(elements, default, Format() if defaults is None else direct_format(defaults))


def list_styles(root: etree._Element | None) -> dict[str, str]:
    """The lists that numbering styles name, by style."""
    if root is None:
        return {}
    return {
        element.get(W + "styleId", ""): value(element.find(f"{W}pPr/{W}numPr/{W}numId"))
        for element in root.iterchildren(W + "style")
        if element.get(W + "type") == "numbering"
    }


def direct_format(properties: etree._Element, style: str = "") -> Format:
    """What the properties of a paragraph, or of the style `style`, say themselves."""
    about = {one.tag: one for one in properties}
    level = number(about.get(W + "outlineLvl"))
    listed = {one.tag: one for one in about.get(W + "numPr", ())}
    return Format(
        align=_align(value(about.get(W + "jc"))),
        level=None if level is None or level > _BODY_TEXT else (level + 1) % (_BODY_TEXT + 1),
        list_id=value(listed.get(W + "numId")) or None,
        list_level=number(listed.get(W + "ilvl")),
        list_style=style,
    )


def _align(name: str) -> Align | None:
    """Justified and spread text stand as "", which is not the same as saying nothing."""
    return _ALIGN.get(name, "") if name else None


def _own_format(element: etree._Element, style: str) -> Format:
    properties = element.find(W + "pPr")
    found = Format() if properties is None else direct_format(properties, style)
    named = _HEADING.fullmatch(value(element.find(W + "name")).strip())
    hidden = element.find(f"{W}rPr/{W}vanish")
    own = Format(hidden=None if hidden is None else is_on(hidden))
    return found.over(own).over(Format(level=int(named[1]) if named else None))


def _is_default(element: etree._Element) -> bool:
    return element.get(W + "type") == "paragraph" and element.get(W + "default", "").lower() in {"1", "true", "on"}
