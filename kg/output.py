"""A reading as JSON, in the shape of docs/format.md, and as tables for eyes."""

from __future__ import annotations

from typing import Any

from kg.model import Assignment, Citation, Deadline, Extraction, Issue, Jurisdiction, Measure, Plan, Quoted, Reading, Span, Statement, Task


def to_json(reading: Reading) -> dict[str, Any]:
    """The reading as plain values; every span counts in `source_text`."""
    extraction, jurisdiction = reading.extraction, reading.jurisdiction
    tasks = extraction.tasks
    return {
        "file": extraction.document.source.name,
        "source_text": extraction.document.text,
        "document": _document(extraction, jurisdiction),
        "tasks": [_task(extraction, plan, task) for plan in extraction.plans for task in plan.tasks],
        "citations": [
            *(_citation(one, None) for one in extraction.citations),
            *(_citation(one, task.number or at) for at, task in enumerate(tasks) for one in task.citations),
        ],
        "statements": [_statement(extraction, one) for plan in extraction.plans for one in plan.statements],
        "issues": [_issue(extraction, one) for one in reading.issues],
    }


def _value(quoted: Quoted[Any] | None) -> Any:
    return quoted.value if quoted else None


def _document(extraction: Extraction, jurisdiction: Jurisdiction | None) -> dict[str, Any]:
    header, plans = extraction.header, extraction.plans
    first = plans[0]
    issued = _value(header.issued)
    return {
        "title": first.title.value or None,
        "titles": [plan.title.value for plan in plans],
        "number": _value(header.number),
        "issuer": _value(header.issuer),
        "issued": issued.isoformat() if issued else None,
        "year": _value(first.year),
        "jurisdiction": {"name": jurisdiction.name, "code": jurisdiction.code} if jurisdiction else None,
        "kind": _value(first.kind),
        "kinds": [_value(plan.kind) for plan in plans],
        "openness": _value(header.openness),
        "recipients": [one.value for one in header.recipients],
        "copies_to": [one.value for one in header.copies_to],
        "sha256": extraction.document.source.sha256,
        "media_type": extraction.document.source.media_type,
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _task(extraction: Extraction, plan: Plan, task: Task) -> dict[str, Any]:
    return {
        "plan": plan.title.value,
        "seq": task.number,
        "form": task.form,
        "path": [section.heading for section in task.path],
        "text": task.text,
        "units": [_unit(one) for one in task.assignments],
        "open_list": task.open_list,
        "deadlines": [_deadline(extraction, one) for one in task.deadlines],
        "citations": [_citation(one, None, inside=True) for one in task.citations],
        "measures": [_measure(one) for one in task.measures],
        "modality": task.modality,
        "span": _span(task.span),
        "place": extraction.document.place(task.span),
    }


def _unit(one: Assignment) -> dict[str, Any]:
    return {"name": one.name, "role": one.role, "group": one.group, "span": _span(one.span)}


def _deadline(extraction: Extraction, one: Deadline) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": extraction.document.quote(one.span), "kind": one.kind, "span": _span(one.span)}
    if one.kind == "fixed":
        shown["date"] = one.date.isoformat() if one.date else None
        if one.start:
            shown["start"] = one.start.isoformat()
    if one.kind == "relative":
        shown |= {"trigger": one.trigger, "amount": one.amount, "unit": one.unit}
    if one.kind == "recurring":
        shown["period"] = one.period
    return shown


def _citation(one: Citation, task: str | int | None, *, inside: bool = False) -> dict[str, Any]:
    shown: dict[str, Any] = {"title": one.title, "number": one.number, "span": _span(one.span)}
    if len(one.numbers) > 1:
        shown["numbers"] = list(one.numbers)
    if one.short_for:
        shown["short_for"] = one.short_for
    return shown if inside else shown | {"task": task}


def _measure(one: Measure) -> dict[str, Any]:
    value = int(one.value) if one.value == int(one.value) else one.value
    return {"text": one.text, "op": one.op, "value": value, "unit": one.unit, "span": _span(one.span)}


def _statement(extraction: Extraction, one: Statement) -> dict[str, Any]:
    return {
        "seq": one.number,
        "path": [section.heading for section in one.path],
        "text": one.text,
        "deadlines": [_deadline(extraction, deadline) for deadline in one.deadlines],
        "citations": [_citation(citation, None, inside=True) for citation in one.citations],
        "measures": [_measure(measure) for measure in one.measures],
        "modality": one.modality,
        "reporting": one.reporting,
        "span": _span(one.span),
    }


def _issue(extraction: Extraction, one: Issue) -> dict[str, Any]:
    place = one.place or (extraction.document.place(one.span) if one.span else "")
    return {"code": one.code, "zh": one.zh, "en": one.en, "place": place}
