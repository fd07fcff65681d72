"""Numbers in the words of a task, and which of them a question asks for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_CLASSIFIERS = (
    "个百分点|百分点|个?工作日|个半月|个月|个?小时|分钟|秒|个学期|学期|微克/立方米|毫克/升|吨标准煤|蒸吨|平方公里|平方千米|平方米|立方米|公里|千米|千瓦时|"
    "千瓦|兆瓦|人次|批次|辆次|家次|件次|场次|户次|条次|项次|个领域|个星期|星期|周|天|日|年|%|％|‰|元|人|名|家|个|次|场|台|辆|套|座|所|处|户|亩|吨|米|"
    "批|期|篇|份|类|种|倍|轮|块|对|间|层|条|件|项|度|册|门|趟|公顷|公斤|张|支|只|棵|株|本|部|幅|片|段|村|镇|乡|县|厘米|毫米|成|级|分|集|路|兆|起|笔|封|班|届|列|床|学时|课时|卷|宗|款|组|根|杆|柜|箱|枚|颗|盏|眼|栋|幢|升|克|斤|分贝"
)
_QUANTITY = re.compile(
    r"(?P<before>不(?:得)?(?:少于|低于|超过|多于|高于|晚于|大于)|至少|最多|最长|不超|达到?|超过|控制在|压减至|压缩至|提高到|(?:提前))?"
    rf"(?P<number>\d+(?:[,，]\d{{3}})*(?:\.\d+)?|[一二三四五六七八九十两百半]{{1,4}})(?P<many>万亿|千万|百万|百亿|十万|万|亿|千)?多?余?(?P<unit>{_CLASSIFIERS})"
    r"(?P<behind>之内|以内|内|以上|以下|之前|前)?"
)
_PERIOD = re.compile(
    r"每(?:个)?(?:半年|季度|季|月|周|日|天|年|旬|学期|两周|两个月|双月|星期|一?个?工作日|\d+[天年日月]|[一二三四五六七八九十]{1,2}(?:个?月|天|年))(?:[一二三四五六])?"
    r"(?:[^，。；、]{0,6}?(?:至少|不少于)?[一二三四五六七八九十\d]+次)?|(?:按|逐|半|分)(?:季度|月|季|周|年|日|旬|半年)(?!内|底|前)|"
    r"(?:一|半)(?:个?季度|个?月|周|年|旬|天|日)(?=一|[^，。；、\d]{0,6}一次)(?:[^，。；、]{0,8}?一[次回]|一[一-龥]{1,4})?|"
    r"(?:月|季|周|日|旬|年)(?=调度|通报|报告|报送|公布|更新|小结|考核|评比|排名|清)|(?:实时|随时|常态化|动态)更新|随时"
)
_POINT = re.compile(
    r"[^，。；、（）]{0,14}(?:开学|学期|汛期|高考|中考|春节|国庆|元旦|采暖期|供暖期|印发|批准|批复|受理|发布|生效|完成|结束|到期|期满|形成|签订|作出|出台)[^，。；、（）\d]{0,4}?"
    r"(?:前|后)(?:[一二两三四五六七八九十\d]+(?:周|天|日|个月|个?工作日|小时))?(?:内|之内)?"
)
_DATE = re.compile(r"(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|底|末|中旬|上旬)?|年底|年末)(?:以前|之前|前)|20\d\d年底(?:前|之前)?")
_NO_DAY = re.compile(r"(?:\d月|\d年)\s*$")
_DIGITS = {one: at for at, one in enumerate("零一二三四五六七八九")} | {"两": 2}
_MANY = {"": 1.0, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "百亿": 1e10, "万亿": 1e12}
_FAR, _AFTER = 0.2, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for: by the name of a form, with the units that the number may have."""

    name: str
    units: tuple[str, ...] = ()
    relation: str = ""  # how two of them are compared: same, gap, which
    way: str = ""  # which is asked for: 高, 早, …
    before: bool = False  # against the year before
    years: tuple[int, ...] = ()  # that the words must name: 到2027年


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of a text, as it is said there."""

    text: str
    number: float
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A way of asking for a number."""

    name: str
    regex: re.Pattern[str]
    units: tuple[str, ...]
    first: bool
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("queries.ask").joinpath("values.toml").read_text("utf-8"))


@cache
def load_forms(kind: str = "form") -> tuple[Form, ...]:
    """The forms of asking, or with `relation` of comparing."""
    return tuple(
        Form(
            name=one["name"],
            regex=re.compile(one["regex"]),
            units=tuple(one.get("units", ())),
            first=one.get("first", False),
            examples=tuple(one["examples"]),
            near_misses=tuple(one["near_misses"]),
        )
        for one in _table()[kind]
    )


@cache
def regex_of(section: str, key: str = "regex") -> re.Pattern[str]:
    return re.compile(_table()[section][key])


def nouns() -> Mapping[str, list[str]]:
    """The units of what is named by its kind: 面积."""
    found: Mapping[str, list[str]] = _table()["nouns"]
    return found


def find_quantities(text: str) -> Iterator[Quantity]:
    """The numbers of a text with their units; days of the calendar are none."""
    for found in _QUANTITY.finditer(text):
        number = _to_number(found["number"])
        if number is None or (found["unit"] in {"日", "年"} and _is_date(text, found)) or _is_idiom(found, text):
            continue
        said = found["number"] + (found["many"] or "") + found["unit"] + (found["behind"] or "")
        unit = found["unit"].removeprefix("个") or "个"
        yield Quantity(text=said, number=number * _MANY[found["many"] or ""], unit=unit, start=found.start(), end=found.end())


