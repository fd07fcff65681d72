"""Whatever the text: no crash, no word that leads nowhere, no minute of waiting."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.errors import ZhengpuError
from kg.model import Document, Span
from kg.output import to_json
from kg.pipeline import Knowledge, read, to_checked_graph, understand
from kg.text import key
from tests.texts import to_document, to_table

KNOWLEDGE = Knowledge.load()
SAMPLES = Path(__file__).parent / "samples/documents"

# --- any mixture of what plans are made of ---------------------------------------------------------------

SIGNS = [*"。，；：、（）()《》〔〕【】“”〈〉\n\t| 　\x0c", "\n\n", "\r\n", "\u200b", "\ufeff", "e\u0301", "---", "- 1 -", "# ", "**"]
PHRASES = """
公开预算 说明编制依据 一、 （一） 1. （1） ① 第一章 第二条 1.1 责任单位： 牵头单位： 配合单位： 完成时限： 责任人：
（责任单位： （牵头单位： 市财政局 各镇（街道） 区政府办公室（区大数据局） 有关部门（甲局、乙局） 市发展和改革委员会
等 等部门 和 牵头 配合 按职责分工负责 列第一位的为牵头单位，下同 2031年9月底前 9月底前 年底前 长期坚持 及时公开
信息形成之日起20个工作日内 每季度 13月 即日起至 青政办发〔2031〕7号 国务院令第711号 《政务公开条例》 《条例》
《关于转发〈甲办法〉的通知》 （以下简称《条例》） 不得低于60% 至少3次 100% 青岩市人民政府办公室 2031年4月8日
2031年青岩市政务公开工作要点 关于印发 的通知 现将 印发给你们 各镇人民政府： 附件1 附件： 抄送： （示例） 备注
序号 工作任务 工作要求 完成时限 责任单位 12 ××× ⼀ 𠮷 🙂 a Ａ
"""
WORDS = [*SIGNS, *PHRASES.split()]
MIXTURES = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)
TEXTS = st.one_of(MIXTURES, st.text(max_size=80), st.lists(MIXTURES, max_size=5).map("\n".join))
CELLS = st.lists(st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map("".join), min_size=4, max_size=4), max_size=5)
RELAXED = settings(deadline=5000, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def _spans(value: object) -> Iterator[list[int]]:
    """Every `span` in a reading, however deep."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name == "span":
                yield one
            else:
                yield from _spans(one)
    elif isinstance(value, list):
        for one in value:
            yield from _spans(one)


def _is_all_but_a_bracket(text: str, quoted: str) -> bool:
    """Whether a text is all that was quoted, or what stands around a bracket that says who: 1.整治水环境（甲局牵头）。疏浚河道…。"""
    out = len(quoted) - len(text)
    return any(quoted[:at] + quoted[at + out :] == text and (not out or quoted[at] in "（〔") for at in range(len(text) + 1))


def _check(document: Document) -> None:
    """What holds for every reading."""
    for block in document.blocks:
        assert 0 <= block.span.start <= block.span.end <= len(document.text)
    reading = understand(document)
    shown = to_json(reading)
    source = shown["source_text"]
    for start, end in _spans(shown):
        assert 0 <= start <= end <= len(source)
    for task in shown["tasks"]:
        quoted = source[slice(*task["span"])]
        assert _inside(key(task["text"]), key(quoted))  # where paragraphs are joined, marks between them may go
        assert "\n" in quoted or _is_all_but_a_bracket(key(task["text"]), key(quoted))
        for unit in task["units"]:
            # a remark inside a list is left out of the name, not of the words that say it
            assert _inside(key(unit["name"]), key(source[slice(*unit["span"])]))
        for one in (*task["deadlines"], *task["measures"]):
            assert key(one["text"]) == key(source[slice(*one["span"])])
        for one in task["citations"]:
            assert not one["title"] or key(one["title"]) in key(source[slice(*one["span"])])
    for plan in reading.extraction.plans:
        for section in plan.sections:
            assert key(section.heading) == key(source[section.span.start : section.span.end])
    for task in reading.extraction.tasks:
        document.place(task.span)
    _, graph = to_checked_graph(reading, KNOWLEDGE)  # raises where the gate would keep it out of the store
    written = list(parse(graph.triples + graph.identities + graph.catalogue, format=RdfFormat.N_TRIPLES))
    assert len(written) >= graph.size


