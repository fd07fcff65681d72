"""The server: a SPARQL endpoint and an API over a store, made so that no request brings it down.

`app` joins the parts; `calls` is how a route asks the store; `pool` keeps the processes that do the asking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import FastAPI

    from api.settings import Settings

__all__ = ["create_app"]


def create_app(settings: Settings) -> FastAPI:
    """The server as an ASGI application; it starts its processes when it is started."""
    from api.app import build_app  # loads FastAPI, which the worker processes do without

    return build_app(settings)
