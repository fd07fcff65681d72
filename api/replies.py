"""Answers of the store on their way to the client: whole, with their length, or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.calls import Reply
from api.errors import TooLarge, TooSlow, UnsupportedMedia
from api.negotiation import choose_encoding
from api.server import server_of
from kg.store.questions import is_steady

_PIECE = 1 << 20  # bytes; each is a way to another thread and back
_SLOWEST = 10_000  # bytes a second that a client has to send


class FileAnswer(Response):
    """Sends a file that is removed as soon as it is open."""

    def __init__(self, path: Path, headers: Mapping[str, str], media: str) -> None:
        self.path = path
        super().__init__(b"", headers=dict(headers), media_type=media)
        self.headers["content-length"] = str(path.stat().st_size)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's
        with self.path.open("rb") as file:
            if os.name != "nt":
                self.path.unlink()
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            if scope["method"] != "HEAD":
                while piece := await asyncio.to_thread(file.read, _PIECE):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        self.path.unlink(missing_ok=True)


def to_answer(reply: Reply, media: str, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """The bytes of a reply as an answer of that media type."""
    told = {"Vary": "Accept, Accept-Encoding", **(headers or {})}
    if reply.encoding:
        told["Content-Encoding"] = reply.encoding
    if reply.file:
        return FileAnswer(reply.file, told, media)
    return Response(reply.body or b"", status, told, media)


def etag_of(request: Request, *asked: str) -> str:
    """The tag of the answer to this, as the store is now; empty where the answer may differ from one time to the next."""
    version = server_of(request).version
    if not version or not all(map(is_steady, asked)):
        return ""
    negotiated = (request.headers.get("accept", ""), choose_encoding(request.headers.get("accept-encoding")))
    told = "\0".join((version, *negotiated, *asked))
    return f'"{hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=12).hexdigest()}"'


def not_modified(request: Request, etag: str) -> Response | None:
    """The answer to a client that has this already."""
    known = request.headers.get("if-none-match", "")
    if etag and etag in {each.strip().removeprefix("W/") for each in known.split(",")}:
        return Response(status_code=304, headers={"ETag": etag, "Vary": "Accept, Accept-Encoding"})
    return None


async def read_body(request: Request, longest: int) -> bytes:
    """The body of a request, no longer than `longest` bytes."""
    parts = [part async for part in pieces(request, longest)]
    return b"".join(parts)


async def pieces(request: Request, longest: int) -> AsyncIterator[bytes]:
    """The body as it comes; an error where it is encoded, too long, or comes too slowly."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise UnsupportedMedia("请求的内容不能压缩。请去掉 Content-Encoding", "the body may not be compressed. Leave out Content-Encoding")
    large = TooLarge(f"内容超过上限 {longest} 字节", f"the body is longer than the limit of {longest} bytes")
    if int(request.headers.get("content-length", "0")) > longest:
        raise large
    total, patience, begun = 0, server_of(request).settings.slow_client, time.monotonic()
    stream = request.stream()
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream), patience)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise TooSlow("内容发送太慢", "the body came too slowly") from error
        total += len(piece)
        if total > longest:
            raise large
        if time.monotonic() - begun > patience + total / _SLOWEST:
            raise TooSlow("内容发送太慢", "the body came too slowly")
        yield piece
