"""The place of a plan, from what an extraction found."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Extraction, Issue, Jurisdiction, Paragraph
from kg.resolve.jurisdictions import Evidence, Resolution, resolve_jurisdiction
from kg.text import key

_BODY = 12  # paragraphs of the text that are looked at; what narrows a name stands near the head


def resolve_place(extraction: Extraction) -> tuple[Jurisdiction | None, tuple[Issue, ...]]:
    """The jurisdiction whose plan it is, and an issue where the document leaves it open."""
    year = extraction.plans[0].year.value if extraction.plans and extraction.plans[0].year else None
    evidence = tuple(_evidence(extraction))
    resolution = resolve_jurisdiction(evidence, year)
    if resolution.jurisdiction is None and not resolution.candidates:
        resolution = resolve_jurisdiction((*evidence, *_units(extraction)), year)
    return resolution.jurisdiction, tuple(_issues(resolution))


def _evidence(extraction: Extraction) -> Iterator[Evidence]:
    """Who signs, the letterhead, the titles, the number, those addressed, and what the first paragraphs name."""
    header, document = extraction.header, extraction.document
    if header.issuer:
        yield Evidence(text=header.issuer.value, kind="issuer", span=header.issuer.span)
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    for block in paragraphs[:6]:
        text = document.quote(block.span)
        if key(text).endswith("文件") or re.search("关于(?:印发|转发)", key(text)):
            yield Evidence(text=text, kind="letterhead", span=block.span)
    for plan in extraction.plans:
        if plan.title.value:
            yield Evidence(text=plan.title.value, kind="title", span=plan.title.span)
    if header.number:
        yield Evidence(text=header.number.value, kind="number_prefix", span=header.number.span)
    for recipient in header.recipients:
        yield Evidence(text=recipient.value, kind="recipient", span=recipient.span)
    for citation in extraction.citations:
        yield Evidence(text=(citation.title or "") + (citation.number or ""), kind="body", span=citation.span)
    for block in paragraphs[:_BODY]:
        yield Evidence(text=document.quote(block.span), kind="body", span=block.span)


def _units(extraction: Extraction) -> Iterator[Evidence]:
    """The names of those who owe the tasks, each once: the units of a town may bear the name of its district."""
    seen = set()
    for assignment in (one for plan in extraction.plans for task in plan.tasks for one in task.assignments):
        if assignment.name not in seen:
            seen.add(assignment.name)
            yield Evidence(text=assignment.name, kind="body", span=assignment.span)


def _issues(resolution: Resolution) -> Iterator[Issue]:
    if resolution.note_zh:
        span = resolution.evidence.span if resolution.evidence else None
        yield Issue(code="header.jurisdiction", zh=resolution.note_zh, en=resolution.note_en, span=span)
    elif resolution.jurisdiction is None:
        yield Issue(code="header.jurisdiction", zh="没有认出行政区划", en="no jurisdiction was recognised")
