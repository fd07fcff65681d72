"""The facts that a document is read into; each holds the span of text that says it.

A `Document` is what a reader gives: one text, its blocks, and for every stretch of the text the place
in the file that it came from. An `Extraction` is what is understood of it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Role = Literal["lead", "responsible", "support"]
Form = Literal["item", "row"]
DeadlineKind = Literal["fixed", "relative", "standing", "prompt", "recurring"]
Operator = Literal[">=", "<=", "=", ">", "<"]
Modality = Literal["must", "must_not", "encourage", "explore", "plain"]
Align = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch [start, end) of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def to(self, other: Span) -> Span:
        """The stretch from the start of this one to the end of `other`."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the file some text stands; every number counts from 1."""

    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [
            ("工作表“{}”", self.sheet),
            ("第{}页", self.page),
            ("表{}", self.table),
            ("第{}行", self.row or self.line),
            ("第{}列", self.column),
            ("第{}段", self.paragraph),
        ]
        return " ".join(form.format(value) for form, value in parts if value is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the document's text, the place it came from, and its offsets in the source where that is text."""

    span: Span
    place: Place
    source: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, whole: breaks of line and page inside it are healed. `level` is the file's own heading level.

    A `note` is a footnote or an endnote; it stands behind the paragraph, or the table, that refers to it.
    """

    span: Span
    align: Align = ""
    level: int = 0
    note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table; a merged one stands where its top left corner is."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of `rows` by `columns`, counted from 0. `merges` tells whether the file itself says which cells are merged."""

    span: Span
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    merges: bool


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted(Generic[T]):
    """A value and the words that say it."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file that was read."""

    name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One passage that was not understood, or one thing that looks wrong; left out, counted, shown."""

    code: str
    zh: str
    en: str
    span: Span | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as text: blocks in reading order, and the way back to the place of every word."""

    source: Source
    text: str
    blocks: tuple[Block, ...]
    pieces: tuple[Piece, ...]
    fields: tuple[Quoted[tuple[str, str]], ...] = ()  # metadata that a page prints beside its text: 索引号, 发文机关, …
    issues: tuple[Issue, ...] = ()
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [piece.span.start for piece in self.pieces])

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def pieces_of(self, span: Span) -> Iterator[Piece]:
        """The pieces that `span` touches, in order."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        for at in range(first, len(self.pieces)):  # no slice: a long document has as many pieces as cells
            piece = self.pieces[at]
            if piece.span.start >= max(span.end, span.start + 1):
                return
            if piece.span.end > span.start:
                yield piece

    def place(self, span: Span) -> str:
        """Where `span` begins, in words."""
        return next((str(piece.place) for piece in self.pieces_of(span)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """行政区划: a province, city or county with its GB/T 2260 code; 000000 is the whole country."""

    name: str
    code: str
    full_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the document says of itself 文件头."""

    number: Quoted[str] | None = None
    issuer: Quoted[str] | None = None
    issued: Quoted[dt.date] | None = None
    openness: Quoted[str] | None = None
    recipients: tuple[Quoted[str], ...] = ()
    copies_to: tuple[Quoted[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """章节: a heading on a line, or in a cell, of its own. `level` counts from 1; `number` is as printed."""

    heading: str
    level: int
    span: Span
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """分工: a unit that owes the task, as printed."""

    name: str
    role: Role
    group: bool
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """完成时限. `date` is the last day; a relative one has trigger, amount and unit, a recurring one its period."""

    kind: DeadlineKind
    text: str
    span: Span
    date: dt.date | None = None
    start: dt.date | None = None
    trigger: str = ""
    amount: int | None = None
    unit: Literal["", "day", "workday", "month", "year", "hour"] = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """引用文件: a document that the text names, by title, by number or by both. `short_for` is the title a short name stands for."""

    title: str | None
    number: str | None
    span: Span
    numbers: tuple[str, ...] = ()
    short_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """量化指标: a number that can be checked."""

    text: str
    op: Operator
    value: float
    unit: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """任务: the smallest printed unit that carries a requirement and says who owes it."""

    number: str | None
    form: Form
    path: tuple[Section, ...]
    text: str
    span: Span
    assignments: tuple[Assignment, ...] = ()
    open_list: bool = False  # 等: more units than the list names
    deadlines: tuple[Deadline, ...] = ()
    citations: tuple[Citation, ...] = ()
    measures: tuple[Measure, ...] = ()
    modality: Modality = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A paragraph that obliges without naming units of its own. `reporting`: it says how the plan itself is reported on."""

    number: str | None
    path: tuple[Section, ...]
    text: str
    span: Span
    deadlines: tuple[Deadline, ...] = ()
    citations: tuple[Citation, ...] = ()
    measures: tuple[Measure, ...] = ()
    modality: Modality = "plain"
    reporting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """计划文件: one plan, with the stretch of the file that it fills. A file may hold several."""

    title: Quoted[str]
    kind: Quoted[str] | None
    year: Quoted[int] | None
    span: Span
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that is understood of one document. `citations` are those outside every task."""

    document: Document
    header: Header
    plans: tuple[Plan, ...]
    citations: tuple[Citation, ...]
    issues: tuple[Issue, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for plan in self.plans for task in plan.tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An extraction with the place that its plan is for; none where the document leaves open which."""

    extraction: Extraction
    jurisdiction: Jurisdiction | None
    issues: tuple[Issue, ...]


# --- identities -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """单位: a body, whatever it is printed as. `name` is its full name with its place; with `code` it is its identity."""

    code: str  # of the place whose government it belongs to; 000000 for the State
    name: str
    kind: str  # a code of unit-kind: department, party, government, town, …
    functions: tuple[str, ...] = ()  # codes of function, in the order of the name
    serves: str = ""  # the place that it works for where that is not `code`: a city's branch in a district
    parent: Unit | None = None  # 市公安局 of 市公安局澄湖分局


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGroup:
    """集合称谓: a collective of the place `code`; `kind` is a code of group-kind: departments, towns, lower-governments, …"""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitIdentity:
    """Who a printed name means; None where nothing says it. `also` are second name boards printed in its bracket."""

    printed: str
    unit: Unit | UnitGroup | None
    method: str  # a code of resolution
    also: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """版本: one promulgated text of an instrument. Dates are ISO; empty where no source gives them."""

    number: str
    title: str = ""
    promulgated: str = ""
    in_force: str = ""
    status: str = "unknown"
    replaces: str = ""  # the number or, without one, the day of the edition before
    source: str = ""

    @property
    def label(self) -> str:
        """What tells it from the other editions: its number, else its day."""
        return self.number or self.promulgated


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """法规文件: the abstract work behind its editions, known by its canonical title."""

    title: str
    kind: str  # a code of instrument-kind
    issuer: str = ""
    status: str = "unknown"
    aliases: tuple[str, ...] = ()
    editions: tuple[Edition, ...] = ()
    replaced_by: str = ""  # the canonical title of what took its place
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentIdentity:
    """What a citation means: the work, the edition where it says which, and how that is known."""

    citation: Citation
    instrument: Instrument | None
    edition: Edition | None
    method: str  # a code of resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """A reading whose mentions have identities. Units by printed name; citations by span."""

    reading: Reading
    units: Mapping[tuple[str, bool], UnitIdentity]
    instruments: Mapping[Span, InstrumentIdentity]
    issuers: tuple[UnitIdentity, ...] = ()
    issues: tuple[Issue, ...] = ()  # mentions without an identity; those of the reading are its own
