"""`/api/documents`."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.resources import answers as a
from api.resources.work import documents as work

router = APIRouter(tags=["documents"])
_DOCUMENT = {
    "iri": "https://w3id.org/zhengpu/id/document/d3d5981bf267…", "label": "district-2021.txt", "tasks": 65, "doubts": 1, "raw": False,
    "links": {"self": "/api/documents/d3d5981bf267…"},
}  # fmt: skip


@a.get(
    router, "/api/documents", summary="文件 / documents", **a.listed(_DOCUMENT, ["/api/documents/{sha256}", "/api/documents/{sha256}/text"])
)
async def documents(request: Request, paging: a.Paged, plan: a.PlanName = None) -> Response:
    """The documents that were read, in order of their file names; with `plan`, those that print it."""
    return await a.list_answer(request, work.list_documents, {"plan": plan}, paging)


@a.get(
    router,
    "/api/documents/{sha256}/text",
    summary="文件的文字 / the text of a document",
    **a.told(media="text/plain", schema={"type": "string"}),
)
async def text(request: Request, sha256: str) -> Response:
    """The text that the document was read as. The file itself is not stored."""
    return await a.answer(request, work.document_text, sha256, media="text/plain; charset=utf-8")


@a.get(router, "/api/documents/{sha256}", summary="一份文件，带标注 / a document with its marks", **a.told(_DOCUMENT))
async def document(request: Request, sha256: str) -> Response:
    """Its text, and every stretch that a fact was read from: start, end, kind and IRI of the fact, page; and what was not understood."""
    return await a.answer(request, work.document_json, sha256)
