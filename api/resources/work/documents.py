"""Documents, their text, and the marks in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from api.resources.work.listing import Asked, Item, Listed, cut_page, to_json, to_kept
from api.resources.work.shown import address_of, by_thing, find_thing, first_rows, number, thing
from kg.graph.catalogue import totals_query
from kg.graph.resources import documents as asking
from kg.graph.resources.base import Kept
from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings

_MOST = 50_000  # marks of one document
_PAGED = "application/pdf"  # what alone has pages of its own


def list_documents(store: Store, ids: Ids, asked: Asked) -> Listed:
    kept = to_kept(store, asked)
    query = asking.documents_query(ids, kept, asked.part)
    items, more = cut_page(_documents(store, ids, list(first_rows(select_strings(store, query), "document").values())), asked.limit)
    total = None if kept.plan else next((int(row["documents"]) for row in select_strings(store, totals_query(ids))), 0)
    return Listed(items=items, query=query, more=more, total=total)


def _documents(store: Store, ids: Ids, rows: Sequence[Mapping[str, str]]) -> list[Item]:
    if not rows:
        return []
    plans = by_thing(store, asking.plans_query(ids, [row["document"] for row in rows]), "document")
    pages = _last_pages(store, ids, [row["sha256"] for row in rows if row.get("media_type") == _PAGED and "sha256" in row])
    return [
        {
            "iri": row["document"],
            "label": row["file"],
            "sha256": row.get("sha256") or row["document"].rsplit("/", 1)[-1],
            "media_type": row.get("media_type"),
            "size": number(row, "size"),
            "page_count": pages.get(row.get("sha256", "")),
            "tasks": number(row, "tasks"),
            "doubts": number(row, "doubts"),
            "triples": number(row, "triples"),
            "version": row.get("version"),
            "plans": [
                {**(thing(ids, one, "plan", "label") or {}), "year": number(one, "year")}
                for one in first_rows(plans.get(row["document"], []), "plan").values()
            ],
            "raw": False,  # the file itself is not stored, only its text
            "links": {"self": address_of(ids, row["document"]), "text": f"{address_of(ids, row['document'])}/text"},
        }
        for row in rows
    ]


def _last_pages(store: Store, ids: Ids, hashes: Sequence[str]) -> dict[str, int]:
    """How many pages of each document something was read from."""
    rows = select_strings(store, asking.pages_query(ids, hashes)) if hashes else []
    return {row["graph"].rsplit("/", 1)[-1]: int(row["pages"]) for row in rows if "pages" in row}


def _found(store: Store, ids: Ids, name: str) -> tuple[str, Item]:
    """The IRI of a document, and what is told of it."""
    document = find_thing(store, ids, "document", name, "这份文件；/api/documents 列出全部")
    query = asking.documents_query(ids, Kept(iris=(document,)), None)
    rows = list(first_rows(select_strings(store, query), "document").values())
    return document, _documents(store, ids, rows)[0]


def document_json(store: Store, ids: Ids, name: str) -> bytes:
    """A document: its text, the stretches that facts were read from, its pages, and what was not understood."""
    document, item = _found(store, ids, name)
    graph = ids.graph(item["sha256"])
    text = _text(store, document)
    marks = _marks(store, ids, graph)
    doubts = first_rows(select_strings(store, asking.doubts_query(graph)), "doubt").values()
    item |= {
        "text": text,
        "marks": marks[:_MOST],
        "more": len(marks) > _MOST,
        "pages": _pages(marks),
        "doubts_told": [
            {"iri": row["doubt"], "code": row["code"], "zh": row["zh"], "en": row["en"], "stands": row.get("stands")} for row in doubts
        ],
        "query": asking.marks_query(graph, _MOST),
    }
    return to_json(item)


def document_text(store: Store, ids: Ids, name: str) -> bytes:
    """The text of a document as it was read."""
    return _text(store, find_thing(store, ids, "document", name)).encode("utf-8")


def _text(store: Store, document: str) -> str:
    return next((row["text"] for row in select_strings(store, asking.text_query(document))), "")


def _marks(store: Store, ids: Ids, graph: str) -> list[Item]:
    """The marked stretches in order, the longer of two that begin together first."""
    found = []
    for row in select_strings(store, asking.marks_query(graph, _MOST)):
        states = row.get("states", "")
        found.append(
            {
                "start": int(row["start"]),
                "end": int(row["end"]),
                "kind": row["type"].rsplit("#", 1)[-1],
                "iri": row["thing"],
                "states": states.rsplit("#", 1)[-1].rsplit("/", 1)[-1] or None,
                "stands": row.get("stands"),
                "page": number(row, "page"),
                "links": {"self": path} if (path := address_of(ids, _owner(row["thing"]))) else {},
            }
        )
    return found


def _owner(iri: str) -> str:
    """The task, or the plan, that a detail belongs to."""
    for part in ("/assignment/", "/deadline/", "/citation/", "/measure/"):
        iri = iri.partition(part)[0]
    return iri.partition("/section/")[0]


def _pages(marks: Sequence[Item]) -> list[Item]:
    """The pages that marks stand on, each with the stretch from its first mark to its last."""
    spans: dict[int, list[int]] = defaultdict(list)
    for mark in marks:
        if mark["page"] is not None:
            spans[mark["page"]] += [mark["start"], mark["end"]]
    return [{"page": page, "start": min(span), "end": max(span)} for page, span in sorted(spans.items())]
