"""What a store is called by: a folder, `memory`, or the URL of an endpoint."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from kg.errors import StoreError

MEMORY = "memory"


def kind_of(where: str) -> Literal["folder", "memory", "server"]:
    """What kind of store an address means; an error where it means none."""
    if where == MEMORY:
        return "memory"
    try:
        parts = urlsplit(where)
        host, _ = parts.hostname, parts.port  # asked for now: a port that is no number is told here
    except ValueError as error:
        raise StoreError(f"网址写错了：{error}", "the URL is not well formed", file=where) from error
    if parts.scheme in {"http", "https"} and host:
        return "server"
    if not where.strip() or "://" in where:
        raise StoreError(
            f"不认识的库地址“{where}”：请给出文件夹、memory 或 http(s) 网址", "expected a folder, memory, or an http(s) URL", file=where
        )
    return "folder"
