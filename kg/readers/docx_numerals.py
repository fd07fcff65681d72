"""Numbers in the forms in which Word can count: 十二, 拾贰, ⑫, XII, l."""

from __future__ import annotations

from collections.abc import Callable

_HAN = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def to_numeral(number: int, form: str) -> str | None:
    """`number` in one of Word's forms, in Arabic numerals where that form does not reach so far; None for an unknown form."""
    if form.isascii() and form.isdigit():  # a form of one's own: 001, 002, 003
        return str(number).zfill(len(form))
    write = _FORMS.get(form)
    if write is None:
        return None
    return (write(number) if number > 0 or form in _FROM_ZERO else "") or str(number)


def _counting(number: int, digits: str = _HAN, powers: str = "十百千", *, one: bool = False, japanese: bool = False) -> str:
    """十二, 一百零五; `one`: 一十二; `japanese`: 百五."""
    if number >= 10_000:
        return ""
    written, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            skipped = bool(written)
            continue
        silent = digit == 1 and place > 0 and (japanese or (place == 1 and not written and not one))
        written += digits[0] if skipped and not japanese else ""
        written += ("" if silent else digits[digit]) + (powers[place - 1] if place else "")
        skipped = False
    return written


def _spelled(number: int, zero: str) -> str:
    """二〇二: digit by digit."""
    return "".join(zero if digit == "0" else _HAN[int(digit)] for digit in str(number))


def _simple_counting(number: int) -> str:
    return _counting(number) if number < 100 else _spelled(number, "○")


def _letters(number: int) -> str:
    """a … z, aa, bb …: Word doubles the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number <= 780 else ""


def _roman(number: int) -> str:
    written = ""
    for amount, letters in _ROMAN:
        written += letters * (number // amount)
        number %= amount
    return written if len(written) < 32 else ""


def _run(*starts: tuple[int, int, int]) -> Callable[[int], str]:
    """Signs that stand in a row in Unicode: (from, to, the sign of the first)."""

    def write(number: int) -> str:
        return next((chr(code + number - low) for low, high, code in starts if low <= number <= high), "")

    return write


def _among(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else ""


_CIRCLES = _run((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
_FROM_ZERO = frozenset({"decimal", "decimalZero", "decimalFullWidth", "decimalFullWidth2", "decimalHalfWidth", "numberInDash"})
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _CIRCLES,
    "decimalEnclosedCircleChinese": _CIRCLES,
    "decimalEnclosedParen": _run((1, 20, 0x2474)),
    "decimalEnclosedFullstop": _run((1, 20, 0x2488)),
    "ideographEnclosedCircle": _run((1, 10, 0x3280)),
    "numberInDash": lambda number: f"- {number} -",
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "hex": lambda number: f"{number:X}",
    "chineseCounting": _simple_counting,
    "taiwaneseCounting": _simple_counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": lambda number: _counting(number, japanese=True),
    "ideographDigital": lambda number: _spelled(number, "〇"),
    "japaneseDigitalTenThousand": lambda number: _spelled(number, "〇"),
    "taiwaneseDigital": lambda number: _spelled(number, "○"),
    "chineseLegalSimplified": lambda number: _counting(number, _FORMAL, "拾佰仟", one=True),
    "ideographLegalTraditional": lambda number: _counting(number, _FORMAL_TRADITIONAL, "拾佰仟", one=True),
    "ideographTraditional": _among(_STEMS),
    "ideographZodiac": _among(_BRANCHES),
    "ideographZodiacTraditional": lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number <= 60 else "",
}
