"""Words by what is heard and by what is typed for it."""

from __future__ import annotations

import pytest

from kg.search.lexicon import Lexicon
from kg.search.pinyin import Sounds, readings

WORDS = ("教育局", "财政局", "单县", "重庆", "长沙", "银行", "行政", "绿化", "西安", "政务公开", "审计局")


def _spelled(letters: str) -> set[str]:
    lexicon = Lexicon(dict.fromkeys(WORDS, 1), ())
    return {word for way in lexicon.sounds.divisions(letters) for word in lexicon.spelled([sound.chars for sound in way])}


@pytest.mark.parametrize(
    ("letters", "word"),
    [
        ("jyj", "教育局"),
        ("jiaoyuju", "教育局"),
        ("caizhengju", "财政局"),
        ("caizj", "财政局"),
        ("shanxian", "单县"),
        ("danxian", "单县"),
        ("chongqing", "重庆"),
        ("changsha", "长沙"),
        ("yinhang", "银行"),
        ("xingzheng", "行政"),
        ("lvhua", "绿化"),
        ("luhua", "绿化"),
        ("xian", "西安"),
        ("xi'an", "西安"),
        ("zwgk", "政务公开"),
    ],
)
def test_letters_spell(letters: str, word: str) -> None:
    assert word in _spelled(letters)


@pytest.mark.parametrize("letters", ["xyz", "uvi", "a" * 60, "'"])
def test_letters_that_spell_nothing(letters: str) -> None:
    assert not _spelled(letters) & set(WORDS)


def test_the_usual_reading_comes_first() -> None:
    assert readings("单")[0] == "dan"
    assert "shan" in readings("单")
    assert readings("x") == ()


def test_alike_to_many_ears() -> None:
    sounds = Sounds("证政城成新兴")
    assert "政" in sounds.same("证")
    assert "兴" in sounds.same("新")
