"""Texts with separators: fields, quotes and encodings as a spreadsheet takes them, with the way back to the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.readers.delimited import draft_csv
from kg.readers.draft import Draft, DraftTable
from tests.readers.drafts import cells, texts, words

TABLE = {(0, 0): "序号", (0, 1): "任务", (0, 2): "责任单位", (1, 0): "1", (1, 1): "公开", (1, 2): "甲局"}


def read(tmp_path: Path, data: str | bytes, name: str = "台账.csv") -> Draft:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return draft_csv(path)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("序号,任务,责任单位\r\n1,公开,甲局\r\n", id="commas"),
        pytest.param("序号,任务,责任单位\n1,公开,甲局", id="no line end at the end"),
        pytest.param("序号\t任务\t责任单位\n1\t公开\t甲局\n", id="tabs"),
        pytest.param("序号;任务;责任单位\r1;公开;甲局\r", id="semicolons"),
        pytest.param("序号|任务|责任单位\n1|公开|甲局\n", id="bars"),
        pytest.param("序号，任务，责任单位\n1，公开，甲局\n", id="Chinese commas"),
        pytest.param("sep=^\n序号^任务^责任单位\n1^公开^甲局\n", id="named separator"),
        pytest.param('"序号","任务" , "责任单位"\n"1","公开","甲局"\n', id="quotes"),
        pytest.param('序号,任务,责任单位,,\n,,,,\n="1",公开,甲局,,\n', id="empty ends, empty lines, protected number"),
    ],
)
def test_separators(tmp_path: Path, text: str) -> None:
    (table,) = read(tmp_path, text).items
    assert isinstance(table, DraftTable)
    assert cells(table) == TABLE
    assert not table.merges


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (table,) = read(tmp_path, "序号,任务,责任单位\n1,公开,甲局\n".encode(encoding)).items
    assert cells(table) == TABLE


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        pytest.param('"一是公开；\n二是解读。"', "一是公开；/二是解读。", id="line break in quotes"),
        pytest.param('"甲局,乙局"', "甲局,乙局", id="separator in quotes"),
        pytest.param('"""阳光""工程"', '"阳光"工程', id="quotes in quotes"),
        pytest.param('5"管道', '5"管道', id="quote inside a field"),
        pytest.param('"没有收尾', '"没有收尾', id="quote that nothing closes"),
        pytest.param('"甲"乙', '"甲"乙', id="text behind a closing quote"),
        pytest.param('"=""007"""', "007", id="protected number in quotes"),
        pytest.param("  甲  ", "  甲  ", id="blanks"),
    ],
)
def test_fields(tmp_path: Path, field: str, expected: str) -> None:
    (table,) = read(tmp_path, f"序号,任务,责任单位\n1,{field},甲局\n").items
    assert cells(table)[1, 1] == expected
    assert cells(table)[1, 2] == "甲局"


def test_title_and_notes_are_text(tmp_path: Path) -> None:
    draft = read(tmp_path, "西岭县任务台账,,\n单位：,县政府办,\n序号,任务,责任单位\n1,公开,甲局\n注：按月更新。,,\n")
    assert texts(draft) == ["西岭县任务台账", "单位：/县政府办", str(TABLE), "注：按月更新。"]


def test_prose_is_no_table(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "工作要点\n深化公开，加强解读，及时回应。\n")) == ["工作要点", "深化公开，加强解读，及时回应。"]


def test_tabs_win_over_commas_in_the_words(tmp_path: Path) -> None:
    (table,) = read(tmp_path, "序号\t任务\n1\t甲,乙,丙\n2\t丁,戊\n3\t己\n", "台账.tsv").items
    assert cells(table)[1, 1] == "甲,乙,丙"


def test_places_and_sources(tmp_path: Path) -> None:
    text = '序号,任务,责任单位\n1,"一、公开\n二、解读",甲局\n2,回应,乙局\n'
    (table,) = read(tmp_path, text).items
    assert isinstance(table, DraftTable)
    lines = [line for cell in table.cells for line in cell.lines]
    assert all(line.source and text[line.source.start : line.source.end] == line.text for line in lines)
    assert str(lines[-1].place) == "第3行 第3列"


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        read(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=' ",'), min_size=1), min_size=2, max_size=2),
        min_size=1,
    )
)
def test_what_is_quoted_reads_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    def quoted(field: str) -> str:
        return '"' + field.replace('"', '""') + '"'

    text = "".join(",".join(map(quoted, row)) + "\n" for row in [["序号", "任务"], *rows])
    found = [words(item) if not isinstance(item, DraftTable) else cells(item) for item in read(tmp_path_factory.mktemp("csv"), text).items]
    everything = str(found)
    assert all(repr(field)[1:-1] in everything for row in rows for field in row if field.strip() and not field.startswith("="))
