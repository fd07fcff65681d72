"""A folder of law texts in Markdown: the title, and from the head of each text the days and orders of its editions.

The head is what stands between the title and the first article. Two ways of printing it are known, a line for each event
(2018年10月26日 第十三届…第六次会议《关于修改…的决定》修正) and one bracket for all (（…通过　根据…第一次修正　…）):
both are read as a row of days, each with the words up to the next.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import RegistryError
from kg.model import Edition, Instrument, Issue
from kg.resolve.instrument_names import guess_kind, number_key, title_key, words
from kg.resolve.registry_rows import Rows, read_table
from kg.rules import pattern
from kg.text import key

_LONGEST_HEAD = 60  # lines; a head that is not closed ends at the first heading or article
_END = re.compile(r"<!--\s*INFO END\s*-->|##|第[零一二三四五六七八九十百]+[条章编]|目录$")
_COMMENT = re.compile(r"<!--.*?-->")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def read_law_texts(folder: Path) -> Rows:
    """The instruments of every `.md` file below `folder`; a file without a title or a day is left out, with an issue."""
    files = sorted(path for path in folder.rglob("*.md") if not path.name.startswith((".", "_")))
    if not files:
        raise RegistryError("文件夹里没有 Markdown 文件（*.md）", "the folder has no Markdown file (*.md)", file=folder.name)
    found: dict[str, Instrument] = {}
    issues = []
    for path in files:
        place = path.relative_to(folder).as_posix()
        read = _read_text(read_table(path), path.relative_to(folder))
        if isinstance(read, Issue):
            issues.append(replace(read, place=f"{place} {read.place}"))
            continue
        name = title_key(read.title)
        found[name] = _with_editions_of(found[name], read) if name in found else read
    return Rows(instruments=tuple(found.values()), issues=tuple(issues))


def _with_editions_of(one: Instrument, other: Instrument) -> Instrument:
    """One instrument of two texts of it: a folder may keep the older ones."""
    days = {edition.promulgated: edition for edition in other.editions} | {edition.promulgated: edition for edition in one.editions}
    return replace(one, editions=_chained([days[day] for day in sorted(days)]))


def _read_text(text: str, path: Path) -> Instrument | Issue:
    lines = _FRONT_MATTER.sub(lambda front: "\n" * front[0].count("\n"), text).splitlines()
    at = next((number for number, line in enumerate(lines) if line.startswith("# ")), None)
    if at is None:
        return Issue(code="registry.row", zh="应以“# 标题”开头", en="should begin with '# title'", place="第1行")
    title = _COMMENT.sub("", lines[at][2:]).strip()
    editions = _chained(list(_editions("\n".join(_head(lines[at + 1 :])))))
    if not title or not editions:
        zh, en = "标题之下没有公布或通过的日期", "no day of promulgation or passage stands under the title"
        return Issue(code="registry.row", zh=zh, en=en, place=f"第{at + 1}行")
    sourced = tuple(replace(edition, source=path.as_posix()) for edition in editions)
    return Instrument(title=title, kind=_kind(path, title, editions[0].number), editions=sourced, source=path.as_posix())


def _head(lines: list[str]) -> Iterator[str]:
    for line in lines[:_LONGEST_HEAD]:
        plain = line.strip()
        if _END.match(plain):
            return
        yield _COMMENT.sub("", plain)


def _kind(path: Path, title: str, number: str) -> str:
    """What the innermost folder with a known name says; without one, what title and number say."""
    named = (words("kinds").get(part) for part in reversed(path.parts[:-1]))
    return next((kind for kind in named if kind), guess_kind(title, number_key(number)))


# --- events --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """A day, and the words from it up to the next."""

    day: str
    words: str


def _events(head: str) -> list[_Event]:
    plain = key(head)
    days = [match for match in pattern("instruments", "head_day").finditer(plain) if _day(match)]
    ends = [*(match.start() for match in days[1:]), len(plain)]
    return [_Event(day=_day(match), words=plain[match.end() : end]) for match, end in zip(days, ends, strict=False)]


def _day(match: re.Match[str]) -> str:
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return ""


def _editions(head: str) -> Iterator[Edition]:
    """One edition for the first text and one for every amendment, in the order of the days; 施行 belongs to the one before it."""
    edition: Edition | None = None
    for event in _events(head):
        if pattern("instruments", "head_in_force").search(event.words):
            edition = replace(edition, in_force=event.day) if edition else None
        elif pattern("instruments", "head_amended").search(_outside_titles(event.words)):
            if edition:
                yield edition
            edition = _edition(event)
        elif _is_promulgated(event) and (edition is None or _is_made_public(event)):
            edition = _edition(event)
    if edition:
        yield edition


def _outside_titles(text: str) -> str:
    """The words that are no title: 《关于修改…的决定》修正 is an amendment by its last word."""
    bare = re.sub("〈[^〉]*〉", "", text)
    return re.sub("《[^》]*》", "", bare)


def _is_promulgated(event: _Event) -> bool:
    return bool(pattern("instruments", "head_promulgated").search(_outside_titles(event.words)))


def _is_made_public(event: _Event) -> bool:
    """公布 after 通过 is the same text, and its day counts."""
    return bool(pattern("instruments", "head_made_public").search(_outside_titles(event.words)))


def _edition(event: _Event) -> Edition:
    number = pattern("instruments", "head_number").search(event.words)
    act = pattern("instruments", "head_act").search(event.words)
    return Edition(
        number=number_key(number["number"]) if number else "",
        title=act["title"] if act else "",
        promulgated=event.day,
    )


def _chained(editions: list[Edition]) -> tuple[Edition, ...]:
    """Each marked as standing in the place of the one before; the last one's state no head tells."""
    chained = []
    for at, edition in enumerate(editions):
        before = editions[at - 1].label if at else ""
        chained.append(replace(edition, replaces=before, status="amended" if at + 1 < len(editions) else "unknown"))
    return tuple(chained)
