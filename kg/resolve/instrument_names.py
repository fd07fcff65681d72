"""One form for every way in which an instrument 法规文件 is named: its number, its title, its kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.rules import load_data, load_rules, pattern
from kg.text import key, to_number

Words = Mapping[str, str]


@cache
def words(table: str) -> Words:
    """A table of words of the rule file, from every word to the code that it stands for; an issuer to its full name."""
    data = load_data("instruments")[table]
    if table == "issuers":
        return dict(data)
    return {word: code for code, known in data.items() for word in known}


# --- numbers -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def number_key(number: str, place: str = "") -> str:
    """What every printed form of one number has in common; "" where an order of 省政府 leaves open which province's.

    `place` is the full name of the document's jurisdiction: 山东省枣庄市台儿庄区.
    """
    plain = key(number)
    if found := pattern("instruments", "code").fullmatch(plain):
        return f"{found['code']}〔{found['year']}〕{found['serial']}号"
    if found := pattern("instruments", "standard").fullmatch(plain):
        return f"{found['series']}{found['serial']}-{found['year']}"
    found = pattern("instruments", "decree").fullmatch(plain)
    if found is None:
        return plain
    issuer = _issuer(found["issuer"], place)
    year = f"{found['year']}年" if found["year"] else ""
    return f"{issuer}令{year}第{to_number(found['serial'])}号" if issuer else ""


def _issuer(printed: str, place: str) -> str:
    """Who issued an order, in full; "" where the words do not say."""
    bare = pattern("instruments", "state").sub("", printed)
    bare = words("issuers").get(bare, bare)
    if found := pattern("instruments", "relative_issuer").fullmatch(bare):
        whose = _part_of(place, found["level"])
        return f"{whose}人民政府" if whose else ""
    found = pattern("instruments", "local_issuer").fullmatch(bare)
    return f"{found['place']}人民政府" if found else bare


def _part_of(place: str, level: str) -> str:
    """The province, city or county in the full name of a place: 山东省枣庄市 and 市 give 枣庄市."""
    parts: list[str] = re.findall(r".{1,10}?(?:自治[区州县旗]|[省市州盟县旗]|(?<!自治)区)", place)
    fitting = [part for part in parts if part.endswith(level)]
    return fitting[0 if level in {"省", "自治区"} else -1] if fitting else ""


def series_of(number: str) -> str:
    """What runs through the numbers of one kind of paper: 国务院令, 国办发, GB/T."""
    return re.split(r"〔|第|\d", number, maxsplit=1)[0]


# --- titles --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A title in its normal form; `year` or `revised` where it says which edition; `inner` what a notice prints, `by` whose notice."""

    key: str
    year: str = ""
    revised: bool = False
    inner: str = ""
    by: str = ""


@lru_cache(maxsize=16384)
def title_name(title: str) -> Name:
    """`title` without brackets, without 中华人民共和国, without the edition behind it."""
    plain = key(title)
    edition = pattern("instruments", "edition_suffix").search(plain)
    plain = plain[: edition.start()] if edition else plain
    notice = pattern("instruments", "notice").fullmatch(plain)
    return Name(
        key=_bare(plain),
        year=(edition["year"] or "") if edition else "",
        revised=bool(edition and edition["word"]),
        inner=_bare(notice["title"]) if notice else "",
        by=_bare(notice["issuer"]) if notice else "",
    )


def _bare(plain: str) -> str:
    bare = pattern("instruments", "title_marks").sub("", plain).replace("、", "")
    return pattern("instruments", "state").sub("", bare)


def title_key(title: str) -> str:
    """What every printed form of one title has in common."""
    return title_name(title).key


def without_draft(title: str) -> str:
    """The key of a title without （试行）; the same where it has none."""
    return pattern("instruments", "draft_suffix").sub("", title)


def agree(one: str, other: str) -> bool:
    """Whether two keys of titles can be one paper's: the same but for who issues it, for 印发 … 的通知, for （试行）."""
    return _core(one) == _core(other)


@lru_cache(maxsize=16384)
def _core(title: str) -> str:
    notice = pattern("instruments", "notice").fullmatch(title)
    core = notice["title"] if notice else title
    return without_draft(pattern("instruments", "addressed").sub("", core)).removeprefix("关于")


def guess_kind(title: str, number: str) -> str:
    """A code of instrument-kind from the words alone; policy where no rule holds."""
    for rule in load_rules("instruments"):
        if "kind" not in rule.extra:
            continue
        if rule.regex.search(key(title) if rule.extra["of"] == "title" else number):
            return str(rule.extra["kind"])
    return "policy"
