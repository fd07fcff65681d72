"""The text of one paragraph of a .docx as a reader of the printed page sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from kg.readers.docx_names import BOX, MC, M, W, child, chosen, is_on, is_prompt, to_number, value
from kg.readers.docx_numerals import to_numeral
from kg.readers.docx_styles import Styles

_TEXT = frozenset({W + "t", M + "t"})
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
_GONE = frozenset({W + "del", W + "moveFrom"})  # tracked changes: what was there before
_SKIPPED = frozenset({W + "pPr", W + "rPr", W + "rt"})  # rt: the small reading above ruby text
_ANCHORS = frozenset({W + "drawing", W + "pict", W + "object"})
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_PRIVATE_USE = range(0xE000, 0xF900)
_CIRCLED = re.compile(r"\\o\s*\\ac\s*\(\s*[○〇◯]\s*[,，;；]\s*([^()\s]+)\s*\)", re.IGNORECASE)  # the field behind 带圈字符


@dataclass(slots=True)
class _Field:
    instruction: list[str] = field(default_factory=list)
    shows_result: bool = False


@dataclass(slots=True)
class Runs:
    """Collects the visible text of one paragraph; `hidden` tells whether its style hides it.

    `boxes` are the text boxes anchored in it, `notes` the part and the id of each note that it refers to, `pictures` and `objects`
    the number of things whose words we do not read.
    """

    styles: Styles
    hidden: bool
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0
    objects: int = 0
    _parts: list[str] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text, a line break as "\\n"."""
        return "".join(self._parts)

    def read(self, container: etree._Element, *, shown: bool) -> None:
        """Take in what stands in `container`; where that is not `shown`, only its fields are followed."""
        for one in container:
            tag = one.tag
            if tag in _TEXT:
                self._write(_text(one), shown)
            elif tag == W + "r":
                self.read(one, shown=shown and not self._hides(one))
            elif tag in _GONE:
                self.read(one, shown=False)
            elif tag in _SKIPPED or is_prompt(one):
                continue
            elif tag == MC + "AlternateContent":
                branch = chosen(one)
                if branch is not None:
                    self.read(branch, shown=shown)
            elif tag in _ANCHORS:
                self._anchor(one, shown)
            elif not self._sign(one, shown):
                self.read(one, shown=shown)

    def _write(self, text: str, shown: bool) -> None:
        if shown and all(one.shows_result for one in self._fields):
            self._parts.append(text)

    def _sign(self, element: etree._Element, shown: bool) -> bool:
        """Whether the element stood for a sign or for a part of a field, and was taken in as that."""
        tag = element.tag
        if tag in _SIGNS:
            self._write(_SIGNS[str(tag)], shown)
        elif tag == W + "br":
            self._write("" if element.get(W + "type") in {"page", "column"} else "\n", shown)
        elif tag == W + "sym":
            self._write(_symbol(element), shown)
        elif tag in _NOTES:
            if shown:
                self.notes.append((_NOTES[str(tag)], element.get(W + "id", "")))
        elif tag == W + "fldChar":
            self._step(element.get(W + "fldCharType"), shown)
        elif tag == W + "instrText":
            if self._fields:
                self._fields[-1].instruction.append(element.text or "")
        elif tag == M + "den":  # the lower half of a fraction
            self._write("/", shown)
            self.read(element, shown=shown)
        else:
            return False
        return True

    def _step(self, kind: str | None, shown: bool) -> None:
        """Open a field, pass from its instruction to its result, or close it."""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows_result = True
        elif kind == "end" and self._fields:
            closed = self._fields.pop()
            circled = None if closed.shows_result else _CIRCLED.search("".join(closed.instruction))
            if circled:
                counted = to_number(circled[1])
                self._write(circled[1] if counted is None else to_numeral(counted, "decimalEnclosedCircle") or "", shown)

    def _hides(self, run: etree._Element) -> bool:
        properties = child(run, W + "rPr")
        if properties is None:
            return self.hidden
        direct = child(properties, W + "vanish")
        if direct is not None:
            return is_on(direct)
        by_style = self.styles.hides(value(child(properties, W + "rStyle")))
        return self.hidden if by_style is None else by_style

    def _anchor(self, element: etree._Element, shown: bool) -> None:
        if not shown:
            return
        boxes = list(_boxes(element))
        self.boxes += boxes
        if element.tag == W + "object":
            self.objects += 1
        elif not boxes and next(element.iter(*_PICTURES), None) is not None:
            self.pictures += 1


def _text(element: etree._Element) -> str:
    """The text of a run; blanks at its ends count only where the file says that they do."""
    text = element.text or ""
    if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
        text = text.strip(" \t\r\n")
    return text.replace("\r", "").replace("\n", " ")


def _symbol(element: etree._Element) -> str:
    """The character of a symbol; none where only a picture font knows it."""
    code = element.get(W + "char", "")
    number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else 0
    return chr(number) if number >= 0x20 and number not in _PRIVATE_USE and not 0xD800 <= number < 0xE000 else ""


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing, but not those inside of them."""
    for one in element:
        if one.tag == BOX:
            yield one
        elif one.tag == MC + "AlternateContent":
            branch = chosen(one)
            if branch is not None:
                yield from _boxes(branch)
        else:
            yield from _boxes(one)
