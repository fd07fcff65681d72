"""The first page: the explorer; and one without scripts, with a question box and the plans that are here."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.calls import call
from api.linked.addresses import page_path
from api.negotiation import choose_language
from api.pages import LANGUAGES, MEDIA, Frame, render
from api.resources.work.ask import ask
from api.resources.work.home import list_home
from api.server import server_of
from api.urls import own_path
from viz.explorer import find_explorer

router = APIRouter(tags=["pages"])
_ROWS = 50  # of an answer; the API has them all
_LONGEST = 500  # characters of a question


@router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
async def first(request: Request) -> Response:
    """To the explorer where it is built, else to the page without scripts; a question goes along."""
    asked = f"?{request.url.query}" if request.url.query else ""
    view = ("/explore/ask" if "q" in request.query_params else "/explore/") if find_explorer() else "/plain"
    return RedirectResponse(f"{own_path(request)}{view}{asked}", status_code=302)


@router.api_route("/plain", methods=["GET", "HEAD"], include_in_schema=False)
async def home(request: Request) -> Response:
    """What is here, or the answer to `q` with the rows that prove it and the query that found them."""
    asked = request.query_params.get("lang", "")
    language = asked if asked in LANGUAGES else choose_language(request.headers.get("accept-language"))
    question = request.query_params.get("q", "").strip()[:_LONGEST]
    other = {"lang": "zh" if language == "en" else "en"} | ({"q": question} if question else {})
    frame = Frame(language=language, root=own_path(request), here=f"?{urlencode(other)}")
    ids = server_of(request).ids
    answer, plans = None, []
    if question:
        answer = (await call(request, ask, question)).value
        answer["rows"], answer["more"] = answer["rows"][:_ROWS], max(len(answer["rows"]) - _ROWS, 0)
        answer["offers"] = [{"text": each, "href": "?" + urlencode({"q": each})} for each in answer["offers"]]
    else:
        found = (await call(request, list_home)).value
        plans = [{**plan, "href": frame.root + page_path(plan["iri"], ids)} for plan in found]
    page = render("home.html", frame, question=question, answer=answer, plans=plans)
    return Response(page, headers={"Vary": "Accept-Language", "Content-Language": language}, media_type=MEDIA)