def _is_date(text: str, found: re.Match[str]) -> bool:
    return bool(_NO_DAY.search(text[: found.start("number")])) or (found["unit"] == "年" and len(found["number"]) == 4)


def _is_idiom(found: re.Match[str], text: str) -> bool:
    """一体, 一件事, 第一批, “一网通办”: words that count nothing."""
    before = text[max(found.start() - 1, 0) : found.start()]
    word = found["number"]
    return before in {"第", "同", "统", "每", "“", "逐", "进"} or (
        word in {"一", "百", "十", "千"} and not found["before"] and found["unit"] not in {"年", "次"}
    )


def find_periods(text: str) -> Iterator[Quantity]:
    """How often: 每月, 按季度, 一季度一公布."""
    for found in _PERIOD.finditer(text):
        yield Quantity(text=found[0], number=0.0, unit="", start=found.start(), end=found.end())


def find_dates(text: str) -> Iterator[Quantity]:
    """Days and months by which something is to be done: 7月28日前, 6月底前."""
    for found in _DATE.finditer(text):
        yield Quantity(text=found[0], number=0.0, unit="", start=found.start(), end=found.end())


def find_points(text: str) -> Iterator[Quantity]:
    """Times without a date: 开学前两周."""
    for found in _POINT.finditer(text):
        yield Quantity(text=found[0], number=0.0, unit="", start=found.start(), end=found.end())


def _to_number(words: str) -> float | None:
    bare = re.sub(r"[,，]", "", words)
    if re.fullmatch(r"\d+(?:\.\d+)?", bare):
        return float(bare)
    if bare == "半":
        return 0.5
    if any(one not in _DIGITS and one not in "十百" for one in bare):
        return None
    hundreds, hundred, rest = bare.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = (_DIGITS.get(hundreds, 1) * 100 if hundred else 0) + (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
    return float(value)


def nearest(found: Sequence[Quantity], text: str, weights: Mapping[str, float]) -> tuple[Quantity | None, float]:
    """The one that the words stand nearest to, by what they weigh, and how near; none of none."""
    depth = _depths(text)
    spots = {word: [one.start() for one in re.finditer(re.escape(word), text)] for word in weights}
    best: tuple[float, Quantity | None] = (0.0, None)
    for one in found:
        near = sum(weight * max((_nearness(depth[one.start] - depth[at]) + _close(at, word, one) for at in spots[word]), default=0.0)
                   for word, weight in weights.items())  # fmt: skip
        if near > best[0] + 1e-9:
            best = (near, one)
    return best[1], best[0] / (sum(weights.values()) or 1.0)


def _depths(text: str) -> list[float]:
    """For each character how many clauses stand before it; what 、 parts counts half."""
    depths, depth = [], 0.0
    for char in text:
        depth += 0.5 if char == "、" else 1.0 if char in "，；：" else 2.0 if char in "。\n" else 0.0
        depths.append(depth)
    return [*depths, depth]


def _nearness(apart: float) -> float:
    """By how many clauses the words stand before the number; behind it they say less of it."""
    return max(1.0 - 0.25 * apart, _FAR) if apart >= 0 else max(0.4 + 0.3 * apart, _AFTER)


def _close(at: int, word: str, one: Quantity) -> float:
    """A little more for words right beside the number."""
    gap = one.start - at - len(word) if at < one.start else (at - one.end) * 2
    return 0.15 / (1 + max(gap, 0) / 4)


def of_unit(found: Sequence[Quantity], units: Sequence[str]) -> list[Quantity]:
    """Those with one of the units; 个 and what else only counts may stand for each other."""
    if not units:
        return list(found)
    own = [one for one in found if any(unit in one.unit or one.unit == unit.removeprefix("个") for unit in units)]
    return own or [one for one in found if any(one.unit in group for unit in units for group in _alike(unit))]


def of_any(found: Sequence[Quantity], units: Sequence[str]) -> list[Quantity]:
    """Those of the units, else what 个 may count too: 多少个体验官, of 200名."""
    return of_unit(found, units) or [one for one in found if "个" in units and one.unit in _table()["alike"]["any"]]


@cache
def _alike(unit: str) -> tuple[frozenset[str], ...]:
    """The groups of units that count the same things as one."""
    return tuple(frozenset(group) for group in _table()["alike"]["units"] if unit in group)


def sentence(text: str, one: Quantity) -> str:
    """The sentence that a number stands in."""
    start = max(text.rfind(mark, 0, one.start) for mark in "。；\n") + 1
    end = min((at for mark in "。；\n" if (at := text.find(mark, one.end)) >= 0), default=len(text))
    return text[start:end]


def candidates(text: str, wanted: Wanted) -> list[Quantity]:
    """What in a text may be what is wanted."""
    if wanted.name == "often":
        return list(find_periods(text))
    return of_any(list(find_quantities(text)), wanted.units)


def has_wanted(text: str, wanted: Wanted | None, *, exactly: bool = False) -> bool:
    """Whether a text has anything of the kind that is wanted, `exactly` in its units; any text, where it is no number."""
    if wanted is None:
        return True
    named = all(f"{year}年" in text for year in wanted.years)
    if exactly and wanted.name != "often":
        return named and (wanted.name in {"", "span"} or bool(of_unit(list(find_quantities(text)), wanted.units)))
    return named and (wanted.name in {"", "span"} or bool(candidates(text, wanted)))
