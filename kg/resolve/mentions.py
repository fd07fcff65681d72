"""All mentions of one reading to identities: its units, its issuers, what it cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model import Assignment, Citation, Extraction, InstrumentIdentity, Issue, Reading, Resolution, Span, UnitIdentity
from kg.resolve.instruments import find_unknown_editions, resolve_instruments
from kg.resolve.registry import Registry
from kg.resolve.units import resolve_issuers, resolve_unit


def resolve(reading: Reading, registry: Registry) -> Resolution:
    """The reading with the identities of its mentions; what stays without one is kept, and listed in `issues`."""
    extraction, place = reading.extraction, reading.jurisdiction
    year = next((plan.year.value for plan in extraction.plans if plan.year), None)
    assignments = [one for task in extraction.tasks for one in task.assignments]
    units = {(one.name, one.group): resolve_unit(one.name, group=one.group, jurisdiction=place, year=year) for one in assignments}
    instruments = resolve_instruments(tuple(_citations(extraction)), registry, year=year, place=place)
    issuer = extraction.header.issuer
    return Resolution(
        reading=reading,
        units=units,
        instruments=instruments,
        issuers=resolve_issuers(issuer.value, jurisdiction=place, year=year) if issuer else (),
        issues=(*_open_units(assignments, units), *_open_citations(instruments), *find_unknown_editions(instruments)),
    )


def _citations(extraction: Extraction) -> Iterator[Citation]:
    yield from extraction.citations
    for plan in extraction.plans:
        for task in plan.tasks:
            yield from task.citations
        for statement in plan.statements:
            yield from statement.citations


def _open_units(assignments: list[Assignment], units: Mapping[tuple[str, bool], UnitIdentity]) -> Iterator[Issue]:
    """Each printed name without an identity once, where it stands first."""
    said: set[str] = set()
    for one in assignments:
        if units[one.name, one.group].unit is None and one.name not in said:
            said.add(one.name)
            zh, en = f"没有认出“{one.name}”是哪个单位", f"no body is known for {one.name!r}"
            yield Issue(code="unit.unresolved", zh=zh, en=en, span=one.span)


_OPEN = {
    "unresolved": ("登记册里没有“{}”", "the registry has no {!r}"),
    "ambiguous": ("“{}”可能是几个文件中的一个", "{!r} may be one of several instruments"),
    "contradictory": ("“{}”的标题和文号不是同一个文件的", "title and number of {!r} belong to different instruments"),
}


def _open_citations(instruments: Mapping[Span, InstrumentIdentity]) -> Iterator[Issue]:
    said: set[str] = set()
    for span, identity in instruments.items():
        shown = identity.citation.title or identity.citation.number or ""
        if identity.method in _OPEN and shown not in said:
            said.add(shown)
            zh, en = _OPEN[identity.method]
            yield Issue(code=f"citation.{identity.method}", zh=zh.format(shown), en=en.format(shown), span=span)
