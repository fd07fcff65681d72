"""A page as a row of blocks: what a reader sees as paragraphs, in order, each with the element that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.model import Align
from kg.readers.html_lists import Counter, counter_of
from kg.readers.html_page import Element
from kg.readers.html_words import box, rule, squeezed, words

MARK = "\x1f"  # stands behind an inline element whose whole text is the name of a field, where no colon is printed
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2026\u2014"
_WHITE = re.compile(r"[ \t\r\n\f]+")
_JOINT = re.compile(rf"(?<=[{_WIDE}]) *\n[ \n]*(?=[{_WIDE}])")
_GAP = re.compile(r"[ \n]+")
_INDENT = re.compile(r"[\s\u200b\ufeff]*")
_EDGE = " \t\n\v\f\u00a0\u2002\u2003\u2009\u3000\u200b\ufeff"
_FULL_STOP = re.compile(r".*(?:[。！？；：!?;:…]|[。！？；][”’）)》]+)$", re.DOTALL)
_LABELLED = re.compile(r"[^，。；：:、（(]{2,10}[:：]")
_ANNEX = re.compile(r"附[件表]\d{0,2}[:：]?")
_ALIGN = re.compile(r"text-align\s*:\s*([a-z-]+)")
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)")
_ALIGNED: dict[str, Align] = {
    "center": "center",
    "-webkit-center": "center",
    "middle": "center",
    "right": "right",
    "end": "right",
    "left": "left",
}
_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
_PRE = frozenset({"pre", "listing", "xmp", "plaintext"})
_DEEP, _SHORT = 8, 40
_MOST_CHILDREN = 400
_DONE = object()


@dataclass(frozen=True, kw_only=True, eq=False)
class Block:
    """One paragraph; `linked` of its visible characters are inside links. `cell` is the innermost cell that it stands in."""

    owner: Element
    lines: tuple[str, ...]
    marked: str
    linked: int
    cell: Element | None
    align: Align
    level: int

    @cached_property
    def plain(self) -> str:
        """All of its text, without white space."""
        return squeezed("".join(self.lines))

    @property
    def is_linked(self) -> bool:
        """Whether most of it is link."""
        return self.linked * 5 >= len(self.plain) * 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What a block element hands down to the text in it."""

    owner: Element
    cell: Element | None = None
    align: Align = ""
    level: int = 0
    kept_space: bool = False
    counter: Counter | None = None


