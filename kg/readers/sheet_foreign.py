"""Workbooks in other formats (.xls, .xlsb, .ods), read by calamine in a process of its own.

calamine lays a sheet out as a full rectangle: a file of five kilobytes with a word in its first and its last cell makes
it ask for hundreds of gigabytes, and when it does not get them the whole process dies. So the process that dies is not ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.readers import sheet
from kg.readers.archive import damaged, open_archive
from kg.readers.kinds import wrong_kind

LONGEST = 60  # seconds
_CHILD = Path(__file__).with_name("calamine_child.py")


@dataclass(frozen=True, slots=True)
class ForeignSheet:
    """A sheet: (row, column, text) of the cells with text, counted from 0; merges from corner to corner, None where unknown.

    `dates` is the number of dates, which are given in full however the sheet shows them.
    """

    name: str
    visible: bool
    cells: list[tuple[int, int, str]]
    merges: list[tuple[int, int, int, int]] | None
    dates: int


def read_foreign(path: Path) -> list[ForeignSheet]:
    """All sheets of the workbook."""
    if path.suffix.lower() != ".xls" and path.read_bytes()[:2] == b"PK":
        _check_parts(path)
    # -P: the folder of the script, where html.py and text.py lie, must not hide modules of the same names.
    command = [sys.executable, "-P", str(_CHILD), str(path.resolve()), str(sheet.MOST_CELLS)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired as error:
        raise damaged(path.name, f"> {LONGEST} s") from error
    answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"error": "calamine"}
    if answer.get("password"):
        raise wrong_kind("encrypted", wanted="xlsx", name=path.name)
    if "error" in answer:
        raise damaged(path.name, answer["error"])
    sheet.check_size(answer.get("cells", 0), name=path.name)
    return [ForeignSheet(**one) for one in answer["sheets"]]


def _check_parts(path: Path) -> None:
    """Unpack every part once within its limits: calamine itself believes what a zip declares."""
    archive = open_archive(path.read_bytes(), name=path.name)
    for part in archive.parts:
        archive.read(part)