def _inside(name: str, words: str) -> bool:
    """Whether the name's characters stand in the words in their order."""
    rest = iter(words)
    return all(char in rest for char in name)


@given(TEXTS)
@RELAXED
def test_any_text(text: str) -> None:
    _check(to_document(text))


@given(MIXTURES)
@RELAXED
def test_any_item_of_a_plan(text: str) -> None:
    _check(to_document(f"2031年青岩市政务公开工作要点\n\n一、公开信息\n（一）公开预算。{text}（责任单位：市财政局）\n"))


@given(MIXTURES)
@RELAXED
def test_any_bracket_of_units(text: str) -> None:
    _check(
        to_document(
            f"2031年青岩市政务公开工作要点\n\n一、公开信息\n（一）公开预算。（责任单位：{text}）\n（二）公开决算。（责任单位：市审计局）\n"
        )
    )


@given(CELLS, st.booleans())
@RELAXED
def test_any_table(rows: list[list[str]], merges: bool) -> None:
    lines = [["序号", "重点任务", "工作要求", "责任单位"], *rows]
    text = "\n".join("|".join(cell.replace("|", "").replace("/", "").replace("\n", "").replace("\r", "") for cell in row) for row in lines)
    _check(to_table(text.replace("\x0c", ""), merges=merges))


@given(CELLS, st.sampled_from(["\t", "|"]))
@RELAXED
def test_any_flattened_table(rows: list[list[str]], mark: str) -> None:
    _check(to_document("\n".join(mark.join(row) for row in [["序号", "重点任务", "工作要求", "责任单位"], *rows])))


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
@RELAXED
def test_any_span_has_a_place(text: str, start: int, length: int) -> None:
    document = to_document(text)
    start = min(start, len(document.text))
    span = Span(start, min(start + length, len(document.text)))
    assert all(piece.span.end > span.start for piece in document.pieces_of(span))
    document.place(span)


# --- what a careless pattern would hang on ------------------------------------------------------------------

