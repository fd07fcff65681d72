"""A page as a row of blocks: what a reader sees as paragraphs, in order, each with the element that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.model import Align
from kg.readers.html_breaks import LABEL, MARK, Piece, align_by_indent, is_name, opens_with_label, paragraphs_of, shown
from kg.readers.html_lists import Counter, counter_of
from kg.readers.html_page import Element
from kg.readers.html_words import box, rule, squeezed, words

_ALIGN = re.compile(r"text-align\s*:\s*([a-z-]+)")
_KEPT_SPACE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)")
_ALIGNED: dict[str, Align] = {
    "center": "center", "-webkit-center": "center", "middle": "center", "right": "right", "end": "right", "left": "left",
}  # fmt: skip
_TABLE_PARTS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"})
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_PRE = frozenset({"pre", "listing", "xmp", "plaintext"})
_MOST_CHILDREN = 400
_SHOWN_AS_BLOCK = frozenset({"block", "flex", "grid", "table", "list-item"})
_DONE = object()


@dataclass(frozen=True, kw_only=True, eq=False)
class Block:
    """One paragraph; `linked` of its visible characters are inside links, `cell` is the innermost around it.

    `refers` are the notes that it refers to, `note` is the one that it is itself.
    """

    owner: Element
    lines: tuple[str, ...]
    marked: str
    linked: int
    cell: Element | None
    align: Align
    level: int
    refers: tuple[str, ...] = ()
    note: str = ""

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
    """Text since the last edge of a block."""

    setting: _Setting
    pieces: list[Piece]
    refers: list[str] = field(default_factory=list)
    note: str = ""


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
    """Two neighbours under the nearest element that holds both, None for that element itself; and what is between."""

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
        if element.tag == "a" and (link := rule("note_link").match(element.attributes.get("href", ""))):
            self._note(link)
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
        else:
            self._mark(before)
        self._close(element)

    def _mark(self, before: int) -> None:
        """Marks an inline element, whose text are the pieces from `before` on, that is the name of a field or a label."""
        pieces = self.run.pieces[before:]
        if opens_with_label(self.run.pieces, before):
            self.run.pieces[before:] = [(LABEL, False), *pieces, (LABEL, False)]
        if is_name(pieces):
            self.run.pieces.append((MARK, False))

    def _note(self, link: re.Match[str]) -> None:
        """Takes the printed number of a note for what it is, not for text."""
        kind, back, number = link.groups()
        name = kind + number
        if back:
            self.run.note = name
        else:
            self.run.refers.append(name)

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
        is_linked = self.links > 0
        if not setting.kept_space:
            self.run.pieces.append((shown(text), is_linked))
            return
        for number, line in enumerate(text.split("\n")):
            self.run.pieces += [None, (line, is_linked)] if number else [(line, is_linked)]

    def _flush(self, following: _Setting) -> None:
        """Ends the run; what comes is set as `following`."""
        run, self.run = self.run, _Run(following, [])
        if not run.pieces:
            return
        groups = list(paragraphs_of(run.pieces, run.setting.align))
        for at, group in enumerate(groups):
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
                    align=run.setting.align or align_by_indent(group),
                    level=run.setting.level,
                    refers=tuple(run.refers) if at == len(groups) - 1 else (),
                    note=run.note if at == 0 else "",
                )
            )


# --- settings ------------------------------------------------------------------------------------------


def _is_block(element: Element) -> bool:
    block = element.tag in words("tags", "block")
    display = _DISPLAY.search(element.style) if "display" in element.style else None
    if display is None or element.tag in _TABLE_PARTS:
        return block
    return display.group(1) != "inline" if block else display.group(1) in _SHOWN_AS_BLOCK


def _inside(element: Element, outer: _Setting) -> _Setting:
    """The setting of the text in a block element."""
    tag = element.tag
    is_cell = tag in ("td", "th")
    kept_space, counter, level = outer.kept_space, outer.counter, outer.level
    if tag in _PRE or "white-space" in element.style:
        kept_space = tag in _PRE or bool(_KEPT_SPACE.search(element.style))
    if tag in ("ol", "ul"):
        counter = counter_of(element)
    elif is_cell:
        counter, level = None, 0
    elif tag in _LEVELS:
        level = _LEVELS[tag]
    return _Setting(
        owner=element,
        cell=element if is_cell else outer.cell,
        align=_align(element, outer.align),
        level=level,
        kept_space=kept_space,
        counter=counter,
    )


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
