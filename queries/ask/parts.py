"""What a question speaks of, before it is known what it asks."""

from __future__ import annotations

from dataclasses import dataclass, field

from queries.ask.grammar import Condition
from queries.ask.model import Decline, Matter, Owed, Thing, Token, Window


@dataclass(slots=True)
class Parts:
    """What a question speaks of, gathered from its tokens."""

    units: list[Owed] = field(default_factory=list)
    places: list[Thing] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    plans: list[Thing] = field(default_factory=list)
    instruments: list[Thing] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    matter: Matter | None = None
    cues: list[Token] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    without: list[Owed] = field(default_factory=list)  # 牵头单位不是财政局的: units that have no such role
    section: str = ""  # 民生保障这块: words of a matter that may be the heading of a chapter
    conditions: list[Condition] = field(default_factory=list)
    period: str = ""
    role: str = ""
    either: bool = False  # several roles of one unit, each of which will do
    any_role: bool = False  # in so many words: 牵头的跟参与的, 沾边的
    through: bool = False  # tasks of the groups that bind the units are asked for in so many words
    introduced: set[str] = field(default_factory=set)  # 关于…的, …的任务: words that are certainly a matter
    named: set[str] = field(default_factory=set)  # 营商任务: words right before 任务
    quoted: set[str] = field(default_factory=set)  # words in quotation marks
    known: bool = True  # whether any task speaks of the matter
    deed: bool = False  # the matter has a verb: 谁来公布学区地图
    this: bool = False
    doubt: Decline | None = None  # a name that means several things, of which the first stands here

    def slots(self) -> dict[str, int]:
        """How many there are of each slot."""
        tasks = [self.units, self.instruments, self.windows, self.numbers, self.conditions, self.without, self.matter, self.this]
        return {
            "unit": len(self.units), "place": len(self.places), "year": len(self.years), "plan": len(self.plans),
            "instrument": len(self.instruments), "window": len(self.windows), "number": len(self.numbers),
            "matter": int(self.matter is not None), "condition": len(self.conditions) + len(self.without), "task": int(self.this),
            "role": int(bool(self.role)), "tasks": sum(bool(one) for one in tasks), "deed": int(self.deed),
            "alternatives": max(len(self.units), len(self.places), len(self.years)),
            "dated": len(self.years) + len(self.plans), "bare": int(not self.matter), "function": 0,
        }  # fmt: skip