LONG = {
    "opening brackets": "（" * 20_000,
    "closing brackets": "）" * 20_000,
    "empty brackets": "（）" * 10_000,
    "nested brackets": "（" * 10_000 + "）" * 10_000,
    "opening titles": "《" * 10_000,
    "titles": "《甲》" * 10_000,
    "nested titles": "《" * 5_000 + "》" * 5_000,
    "pause marks": "、" * 50_000,
    "commas": "，" * 50_000,
    "full stops": "。" * 50_000,
    "labels": "责任单位：" * 5_000,
    "units": "甲局、" * 20_000,
    "units and strokes": "甲局/" * 10_000,
    "units and ands": "甲局和" * 10_000,
    "units with verbs": "甲局牵头、" * 10_000,
    "units in a bracket": "（责任单位：" + "甲局、" * 20_000 + "）",
    "tasks": "公开预算。（责任单位：甲局）" * 3_000,
    "verbs": "牵头配合负责" * 8_000,
    "offices": "局" * 30_000,
    "governments": "人民政府办公室" * 6_000,
    "and so on": "等" * 30_000,
    "digits": "1" * 50_000,
    "full-width digits": "１" * 30_000,
    "numerals": "一" * 30_000,
    "numbers": "青政办发〔2031〕7号" * 4_000,
    "decrees": "国务院令第711号" * 5_000,
    "months": "9月底前" * 10_000,
    "years": "2031年" * 10_000,
    "ranges": "3月1日至" * 8_000,
    "triggers": "之日起" * 15_000,
    "working days": "20个工作日内" * 6_000,
    "shares": "不低于60%" * 6_000,
    "one character": "公" * 50_000,
    "letters": "a" * 50_000,
    "blanks": " " * 50_000,
    "tabs": "\t" * 50_000,
    "pipes": "|" * 50_000,
    "strokes": "-" * 50_000,
    "marks": "一、" * 20_000,
    "headings": "一、公开信息\n" * 3_000,
    "items": "".join(f"{number}.公开预算。（责任单位：甲局）\n" for number in range(1, 2_000)),
    "lines": "甲\n" * 10_000,
    "cells": "序号\n工作要求\n责任单位\n完成时限\n" + "".join(f"{number}\n公开预算{number}\n甲局\n9月底前\n" for number in range(1, 1_500)),
    "annexes": "附件1\n" * 4_000,
    "titles of plans": "2031年工作要点\n" * 2_000,
}  # fmt: skip


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize(
    "form",
    [
        pytest.param("{}", id="alone"),
        pytest.param("2031年青岩市工作要点\n\n一、公开信息\n（一）公开预算，{}。（责任单位：市财政局）\n", id="in-an-item"),
        pytest.param("序号\t工作要求\t责任单位\t完成时限\n1\t公开{}\t{}\t9月底前\n2\t公开决算\t市审计局\t{}\n", id="in-cells"),
    ],
)
def test_a_long_run_of_anything_is_read(name: str, form: str) -> None:
    filling = LONG[name] if form == "{}" else LONG[name].replace("\n", "").replace("\t", " ")
    document = to_document(form.format(*[filling] * form.count("{}")))
    to_json(understand(document))


# --- files that were damaged on the way ------------------------------------------------------------------------

FILES = sorted(path for path in SAMPLES.glob("*") if path.is_file()) if SAMPLES.is_dir() else []
DAMAGES = 6
LONGEST = 60


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some flipped, some cut, or some put in."""
    changed = bytearray(data)
    match chance.randrange(4):
        case 0:
            for _ in range(chance.randrange(1, 20)):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        case 1:
            del changed[chance.randrange(len(changed)) :]
        case 2:
            start = chance.randrange(len(changed))
            del changed[start : start + chance.randrange(1, 2_000)]
        case 3:
            at = chance.randrange(len(changed))
            changed[at:at] = chance.randbytes(chance.randrange(1, 200))
    return bytes(changed)


def _verdict(path: Path) -> str:
    """What becomes of the file: a reading, a message, or the name of an error that nobody should see."""
    try:
        to_json(read(path))
    except ZhengpuError as error:
        return "refused" if path.name in str(error) or error.file else f"no name in {error}"
    except Exception as error:  # noqa: BLE001 — the very thing that is looked for
        return f"{type(error).__name__}: {error}"
    return "read"


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(max_workers=2, mp_context=multiprocessing.get_context("spawn")) as made:
        yield made


@pytest.mark.parametrize("sample", FILES, ids=lambda path: path.name)
def test_a_damaged_file_is_read_or_refused(sample: Path, pool: ProcessPoolExecutor, tmp_path: Path) -> None:
    chance = random.Random(sample.name)
    damages = 2 if sample.suffix == ".doc" else DAMAGES  # an office program starts for each
    paths = []
    for number in range(damages):
        path = tmp_path / f"{number}-{sample.name}"
        path.write_bytes(_damaged(sample.read_bytes(), chance))
        paths.append(path)
    futures = {path: pool.submit(_verdict, path) for path in paths}
    for path, future in futures.items():
        try:
            verdict = future.result(timeout=LONGEST)
        except TooLong:
            pytest.fail(f"{path.name} takes more than {LONGEST} s")
        assert verdict in {"read", "refused"}, path.name
