"""Citations 引用文件 to instruments 法规文件: by number, by title, by what the document itself says of them elsewhere.

The registry says what the State's instruments are. What it does not know has an identity where the citation prints a number of its
own: the number, which is the same in every document. A title alone that nobody knows stays unresolved; nothing is resolved by
likeness.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import Citation, Edition, Instrument, InstrumentIdentity, Issue, Jurisdiction, Span
from kg.resolve.instrument_names import Name, agree, guess_kind, number_key, series_of, title_name, without_draft
from kg.resolve.registry import Found, Index, Registry, index_of, is_replaced
from kg.rules import pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """A citation with its names in their normal form; `numbers` without those that leave open whose they are."""

    citation: Citation
    name: Name | None
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    instrument: Instrument | None
    edition: Edition | None
    method: str


_UNRESOLVED = _Answer(instrument=None, edition=None, method="unresolved")
_AMBIGUOUS = _Answer(instrument=None, edition=None, method="ambiguous")


def resolve_instruments(
    citations: Sequence[Citation], registry: Registry, *, year: int | None, place: Jurisdiction | None = None
) -> Mapping[Span, InstrumentIdentity]:
    """What each citation of one document means, by its span.

    `year` is the plan's: what did not exist yet is not meant. `place` is whose document it is: 省政府令第336号 is an order of its province.
    """
    whose = place.full_name or place.name if place else ""
    mentions = [_mention(citation, whose) for citation in citations]
    index = index_of(registry)
    answers = [_by_registry(mention, index, year) for mention in mentions]
    learned = _learned(mentions, answers)
    return {mention.citation.span: _identity(mention, answer, learned) for mention, answer in zip(mentions, answers, strict=True)}


def _mention(citation: Citation, whose: str) -> _Mention:
    title = citation.short_for or citation.title
    printed = citation.numbers or ((citation.number,) if citation.number else ())
    numbers = dict.fromkeys(number for number in (number_key(one, whose) for one in printed) if number)
    return _Mention(citation=citation, name=title_name(title) if title else None, numbers=tuple(numbers))


def _identity(mention: _Mention, answer: _Answer, learned: _Learned) -> InstrumentIdentity:
    """By the registry where it knows the citation, else by the document; a short name is the document's own in any case."""
    if answer.instrument is None:
        answer = _by_document(mention, answer, learned)
    elif mention.citation.short_for and not mention.numbers:
        answer = replace(answer, edition=answer.edition or _printed_edition(mention, learned), method="by-document")
    return InstrumentIdentity(citation=mention.citation, instrument=answer.instrument, edition=answer.edition, method=answer.method)


def _printed_edition(mention: _Mention, learned: _Learned) -> Edition | None:
    """The edition that the document prints with the title of a short name, where it prints one and not several."""
    printed = learned.by_title.get(mention.name.key, ()) if mention.name else ()
    return printed[0].edition if len(printed) == 1 else None


# --- by what the registry knows ------------------------------------------------------------------------------


def _by_registry(mention: _Mention, index: Index, year: int | None) -> _Answer:
    numbered = [found for number in mention.numbers for found in index.by_number.get(number, ())]
    if mention.name is None:
        return _by_number(mention, numbered)
    titled, method = _titled(mention.name, index, year)
    if len(titled) > 1:
        titled = [one for one in titled if any(one is found for found, _ in numbered)] or titled
    if len(titled) > 1:
        return _AMBIGUOUS
    if titled:
        return _by_title(mention, titled[0], method, numbered)
    return _by_number_beside_a_title(mention.name, numbered)


def _by_number(mention: _Mention, numbered: Sequence[Found]) -> _Answer:
    """A bare number: whose it is, unless it begins anew every five years or is an act's that changed several."""
    if any(pattern("instruments", "series_again").fullmatch(number) for number in mention.numbers):
        return _AMBIGUOUS
    if len(numbered) > 1:
        return _AMBIGUOUS
    return _Answer(instrument=numbered[0][0], edition=numbered[0][1], method="by-number") if numbered else _UNRESOLVED


def _by_number_beside_a_title(name: Name, numbered: Sequence[Found]) -> _Answer:
    """A title that the registry has otherwise, with a number that it has: the two must fit."""
    single = [found for found in numbered if not pattern("instruments", "series_again").fullmatch(number_key(found[1].number))]
    if not single:
        return _UNRESOLVED
    fitting = [(one, edition) for one, edition in single if any(agree(name.key, title_name(title).key) for title in _titles(one, edition))]
    if len(fitting) == 1:
        return _Answer(instrument=fitting[0][0], edition=fitting[0][1], method="by-number")
    return _AMBIGUOUS if fitting else _Answer(instrument=None, edition=None, method="contradictory")


