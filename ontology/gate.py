"""The gate: a graph that breaks a shape is not stored.

A document's graph is held against the compiled shapes as N-Triples, line by line. No engine is asked: parsing alone costs
them more than all of this. The tests hold it against pySHACL, violation by violation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ontology.shapes import Problem, Targets, load_targets
from ontology.terms import Term, plain, read_graph


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One rule that a node breaks. IRIs stand without brackets; `component` is SHACL's name for the kind of rule."""

    focus: str
    path: str
    value: str
    component: str
    severity: str
    zh: str
    en: str
    shape: str

    def __str__(self) -> str:
        at = " ".join(part for part in (self.focus, self.path, self.value) if part)
        return f"{self.zh} / {self.en}（{at}）"


@dataclass(frozen=True, slots=True)
class Gate:
    """The shapes, ready to be held against any number of graphs. It never changes: threads may share one."""

    never: Targets = field(default_factory=lambda: load_targets("Violation"))
    missing: Targets = field(default_factory=lambda: load_targets("Warning"))

    def violations(self, ntriples: bytes) -> tuple[Violation, ...]:
        """What must never be stored, sorted; nothing for a good graph."""
        return _violations(self.never, ntriples)

    def warnings(self, ntriples: bytes) -> tuple[Violation, ...]:
        """What is merely missing, sorted."""
        return _violations(self.missing, ntriples)


def _violations(targets: Targets, ntriples: bytes) -> tuple[Violation, ...]:
    graph = read_graph(ntriples)
    found: dict[Violation, None] = {}  # two targets may lead to one shape
    for subject, node in graph.items():
        for shape in targets.shapes(node):
            if not shape.holds(subject, node, graph):
                found.update(dict.fromkeys(_told(subject, problem) for problem in shape.problems(subject, node, graph)))
    return tuple(sorted(found, key=lambda each: (each.focus, each.shape, each.path, each.component, each.value)))


def _told(subject: Term, problem: Problem) -> Violation:
    words = problem.words
    return Violation(
        focus=plain(subject),
        path=plain(problem.path),
        value=plain(problem.value),
        component=problem.component,
        severity=words.severity,
        zh=words.zh,
        en=words.en,
        shape=words.name,
    )
