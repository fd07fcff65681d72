"""Units that are printed a line each: where one name ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from kg.extract.gap_labels import fold_labelled
from kg.extract.unit_names import STARS, ends_like_unit
from kg.model import Document, Span
from kg.rules import pattern
from kg.text import Folded

_WRAPPED = ("application/pdf", "text/plain")  # lines may end where a cell or a page is full
_STOPS = "、，；：。"
_ROLE_END = re.compile("(?<=.{3})(?:牵头|负责|配合|参与|落实)$")


def with_breaks(document: Document, span: Span) -> Folded:
    """The folded text with a 、 where two whole names stand next to each other with only a gap or a line end between, without the
    persons that are named behind their unit (县水利局 王某)."""
    folded = fold_labelled(document, span)
    ends = {piece.span.end for piece in document.pieces_of(span)}
    wrapped = document.source.media_type == "application/pdf"  # its lines end where the cell is full
    folded = _without_persons(folded, [0, *_gaps(folded, ends), len(folded.text)])
    parts, start = [], 0
    listed = document.source.media_type not in _WRAPPED and _one_a_line(folded.text, list(_gaps(folded, ends)))
    for at in _gaps(folded, ends):
        named = (listed and folded.text[at] not in _STOPS) or folded.text[at] in "省市区县州旗各镇国" + STARS
        named = named or (not wrapped and _begins_name(folded.text[at:], folded.text[at - 1]))
        if named and _whole_name(folded.text[:at], folded.text[at]):
            parts += [folded.part(start, at), Folded("、", "、", folded.places, folded.first + at)]
            start = at
    return Folded.joined([*parts, folded.part(start, len(folded.text))]) if parts else folded


def _without_persons(folded: Folded, gaps: Sequence[int]) -> Folded:
    """The text without what stands between two gaps, reads like a person's name and follows a whole unit."""
    kept, start = [], 0
    for (before, a), (_, b) in pairwise(pairwise(gaps)):
        unit = re.split("[、，；：]", folded.text[before:a])[-1]
        if ends_like_unit(unit) and not ends_like_unit(folded.text[a:b]) and pattern("units", "person").fullmatch(folded.text[a:b]):
            kept.append(folded.part(start, a))
            start = b
    return Folded.joined([*kept, folded.part(start, len(folded.text))]) if kept else folded


def _gaps(folded: Folded, ends: Collection[int]) -> Iterator[int]:
    """Where white space or the end of a line stood in the text as printed."""
    offsets = folded.offsets
    spaced = len(offsets) and offsets[-1] - offsets[0] >= len(offsets)
    if spaced or any(offsets and offsets[0] < end <= offsets[-1] for end in ends):
        for at in range(1, len(offsets)):
            if offsets[at] - offsets[at - 1] > 1 or offsets[at] in ends:
                yield at


def _one_a_line(text: str, gaps: Sequence[int]) -> bool:
    """Whether every gap parts two whole names: units one a line, short ones (双河镇) among them."""
    ends = [*gaps[1:], len(text)]
    return bool(gaps) and all(_parts_names(text[:at], text[at:end]) for at, end in zip(gaps, ends, strict=True))


def _parts_names(before: str, after: str) -> bool:
    name = re.split("[、，；：（]", after)[0]
    if before[-1] in _STOPS or after[0] in _STOPS:
        return True
    whole = _whole_name(before, after[0]) and ends_like_unit(name) and len(name) >= 3
    return whole and not pattern("units", "no_unit_alone").fullmatch(name)


def _begins_name(text: str, last: str) -> bool:
    """Whether a whole name stands at the start of a text, up to the next separator: a long one, or behind an office one that ends so,
    or a town."""
    name = re.split("[、，；：（]", text)[0]
    short = len(name) >= 3 and last in "局办科室股处" and name.endswith(("局", "办", "科", "室", "股", "处", "街道", "镇", "乡"))
    return ends_like_unit(name) and (len(name) >= 5 or short)


def _whole_name(text: str, following: str) -> bool:
    """Whether a text ends in a whole name; one that could go on (区政府, 区经信委) only where `following` begins another."""
    name = _ROLE_END.sub("", re.split("[、，；：]", text)[-1].rstrip(STARS))
    if len(name) < 3 or not ends_like_unit(name) or name.endswith(("区", "市", "县", "省")):
        return False
    if name.endswith(("政府", "党委", "省委", "市委", "州委", "区委", "县委", "旗委")):  # 区政府各部门 is one name
        return following == name[0]
    return not name.endswith("委") or following in ("各", name[0])


def without_marks(name: Folded) -> Iterator[str]:
    """The characters of a name that the document prints: not the 、 that `with_breaks` put before one."""
    offsets = name.offsets
    for at, char in enumerate(name.printed):
        if at + 1 == len(offsets) or offsets[at] != offsets[at + 1]:
            yield char
