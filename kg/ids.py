"""Identifiers: from raw values of the source, so that a better reader does not rename the world.

A printed number, a title, a name, a code or the hash of the bytes go in; never an offset where the source prints
something better, and never a transcription. Every IRI that the project makes is made here.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.errors import SettingError
from kg.model import Deadline, Edition, Instrument, Plan, Section, Span, Task, Unit, UnitGroup
from kg.resolve.instruments import instrument_key
from kg.text import key

DEFAULT_BASE = "https://w3id.org/zhengpu/id/"
BASE_VARIABLE = "ZHENGPU_BASE"
CODES = "https://w3id.org/zhengpu/code/"
NO_PLACE, NO_YEAR = "unplaced", "undated"
_UNSAFE = re.compile(r"[^\w.~〔〕（）、，：《》“”·-]")
_BASE = re.compile(r"[a-z][a-z0-9+.-]*:[^<>\"{}|^`\\\s]+[/#]", re.IGNORECASE)
_HASH_BYTES = 8


@lru_cache(maxsize=8192)
def segment(text: str) -> str:
    """The words as one segment of an IRI: Chinese stays readable, whatever an IRI cannot hold is percent-encoded."""
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8")), key(text))


_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def unescape(path: str) -> str:
    """The part of an IRI behind its base, from an address's path, in which all that is not ASCII is percent-encoded: what
    `segment` leaves readable is decoded, once, and all else stays encoded."""
    return _ESCAPES.sub(lambda found: _readable(bytes.fromhex(found.group().replace("%", ""))), path)


def _readable(data: bytes) -> str:
    text = data.decode("utf-8", "surrogateescape")
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8", "surrogateescape")), text)


@lru_cache(maxsize=8192)  # the same few names stand in every task of a plan
def digest(text: str) -> str:
    """A short name for the words, the same for every printed form that differs in white space and width only."""
    return hashlib.blake2b(key(text).encode("utf-8"), digest_size=_HASH_BYTES).hexdigest()


def code(scheme: str, name: str) -> str:
    """The concept of one of our code lists."""
    return f"{CODES}{scheme}/{segment(name)}"


@dataclass(frozen=True, slots=True)
class Ids:
    """Makes the IRIs under one base."""

    base: str = DEFAULT_BASE

    @classmethod
    def configured(cls) -> Ids:
        """Under the base that ZHENGPU_BASE names, else the project's own."""
        base = os.environ.get(BASE_VARIABLE) or DEFAULT_BASE
        if not _BASE.fullmatch(base):
            zh = f"标识符前缀“{base}”应是以 / 或 # 结尾的网址，如 {DEFAULT_BASE}"
            raise SettingError(zh, f"the base of identifiers should be a URL that ends in / or #, not {base!r}", place=BASE_VARIABLE)
        return cls(base)

    # --- graphs and sources

    def graph(self, name: str) -> str:
        return f"{self.base}graph/{name}"

    def document(self, sha256: str) -> str:
        return f"{self.base}document/{sha256}"

    def reading(self, sha256: str) -> str:
        return f"{self.base}reading/{sha256}"

    def agent(self, version: str) -> str:
        return f"{self.base}agent/zhengpu-{version}"

    def words(self, sha256: str, span: Span) -> str:
        """The stretch of a document's text that some fact was quoted from."""
        return f"{self.base}document/{sha256}/text/{span.start}-{span.end}"

    # --- what registries know

    def jurisdiction(self, place: str) -> str:
        return f"{self.base}jurisdiction/{place}"

    def unit(self, unit: Unit) -> str:
        return f"{self.base}unit/{unit.code}/{digest(unit.name)}"

    def group(self, group: UnitGroup) -> str:
        return f"{self.base}group/{group.code}/{digest(group.name)}"

    def instrument(self, instrument: Instrument) -> str:
        """By its title; one that only citations know by the number that they print, which is the same in each of them."""
        name = instrument_key(instrument)
        claimed = instrument.editions and name == instrument.editions[0].number
        return f"{self.base}instrument/{segment(name) if claimed else digest(name)}"

    def edition(self, instrument: Instrument, edition: Edition) -> str:
        """By its number; with its day where the number comes again: the orders of the President count anew in every term."""
        again = sum(one.number == edition.number for one in instrument.editions) > 1
        name = f"{edition.number}-{edition.promulgated}" if edition.number and again else edition.label
        return f"{self.instrument(instrument)}/edition/{segment(name)}"

    def count(self, *of: str) -> str:
        """The total of something, by all that tells it from other totals."""
        return f"{self.base}count/{digest('|'.join(of))}"

    # --- plans

    def plan(self, plan: Plan, *, place: str | None, number: str | None, sha256: str) -> str:
        """By place, year, number and title. Without a number by the title where that says enough, else by the file.

        The title stands beside the number: several plans of one notice share it, and two offices may claim one.
        """
        year = plan.year.value if plan.year else NO_YEAR
        title = plan.title.value
        if number:
            name = f"{segment(number)}/{digest(title)}" if title else segment(number)
        else:
            name = digest(title) if place and plan.year and tells_apart(title) else f"document-{sha256[:16]}-{digest(title)}"
        return f"{self.base}plan/{place or NO_PLACE}/{year}/{name}"

    # --- lineage: by the plans and tasks that it is about

    def series(self, place: str, subject: str) -> str:
        """The plans of a place on one subject over the years."""
        return f"{self.base}series/{place}/{digest(subject)}"

    def comparison(self, later: str, earlier: str) -> str:
        """Of two plans, by their IRIs."""
        return f"{self.base}comparison/{digest(f'{later} {earlier}')}"

    def lineage(self, later: str, earlier: str) -> str:
        """The link between two tasks, by their IRIs."""
        return f"{self.base}lineage/{digest(f'{later} {earlier}')}"

    def thread(self, first: str) -> str:
        """The matter that this task is the first of."""
        return f"{self.base}thread/{digest(first)}"


def tells_apart(title: str) -> bool:
    """Whether a title is more than the name of a kind: 2021年某区政务公开实施方案, not 任务分解表 or 附件."""
    return len(key(title)) >= 10


# --- inside a plan: by what is printed -------------------------------------------------------------------------


def section_name(path: Sequence[Section]) -> str:
    """The numbers of the headings down to a section; a heading without number by its words."""
    return "/".join(segment(section.number) if section.number else digest(section.heading) for section in path)


def section_paths(sections: Sequence[Section]) -> Iterator[tuple[Section, ...]]:
    """Each section behind those that it lies in, by the levels of the headings."""
    open_: list[Section] = []
    for section in sections:
        while open_ and open_[-1].level >= section.level:
            open_.pop()
        open_.append(section)
        yield tuple(open_)


def task_names(tasks: Sequence[Task]) -> Iterator[str]:
    """By the printed number where the plan prints it once, else by section and number, else by section and order.

    Counting begins anew in each section, so that one task more or less renames only those behind it in its own section.
    """
    printed = Counter(task.number for task in tasks)
    within = Counter((section_name(task.path), task.number) for task in tasks)
    order: Counter[str] = Counter()
    for task in tasks:
        section = section_name(task.path)
        if task.number and printed[task.number] == 1:
            yield segment(task.number)
        elif task.number and within[section, task.number] == 1:
            yield f"{section}/{segment(task.number)}"
        else:
            order[section] += 1
            yield f"{section}/n{order[section]}" if section else f"n{order[section]}"


def deadline_name(deadline: Deadline) -> str:
    """By the words and the kind: one cell may give a fixed and a standing one in the same words."""
    return f"{deadline.kind}-{digest(deadline.text)}"