def _titles(instrument: Instrument, edition: Edition) -> Iterator[str]:
    yield instrument.title
    yield from instrument.aliases
    if edition.title:
        yield edition.title


def _titled(name: Name, index: Index, year: int | None) -> tuple[list[Instrument], str]:
    """The instruments of that title, and by which way: as a whole, by an alias, by the notice that printed it."""
    if found := index.by_title.get(name.key):
        return _existing(found, year), "by-title"
    if found := index.by_alias.get(name.key):
        return _existing(found, year), "by-alias"
    if printed := index.by_edition_title.get(name.key):
        return _existing(_once(instrument for instrument, _ in printed), year), "by-title"
    if name.inner and (found := index.by_title.get(name.inner)):
        return [one for one in found if name.by and name.by == title_name(one.issuer).key], "by-title"
    return [], "unresolved"


def _once(instruments: Iterable[Instrument]) -> tuple[Instrument, ...]:
    return tuple({id(one): one for one in instruments}.values())


def _existing(found: Sequence[Instrument], year: int | None) -> list[Instrument]:
    """Of several those that existed in the year of the plan; of one that one."""
    if len(found) == 1 or year is None:
        return list(found)
    return [one for one in found if not one.editions or one.editions[0].promulgated[:4] <= str(year)] or list(found)


def _by_title(mention: _Mention, instrument: Instrument, method: str, numbered: Sequence[Found]) -> _Answer:
    """The work; and the edition that a number or a year beside the title says."""
    editions = [edition for one, edition in numbered if one is instrument]
    if editions:
        edition = max(editions, key=lambda one: one.promulgated)
        way = "by-edition" if is_replaced(edition) and edition is not instrument.editions[-1] else "by-number"
        return _Answer(instrument=instrument, edition=edition, method=way)
    others = [found for found in numbered if not pattern("instruments", "series_again").fullmatch(number_key(found[1].number))]
    if others and not any(found[1].title and pattern("instruments", "omnibus").search(found[1].title) for found in others):
        return _Answer(instrument=instrument, edition=None, method="contradictory")
    if mention.numbers:
        return _Answer(instrument=instrument, edition=_unknown_edition(instrument, mention.numbers), method=method)
    named = _edition_named(instrument, mention.name) if mention.name else None
    return _Answer(instrument=instrument, edition=named, method="by-edition" if named else method)


def _unknown_edition(instrument: Instrument, numbers: Sequence[str]) -> Edition | None:
    """An edition that only the citation tells of, where its number is of the series that the known ones are of."""
    known = {series_of(number_key(edition.number)) for edition in instrument.editions if edition.number}
    fitting = [number for number in numbers if series_of(number) in known]
    return Edition(number=fitting[-1]) if fitting else None


def _edition_named(instrument: Instrument, name: Name) -> Edition | None:
    """The edition of the year in the title's bracket; for a bare 修订 none, because it says not which."""
    by_year = [edition for edition in instrument.editions if name.year and name.year == edition.promulgated[:4]]
    by_title = [edition for edition in instrument.editions if name.year and name.year == title_name(edition.title).year]
    fitting = by_title or by_year
    return fitting[0] if len(fitting) == 1 else None


# --- by what the document says ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Learned:
    """What the document's own citations tell of each other: titles and numbers that stand together somewhere in it."""

    by_number: Mapping[str, tuple[_Answer, ...]]
    by_title: Mapping[str, tuple[_Answer, ...]]


def _learned(mentions: Sequence[_Mention], answers: Sequence[_Answer]) -> _Learned:
    """From every citation that prints a number: the instrument that the registry knows, else one that the citation claims."""
    numbered = [(mention, answer) for mention, answer in zip(mentions, answers, strict=True) if mention.numbers and _may_teach(answer)]
    claimed = _claims([mention for mention, answer in numbered if answer.instrument is None])
    by_number, by_title = defaultdict[str, list[_Answer]](list), defaultdict[str, list[_Answer]](list)
    for mention, answer in numbered:
        known = answer if answer.instrument else claimed[mention.numbers[0]]
        for number in mention.numbers:
            by_number[number].append(replace(known, edition=_edition_of(known, number)))
        for title in _known_as(mention):
            by_title[title].append(replace(known, edition=None if len(mention.numbers) > 1 else known.edition))
    return _Learned(by_number=_distinct(by_number), by_title=_distinct(by_title))


def _may_teach(answer: _Answer) -> bool:
    return answer.method not in {"contradictory", "ambiguous"}


