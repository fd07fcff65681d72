"""What must hold: the gate before a graph is stored; what is missing or contradictory in a whole store."""

from __future__ import annotations

from dataclasses import dataclass

from kg.store import Store
from kg.store.rows import select_strings
from ontology import Severity, load_checks
from ontology.gate import Gate

__all__ = ["Finding", "Gate", "Spot", "check_store"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One case of something that was found, in words, and where it stands."""

    zh: str
    en: str
    file: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that a check found in a store, with every case of it."""

    name: str
    severity: Severity
    zh: str
    en: str
    places: tuple[Spot, ...]

    def to_json(self) -> dict[str, object]:
        """The finding as plain values."""
        spots = [{"zh": one.zh, "en": one.en, "file": one.file, "place": one.place} for one in self.places]
        return {"check": self.name, "severity": self.severity, "zh": self.zh, "en": self.en, "cases": spots}


def check_store(store: Store) -> list[Finding]:
    """What the checks of the ontology find, contradictions first."""
    found = []
    for check in load_checks():
        rows = select_strings(store, check.query)
        spots = tuple(
            Spot(zh=_fill(check.say, row), en=_fill(check.say_en, row), file=row.get("file", ""), place=row.get("place", ""))
            for row in rows
        )
        if spots:
            found.append(Finding(name=check.name, severity=check.severity, zh=check.title, en=check.title_en, places=spots))
    return found


def _fill(words: str, row: dict[str, str]) -> str:
    """The words with the row's values in the braces; a value that the row lacks is left out."""
    return words.format_map(_Row(row))


class _Row(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""
