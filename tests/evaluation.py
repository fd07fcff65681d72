"""Documents with a known truth, read by the command and scored: `make eval`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.scoring import COUNTED, FIELDS, SHARED, Score, score, together

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "tests" / "floors.toml"
_SHORT = dict(zip(FIELDS, ("tasks", "units", "roles", "dates", "cites", "meas", "header", "path", "text", "span"), strict=True))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents, and a JSON of what is in each, by its stem."""

    name: str
    documents: Path
    truth: Path
    environment: Mapping[str, str]

    @property
    def there(self) -> bool:
        return self.documents.is_dir() and self.truth.is_dir()


CORPORA = {
    "eval": Corpus("eval", ROOT.parent / "shared/eval/documents", ROOT.parent / "shared/eval/gold", {}),
    "samples": Corpus(
        "samples",
        ROOT / "tests/samples/documents",
        ROOT / "tests/samples/truth",
        {"ZHENGPU_JURISDICTIONS": str(ROOT / "tests/samples/jurisdictions.csv")},
    ),
}


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of a corpus by document, and the suffix of each document."""

    by_document: dict[str, Score]
    suffixes: dict[str, str]
    readings: dict[str, dict[str, Any]]
    left_out: tuple[str, ...]
    said: str

    @property
    def whole(self) -> Score:
        return together(self.by_document.values())

    def by_format(self) -> dict[str, Score]:
        groups: dict[str, list[Score]] = defaultdict(list)
        for name, one in self.by_document.items():
            groups[self.suffixes[name]].append(one)
        return {suffix: together(scores) for suffix, scores in sorted(groups.items())}


@cache
def evaluate(name: str) -> Scored:
    """Read every document of a corpus with the command, and score what it wrote."""
    corpus = CORPORA[name]
    files, left_out = _readable(sorted(path for path in corpus.documents.iterdir() if path.is_file()))
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).parent / "zhengpu"), "extract", "--quiet", "--out", folder, *map(str, files)]
        done = subprocess.run(command, env=os.environ | corpus.environment, capture_output=True, text=True, encoding="utf-8", check=False)
        readings = {path.stem: json.loads(path.read_text("utf-8")) for path in Path(folder).glob("*.json")}
    suffixes = {path.stem: path.suffix for path in files}
    truths = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(corpus.truth.glob("*.json"))}
    scores = {stem: score(stem, truth, readings.get(stem)) for stem, truth in truths.items() if stem in suffixes}
    return Scored(scores, suffixes, readings, tuple(path.name for path in left_out), done.stderr)


def _readable(files: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """The files, and those that only LibreOffice reads where it is not there."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    kept, left = [], []
    for path in files:
        (left if path.suffix == ".doc" and not office else kept).append(path)
    return kept, left


def load_floors() -> dict[str, dict[str, float]]:
    """The figure of each corpus and field below which a test fails."""
    return tomllib.loads(FLOORS.read_text("utf-8"))


# --- tables -----------------------------------------------------------------------------------------


def show(name: str, misses: int) -> None:
    scored = evaluate(name)
    print(f"\n== {name}: {len(scored.by_document)} 份文件 / documents ==")
    if scored.left_out:
        print(f"没有 LibreOffice，未读 / no LibreOffice, left out: {', '.join(scored.left_out)}")
    unread = sorted(set(scored.by_document) - set(scored.readings))
    if unread:
        print(f"未读出 / not read: {', '.join(unread)}\n{scored.said}")
    whole = scored.whole
    for one in COUNTED:
        count = whole.counts[one]
        print(f"{one:12} P {count.precision:.4f}  R {count.recall:.4f}  F1 {count.f1:.4f}  of {count.total}")
        _show_misses(whole, one, misses)
    for one in SHARED:
        print(f"{one:12} {_figure(whole, one, 4)}  of {whole.total(one)}")
        _show_misses(whole, one, misses)
    _show_table("按文件 / by document", scored.by_document)
    _show_table("按格式 / by format", scored.by_format())


def _show_misses(whole: Score, name: str, misses: int) -> None:
    for line in whole.misses[name][:misses]:
        print(f"    {line}")


def _show_table(title: str, rows: Mapping[str, Score]) -> None:
    print(f"\n{title}\n{'':24}" + "".join(f"{_SHORT[name]:>8}" for name in FIELDS))
    for label, one in rows.items():
        print(f"{label[:23]:24}" + "".join(f"{_figure(one, name, 3) if one.total(name) else '-':>8}" for name in FIELDS))


def _figure(one: Score, name: str, digits: int) -> str:
    value = one.figure(name)
    return "-" if value is None else f"{value:.{digits}f}"


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--misses", type=int, default=0, help="at most so many misses a field")
    misses = ask.parse_args().misses
    for name, corpus in CORPORA.items():
        if corpus.there:
            show(name, misses)
        else:
            print(f"{name}：没有 {corpus.documents}，跳过 / not there, skipped")
    return 0


if __name__ == "__main__":
    sys.exit(main())
