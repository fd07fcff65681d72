"""The suites of queries, updates and result formats, run by the npm package rdf-test-suite on the server and on pyoxigraph alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.api.serving import Served
from tests.conformance.manifests import BASE, FOLDER, LANGUAGES, read_cases
from tests.conformance.outcomes import Outcome, Ran, by_test

NODE_FOLDER = Path(__file__).parent / "node"
_ROOT = Path(__file__).parents[2]
_NOT_READ = "rdf-test-suite could not read the test"
_LONGEST = 600  # seconds


def find_node() -> str | None:
    """Node.js: that of this environment, or that of the system."""
    return shutil.which("node", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))))


def why_no_node() -> str:
    """What is missing to run programs of Node.js, in one line; empty where nothing is."""
    if find_node() is None:
        return "没有 Node.js / no Node.js"
    if not (NODE_FOLDER / "node_modules").is_dir():
        return "tests/conformance/node 里没有装好的包（npm ci）/ the packages in tests/conformance/node are not installed (npm ci)"
    return ""


def run_suites(server: Served) -> list[Ran]:
    """What came of each suite, on both."""
    told = {
        "base": BASE,
        "folder": f"{FOLDER}/",
        "suites": {suite: manifest for suite, (_, manifest) in LANGUAGES.items()},
        "stores": {
            "server": {"url": f"{server.url}/sparql", "token": server.token},
            "bare": {"command": [sys.executable, "-m", "tests.conformance.bare"]},
        },
    }
    done = subprocess.run(
        [find_node() or "node", str(NODE_FOLDER / "run.js")],
        input=json.dumps(told), capture_output=True, text=True, encoding="utf-8", timeout=_LONGEST, cwd=_ROOT, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"rdf-test-suite failed: {done.stderr.strip()[-2000:]}")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return [_ran(suite, lines) for suite in LANGUAGES]


def _ran(suite: str, lines: list[dict[str, object]]) -> Ran:
    return Ran(suite=suite, server=_outcomes(suite, "server", lines), bare=_outcomes(suite, "bare", lines))


def _outcomes(suite: str, store: str, lines: list[dict[str, object]]) -> dict[str, Outcome]:
    """An outcome for each test of the manifest: the package leaves out what it cannot read."""
    missing = (Outcome(test=str(case.node), passed=False, said=_NOT_READ) for case in read_cases(LANGUAGES[suite][1]))
    told = (
        Outcome(test=str(line["test"]), passed=bool(line["ok"]), said=str(line["said"]))
        for line in lines
        if line["suite"] == suite and line["store"] == store
    )
    return by_test(missing) | by_test(told)