def _edition_of(answer: _Answer, number: str) -> Edition | None:
    editions = answer.instrument.editions if answer.instrument else ()
    return next((edition for edition in editions if number_key(edition.number) == number), answer.edition)


def _known_as(mention: _Mention) -> set[str]:
    """The titles that the citation gives what it cites: its own, without （试行）, and what a notice prints."""
    if mention.name is None:
        return set()
    names = {mention.name.key, mention.name.inner} - {""}
    return names | {without_draft(name) for name in names}


def _claims(mentions: Sequence[_Mention]) -> dict[str, _Answer]:
    """One instrument for all the numbers that stand together somewhere, with the title that the document prints with them."""
    together = dict[str, tuple[str, ...]]()
    for mention in sorted(mentions, key=lambda one: -len(one.numbers)):
        for number in mention.numbers:
            together.setdefault(number, mention.numbers)
    titles = dict[tuple[str, ...], str]()
    for mention in mentions:
        numbers = together[mention.numbers[0]]
        titles[numbers] = titles.get(numbers) or mention.citation.short_for or mention.citation.title or ""
    claimed = {numbers: _claimed(title, numbers) for numbers, title in titles.items()}
    return {number: claimed[numbers] for number, numbers in together.items() if numbers in claimed}


def _claimed(title: str, numbers: tuple[str, ...]) -> _Answer:
    instrument = Instrument(
        title=title or numbers[0],
        kind=guess_kind(title, numbers[0]),
        editions=tuple(Edition(number=number) for number in numbers),
    )
    return _Answer(instrument=instrument, edition=instrument.editions[0] if len(numbers) == 1 else None, method="by-citation")


def _distinct(answers: Mapping[str, list[_Answer]]) -> Mapping[str, tuple[_Answer, ...]]:
    """For every name one answer an instrument; without an edition where the document names several."""
    distinct = {}
    for name, found in answers.items():
        kept = dict[int, _Answer]()
        for answer in found:
            one = kept.setdefault(id(answer.instrument), answer)
            if one.edition != answer.edition:
                kept[id(answer.instrument)] = replace(one, edition=None)
        distinct[name] = tuple(kept.values())
    return distinct


def _by_document(mention: _Mention, answer: _Answer, learned: _Learned) -> _Answer:
    """What stands elsewhere in the document with the same number or the same title; the claim itself where it prints its number."""
    if answer.method == "contradictory" or (answer.method == "ambiguous" and mention.name is not None):
        return answer
    by_number = [found for number in mention.numbers[:1] for found in learned.by_number.get(number, ())]
    by_title = learned.by_title.get(mention.name.key, ()) if mention.name and not mention.numbers else ()
    found = _unlike(by_number or by_title)
    if not found:
        return answer
    if len(found) > 1:
        return _AMBIGUOUS
    [only] = found
    if mention.numbers and only.method == "by-citation" and (mention.name or not _is_titled(only)):
        return replace(only, edition=only.edition if len(mention.numbers) == 1 else None)
    says_which = bool(mention.numbers or mention.citation.short_for)
    return _Answer(instrument=only.instrument, edition=only.edition if says_which else None, method="by-document")


def _is_titled(answer: _Answer) -> bool:
    """Whether the document prints a title with the number that it claims."""
    return bool(answer.instrument and answer.instrument.editions and answer.instrument.title != answer.instrument.editions[0].number)


def _unlike(answers: Iterable[_Answer]) -> list[_Answer]:
    return list({id(answer.instrument): answer for answer in answers}.values())


# --- what is to be told ----------------------------------------------------------------------------------------


def instrument_key(instrument: Instrument) -> str:
    """What the instrument is known by everywhere: its canonical title; its number where only a citation tells of it."""
    claimed = not instrument.source and instrument.status == "unknown" and instrument.editions
    return instrument.editions[0].number if claimed else title_name(instrument.title).key


def find_unknown_editions(identities: Mapping[Span, InstrumentIdentity]) -> Iterator[Issue]:
    """Citations whose number is of no edition that the registry has of their instrument."""
    for span, identity in identities.items():
        if not _prints_unknown_edition(identity):
            continue
        printed = f"《{identity.citation.title}》（{identity.citation.number}）"
        zh, en = f"登记册里没有{printed}这个文号的版本", f"the registry has no edition with the number of {printed}"
        yield Issue(code="citation.unknown-edition", zh=zh, en=en, span=span)


def _prints_unknown_edition(identity: InstrumentIdentity) -> bool:
    if identity.instrument is None or not identity.citation.number or identity.method not in {"by-title", "by-alias"}:
        return False
    return identity.edition is None or identity.edition not in identity.instrument.editions
