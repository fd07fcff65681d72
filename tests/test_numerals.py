from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import to_number, to_ordinal

_DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("7", 7),
        ("007", 7),
        ("2031", 2031),
        ("零", 0),
        ("〇", 0),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("两千三百", 2300),
        ("一万二千", 12000),
        ("三亿", 300_000_000),
        ("三亿五千万", 350_000_000),
        ("二零三一", 2031),
        ("二○三一", 2031),
        ("贰拾叁", 23),
        ("", None),
        ("十几", None),
        ("第三", None),
        ("1.5", None),
        ("-3", None),
        ("３", None),
        ("²", None),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_numerals(printed: str, value: int | None) -> None:
    assert to_number(printed) == value


@pytest.mark.parametrize(("printed", "value"), [("③", 3), ("㈠", 1), ("⑴", 1), ("12", 12), ("十二", 12), ("甲", None), ("", None)])
def test_printed_numbers_may_be_one_sign(printed: str, value: int | None) -> None:
    assert to_ordinal(printed) == value


def _printed(value: int) -> str:
    """A number below ten thousand in words."""
    text, pending = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("零" if pending and text else "") + _DIGITS[digit] + sign
            pending = False
        else:
            pending = True
    return text


@given(st.integers(1, 9999))
def test_a_number_in_words_is_that_number(value: int) -> None:
    assert to_number(_printed(value)) == value


@given(st.integers(0, 10**9))
def test_arabic_digits_are_that_number(value: int) -> None:
    assert to_number(str(value)) == value


@given(st.integers(1900, 2100))
def test_a_year_said_digit_by_digit(year: int) -> None:
    assert to_number("".join(_DIGITS[int(char)] for char in str(year))) == year
