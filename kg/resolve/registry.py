"""The registry of instruments 法规文件: works with their editions, found by number and by title; merging two of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

from kg.errors import RegistryError
from kg.model import Edition, Instrument, Issue
from kg.resolve.instrument_names import number_key, title_key, without_draft
from kg.resolve.registry_law_texts import read_law_texts
from kg.resolve.registry_rows import Rows, read_csv_rows, read_jsonl_rows, read_table
from kg.rules import pattern

BUILT_IN = "registry/instruments.csv"

_SUPERSEDED = frozenset({"amended", "replaced", "repealed"})

T = TypeVar("T")
Found = tuple[Instrument, Edition]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Registry:
    """Instruments in order, and what was wrong in the files that they came from. Found by what `index_of` keeps."""

    instruments: tuple[Instrument, ...]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The way from names to instruments; more than one where a name leaves open which."""

    by_title: Mapping[str, tuple[Instrument, ...]]
    by_alias: Mapping[str, tuple[Instrument, ...]]
    by_edition_title: Mapping[str, tuple[Found, ...]]
    by_number: Mapping[str, tuple[Found, ...]]


@lru_cache(maxsize=4)
def index_of(registry: Registry) -> Index:
    """The index of a registry, made once."""
    titles, aliases = defaultdict[str, list[Instrument]](list), defaultdict[str, list[Instrument]](list)
    editions, numbers = defaultdict[str, list[Found]](list), defaultdict[str, list[Found]](list)
    for instrument in registry.instruments:
        full = title_key(instrument.title)
        titles[full].append(instrument)
        for alias in {without_draft(full), *map(title_key, instrument.aliases)} - {full}:
            aliases[alias].append(instrument)
        for edition in instrument.editions:
            if edition.number:
                numbers[number_key(edition.number)].append((instrument, edition))
            if edition.title and not is_amending_act(edition):
                editions[title_key(edition.title)].append((instrument, edition))
    return Index(by_title=_closed(titles), by_alias=_closed(aliases), by_edition_title=_closed(editions), by_number=_closed(numbers))


def _closed(lists: Mapping[str, list[T]]) -> Mapping[str, tuple[T, ...]]:
    return {name: tuple(found) for name, found in lists.items()}


# --- loading -------------------------------------------------------------------------------------------------


@cache
def load_registry() -> Registry:
    """The registry that comes with the program; a test proves that it contradicts itself nowhere.

    Its `source` says where a fact can be found, and in brackets what was looked up there: 已核 all, 日期已核 the day of promulgation,
    文号已核 the number, 未核 nothing. States are those of the autumn of 2026 as far as they were known.
    """
    rows = read_csv_rows(resources.files("ontology").joinpath(BUILT_IN).read_text("utf-8"), BUILT_IN)
    return Registry(instruments=rows.instruments, issues=rows.issues)


