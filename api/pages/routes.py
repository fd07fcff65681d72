"""The style sheet, and the page that lists the interfaces: from the same description that machines read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote_plus, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.negotiation import choose_language
from api.pages import LANGUAGES, MEDIA, Frame, render, style, style_version
from api.urls import own_path

router = APIRouter(tags=["pages"])
_YEAR = "public, max-age=31536000, immutable"
_METHODS = ("get", "put", "post", "delete", "patch")


@router.api_route("/style.css", methods=["GET", "HEAD"], include_in_schema=False)
async def style_sheet(request: Request) -> Response:
    """The style sheet of all pages; one that is asked for by its version may be kept."""
    kept = _YEAR if request.query_params.get("v") == style_version() else "no-cache"
    return Response(style(), headers={"Cache-Control": kept}, media_type="text/css; charset=utf-8")


@router.api_route("/api/docs", methods=["GET", "HEAD"], include_in_schema=False)
async def docs(request: Request) -> Response:
    """Every route with what it takes and answers, to be read without any script."""
    asked = request.query_params.get("lang", "")
    language = asked if asked in LANGUAGES else choose_language(request.headers.get("accept-language"))
    frame = Frame(language=language, root=own_path(request), here=f"?lang={'zh' if language == 'en' else 'en'}")
    told = request.app.openapi()
    tags: dict[str, list[dict[str, Any]]] = {}
    for tag, one in _operations(told["paths"]):
        tags.setdefault(tag, []).append(one)
    page = render("docs.html", frame, about=told["info"].get("summary", ""), tags=tags)
    return Response(page, headers={"Vary": "Accept-Language", "Content-Language": language}, media_type=MEDIA)


def _operations(paths: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation as the page shows it, behind its tag."""
    for path, methods in paths.items():
        for method in _METHODS:
            if told := methods.get(method):
                yield (told.get("tags") or ["other"])[0], _operation(path, method, told)


def _operation(path: str, method: str, told: Mapping[str, Any]) -> dict[str, Any]:
    parameters = [_parameter(each) for each in told.get("parameters", ())]
    given = {each["name"]: each["example"] for each in parameters if each["example"] != ""}
    example = f"{path}?{urlencode(given)}" if given and method == "get" and "{" not in path else ""
    return {
        "anchor": f"{method}-{path.strip('/').replace('/', '-')}",
        "method": method.upper(),
        "path": path,
        "summary": told.get("summary", ""),
        "description": [line for line in told.get("description", "").split("\n\n") if line],
        "parameters": parameters,
        "answers": {status: each.get("description", "") for status, each in told.get("responses", {}).items()},
        "example": example,
        "shown": unquote_plus(example),
    }


def _parameter(told: Mapping[str, Any]) -> dict[str, Any]:
    schema = told.get("schema", {})
    return {
        "name": told["name"],
        "required": told.get("required", False),
        "description": told.get("description", ""),
        "choices": schema.get("enum", []),
        "example": told.get("example", ""),
    }
