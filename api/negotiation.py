"""Which form, language and compression a client takes, by RFC 9110: the one it values most, ours to choose among equals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from api.pool.wire import Encoding

_LONGEST = 4096  # characters of a header that are looked at
_MOST = 64  # ranges


@dataclass(frozen=True, slots=True)
class Range:
    """One media type, or a range of them, and how much it is valued."""

    type: str
    subtype: str
    parameters: tuple[tuple[str, str], ...]
    quality: float


@lru_cache(maxsize=256)
def read_accept(header: str) -> tuple[Range, ...]:
    """The ranges of an Accept header; one that is not understood is left out."""
    return tuple(_ranges(header[:_LONGEST]))


def _ranges(header: str) -> Iterator[Range]:
    for each in header.split(",")[:_MOST]:
        media, *rest = (part.strip() for part in each.split(";"))
        kind, slash, subtype = media.lower().partition("/")
        if media == "*":
            kind, slash, subtype = "*", "/", "*"
        if not slash or not kind or not subtype or (kind == "*" and subtype != "*"):
            continue
        quality, parameters = 1.0, []
        for part in rest:
            name, _, value = part.partition("=")
            if name.strip().lower() == "q":
                quality = _quality(value)
                break  # what follows are extensions
            parameters.append((name.strip().lower(), value.strip().strip('"').lower()))
        yield Range(kind, subtype, tuple(parameters), quality)


def _quality(text: str) -> float:
    try:
        return min(max(float(text.strip()), 0.0), 1.0)
    except ValueError:
        return 0.0


def choose(header: str | None, offers: Mapping[str, str]) -> str | None:
    """The name of the form that fits best, or None; `offers` says for each media type, in order of our liking, which form it means."""
    if header is None or not header.strip():
        return next(iter(offers.values()))
    ranges = read_accept(header)
    if not ranges:
        return next(iter(offers.values()))
    best, value = None, 0.0
    for media, form in offers.items():
        quality = _valued(media, ranges)
        if quality > value:
            best, value = form, quality
    return best


def _valued(media: str, ranges: Sequence[Range]) -> float:
    """How much a media type is valued: by the most specific range that it falls in."""
    kind, _, subtype = media.partition("/")
    closest, value = -1, 0.0
    for each in ranges:
        if each.type not in {"*", kind} or each.subtype not in {"*", subtype}:
            continue
        if any(pair != ("charset", "utf-8") and pair[0] in {"charset", "version"} for pair in each.parameters):
            continue  # another character set or version than ours
        closeness = (each.type != "*") + (each.subtype != "*") + bool(each.parameters)
        if closeness > closest:
            closest, value = closeness, each.quality
    return value


@lru_cache(maxsize=256)
def choose_encoding(header: str | None) -> Encoding:
    """How the answer is compressed; zstd before gzip where both are valued alike."""
    valued = _encodings(header)
    best = max(("zstd", "gzip"), key=lambda name: valued.get(name, valued.get("*", 0.0)))
    worth = valued.get(best, valued.get("*", 0.0))
    return cast(Encoding, best) if worth > 0 and worth >= valued.get("identity", 0.0) else ""


def accepted_encodings(header: str | None) -> frozenset[str]:
    """The compressions that a client names and takes."""
    return frozenset(name for name, quality in _encodings(header).items() if quality > 0)


def _encodings(header: str | None) -> dict[str, float]:
    valued: dict[str, float] = {}
    for each in (header or "")[:_LONGEST].split(",")[:_MOST]:
        name, *rest = (part.strip().lower() for part in each.split(";"))
        valued[name] = next((_quality(part.partition("=")[2]) for part in rest if part.startswith("q=")), 1.0)
    return valued


def choose_language(header: str | None) -> str:
    """zh or en, whichever is valued more; zh where neither is."""
    valued = {"zh": 0.0, "en": 0.0}
    for each in (header or "")[:_LONGEST].split(",")[:_MOST]:
        name, *rest = (part.strip().lower() for part in each.split(";"))
        language = name.partition("-")[0]
        quality = next((_quality(part.partition("=")[2]) for part in rest if part.startswith("q=")), 1.0)
        if language in valued:
            valued[language] = max(valued[language], quality)
    return "en" if valued["en"] > valued["zh"] else "zh"
