"""What came of the tests."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

REASONS: Mapping[str, str] = {
    name: reason for reason, names in tomllib.loads(Path(__file__).with_name("reasons.toml").read_text("utf-8")).items() for name in names
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one test; `said` is empty where it passed."""

    test: str  # its IRI
    passed: bool
    said: str = ""

    @property
    def name(self) -> str:
        """Its folder and its name there."""
        folder, _, name = self.test.rpartition("/manifest#")
        return f"{folder.rpartition('/')[2]}/{name}"

    @property
    def reason(self) -> str:
        """Why it failed, as far as we know, else the first line of what was said."""
        return REASONS.get(self.name, "") or next(iter(self.said.splitlines()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A suite that ran: on the server, and on the store alone where there is such a thing."""

    suite: str
    server: Mapping[str, Outcome]
    bare: Mapping[str, Outcome] | None = None

    @property
    def lost(self) -> list[Outcome]:
        """What the store alone passes, or would have to, and the server does not."""
        return [one for test, one in self.server.items() if not one.passed and (self.bare is None or self.bare[test].passed)]

    @property
    def gained(self) -> list[Outcome]:
        """What the server passes and the store alone does not."""
        return [one for test, one in self.server.items() if one.passed and self.bare is not None and not self.bare[test].passed]

    @property
    def failed(self) -> list[Outcome]:
        return [one for one in self.server.values() if not one.passed]


def by_test(outcomes: Iterable[Outcome]) -> dict[str, Outcome]:
    return {one.test: one for one in outcomes}


def passed(outcomes: Mapping[str, Outcome]) -> int:
    return sum(one.passed for one in outcomes.values())
