"""The addresses of the server as clients know them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.requests import Request

from api.server import server_of

_HOST = re.compile(r"[\w.-]{1,253}(?::\d{1,5})?|\[[0-9a-fA-F:.]{2,45}\](?::\d{1,5})?")


def own_url(request: Request) -> str:
    """Scheme, host and root of this server, without a slash at the end."""
    known = server_of(request).settings.url
    if known:
        return known.rstrip("/")
    host = request.headers.get("host", "")
    root = request.scope.get("root_path", "").rstrip("/")
    if not _HOST.fullmatch(host):  # goes into headers and pages
        host = ":".join(map(str, request.scope.get("server") or ("localhost",)))
    return f"{request.scope['scheme']}://{host}{root}"


def own_path(request: Request) -> str:
    """The path under which this server is reached, without a slash at the end."""
    return urlsplit(own_url(request)).path
