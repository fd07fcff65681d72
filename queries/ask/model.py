"""What a question is taken apart into, what it means, and what is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from queries.ask.quantities import Wanted

Kind = Literal["unit", "place", "instrument", "plan", "year", "window", "number", "cue", "matter", "stop", "unknown"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something that the graph knows by a name."""

    iri: str
    label: str
    note: str = ""
    place: str = ""  # IRI of the place that it belongs to
    home: str = ""  # of a branch: the place of the body that it is a branch of
    bound: str = ""  # the body that was said, where this is only the group that binds it
    exact: bool = True  # whether the name fits whole: 教育局 fits 教育和体育局 only in part


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A stretch of the question and what it is. `value` is a year, a month, the name of a cue, …"""

    kind: Kind
    text: str
    start: int
    tag: str = ""  # the part of speech, of words of a matter
    value: Any = None
    things: tuple[Thing, ...] = ()
    slip: str = ""  # the name that the words were taken for, where they are spelled otherwise

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of days, both included, as the question has it. A year of 0 is not said."""

    year: int
    start: tuple[int, int] | None  # month and day
    end: tuple[int, int] | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """事项: words that tasks are searched for, by the stretches of the question in which they stand together."""

    phrases: tuple[tuple[str, ...], ...]
    listed: bool = False  # 甲、乙、丙: where no task speaks of all, one of them is enough
    either: bool = False  # “甲”“乙”, 甲（乙）: one of them is enough, whatever task speaks of all
    free: bool = False  # a sentence: the tasks that hold most of its words, not those that hold all

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for phrase in self.phrases for word in phrase)

    def __str__(self) -> str:
        return " ".join("".join(phrase) for phrase in self.phrases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A unit of the question, with the role that is asked for; none where any will do."""

    unit: Thing
    role: str = ""
    also: tuple[Thing, ...] = ()  # groups that the question names beside it: their tasks count too


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What is asked, of which tasks. Everything of one kind holds for itself; kinds hold together."""

    ask: str  # the name of a pattern in grammar.toml
    units: tuple[Owed, ...] = ()
    together: bool = False  # all the units share the tasks; else one of them is enough
    direct: bool = False  # named itself, not through a group
    role: str = ""  # that is asked for: who leads
    matter: Matter | None = None
    instruments: tuple[Thing, ...] = ()
    without: tuple[Owed, ...] = ()  # units that do not have that role; others do
    section: str = ""  # the heading of the chapter that the tasks stand in
    windows: tuple[Window, ...] = ()
    conditions: tuple[str, ...] = ()  # names of conditions in grammar.toml that need no slot
    period: str = ""
    numbers: tuple[str, ...] = ()
    places: tuple[Thing, ...] = ()
    years: tuple[int, ...] = ()
    plans: tuple[Thing, ...] = ()
    tasks: tuple[str, ...] = ()  # IRIs, of what was answered before: 这项任务
    whether: bool = False
    introduced: frozenset[str] = frozenset()  # words that are certainly a matter, known or not
    cues: frozenset[str] = frozenset()  # of the question
    said: str = ""  # the cues as they stand
    notes: tuple[str, ...] = ()  # what was taken for what
    asked: str = ""  # the question as it stands
    wanted: Wanted | None = None  # the number that is asked for
    within: Meaning | None = None  # of `tasks`: the question that they answered
    open_year: str = ""  # 今年, where no plan is of this year and nothing says whose
    linked: bool = False  # not the tasks themselves, but those of these places, years and plans that they are linked with

    @property
    def anchored(self) -> bool:
        """Whether it speaks of anything that the graph knows by name."""
        return bool(self.units or self.instruments or self.places or self.years or self.plans or self.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several things that a question may mean, with the question as it would be then."""

    label: str
    note: str
    iri: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered. One of `declined`, `choices`, `query` says what became of the question."""

    question: str
    understood: str = ""
    understood_en: str = ""
    query: Mapping[str, str] | None = None  # name and text
    parameters: Mapping[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    rows: Sequence[Row] = ()
    value: Any = None
    words: str = ""  # the answer in a sentence
    choices: tuple[Choice, ...] = ()
    declined: str = ""
    offers: tuple[str, ...] = ()  # questions near to this one that can be answered
    meaning: Meaning | None = None

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "question": self.question,
            "understood": self.understood or None,
            "understood_en": self.understood_en or None,
            "answer": self.words or None,
            "query": dict(self.query) if self.query else None,
            "parameters": dict(self.parameters),
            "rows": list(self.rows),
            "value": self.value,
            "choices": [{"label": one.label, "note": one.note, "iri": one.iri, "question": one.question} for one in self.choices],
            "declined": self.declined or None,
            "offers": list(self.offers),
        }


class Decline(Exception):
    """The question is not understood, or asks for what the graph does not hold."""

    soft = False  # whether the words alone are at fault, so that another way of reading them may do

    def __init__(self, reason: str, choices: tuple[Choice, ...] = (), left: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason, self.choices = reason, choices
        self.left = left  # the words that no pattern takes


class Unread(Decline):
    """Words were not understood in the way that they were read."""

    soft = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A task that speaks of a matter, and how closely; higher is closer."""

    task: str
    score: float


class Finder(Protocol):
    """Finds the tasks that speak of a matter."""

    def find(self, matter: Matter) -> Sequence[Hit]:
        """The tasks that hold all words of the matter, or words that mean the same, the closest first."""

    def knows(self, words: str) -> bool:
        """Whether any task, or the heading of one, holds these words as they stand."""

    def holding(self, forms: Sequence[str]) -> frozenset[str]:
        """The tasks that hold one of these forms of a word, in small letters."""

    def total(self) -> int:
        """How many tasks there are."""
