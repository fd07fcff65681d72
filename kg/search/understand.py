"""What the words that were typed may mean: each with the other words by which the same is found, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product

from kg.search.data import load_table
from kg.search.engine import Engine
from kg.search.model import Correction, Reason
from kg.search.pinyin import Sound
from kg.search.slips import guess
from kg.search.typed import Clause, Typed
from kg.search.words import CJK, cut_apart, cut_query, stop_words, to_searched

_LETTERS = re.compile(r"[a-z']+")
_RUNS = re.compile(rf"[a-z']+|[{CJK}]+|[^a-z'{CJK}]+")
_MOST = 8  # words that letters may stand for
_MEANT = 3  # words that a slip may stand for
_ADMIN = "省市州盟区县旗镇乡"
_BODIES = ("局", "委", "委员会", "办", "办公室", "中心")
_SYNONYM, _NEXT = 0.7, 0.9  # the weight of another word; that of each further guess, against the one before
_NUMBER = re.compile(r"〔\d{4}〕第?\d+号$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One wording by which a part is found."""

    text: str
    reason: Reason
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something that a hit has to have, in any of these wordings."""

    typed: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What is looked for. `phrases` are clauses of several parts, which are worth more in one piece."""

    parts: tuple[Part, ...]
    phrases: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def ways(self) -> Iterator[Way]:
        return (way for part in self.parts for way in part.ways)


def understand(typed: Typed, engine: Engine, *, apart: bool = False) -> Understood:
    """The parts of what was typed, as typed, with everyday words and letters; nothing is put right here.

    With `apart`, a character that is no word need not stand beside its neighbour.
    """
    parts: dict[str, Part] = {}
    phrases = []
    for clause in typed.wanted:
        found = list(_parts(clause, engine, apart))
        if len(found) > 1:
            phrases.append(clause.text)
        parts |= {part.typed: part for part in found}
    meaning = {name: part for name, part in parts.items() if name not in stop_words()} or parts
    return Understood(
        parts=tuple(meaning.values()), phrases=tuple(phrases), corrections=tuple(_told(part, "pinyin") for part in _by_pinyin(meaning))
    )


def _by_pinyin(parts: dict[str, Part]) -> Iterator[Part]:
    return (part for part in parts.values() if any(way.reason == "pinyin" for way in part.ways))


def _told(part: Part, reason: Reason) -> Correction:
    return Correction(typed=part.typed, meant=tuple(way.text for way in part.ways if way.reason == reason), reason=reason)


def _parts(clause: Clause, engine: Engine, apart: bool) -> Iterator[Part]:
    if clause.quoted:
        yield from _quoted(clause, engine)
    elif clause.spellings:
        yield Part(typed=clause.text, ways=_spelled(clause.text, clause.spellings))
    elif _LETTERS.search(clause.text):
        yield from _letters(clause.text, engine)
    else:
        yield from (_word(word) for word in _split(clause.text, engine, apart=apart))


def _quoted(clause: Clause, engine: Engine) -> Iterator[Part]:
    """A phrase as it is; a number whose head says more than a number's head, as words and a number."""
    number = _NUMBER.search(clause.text)
    if number and number.start() and not any(engine.count(text) for text in (clause.text, *clause.spellings)):
        head = clause.text[: number.start()]
        for start in range(1, len(head)):
            if engine.count(clause.text[start:]):
                yield from (_word(word) for word in _split(head[:start], engine))
                yield Part(typed=clause.text[start:], ways=_spelled(clause.text[start:], ()))
                return
    yield Part(typed=clause.text, ways=_spelled(clause.text, clause.spellings))


def _spelled(text: str, spellings: Sequence[str]) -> tuple[Way, ...]:
    return (Way(text=text, reason="word"), *(Way(text=other, reason="number") for other in spellings))


def _split(text: str, engine: Engine, *, apart: bool = False) -> list[str]:
    """Names first, the rest as the cutter cuts it; a single character goes with its neighbour, unless `apart`."""
    cut = cut_apart if apart else cut_query
    words: list[str] = []
    at = 0
    for start, end in engine.lexicon.names_in(text):
        words += [*cut(text[at:start]), text[start:end]]
        at = end
    return words + cut(text[at:])


# --- everyday words -------------------------------------------------------------------------------------------


@cache
def everyday() -> dict[str, tuple[str, ...]]:
    """The words of documents for everyday words, in the searched form."""
    return {to_searched(word): tuple(map(to_searched, entry["means"])) for word, entry in load_table("everyday").items()}


def _word(text: str) -> Part:
    """A word as typed, and the words that documents use for it; 区人社局 keeps its 区, 区低保 does not."""
    means = everyday().get(text, ())
    if not means and text[:1] in _ADMIN and (short := everyday().get(text[1:])):
        means = tuple(text[0] + word if word.endswith(_BODIES) else word for word in short)
    return Part(typed=text, ways=(Way(text=text, reason="word"), *(Way(text=word, reason="synonym", weight=_SYNONYM) for word in means)))


# --- letters ----------------------------------------------------------------------------------------------------


