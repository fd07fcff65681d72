"""One document to its graph: plans, sections, tasks and what they say, each with the words that say it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.graph.bodies import say_identity
from kg.graph.duties import Duties
from kg.graph.evidence import Evidence
from kg.graph.lines import Lines, boolean, day, integer, text
from kg.graph.terms import term
from kg.ids import Ids, code, digest, section_name, section_paths, task_names
from kg.model import Citation, Header, Issue, Plan, Quoted, Resolution, Section, Statement, Task
from kg.text import key
from ontology import printed_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What the catalogue and the reports say of a plan."""

    iri: str
    title: str
    number: str
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentGraph:
    """The graph of one document as N-Triples, and what the catalogue says of it."""

    iri: str
    file: str
    reading: str
    triples: bytes
    size: int
    identities: bytes  # whom and what it names: in a graph that all documents share, where each stands once
    catalogue: bytes
    plans: tuple[PlanFacts, ...]


def to_graph(resolution: Resolution, ids: Ids, version: str) -> DocumentGraph:
    """The graph of a document that `version` of this program has read."""
    return _Writing(resolution, ids, version).graph()


class _Writing:
    """One document while its graph is being written."""

    def __init__(self, resolution: Resolution, ids: Ids, version: str) -> None:
        self.resolution, self.ids, self.version = resolution, ids, version
        self.reading = resolution.reading
        self.extraction = self.reading.extraction
        self.document = self.extraction.document
        self.source = self.document.source
        self.lines, self.identities = Lines(), Lines()
        self.evidence = Evidence(self.document, ids, self.lines)
        self.duties = Duties(resolution, ids, self.lines, self.identities, self.evidence)

    def graph(self) -> DocumentGraph:
        self._source()
        plans = [self._plan(plan) for plan in self.extraction.plans]
        for later in plans[1:]:
            self.lines.link(plans[0].iri, "eli:has_part", later.iri)
            self.lines.link(later.iri, "eli:is_part_of", plans[0].iri)
        for citation in self.extraction.citations:
            self.duties.cite(self._plan_of(citation, plans), citation)
        for issue in self.reading.issues:
            self._doubt(issue)
        graph, sha = self.ids.graph(self.source.sha256), self.source.sha256
        reading = self.ids.reading(sha)
        triples, size = self.lines.encode(), len(self.lines)
        return DocumentGraph(
            iri=graph,
            file=self.source.name,
            reading=reading,
            triples=triples,
            size=size,
            identities=self.identities.encode(),
            catalogue=self._catalogue(graph, reading, plans, triples),
            plans=tuple(plans),
        )

    def _plan_of(self, citation: Citation, plans: list[PlanFacts]) -> str:
        """The plan in whose stretch a citation stands; the notice before the first belongs to it."""
        at = [index for index, plan in enumerate(self.extraction.plans) if plan.span.start <= citation.span.start < plan.span.end]
        return plans[at[-1] if at else 0].iri

    # --- the file

    def _source(self) -> None:
        lines, source = self.lines, self.source
        subject = self.ids.document(source.sha256)
        lines.node(subject, "document")
        lines.say_text(subject, "zp:sha256", source.sha256)
        lines.say_text(subject, "zp:mediaType", source.media_type)
        lines.say_text(subject, "zp:fileName", source.name)
        lines.say(subject, "zp:byteSize", integer(source.size))
        lines.say(subject, "zp:sourceText", text(self.document.text))

    def _doubt(self, issue: Issue) -> None:
        document = self.ids.document(self.source.sha256)
        place = issue.place or (self.document.place(issue.span) if issue.span else "")
        at = f"{issue.span.start}-{issue.span.end}" if issue.span else digest(issue.zh + place)
        subject = f"{document}/doubt/{issue.code}/{at}"
        self.lines.node(subject, "doubt")
        self.lines.link(subject, "zp:sourceDocument", document)
        self.lines.say_text(subject, "zp:doubtCode", issue.code)
        self.lines.say(subject, "rdfs:comment", text(issue.zh, "zh"))
        self.lines.say(subject, "rdfs:comment", text(issue.en, "en"))
        self.lines.say_text(subject, "zp:place", place)
        if issue.span:
            self.evidence.quote(subject, issue.span)

    def _catalogue(self, graph: str, reading: str, plans: list[PlanFacts], triples: bytes) -> bytes:
        """Which graph came from which document by which reading, its totals, and what tells it from another reading."""
        lines, document = Lines(), self.ids.document(self.source.sha256)
        lines.node(reading, "reading")
        lines.link(reading, "prov:used", document)
        agent = self.ids.agent(self.version)
        lines.link(reading, "prov:wasAssociatedWith", agent)
        lines.node(agent, "agent")
        lines.say_text(agent, "zp:version", self.version)
        lines.link(graph, "prov:wasGeneratedBy", reading)
        lines.link(graph, "zp:sourceDocument", document)
        lines.link(graph, "zp:graphOf", *(plan.iri for plan in plans))
        lines.say_text(graph, "zp:fileName", self.source.name)
        lines.say(graph, "zp:taskCount", integer(sum(plan.tasks for plan in plans)))
        lines.say(graph, "zp:doubtCount", integer(len(self.reading.issues)))
        lines.say(graph, "zp:tripleCount", integer(len(self.lines)))
        lines.say_text(graph, "zp:contentDigest", hashlib.sha256(triples).hexdigest()[:32])
        return lines.encode()

    # --- plans

    def _plan(self, plan: Plan) -> PlanFacts:
        lines, header, place = self.lines, self.extraction.header, self.reading.jurisdiction
        number = header.number.value if header.number else None
        subject = self.ids.plan(plan, place=place.code if place else None, number=number, sha256=self.source.sha256)
        lines.node(subject, "plan")
        lines.link(subject, "zp:sourceDocument", self.ids.document(self.source.sha256))
        if place:
            lines.link(subject, "zp:jurisdiction", self.ids.jurisdiction(place.code))
        self._titled(subject, plan)
        self._headed(subject, header)
        sections = self._sections(subject, plan)
        orders = _orders(plan)
        for name, task in zip(task_names(plan.tasks), plan.tasks, strict=True):
            self._task(subject, f"{subject}/task/{name}", orders[id(task)], task, sections)
        for statement in plan.statements:
            self._statement(subject, orders[id(statement)], statement, sections)
        return PlanFacts(iri=subject, title=plan.title.value, number=number or "", tasks=len(plan.tasks))

    def _titled(self, subject: str, plan: Plan) -> None:
        """Title, year and kind: what the plan's own title says."""
        if plan.title.value:
            self.lines.say(subject, "dcterms:title", text(plan.title.value))
            self.evidence.quote(subject, plan.title.span, term("dcterms:title"))
        if plan.year:
            self.lines.say(subject, "zp:planYear", integer(plan.year.value))
            self.evidence.quote(subject, plan.year.span, term("zp:planYear"))
        if plan.kind:
            self.lines.say_text(subject, "zp:kindAsPrinted", plan.kind.value)
            if listed := printed_codes("plan-kind").get(plan.kind.value):
                self.lines.link(subject, "zp:planKind", code("plan-kind", listed))
            self.evidence.quote(subject, plan.kind.span, term("zp:planKind"))

    def _headed(self, subject: str, header: Header) -> None:
        """What the head and the foot of the file say of every plan in it."""
        self._printed(subject, "eli:number", header.number)
        self._printed(subject, "zp:issuerAsPrinted", header.issuer)
        if header.issuer:
            for identity in self.resolution.issuers:
                if issuer := say_identity(identity, self.ids, self.identities):
                    self.lines.link(subject, "eli:passed_by", issuer)
        if header.issued:
            self.lines.say(subject, "eli:date_document", day(header.issued.value))
            self.evidence.quote(subject, header.issued.span, term("eli:date_document"))
        self._printed(subject, "zp:openness", header.openness)
        for recipient in header.recipients:
            self._printed(subject, "zp:recipient", recipient)
        for copy in header.copies_to:
            self._printed(subject, "zp:copiedTo", copy)

    def _printed(self, subject: str, predicate: str, value: Quoted[str] | None) -> None:
        if value and value.value:
            self.lines.say(subject, predicate, text(value.value))
            self.evidence.quote(subject, value.span, term(predicate))

    def _sections(self, plan: str, one: Plan) -> dict[tuple[str, ...], str]:
        """Describes every heading; returns the IRIs by the names of their paths. A heading printed again is the same section."""
        found: dict[tuple[str, ...], str] = {}
        paths = [*section_paths(one.sections), *(task.path for task in one.tasks), *(each.path for each in one.statements)]
        for path in sorted((path for path in paths if path), key=lambda path: (path[-1].span.start, len(path))):
            for depth in range(1, len(path) + 1):
                self._section(plan, path[:depth], found)
        return found

    def _section(self, plan: str, path: tuple[Section, ...], found: dict[tuple[str, ...], str]) -> None:
        names = _names(path)
        if names in found:
            return
        lines, section = self.lines, path[-1]
        subject = f"{plan}/section/{section_name(path)}"
        if not lines.node(subject, "section"):  # another heading with this number, where the plan counts anew or miscounts
            subject = f"{subject}-{digest(section.heading)}"
            lines.node(subject, "section")
        found[names] = subject
        lines.link(subject, "eli:is_part_of", found[names[:-1]] if len(path) > 1 else plan)
        lines.say(subject, "dcterms:title", text(section.heading))
        lines.say_text(subject, "zp:printedNumber", section.number)
        lines.say(subject, "zp:order", integer(len(found)))
        lines.say(subject, "zp:level", integer(len(path)))
        self.evidence.quote(subject, section.span)

    # --- tasks

    def _task(self, plan: str, subject: str, order: int, task: Task, sections: dict[tuple[str, ...], str]) -> None:
        self.lines.node(subject, "task")
        self.lines.link(subject, "zp:form", code("form", task.form))
        self.lines.say(subject, "zp:openUnitList", boolean(task.open_list))
        self._obliges(plan, subject, order, task, sections)
        for place, assignment in enumerate(task.assignments, 1):
            self.duties.assign(subject, place, assignment)

    def _statement(self, plan: str, order: int, statement: Statement, sections: dict[tuple[str, ...], str]) -> None:
        subject = f"{plan}/statement/{digest(statement.text)}"
        if self.lines.node(subject, "statement"):
            self.lines.say(subject, "zp:reporting", boolean(statement.reporting))
            self._obliges(plan, subject, order, statement, sections)

    def _obliges(self, plan: str, subject: str, order: int, one: Task | Statement, sections: dict[tuple[str, ...], str]) -> None:
        lines = self.lines
        lines.say(subject, "zp:text", text(one.text))
        lines.say_text(subject, "zp:printedNumber", one.number)
        lines.say(subject, "zp:order", integer(order))
        lines.link(subject, "zp:inPlan", plan)
        lines.link(subject, "eli-dl:documented_by_a_realization_of", plan)
        lines.link(subject, "zp:modality", code("modality", one.modality))
        if one.path:
            lines.link(subject, "zp:inSection", sections[_names(one.path)])
        self.evidence.quote(subject, one.span)
        for deadline in one.deadlines:
            self.duties.limit(subject, deadline)
        for measure in one.measures:
            self.duties.measure(subject, measure)
        for citation in one.citations:
            self.duties.cite(subject, citation)


def _names(path: tuple[Section, ...]) -> tuple[str, ...]:
    """What tells a section from all others of its plan."""
    return tuple(f"{key(section.number)} {key(section.heading)}" for section in path)


def _orders(plan: Plan) -> dict[int, int]:
    """The place of each task and statement, by its identity, among all of the plan as they are printed."""
    every: list[Task | Statement] = [*plan.tasks, *plan.statements]
    printed = sorted(every, key=lambda one: (one.span.start, one.span.end))
    return {id(one): order for order, one in enumerate(printed, 1)}
