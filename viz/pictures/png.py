"""A drawing as a picture of points, with the fonts of this machine."""

from __future__ import annotations

import math
import re
from functools import cache

from kg.errors import SettingError

_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)"')
_SHARP = 2.0  # points for each unit of the drawing
_MOST = 30_000_000  # points of a picture that programs still open at once


def to_png(svg: str) -> bytes:
    """The picture; twice as sharp as a screen, unless it would be too large."""
    import resvg_py

    check_fonts()
    size = _SIZE.search(svg)
    assert size, "a drawing of ours says how large it is"
    return resvg_py.svg_to_bytes(svg_string=svg, zoom=min(_SHARP, math.sqrt(_MOST / (int(size[1]) * int(size[2])))))


@cache
def check_fonts(*, system: bool = True) -> None:
    """An error where no font has Chinese characters: they would be missing from the picture, or all the same box."""
    drawn = {_drawn(char, system) for char in "政谱任务"}
    if len(drawn) < 4:
        raise SettingError(
            "这台机器没有中文字体，PNG 里的汉字画不出来。请装一种，如 Debian/Ubuntu：apt install fonts-noto-cjk，Fedora：dnf install "
            "google-noto-sans-cjk-fonts；或改用 -o 图.svg（字体由打开它的机器提供）",
            "no font with Chinese characters is installed here: install one (Debian: fonts-noto-cjk) or write .svg instead",
        )


def _drawn(char: str, system: bool) -> bytes:
    import resvg_py

    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"><text x="2" y="26" font-size="24">{char}</text></svg>'
    return resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=not system)