def _letters(text: str, engine: Engine) -> Iterator[Part]:
    """Letters as they are where a text has them as a word; else the words that they spell, or begin."""
    literal = _is_written(text, engine)
    meant = [] if literal else spelled_words(text, engine, _MOST)
    if literal or meant:
        ways = [Way(text=text, reason="word")] if literal or engine.count(text) else []
        ways += [Way(text=word, reason="pinyin", weight=_NEXT**at) for at, word in enumerate(meant)]
        yield Part(typed=text, ways=tuple(ways))
        return
    runs = [run for run in _RUNS.findall(text) if run.strip("'")]
    if len(runs) == 1:
        yield Part(typed=text, ways=(Way(text=text, reason="word"),))
        return
    for run in runs:
        yield from _letters(run, engine) if _LETTERS.match(run) else (_word(word) for word in _split(run, engine))


def _is_written(text: str, engine: Engine) -> bool:
    """Whether a text has the letters as a word of its own: app, 5g."""
    words = cut_apart(text)
    return (
        bool(words)
        and all(word in engine.lexicon for word in words if len(word) > 1)
        and engine.count(text) > 0
        and any(len(word) > 1 for word in words)
    )


def spelled_words(text: str, engine: Engine, most: int, *, more: bool = False) -> list[str]:
    """The words and names that letters, or letters among characters, spell in full or by initials; likelier ones first.

    With `more`, also those that begin so.
    """
    lexicon = engine.lexicon
    runs = _RUNS.findall(text)
    choices = [
        lexicon.sounds.divisions(run, open_end=more and at == len(runs) - 1) if _LETTERS.match(run) else [tuple(map(_itself, run))]
        for at, run in enumerate(runs)
    ]
    found: dict[str, None] = {}
    for longer in (False, True) if more else (False,):
        for way in product(*choices):
            sounds = [sound for run in way for sound in run]
            if len(sounds) > 1:
                found |= dict.fromkeys(_spelled_so(sounds, engine, longer=longer)[:most])
            if len(found) >= most:
                return list(found)[:most]
    return list(found)


def _itself(char: str) -> Sound:
    return Sound(letters="", chars=frozenset(char), whole=True)


def _spelled_so(sounds: Sequence[Sound], engine: Engine, *, longer: bool) -> list[str]:
    """The words of these sounds, frequent ones first. Initials mean usual readings, where any word has them: zj is no 体育."""
    counts = engine.lexicon.counts
    words = list(engine.lexicon.spelled([sound.chars for sound in sounds], more=longer))
    odd = {word: sum(not sound.is_usual(char) for sound, char in zip(sounds, word, strict=False)) for word in words}
    if words and not all(sound.whole for sound in sounds):
        least = min(odd.values())
        words = [word for word in words if odd[word] == least]
    return sorted(words, key=lambda word: (odd[word], -counts[word], len(word), word))


# --- slips ------------------------------------------------------------------------------------------------------


def put_right(understood: Understood, engine: Engine, *, rare: int = 0) -> Understood:
    """The parts that nothing has, or next to nothing, with words that may have been meant; told in `corrections`."""
    parts: list[Part] = []
    corrections = list(understood.corrections)
    waiting = list(understood.parts)
    while waiting:
        part = waiting.pop(0)
        there = sum(engine.count(way.text) for way in part.ways)
        righted, used = _righted(part, waiting, engine, there) if there <= rare else ([], 0)
        parts += righted or [part]
        del waiting[:used]
        corrections += [_told(one, "corrected") for one in righted if any(way.reason == "corrected" for way in one.ways)]
    return replace(understood, parts=tuple(parts), corrections=tuple(corrections))


def _righted(part: Part, behind: Sequence[Part], engine: Engine, there: int) -> tuple[list[Part], int]:
    """The part put right, with parts behind it where they belong to one word, and how many those are; else a word inside it."""
    for used in (2, 1, 0):
        typed = "".join([part.typed, *(other.typed for other in behind[:used])])
        if used <= len(behind) and (meant := _meant(typed, engine, there)):
            return [_guessed(typed, meant)], used
    for start, end in _inner(part.typed):
        if meant := _meant(part.typed[start:end], engine, there):
            before, after = part.typed[:start], part.typed[end:]
            if together := [whole for word in meant if engine.count(whole := before + word + after) > there]:
                return [_guessed(part.typed, together)], 0
            beside = [_word(rest) for rest in (before, after) if rest]
            if all(len(one.typed) > 1 and engine.count(one.typed) for one in beside):
                return [*beside, _guessed(part.typed[start:end], meant)], 0
    return [], 0


def _guessed(typed: str, meant: Sequence[str]) -> Part:
    return Part(typed=typed, ways=tuple(Way(text=word, reason="corrected", weight=_NEXT**at) for at, word in enumerate(meant)))


def _inner(text: str) -> Iterable[tuple[int, int]]:
    """The stretches inside a word, long ones first."""
    sizes = range(min(len(text) - 1, 8), 1, -1)
    return ((start, start + size) for size in sizes for start in range(len(text) - size + 1))


def _meant(text: str, engine: Engine, there: int) -> list[str]:
    """The words that may have been meant and that many more entries have, likelier first."""
    found = (one.word for one in guess(text, engine.lexicon) if engine.count(one.word) > there * 5)
    return list(islice(found, _MEANT))