def read_registry(path: Path) -> Registry:
    """The instruments of a CSV or JSONL file, or of a folder of law texts in Markdown; a wrong row is left out, with an issue."""
    if path.is_dir():
        return _registry(read_law_texts(path), path.name)
    readers = {".csv": read_csv_rows, ".tsv": read_csv_rows, ".jsonl": read_jsonl_rows, ".ndjson": read_jsonl_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        zh, en = (
            f"应为 CSV、JSONL 文件或 Markdown 文件夹，实为“{path.suffix}”",
            f"expected CSV, JSONL or a folder of Markdown, found {path.suffix!r}",
        )
        raise RegistryError(zh, en, file=path.name)
    return _registry(reader(read_table(path), path.name), path.name)


def _registry(rows: Rows, file: str) -> Registry:
    joined = merge_registries(Registry(instruments=()), Registry(instruments=rows.instruments, issues=rows.issues))
    if not joined.instruments:
        first = f"：{joined.issues[0].place} {joined.issues[0].zh}" if joined.issues else ""
        first_en = f": {joined.issues[0].en}" if joined.issues else ""
        raise RegistryError(f"没有一行可用{first}", f"no row is usable{first_en}", file=file)
    return joined


# --- what an edition is worth on a day -------------------------------------------------------------------------


def is_replaced(edition: Edition) -> bool:
    """Whether a later text stands in the place of this one, or none at all."""
    return edition.status in _SUPERSEDED


def is_amending_act(edition: Edition) -> bool:
    """Whether the edition was made by an act that changes instruments: its number and title are that act's."""
    return bool(edition.title and pattern("instruments", "omnibus").search(edition.title))


def successor_of(registry: Registry, instrument: Instrument) -> Instrument | None:
    """What took the place of the instrument as a whole, where the registry has it."""
    found = index_of(registry).by_title.get(title_key(instrument.replaced_by), ()) if instrument.replaced_by else ()
    return found[0] if found else None


def edition_in_force(instrument: Instrument, day: str, successor: Instrument | None = None) -> Edition | None:
    """The edition that held on the ISO date `day`; None where there was none, or where the registry leaves it open.

    It leaves it open after an edition behind which others are left out, and after a last one that is said to have ended while
    `successor` does not tell when.
    """
    editions = instrument.editions
    at = max((i for i, edition in enumerate(editions) if edition.in_force and edition.in_force <= day), default=None)
    if at is None:
        return None
    if at + 1 < len(editions):
        return editions[at] if editions[at + 1].replaces == editions[at].label and editions[at + 1].in_force else None
    if not is_replaced(editions[at]):
        return editions[at]
    ended = successor.editions[0].in_force if successor and successor.editions else ""
    return editions[at] if ended and day < ended else None


# --- merging -------------------------------------------------------------------------------------------------


def merge_registries(first: Registry, second: Registry) -> Registry:
    """Both as one. What `second` says of a work that `first` has is added to it; where they contradict, `first` stays, with an issue."""
    instruments = {title_key(instrument.title): instrument for instrument in first.instruments}
    owners = {number: name for name, instrument in instruments.items() for number in _own_numbers(instrument)}
    issues = list(first.issues) + list(second.issues)
    for instrument in second.instruments:
        name = title_key(instrument.title)
        kept = []
        for edition in instrument.editions:
            owner = owners.get(number_key(edition.number)) if _is_own(edition) else None
            if owner is not None and owner != name:
                issues.append(_other_owner(edition, instrument, instruments[owner]))
            else:
                kept.append(edition)
        if instrument.editions and not kept:
            continue
        known = instruments.get(name)
        merged, wrong = _joined(known, replace(instrument, editions=tuple(kept))) if known else _joined_with_itself(instrument, kept)
        issues.extend(wrong)
        instruments[name] = merged
        owners.update(dict.fromkeys(_own_numbers(merged), name))
    return Registry(instruments=tuple(instruments.values()), issues=tuple(issues))


def _is_own(edition: Edition) -> bool:
    """Whether the edition's number can be no other instrument's."""
    return bool(edition.number) and not is_amending_act(edition) and not pattern("instruments", "series_again").fullmatch(edition.number)


def _own_numbers(instrument: Instrument) -> Iterator[str]:
    return (number_key(edition.number) for edition in instrument.editions if _is_own(edition))


def _joined_with_itself(instrument: Instrument, editions: Iterable[Edition]) -> tuple[Instrument, list[Issue]]:
    return _joined(replace(instrument, editions=()), replace(instrument, editions=tuple(editions)))


def _joined(known: Instrument, other: Instrument) -> tuple[Instrument, list[Issue]]:
    """One instrument of two accounts of it; what `known` leaves empty is filled in."""
    editions, issues = list(known.editions), list[Issue]()
    for edition in other.editions:
        at = next((i for i, one in enumerate(editions) if _same(one, edition)), None)
        if at is None:
            editions.append(edition)
            continue
        issues.extend(_contradictions(known, editions[at], edition))
        editions[at] = _filled(editions[at], edition)
    aliases = dict.fromkeys((*known.aliases, *other.aliases, *([other.title] if other.title != known.title else [])))
    filled = {name: getattr(known, name) or getattr(other, name) for name in ("issuer", "replaced_by", "source")}
    status = known.status if known.status != "unknown" else other.status
    return replace(known, aliases=tuple(aliases), editions=tuple(_in_order(editions)), status=status, **filled), issues


def _same(one: Edition, other: Edition) -> bool:
    """The same number on no other day, or the same day where one of the two has no number."""
    if one.number and other.number:
        again = pattern("instruments", "series_again").fullmatch(one.number)
        return number_key(one.number) == number_key(other.number) and not (again and one.promulgated != other.promulgated)
    return bool(one.promulgated) and one.promulgated == other.promulgated


def _filled(one: Edition, other: Edition) -> Edition:
    names = ("number", "title", "promulgated", "in_force", "replaces", "source")
    status = one.status if one.status != "unknown" else other.status
    return replace(one, status=status, **{name: getattr(one, name) or getattr(other, name) for name in names})


def _in_order(editions: list[Edition]) -> list[Edition]:
    """By day, where every edition has one."""
    return sorted(editions, key=lambda edition: edition.promulgated) if all(edition.promulgated for edition in editions) else editions


def _contradictions(instrument: Instrument, known: Edition, other: Edition) -> Iterator[Issue]:
    words = {"promulgated": ("公布日期", "day of promulgation"), "in_force": ("施行日期", "day it came into force")}
    for name, (zh, en) in words.items():
        old, new = getattr(known, name), getattr(other, name)
        if old and new and old != new:
            yield Issue(
                code="registry.contradiction",
                zh=f"《{instrument.title}》{known.label}的{zh}已有{old}，又作{new}；仍用{old}",
                en=f"{instrument.title} {known.label}: the {en} is {old}, and {new} elsewhere; {old} stays",
            )


def _other_owner(edition: Edition, instrument: Instrument, owner: Instrument) -> Issue:
    return Issue(
        code="registry.contradiction",
        zh=f"{edition.number}已是《{owner.title}》的文号，又作《{instrument.title}》的；仍归前者",
        en=f"{edition.number} is the number of {owner.title}, and of {instrument.title} elsewhere; it stays with the first",
    )
