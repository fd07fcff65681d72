"""Makes the sample documents and their truth from the description.

    make.py            write documents/, truth/ and jurisdictions.csv
    make.py --check    compare what is committed with what would be written

A .pdf or .doc is made anew, with LibreOffice, only when the .docx behind it has changed; `converted.json` holds its hash.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .blocks import Sample
from .compose import Composer
from .documents import compose, to_truth
from .files import CONVERTED, convert, digest, office, same, to_bytes
from .lineage import to_lineage

HERE = Path(__file__).parent
RECORD = HERE / "converted.json"


def to_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def compose_all() -> list[Sample]:
    composer = Composer()
    return [compose(composer, spec) for spec in composer.plans["document"]]


def expected_files(samples: Sequence[Sample]) -> dict[Path, bytes]:
    """Every file that can be made byte for byte, with what it holds."""
    files = {HERE / "truth" / f"{sample.stem}.json": to_json(to_truth(sample)) for sample in samples}
    files[HERE / "truth" / "lineage.json"] = to_json(to_lineage(samples))
    files[HERE / "jurisdictions.csv"] = (HERE / "description" / "jurisdictions.csv").read_bytes()
    for sample in samples:
        if _suffix(sample) not in CONVERTED:
            files[HERE / "documents" / sample.file] = to_bytes(sample)
    return files


def _suffix(sample: Sample) -> str:
    return Path(sample.file).suffix[1:]


def converted(samples: Sequence[Sample]) -> dict[str, tuple[bytes, str]]:
    """The .docx behind each converted file, and its hash."""
    sources = {sample.file: to_bytes(sample) for sample in samples if _suffix(sample) in CONVERTED}
    return {name: (data, digest(data)) for name, data in sources.items()}


def make(samples: Sequence[Sample]) -> None:
    for path, data in expected_files(samples).items():
        path.parent.mkdir(exist_ok=True)
        if not (path.exists() and same(path.read_bytes(), data)):
            path.write_bytes(data)
    record = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    for name, (docx, found) in converted(samples).items():
        path = HERE / "documents" / name
        if record.get(name) == found and path.exists():
            continue
        if office() is None:
            print(f"没有 LibreOffice，未更新 not updated, no LibreOffice: {name}", file=sys.stderr)
            continue
        path.write_bytes(convert(docx, name.rpartition(".")[2]))
        record[name] = found
    RECORD.write_bytes(to_json(dict(sorted(record.items()))))


def check(samples: Sequence[Sample]) -> list[str]:
    """The files that are not as they would be made."""
    files = expected_files(samples)
    stale = [str(path.relative_to(HERE)) for path, data in files.items() if not (path.exists() and same(path.read_bytes(), data))]
    record = json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}
    sources = converted(samples)
    stale += [f"documents/{name}" for name, (_, found) in sources.items() if record.get(name) != found]
    wanted = set(files) | {HERE / "documents" / name for name in sources}
    present = {path for folder in ("documents", "truth") for path in (HERE / folder).iterdir()}
    return sorted({*stale, *(str(path.relative_to(HERE)) for path in wanted ^ present if path.parent != HERE)})


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--check", action="store_true", help="compare only 只比较，不写文件")
    args = ask.parse_args()
    samples = compose_all()
    if not args.check:
        make(samples)
        return 0
    stale = check(samples)
    for name in stale:
        print(f"与描述不符 not as described: {name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
