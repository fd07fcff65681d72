"""Run the suites, say what came of them, and write the EARL report and the page of the documentation."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.conformance.manifests import FOLDER, LANGUAGES, MISSING, PROTOCOLS
from tests.conformance.outcomes import Ran, passed
from tests.conformance.protocols import run_protocols
from tests.conformance.report import to_earl, to_markdown
from tests.conformance.servers import empty_server
from tests.conformance.suites import run_suites, why_no_node

_ROOT = Path(__file__).parents[2]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--earl", type=Path, default=_ROOT / "build/conformance/earl.ttl", help="where the EARL report goes")
    ask.add_argument("--page", type=Path, default=_ROOT / "docs/conformance.md", help="where the page goes")
    told = ask.parse_args()
    if not FOLDER.is_dir():
        sys.exit(MISSING)
    if missing := why_no_node():
        sys.exit(missing)
    begun = time.monotonic()
    with empty_server() as server:
        ran = [*run_protocols(server), *run_suites(server)]
    for one in ran:
        _tell(one)
    told.earl.parent.mkdir(parents=True, exist_ok=True)
    told.earl.write_text(to_earl(ran, datetime.now(UTC).date()), "utf-8")
    told.page.write_text(to_markdown(ran), "utf-8")
    print(f"{time.monotonic() - begun:.0f} s")
    sys.exit(any(one.lost for one in ran))


def _tell(one: Ran) -> None:
    """The figures of a suite, and each test that is not passed by both."""
    name = (PROTOCOLS | LANGUAGES)[one.suite][0]
    bare = "" if one.bare is None else f"，只有库 store alone {passed(one.bare)}"
    print(f"{name}: 服务器 server {passed(one.server)}{bare}，共 of {len(one.server)}")
    for outcome in one.lost:
        print(f"  服务器未通过 lost: {outcome.name}: {outcome.reason}")
    for outcome in one.gained:
        print(f"  库未通过 gained: {outcome.name}")


if __name__ == "__main__":
    main()
