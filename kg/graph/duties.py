"""What a task is tied to: who owes it, by when, under what, and the numbers that can be checked."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph.bodies import say_edition, say_identity, say_instrument
from kg.graph.evidence import Evidence
from kg.graph.lines import Lines, day, decimal, integer, text
from kg.ids import Ids, code, deadline_name, digest
from kg.model import Assignment, Citation, Deadline, Document, Edition, Instrument, Measure, Resolution, Span
from kg.text import key
from ontology import printed_codes

_SHORTCUTS = {
    "lead": ("zp:leadUnit", "eli-dl:had_responsible_organization"),
    "responsible": ("zp:responsibleUnit", "eli-dl:had_responsible_organization"),
    "support": ("zp:supportUnit", "eli-dl:had_participant_organization"),
}
_OPERATORS = {">=": "ge", "<=": "le", "=": "eq", ">": "gt", "<": "lt"}


@dataclass(frozen=True, slots=True)
class Duties:
    """Writes what hangs on tasks, statements and plans of one document: the node with its evidence, and the short way to it."""

    resolution: Resolution
    ids: Ids
    lines: Lines
    identities: Lines
    evidence: Evidence

    @property
    def _document(self) -> Document:
        return self.resolution.reading.extraction.document

    def assign(self, task: str, order: int, assignment: Assignment) -> None:
        identity = self.resolution.units[assignment.name, assignment.group]
        subject = f"{task}/assignment/{assignment.role}-{digest(assignment.name)}"
        if not self._begin(subject, "assignment", assignment.span):
            return
        self.lines.link(task, "zp:hasAssignment", subject)
        self.lines.link(subject, "zp:role", code("role", assignment.role))
        self.lines.say(subject, "zp:order", integer(order))
        self.lines.say(subject, "zp:nameAsPrinted", text(assignment.name))
        self.lines.link(subject, "zp:resolution", code("resolution", identity.method))
        unit = say_identity(identity, self.ids, self.identities)
        if unit:
            self.lines.link(subject, "zp:unit", unit)
            for shortcut in _SHORTCUTS[assignment.role]:
                self.lines.link(task, shortcut, unit)

    def _begin(self, subject: str, kind: str, span: Span) -> bool:
        """Describe a node by its words; False where they stand here a second time, which is one fact with two places."""
        self.evidence.quote(subject, span)
        return self.lines.node(subject, kind)

    def limit(self, task: str, deadline: Deadline) -> None:
        subject = f"{task}/deadline/{deadline_name(deadline)}"
        lines = self.lines
        if not self._begin(subject, deadline.kind, deadline.span):
            return
        lines.link(task, "zp:hasDeadline", subject)
        lines.say(subject, "zp:asPrinted", text(self._document.quote(deadline.span)))
        if deadline.date:
            lines.say(subject, "time:inXSDDate", day(deadline.date))
            lines.say(task, "zp:dueDate", day(deadline.date))
            lines.say(task, "zp:dueMonth", text(f"{deadline.date:%Y-%m}"))
        if deadline.start:
            lines.say(subject, "zp:startsOn", day(deadline.start))
        lines.say_text(subject, "zp:trigger", deadline.trigger)
        if deadline.amount is not None:
            lines.say(subject, "zp:amount", integer(deadline.amount))
        if deadline.unit:
            lines.link(subject, "zp:amountUnit", code("time-unit", deadline.unit))
        if period := printed_codes("period").get(key(deadline.period)):
            lines.link(subject, "zp:period", code("period", period))

    def measure(self, task: str, measure: Measure) -> None:
        subject = f"{task}/measure/{digest(measure.text)}"
        if not self._begin(subject, "measure", measure.span):
            return
        self.lines.link(task, "zp:hasMeasure", subject)
        self.lines.say(subject, "zp:asPrinted", text(measure.text))
        self.lines.link(subject, "zp:operator", code("operator", _OPERATORS[measure.op]))
        self.lines.say(subject, "zp:value", decimal(measure.value))
        self.lines.say_text(subject, "zp:valueUnit", measure.unit)

    def cite(self, by: str, citation: Citation) -> None:
        """`by`, a task, a statement or a plan, cites."""
        identity = self.resolution.instruments[citation.span]
        subject = f"{by}/citation/{digest((citation.title or '') + '|' + '|'.join(citation.numbers))}"
        lines = self.lines
        if not self._begin(subject, "citation", citation.span):
            return
        lines.link(by, "zp:hasCitation", subject)
        lines.say(subject, "zp:asPrinted", text(self._document.quote(citation.span)))
        lines.say_text(subject, "zp:titleAsPrinted", citation.title)
        for number in citation.numbers or ((citation.number,) if citation.number else ()):
            lines.say_text(subject, "zp:numberAsPrinted", number)
        lines.say_text(subject, "zp:shortFor", citation.short_for)
        lines.link(subject, "zp:resolution", code("resolution", identity.method))
        if identity.instrument:
            self._mean(subject, by, identity.instrument, identity.edition)

    def _mean(self, citation: str, by: str, instrument: Instrument, edition: Edition | None) -> None:
        """The citation means this work; described here where the registry has not done so: citations are all that is known of it."""
        work = self.ids.instrument(instrument)
        if not instrument.source:
            say_instrument(instrument, self.ids, self.identities)
        self.lines.link(citation, "zp:instrument", work)
        self.lines.link(by, "eli:cites", work)
        if edition:
            if edition not in instrument.editions:
                say_edition(work, instrument, edition, self.ids, self.identities)
            self.lines.link(citation, "zp:edition", self.ids.edition(instrument, edition))
