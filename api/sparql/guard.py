"""Which other servers a query or an update may reach: none, unless the settings name their origin."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from api.errors import Refused
from kg.store.questions import blotted

_REACH = re.compile(r"SERVICE|(?<![A-Za-z])LOAD(?![A-Za-z])", re.IGNORECASE)
_TARGET = re.compile(r"\s*(?:SILENT\s*)?(<[^>]*>)?", re.IGNORECASE)
_SAID = 100


_LOAD_SILENT = re.compile(r"(?<![A-Za-z])LOAD\s*SILENT\s*(?P<target>_+)(?:\s*INTO\s*GRAPH\s*[\w:.%-]+)?", re.IGNORECASE)
_NOTHING = "CLEAR SILENT GRAPH <urn:x-zhengpu:nothing>"


def without_silent_loads(text: str, allowed: frozenset[str]) -> str:
    """The update with nothing in place of each LOAD SILENT that is not allowed: a silent one that fails changes nothing."""
    found = list(_LOAD_SILENT.finditer(blotted(text)))
    for each in reversed(found):
        if _origin_of(text[each.start("target") + 1 : each.end("target") - 1]) not in allowed:
            text = text[: each.start()] + _NOTHING + text[each.end() :]
    return text


def check_reach(text: str, allowed: frozenset[str]) -> bool:
    """Whether the text reaches out; an error where it reaches what is not allowed."""
    found = list(_REACH.finditer(blotted(text)))
    for each in found:
        word = each[0].upper()
        target = _target(text, each.end())
        if target is None:
            raise _refused(word, "变量或缩写" if allowed else "")
        origin = _origin_of(target)
        if origin not in allowed:
            raise _refused(word, origin or target)
        _check_public(word, urlsplit(target).hostname or "", origin)
    return bool(found)


def _target(text: str, start: int) -> str | None:
    """The IRI behind a SERVICE or LOAD; None where it is not written in full."""
    match = _TARGET.match(text, start)
    return match[1][1:-1] if match and match[1] else None


def _origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or parts.username or "\\" in url:
        return ""
    return f"{parts.scheme}://{parts.hostname}{port}"


def _check_public(word: str, host: str, origin: str) -> None:
    """An error where a name stands for an address inside: whoever owns the name may point it there at any time."""
    if not all(address.is_global for address in _addresses(host)):
        raise _refused(word, origin)


def _addresses(host: str) -> Iterator[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        told = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return
    for each in told:
        address = ipaddress.ip_address(str(each[4][0]).partition("%")[0])
        yield (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address


def _refused(word: str, target: str) -> Refused:
    shown = f"（{target[:_SAID]}）" if target else ""
    return Refused(
        f"这个服务器不允许用 {word} 访问别的服务器{shown}。请去掉这一段，或由管理者在设置 services 中列出",
        f"this server does not reach others by {word}{f' ({target[:_SAID]})' if target else ''}. "
        "Leave that part out, or have the origin listed in the setting services",
    )
