"""Pages for people: templates that escape whatever is put into them, in Chinese and English. No scripts, one style sheet of our own.

Loaded by workers too, which write the pages about nodes.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

LANGUAGES = ("zh", "en")
MEDIA = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page needs to know of the request that it answers."""

    language: str
    root: str = ""  # path under which the server is reached
    here: str = ""  # this page in the other language


def render(template: str, frame: Frame, **values: object) -> bytes:
    """The page in UTF-8."""
    words = {name: pair[frame.language == "en"] for name, pair in _words().items()}
    told = {**values, "frame": frame, "words": words, "style": f"{frame.root}/style.css?v={style_version()}"}
    return _environment().get_template(template).render(told).encode("utf-8")


def load_templates() -> None:
    """Have all templates ready."""
    for name in _environment().list_templates(["html"]):
        _environment().get_template(name)
    _words()
    style_version()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("api.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def _words() -> Mapping[str, list[str]]:
    return tomllib.loads(resources.files("api.pages").joinpath("words.toml").read_text("utf-8"))


@cache
def style() -> bytes:
    """The style sheet."""
    return resources.files("api.pages").joinpath("style.css").read_bytes()


@cache
def style_version() -> str:
    """Changes when the style sheet does, so that it may be kept for long."""
    return hashlib.blake2b(style(), digest_size=6).hexdigest()
