"""Which blocks of a page are the article: by where its prose is, with the page's own names of its boxes as hints.

Blocks with sentences, numbered lines or rows of data are sure signs of a document. The smallest box that holds most
of their text is the core; what else bears such signs outside of it (an annex, the notice that prints the plan) is
kept too. Rather a little of the site than a loss of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from kg.readers.html_blocks import Block
from kg.readers.html_page import Element, Page
from kg.readers.html_words import box, is_noise, rule, words

_BOXES = frozenset({"html", "body", "div", "td", "th", "article", "section", "main", "form", "center", "ucapcontent", "founder-content"})
_SENTENCE = re.compile(r".*[。；！？;].*|.{9,}[：:]$|.{14,}[\u4e00-\u9fff）)][.．]$|.*[，,].{4,}[，,].{4,}", re.DOTALL)
_PROSE = re.compile(r".*[，。；：、,;]", re.DOTALL)
_DATE_ONLY = re.compile(r"[^年]{0,20}年\d{1,2}月\d{1,2}日")
_ANNEX = re.compile(r"(?:相关)?附[件表]\d{0,2}[:：]?")  # alone at the end it is the label of files that were left out
_CORE = 0.7  # of the prose is in the core
_HINTED = 3  # prose in a box that is named like an article counts so often
_NOISE_SHARE = 0.25  # a box named like a part of the site may hold so much of the prose
_MENU = 4  # so many links in a row are a menu, also inside an article
_MOST_GAP_BLOCKS, _MOST_GAP_TEXT, _MOST_TAIL = 6, 200, 6
_LEAST_OUTSIDE = 40
_TITLES = 4


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """A page with all that is known of its blocks; `used` are those that print metadata."""

    page: Page
    blocks: Sequence[Block]
    ranges: Mapping[Element, range]
    tables: set[Element]
    used: set[int]

    @cached_property
    def in_table(self) -> set[int]:
        """The blocks that stand in tables of data."""
        return {index for table in self.tables for index in self.ranges[table]}

    @cached_property
    def site(self) -> set[int]:
        """The blocks that are the site's own: by their words, or by the name of a box that holds little of the text."""
        found = {index for index, block in enumerate(self.blocks) if index not in self.in_table and is_noise(block.plain)}
        prose = [len(block.plain) if index in self.in_table else _prose(block) for index, block in enumerate(self.blocks)]
        sums = [0, *accumulate(prose)]
        for element, inside in self.ranges.items():
            named = element.tag in words("tags", "noise") or (element.box and box("noise").search(element.box))
            if named and sums[inside.stop] - sums[inside.start] < _NOISE_SHARE * sums[-1]:
                found.update(inside)
        return found

    @cached_property
    def sure(self) -> list[bool]:
        """For every block whether it bears a sure sign of a document."""
        return [self._is_sure(index) for index in range(len(self.blocks))]

    @cached_property
    def weights(self) -> list[int]:
        """How much prose every block holds; hints count."""
        weights = [self._weight(index) for index in range(len(self.blocks))]
        for element, inside in self.ranges.items():
            if element.box and box("article").search(element.box):
                weights[inside.start : inside.stop] = [_HINTED * self._weight(index) for index in inside]
        return weights

    def is_out(self, index: int) -> bool:
        """Whether the block is the site's, metadata, or a link and nothing else."""
        return index in self.site or index in self.used or self.is_link(index)

    def is_link(self, index: int) -> bool:
        """Whether the block is little more than a link, or names a file to load."""
        block = self.blocks[index]
        if not block.linked or index in self.in_table:
            return False
        return block.is_linked or bool(rule("file_name").match(block.plain))

    def _weight(self, index: int) -> int:
        if self.is_out(index):
            return 0
        return len(self.blocks[index].plain) if index in self.in_table else _prose(self.blocks[index])

    def _is_sure(self, index: int) -> bool:
        if self.is_out(index):
            return False
        plain = self.blocks[index].plain
        return index in self.in_table or bool(rule("article_line").match(plain)) or (len(plain) >= 10 and bool(_SENTENCE.match(plain)))


def _prose(block: Block) -> int:
    """The characters of a block that reads like text and not like a label."""
    plain = block.plain
    if block.is_linked or not (len(plain) >= 30 or (len(plain) >= 15 and _PROSE.match(plain))):
        return 0
    return len(plain) - block.linked


# --- the choice ------------------------------------------------------------------------------------------


def find_article(scene: Scene) -> list[int]:
    """The blocks of the article, in order; empty where the page has none."""
    if not any(scene.weights):
        return _all_that_is_left(scene)
    core = _core(scene)
    inside = scene.ranges[core]
    kept = set(_within(scene, inside))
    for part in _parts_outside(scene, core):
        kept.update(index for index in part if not scene.is_out(index))
    return _with_links(scene, sorted(kept | _gaps(scene, kept)))


def _all_that_is_left(scene: Scene) -> list[int]:
    """A page without prose: all of it, where it is a fragment and not a site's page of links or forms."""
    left = [index for index in range(len(scene.blocks)) if not scene.is_out(index)]
    linked = sum(block.linked for block in scene.blocks)
    if scene.page.password or linked > sum(len(scene.blocks[index].plain) for index in left):
        return []
    return left


