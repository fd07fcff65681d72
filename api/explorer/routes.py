"""`/explore`: every address under it is a state of the explorer and answers with its page; files have names by their content."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from api.errors import NotFound
from api.front import HEADERS
from api.negotiation import accepted_encodings
from api.urls import own_path
from viz.explorer import find_explorer

router = APIRouter(tags=["pages"])
WHERE = "/explore"
_YEAR = "public, max-age=31536000, immutable"
_FORMS = (("br", ".br"), ("gzip", ".gz"))
# Element Plus and ECharts place what they draw by style attributes; scripts stay those of our own files.
_POLICY = HEADERS["Content-Security-Policy"].replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


@router.api_route(f"{WHERE}/assets/{{name:path}}", methods=["GET", "HEAD"], include_in_schema=False)
async def asset(request: Request, name: str) -> Response:
    """A file of the explorer, compressed as the client likes; its name changes with its content, so it may be kept for long."""
    folder = find_explorer()
    path = _files(folder).get(f"assets/{name}") if folder else None
    if path is None:
        raise NotFound(f"没有文件“{name[:200]}”", f"there is no file {name[:200]!r}")
    return _file(request, path, {"Cache-Control": _YEAR})


@router.api_route(WHERE, methods=["GET", "HEAD"], include_in_schema=False)
@router.api_route(f"{WHERE}/{{state:path}}", methods=["GET", "HEAD"], include_in_schema=False)
async def page(request: Request, state: str = "") -> Response:
    """The one page of the explorer, whichever of its states is asked for."""
    folder = find_explorer()
    if folder is None:
        return RedirectResponse(f"{own_path(request)}/plain", status_code=302)
    if path := _files(folder).get(state):
        return _file(request, path, {"Cache-Control": "no-cache"})
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
    return Response(_page(folder / "index.html", own_path(request)), headers=headers, media_type="text/html; charset=utf-8")


@cache
def _files(folder: Path) -> Mapping[str, Path]:
    """The files that may be asked for, by their names; nothing else under the folder is ever opened."""
    ends = tuple(end for _, end in _FORMS)
    every = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in ends and path.name != "index.html")
    return {path.relative_to(folder).as_posix(): path for path in every}


def _file(request: Request, path: Path, headers: dict[str, str]) -> Response:
    likes = accepted_encodings(request.headers.get("accept-encoding"))
    media, _ = guess_type(path.name)
    headers |= {"Vary": "Accept-Encoding"}
    for name, end in _FORMS:
        form = path.with_name(path.name + end)
        if name in likes and form.is_file():
            return FileResponse(form, headers={**headers, "Content-Encoding": name}, media_type=media)
    return FileResponse(path, headers=headers, media_type=media)


def _page(index: Path, root: str) -> str:
    """The page with the path under which the server is reached."""
    root = html.escape(root, quote=True)
    told = index.read_text("utf-8").replace('<meta name="root" content="" />', f'<meta name="root" content="{root}" />')
    return told.replace('="./', f'="{root}{WHERE}/').replace('href="plain"', f'href="{root}/plain"')
