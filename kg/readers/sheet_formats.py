"""Numbers of a spreadsheet as the sheet shows them: 0.85 may read 85%, and 44742 may read 2022年6月."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?:\$(?P<money>[^-\]]*)[^\]]*|(?P<elapsed>[hHmMsS]+)|[^\]]*)\]|[_*].'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+(?:\.0+)?|[aAbB]{3,4}|[eE]{1,4}(?![+-]))"
    r"|(?P<number>[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)|(?P<other>.)",
    re.DOTALL,
)
_CHINESE = re.compile("[年月日时分秒]")
_LONGEST = 15  # digits that a number in a sheet can hold

# The formats that a workbook names by number only; 27 to 58 are those of a Chinese Excel.
_YEAR_MONTH, _MONTH_DAY, _FULL = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm",
    27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: _FULL, 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: _YEAR_MONTH, 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY,
    55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"', 57: _YEAR_MONTH, 58: _MONTH_DAY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def built_in(number: int) -> str:
    """The format that a workbook means by a number; "" for the general one."""
    return _BUILT_IN.get(number, "")


def show(value: float, code: str, *, from_1904: bool = False) -> str:
    """`value` as the format `code` shows it. Thousands are not set apart, full dates are written 2022-06-30."""
    tokens = _tokens(code, value)
    kinds = {token.kind for token in tokens}
    if kinds & {"date", "elapsed"}:
        moment = _moment(value, from_1904)
        return _show_date(tokens, moment, value) if moment is not None else plain(value)
    if "number" in kinds:
        return _show_number(tokens, value)
    return "".join(token.text for token in tokens) or plain(value)


def plain(value: float) -> str:
    """A number without a format: 12, 0.3."""
    if not math.isfinite(value):
        return ""
    return format(Decimal(f"{value:.{_LONGEST}g}").normalize() + 0, "f")


def _tokens(code: str, value: float) -> list[_Token]:
    """The tokens of the part of a format that holds for `value`; none where it is the general one or beyond us."""
    parts = re.findall(r'((?:"[^"]*"|\\.|[^;])*)(?:;|$)', code)[:-1] or [code]
    part = parts[2] if value == 0 and len(parts) > 2 else parts[0]
    if re.search(r"general|@|[0#?]\s*/|[eE][+-]", part, re.IGNORECASE) or code == "":
        return []
    return [
        _Token(match.lastgroup or "", match[match.lastgroup].lower() if match.lastgroup in {"date", "elapsed"} else match[match.lastgroup])
        for match in _TOKEN.finditer(part)
        if match.lastgroup
    ]


# --- numbers -------------------------------------------------------------------------------------------


def _show_number(tokens: Sequence[_Token], value: float) -> str:
    number = next(token.text for token in tokens if token.kind == "number")
    whole, _, decimals = number.partition(".")
    if number.endswith(",") or len(decimals) > 10 or not abs(value) < 10**_LONGEST:  # in thousands, or beyond what Excel shows
        return plain(value)
    percent = any("%" in token.text for token in tokens if token.kind == "other")
    shown = Decimal(plain(value)) * (100 if percent else 1)
    shown = shown.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits, _, fraction = format(abs(shown), "f").partition(".")
    while fraction.endswith("0") and len(fraction) > decimals.count("0"):
        fraction = fraction[:-1]
    digits = ("-" if shown < 0 else "") + digits.zfill(whole.count("0")) + ("." + fraction if fraction else "")
    written = False
    parts = []
    for token in tokens:
        if token.kind != "number":
            parts.append(token.text)
        elif not written:
            parts.append(digits)
            written = True
    return "".join(parts).strip()


# --- dates ---------------------------------------------------------------------------------------------


def _moment(value: float, from_1904: bool) -> dt.datetime | None:
    """The moment that a count of days stands for; None where it is no date."""
    base = dt.datetime(1904, 1, 1) if from_1904 else dt.datetime(1899, 12, 30) if value >= 60 else dt.datetime(1899, 12, 31)
    if not 0 <= value < 2_958_466:  # the year 10000
        return None
    return base + dt.timedelta(seconds=round(value * 86_400))


def _show_date(tokens: Sequence[_Token], moment: dt.datetime, value: float) -> str:
    letters = [_letter(tokens, at) for at in range(len(tokens))]
    if any(token.kind == "elapsed" for token in tokens):
        seconds = round(value * 86_400)
        return f"{seconds // 3600}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if "s" in letters else "")
    if any(_CHINESE.search(token.text) for token in tokens if token.kind not in {"date", "half"}):
        return "".join(_part(letter, token, moment) for letter, token in zip(letters, tokens, strict=True)).strip()
    return " ".join(part for part in (_show_day(set(letters), moment), _show_time(set(letters), moment)) if part)


def _show_day(letters: set[str], moment: dt.datetime) -> str:
    if {"y", "m"} <= letters:
        return f"{moment:%Y-%m-%d}" if "d" in letters else f"{moment.year}年{moment.month}月"
    if {"m", "d"} <= letters:
        return f"{moment.month}月{moment.day}日"
    return str(moment.year) if "y" in letters else str(moment.month) if "m" in letters else str(moment.day) if "d" in letters else ""


def _show_time(letters: set[str], moment: dt.datetime) -> str:
    if "s" in letters:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%H:%M}" if letters & {"h", "n"} else ""


def _letter(tokens: Sequence[_Token], at: int) -> str:
    """What a token of a date stands for: y, m, d, h, n (minutes), s, w (day of the week); "" for other tokens."""
    token = tokens[at]
    if token.kind != "date":
        return ""
    first = token.text[0]
    if first in "ab" or (first == "d" and len(token.text) > 2):
        return "w"
    if first == "e":
        return "y"
    if first != "m":
        return first
    before = next((other.text[0] for other in reversed(tokens[:at]) if other.kind in {"date", "elapsed"}), "")
    after = next((other.text[0] for other in tokens[at + 1 :] if other.kind == "date"), "")
    return "n" if before == "h" or after == "s" else "m"


def _part(letter: str, token: _Token, moment: dt.datetime) -> str:
    """A token of a date that is written out in Chinese."""
    if not letter:
        return "" if token.kind == "half" else token.text
    if letter == "w":
        return ("周" if len(token.text) == 3 else "星期") + "一二三四五六日"[moment.weekday()]
    number = {"y": moment.year, "m": moment.month, "d": moment.day, "h": moment.hour, "n": moment.minute, "s": moment.second}[letter]
    return f"{number:02}" if len(token.text) == 2 and letter != "y" else str(number)