def _core(scene: Scene) -> Element:
    """The smallest box with most of the prose: never a paragraph, a list, or a part of a table of data."""
    sums = [0, *accumulate(scene.weights)]

    def weight(element: Element) -> int:
        inside = scene.ranges.get(element, range(0))
        return sums[inside.stop] - sums[inside.start]

    core = scene.page.elements[0]
    while True:
        child = max((child for child in core.children if isinstance(child, Element)), key=weight, default=None)
        if child is None or weight(child) < _CORE * sums[-1]:
            break
        core = child
    table = next((element for element in core.ancestors() if element in scene.tables), None)
    core = table.parent if table is not None and table.parent is not None else core
    while core.parent is not None and (core.tag not in _BOXES or _is_bare(scene, core)):
        core = core.parent
    return core


def _is_bare(scene: Scene, element: Element) -> bool:
    """A box without a name that holds text and no boxes, or one paragraph: perhaps one of several in the article."""
    if box("article").search(element.box):
        return False
    inside = scene.ranges[element]
    return len(inside) == 1 or all(scene.blocks[index].owner is element for index in inside)


def _within(scene: Scene, inside: range) -> list[int]:
    """The article's part of its core: between what is the site's before the first sure sign and after the last."""
    sure = [index for index in inside if scene.sure[index]]
    if not sure:
        return [index for index in inside if not scene.is_out(index)]
    start, last = sure[0], sure[-1]
    while start > inside.start and not scene.is_out(start - 1):
        start -= 1
    end = _tail(scene, last + 1, min(inside.stop, last + 1 + _MOST_TAIL))
    return [index for index in range(start, end) if not (index in scene.site or index in scene.used)]


def _tail(scene: Scene, first: int, stop: int) -> int:
    """Where the lines after the last sure sign end, such as a signature; not with the heading of a list of links."""
    end = first
    while end < stop and not (scene.is_out(end) or rule("noise_tail").match(scene.blocks[end].plain)):
        end += 1
    is_heading = end > first and bool(rule("link_heading").match(scene.blocks[end - 1].plain))
    return end - 1 if is_heading else end


def _parts_outside(scene: Scene, core: Element) -> list[range]:
    """In each box beside the core, and beside what holds it, the stretch with sure signs if there are enough."""
    parts = []
    path = list(core.ancestors())
    for inner, outer in pairwise(path):
        for inside in _neighbours(scene, inner, outer):
            before = inside.start < scene.ranges[core].start
            sure = [index for index in inside if scene.sure[index] and not (before and _DATE_ONLY.fullmatch(scene.blocks[index].plain))]
            if sure and _is_enough(scene, sure):
                parts.append(range(_with_heading(scene, inside.start, sure[0]), sure[-1] + 1))
    return parts


def _with_heading(scene: Scene, first: int, start: int) -> int:
    """Where the headings right above `start` begin."""
    while start > first and not scene.is_out(start - 1):
        block = scene.blocks[start - 1]
        if not (block.level or block.align == "center" or rule("title_line").match(block.plain)):
            break
        start -= 1
    return start


def _neighbours(scene: Scene, inner: Element, outer: Element) -> Iterator[range]:
    """The blocks of each child of `outer` but `inner`, and of the text directly in it."""
    for child in outer.children:
        if isinstance(child, Element) and child is not inner and child in scene.ranges:
            yield scene.ranges[child]
    for index in scene.ranges[outer]:
        if scene.blocks[index].owner is outer:
            yield range(index, index + 1)


def _is_enough(scene: Scene, sure: list[int]) -> bool:
    """Some prose, a table, or a line that only documents have; and not mostly links between."""
    part = range(sure[0], sure[-1] + 1)
    size = sum(len(scene.blocks[index].plain) for index in part)
    if sum(scene.blocks[index].linked for index in part) * 5 > size * 2:
        return False
    if any(index in scene.in_table or rule("article_line").match(scene.blocks[index].plain) for index in sure):
        return True
    return sum(len(scene.blocks[index].plain) for index in sure) >= _LEAST_OUTSIDE


def _gaps(scene: Scene, kept: set[int]) -> set[int]:
    """Short stretches between kept parts, such as a heading between two boxes."""
    order = sorted(kept)
    found: set[int] = set()
    for before, after in pairwise(order):
        gap = [index for index in range(before + 1, after) if not scene.is_out(index)]
        if len(gap) <= _MOST_GAP_BLOCKS and sum(len(scene.blocks[index].plain) for index in gap) <= _MOST_GAP_TEXT:
            found.update(gap)
    return found


def _with_links(scene: Scene, kept: list[int]) -> list[int]:
    """Links stay where the text goes on behind them, as in a printed list of annexes; menus and trailing files go."""
    found: list[int] = []
    waiting: list[int] = []
    for index in kept:
        if scene.is_link(index):
            waiting.append(index)
            continue
        if found and (len(waiting) < _MENU or _is_beside(scene.blocks[found[-1]], scene.blocks[waiting[0]])):
            found += waiting
        waiting = []
        found.append(index)
    return _without_repeats(scene, found)


def _is_beside(before: Block, block: Block) -> bool:
    """Whether two blocks are paragraphs of one box."""
    return block.owner is before.owner or block.owner.parent is before.owner.parent


def _without_repeats(scene: Scene, found: list[int]) -> list[int]:
    """Without a title that the article prints again, and without the label of files that were left out at its end."""
    top = [scene.blocks[index].plain for index in found[:_TITLES]]
    if top and top[0] in top[1:] and not _SENTENCE.match(top[0]):
        found = found[1:]
    while found and _ANNEX.fullmatch(scene.blocks[found[-1]].plain):
        found.pop()
    return found
