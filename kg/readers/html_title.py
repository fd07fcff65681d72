"""The title that a page prints above its article, where the article itself does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice

from kg.readers.draft import DraftField
from kg.readers.html_article import Scene
from kg.readers.html_blocks import Block
from kg.readers.html_words import box, rule, squeezed, words

_SIGNS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|——|-(?=[^\d])")
_SPACE = re.compile(r"\s+")
_HEAD = 8  # a printed title stands in so many paragraphs from the top
_LIKE = 0.8
_SHORTEST, _LONGEST = 6, 150
_ENOUGH = 4


def find_title(scene: Scene, kept: Sequence[int], fields: Iterable[DraftField]) -> str:
    """The title to print above the article; empty where the article prints it, or the page does not know one."""
    known = list(_known(scene, fields))
    title = _above(scene, kept[0], known) or next(iter(known), "")
    return "" if _is_printed(title, [scene.blocks[index] for index in kept[:_HEAD]]) else title


def _known(scene: Scene, fields: Iterable[DraftField]) -> Iterator[str]:
    """The titles in the page's metadata and, where it reads like one, its <title>; none that is cut short."""
    names = [field.line.text for field in fields if field.name in words("labels", "title")]
    parts = [part for part in _PARTS.split(scene.page.title) if rule("title_line").match(squeezed(part))]
    for text in (*names, *parts):
        title = _SPACE.sub(" ", text).strip()
        if len(squeezed(title)) >= _SHORTEST and not title.endswith(("...", "…")):
            yield title


def _above(scene: Scene, first: int, known: Sequence[str]) -> str:
    """What is printed above the article and looks most like its title; whole where only a line of it is printed."""
    above = [index for index in range(first) if not scene.is_out(index)]
    signs = (*known, scene.page.title)
    scored = [(_score(scene.blocks[index], signs, is_next=index == above[-1]), index) for index in above]
    score, index = max(scored, default=(0, 0))
    if score < _ENOUGH:
        return ""
    printed = "".join(scene.blocks[index].lines)
    return next((title for title in known if _bare(printed) in _bare(title)), printed)


def _score(block: Block, signs: Sequence[str], *, is_next: bool) -> int:
    """How much a block looks like the title: by its words, by what the page says of itself, by how and where it stands."""
    plain = block.plain
    if not _SHORTEST <= len(plain) <= _LONGEST or "。" in plain or rule("site_name").match(plain):
        return 0
    words = 2 * bool(rule("title_line").match(plain)) + 4 * any(_bare(plain) in _bare(title) for title in signs)
    if not words and not (block.level and is_next):
        return 0
    named = any(box("title").search(element.box) for element in islice(block.owner.ancestors(), 3))
    heading = max(5 - block.level, 2) if block.level else 0
    return words + heading + 3 * named + (block.align == "center") + 2 * is_next


def _is_printed(title: str, head: Sequence[Block]) -> bool:
    """Whether the lines before the first sentence already print the title, perhaps over several of them."""
    lines: list[str] = []
    for block in head:
        if "。" in block.plain or block.plain.endswith("："):
            break
        lines.append(_bare(block.plain))
    top, wanted = "".join(lines), _bare(title)
    if not wanted or wanted in top:
        return True
    if any(len(line) >= _LIKE * len(wanted) and line in wanted for line in lines):
        return True
    matcher = SequenceMatcher(None, wanted, top, autojunk=False)
    return sum(match.size for match in matcher.get_matching_blocks() if match.size > 2) >= _LIKE * len(wanted)


def _bare(text: str) -> str:
    """Letters and digits only."""
    return _SIGNS.sub("", text)