@dataclass(slots=True)
class _Run:
    """Text since the last edge of a block: pieces with a flag for links; None is a forced break."""

    setting: _Setting
    pieces: list[tuple[str, bool] | None]


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two forced breaks."""

    raw: str
    linked: int

    @property
    def text(self) -> str:
        return self.raw.replace(MARK, "").strip(_EDGE)


def find_blocks(root: Element) -> list[Block]:
    """The blocks under `root`, in order."""
    return _Walk(root).blocks


def ranges_of(elements: Sequence[Element], blocks: Sequence[Block]) -> dict[Element, range]:
    """For every element that holds text the blocks under it, from the first to the last."""
    ranges: dict[Element, range] = {}
    for index, block in enumerate(blocks):
        ranges[block.owner] = range(ranges.get(block.owner, range(index, index)).start, index + 1)
    for element in reversed(elements):
        if element in ranges and element.parent is not None:
            mine, theirs = ranges[element], ranges.get(element.parent, ranges[element])
            ranges[element.parent] = range(min(mine.start, theirs.start), max(mine.stop, theirs.stop))
    return ranges


@dataclass(frozen=True, slots=True)
class Edges:
    """Two elements under the nearest one that holds both, None where that is the element itself; and what is between them."""

    before: Element | None
    after: Element | None
    between: tuple[Element, ...]


def edges_between(first: Element, second: Element) -> Edges | None:
    """Where the path to `first` and the path to `second` part; None where that is not in one box of a sensible size."""
    paths = [list(first.ancestors())[::-1], list(second.ancestors())[::-1]]
    shared = 0
    while shared < min(map(len, paths)) and paths[0][shared] is paths[1][shared]:
        shared += 1
    if not shared or len(paths[0][shared - 1].children) > _MOST_CHILDREN:
        return None
    before, after = (path[shared] if shared < len(path) else None for path in paths)
    if before is None or after is None:
        return Edges(before, after, ())
    siblings = [child for child in paths[0][shared - 1].children if isinstance(child, Element)]
    return Edges(before, after, tuple(siblings[siblings.index(before) + 1 : siblings.index(after)]))


class _Walk:
    """One walk over the tree, with a stack instead of recursion."""

    def __init__(self, root: Element) -> None:
        self.blocks: list[Block] = []
        self.links = 0
        self.number = ""
        self.run = _Run(_Setting(owner=root), [])
        self.steps: list[Iterator[None]] = [self._element(root, self.run.setting)]
        while self.steps:
            if next(self.steps[-1], _DONE) is _DONE:
                self.steps.pop()
        self._flush(self.run.setting)

    def _element(self, element: Element, outer: _Setting) -> Iterator[None]:
        """Walks one element; pauses wherever a child has to be walked first."""
        if element.tag == "br":
            self.run.pieces.append(None)
            return
        is_block = _is_block(element)
        setting = _inside(element, outer) if is_block else outer
        if is_block:
            self._flush(setting)
        self._open(element, setting)
        before = len(self.run.pieces)
        for child in element.children:
            if isinstance(child, str):
                self._text(child, setting)
            else:
                self.steps.append(self._element(child, setting))
                yield
        if is_block:
            self._flush(outer)
        elif _is_name(self.run.pieces[before:]):
            self.run.pieces.append((MARK, False))
        self._close(element)

    def _open(self, element: Element, setting: _Setting) -> None:
        if element.tag == "a" and "href" in element.attributes:
            self.links += 1
        elif element.tag == "li" and setting.counter is not None:
            self.number = setting.counter.number(element)

    def _close(self, element: Element) -> None:
        if element.tag == "a" and "href" in element.attributes:
            self.links -= 1
        elif element.tag == "li":
            self.number = ""

    def _text(self, text: str, setting: _Setting) -> None:
        if not setting.kept_space:
            self.run.pieces.append((_WHITE.sub(_one_space, text), self.links > 0))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.run.pieces.append(None)
            self.run.pieces.append((line, self.links > 0))

    def _flush(self, following: _Setting) -> None:
        """Ends the run; what comes is set as `following`."""
        run, self.run = self.run, _Run(following, [])
        for group in _paragraphs(_segments(run.pieces), run.setting.align):
            lines = [segment.text for segment in group]
            if self.number:
                lines[0] = lines[0] if rule("numbered").match(squeezed(lines[0])) else self.number + lines[0]
                self.number = ""
            self.blocks.append(
                Block(
                    owner=run.setting.owner,
                    lines=tuple(lines),
                    marked="\n".join(segment.raw.strip() for segment in group),
                    linked=sum(segment.linked for segment in group),
                    cell=run.setting.cell,
                    align=run.setting.align or _by_indent(group),
                    level=run.setting.level,
                )
            )


def _one_space(found: re.Match[str]) -> str:
    return "\n" if "\n" in found.group() else " "


# --- settings ------------------------------------------------------------------------------------------


def _is_block(element: Element) -> bool:
    block = element.tag in words("tags", "block")
    if "display" in element.style and element.tag not in _TABLE_PARTS:
        display = _DISPLAY.search(element.style)
        if display:
            return (
                display.group(1) in {"block", "flex", "grid", "table", "list-item"}
                if not block
                else display.group(1) != "inline"
            )
    return block


def _inside(element: Element, outer: _Setting) -> _Setting:
    """The setting of the text in a block element."""
    tag = element.tag
    setting = replace(outer, owner=element, align=_align(element, outer.align))
    if tag in ("td", "th"):
        return replace(setting, cell=element, level=0, counter=None)
    if tag in ("ol", "ul"):
        return replace(setting, counter=counter_of(element))
    if tag in _PRE or "white-space" in element.style:
        return replace(
            setting, kept_space=tag in _PRE or bool(re.search(r"white-space\s*:\s*(?:pre|break-spaces)", element.style))
        )
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return replace(setting, level=int(tag[1]))
    return setting


def _align(element: Element, outer: Align) -> Align:
    """By style, attribute or class; a table starts anew, its own attribute places it on the page."""
    styled = _ALIGN.search(element.style) if "text-align" in element.style else None
    if styled:
        return _ALIGNED.get(styled.group(1), "")
    if element.tag == "table":
        return ""
    if "align" in element.attributes:
        return _ALIGNED.get(element.attributes["align"].strip().lower(), "")
    if element.tag == "center" or box("centred").search(element.box):
        return "center"
    return "right" if box("right").search(element.box) else outer


# --- one run of text -------------------------------------------------------------------------------------


def _is_name(pieces: list[tuple[str, bool] | None]) -> bool:
    """Whether the text is the name of a field, without its colon."""
    if not pieces or len(pieces) > 8 or None in pieces:
        return False
    text = squeezed("".join(piece[0] for piece in pieces if piece))
    return len(text) <= 12 and (text in words("labels", "key") or text in words("labels", "other"))


def _segments(pieces: Iterable[tuple[str, bool] | None]) -> list[_Segment]:
    """The pieces between forced breaks, their white space as a browser shows it."""
    segments: list[_Segment] = []
    text, linked = "", 0
    for piece in [*pieces, None]:
        if piece is None:
            segments.append(_Segment(_GAP.sub(" ", _JOINT.sub("", text)).strip(" "), linked))
            text, linked = "", 0
        else:
            text += piece[0]
            linked += len(squeezed(piece[0])) if piece[1] else 0
    return segments


def _paragraphs(segments: list[_Segment], align: Align) -> Iterator[list[_Segment]]:
    """The segments by paragraph: a forced break inside a title or a sentence is only a new line."""
    group: list[_Segment] = []
    gap = False
    for segment in segments:
        if not segment.text:
            gap = True
            continue
        if group and (gap or align == "right" or _starts_anew(group[-1], segment)):
            yield group
            group = []
        group.append(segment)
        gap = False
    if group:
        yield group


def _starts_anew(before: _Segment, segment: _Segment) -> bool:
    """Whether a line after a forced break is a paragraph of its own."""
    a, b = squeezed(before.text), squeezed(segment.text)
    if _indent(segment.raw) >= 2 or _FULL_STOP.match(a) or _ANNEX.fullmatch(a):
        return True
    if rule("outline_open").match(b) or _LABELLED.match(b):
        return True
    return bool(rule("outline_open").match(a)) and len(a) < _SHORT and len(b) >= _SHORT and "，" in b


def _indent(raw: str) -> int:
    """The width of the space that a line begins with, in halves of a character; ordinary blanks are not shown."""
    blank = _INDENT.match(raw)
    return (
        sum(2 if char in "\u3000\u2003" else 1 for char in blank.group() if char not in " \n\u200b\ufeff")
        if blank
        else 0
    )


def _by_indent(group: list[_Segment]) -> Align:
    """A short line pushed far in by blanks is a signature."""
    first = group[0]
    return "right" if len(group) == 1 and _indent(first.raw) >= _DEEP and len(first.text) < _SHORT else ""
