"""From the description to documents: blocks to print, and the truth about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .blocks import Item, Line, Sample, Segment
from .matters import LEVELS, Matter, load_matters, load_toml
from .offices import Owed, Printed, misprint, print_units, read_owed
from .wording import Fact, Phrase, Setting, read_phrase

DIGITS = "一二三四五六七八九"
WORDS = (
    {"本": "省", "辖": "全省", "上": "国家", "下": "各地", "办": "省政府办公厅", "委": "省委"},
    {"本": "市", "辖": "全市", "上": "省", "下": "各县（区）", "办": "市政府办公室", "委": "市委"},
    {"本": "区", "辖": "全区", "上": "省、市", "下": "各镇（街道）", "办": "区政府办公室", "委": "区委"},
    {"本": "县", "辖": "全县", "上": "省、市", "下": "各乡镇", "办": "县政府办公室", "委": "县委"},
)
LABELS = str.maketrans("，：；（）", ",:;()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One task-to-be: a matter's part with its text, its units and its column of time."""

    matters: tuple[str, ...]
    part: int
    root: str
    sub: str
    phrase: Phrase
    owed: Owed
    due: Phrase
    half: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A chapter with its parts, as a document words them."""

    heading: str
    subs: tuple[tuple[str, tuple[Requirement, ...]], ...]


def load_plans() -> Mapping[str, Any]:
    plans: Mapping[str, Any] = load_toml("plans.toml")
    return plans


def house_edits(plans: Mapping[str, Any]) -> dict[tuple[str, int], list[tuple[str, str]]]:
    """The turns of phrase that an office prefers in a year."""
    return {(key[0], 2020 + int(key[1:])): [(old, new) for old, new in edits] for key, edits in plans["edits"].items()}


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else DIGITS[tens - 1] + "十") + (DIGITS[ones - 1] if ones else "")


class Composer:
    """Composes the samples from the description, which is read once."""

    def __init__(self) -> None:
        self.plans = load_plans()
        self.matters = load_matters(house_edits(self.plans))
        self.instruments = load_toml("instruments.toml")
        self.units = load_toml("units.toml")
        self.areas = load_toml("areas.toml")["area"]

    def setting(self, spec: Mapping[str, Any]) -> Setting:
        return Setting(
            year=spec["year"],
            words=WORDS[LEVELS.index(spec["level"])],
            instruments=self.instruments,
            short=frozenset(spec.get("short", ())),
        )

    def sections(self, spec: Mapping[str, Any], part: Mapping[str, Any]) -> list[Section]:
        """The chapters of a plan that have something to say."""
        wanted = part.get("areas", [area["id"] for area in self.areas])
        sections = []
        for area in self.areas:
            subs = []
            for sub, titles in area["subs"].items():
                requirements = [r for m in self.matters if m.sub == sub for r in self.requirements(m, spec, part)]
                if requirements and area["id"] in wanted:
                    subs.append((titles[part.get("subs", 0)], tuple(requirements)))
            if subs:
                sections.append(Section(heading=area[part.get("headings", "a")], subs=tuple(subs)))
        return sections

    def requirements(self, matter: Matter, spec: Mapping[str, Any], part: Mapping[str, Any]) -> list[Requirement]:
        level, year = spec["level"], spec["year"]
        wording = matter.wordings.get((level, year))
        if wording is None or wording.into or matter.id in part.get("skip", ()):
            return []
        setting = self.setting(spec)
        taken_in = [other.id for other in self.matters if (w := other.wordings.get((level, year))) and w.into == matter.id]
        owed = read_owed(matter.units[level], level, year, self.units)
        for key, old, new in spec.get("unit_faults", ()):
            owed = misprint(owed, old, new) if key == matter.id else owed
        half = matter.id in spec.get("half", ())
        return [
            Requirement(
                matters=(matter.id, *taken_in),
                part=index,
                root=f"{wording.root}#{index}",
                sub=matter.sub,
                phrase=_with_faults(read_phrase(raw, setting), matter.id, spec, half),
                owed=owed,
                due=read_phrase(matter.due, setting),
                half=half,
            )
            for index, raw in enumerate(wording.parts, start=1)
        ]


def _with_faults(phrase: Phrase, matter: str, spec: Mapping[str, Any], half: bool) -> Phrase:
    """`phrase` with the slips that the description puts into this document."""
    text = phrase.text
    for key, old, new in spec.get("faults", ()):
        if key == matter and old == "。$":
            text = text.removesuffix("。") + new
        elif key == matter and old in text:
            text = text.replace(old, new, 1)
    return replace(phrase, text=text.translate(LABELS) if half else text)


def new_task(requirement: Requirement, *, seq: str | None, form: str, path: list[str], printed: Printed) -> Fact:
    """What is true of a task that is printed under `path` with `printed` behind it or beside it."""
    phrase = requirement.phrase
    return {
        "seq": seq,
        "form": form,
        "path": path,
        "text": phrase.text,
        "units": [dict(unit) for unit in printed.units],
        "deadlines": [dict(deadline) for deadline in phrase.deadlines],
        "citations": [dict(citation) for citation in phrase.citations],
        "measures": [dict(measure) for measure in phrase.measures],
        "matters": list(requirement.matters),
        "part": requirement.part,
        "root": requirement.root,
    }


def add_deadlines(task: Fact, due: Phrase) -> None:
    """The column of time; what the text says in the same words is entered once."""
    task["deadlines"] = [dict(d) for d in due.deadlines] + [d for d in task["deadlines"] if d not in due.deadlines]


def add_items(sample: Sample, part: Mapping[str, Any], sections: list[Section]) -> None:
    """The sections as running text, numbered as `part` says."""
    if part.get("numbering", "through") == "bracket":
        _add_bracket_items(sample, part, sections)
        return
    number = 0
    for index, section in enumerate(sections, start=1):
        heading = _heading(sample, "h1", f"{han(index)}、", section.heading)
        for sub_index, (sub, requirements) in enumerate(section.subs, start=1):
            path = [heading, _heading(sample, "h2", f"（{han(sub_index)}）", sub)]
            for requirement in requirements:
                number += 1
                if number == part.get("skip_number"):
                    number += 1
                seq = str(number) if part.get("numbering", "through") == "through" else None
                segment = _segment(sample, part, requirement, seq, path)
                sample.blocks.append(Item(marker=f"{seq}." if seq else "", segments=(segment,)))


def _add_bracket_items(sample: Sample, part: Mapping[str, Any], sections: list[Section]) -> None:
    """（一）, （二） through the whole plan; a paragraph holds a section's requirements, each with its own bracket."""
    number = 0
    for index, section in enumerate(sections, start=1):
        path = [_heading(sample, "h1", f"{han(index)}、", section.heading)]
        for sub, requirements in section.subs:
            number += 1
            seq = f"（{han(number)}）"
            segments = []
            for requirement in requirements:
                shown = _with_run_in(requirement, sub) if requirement is requirements[0] else requirement
                segments.append(_segment(sample, part, shown, seq, path))
                sample.tasks[-1]["path_also"] = [[*path, f"{seq}{sub}"]]
            sample.blocks.append(Item(marker=seq, segments=tuple(segments)))


def _with_run_in(requirement: Requirement, title: str) -> Requirement:
    """The first requirement of a paragraph, with the title that runs into it."""
    return replace(requirement, phrase=replace(requirement.phrase, text=f"{title}。{requirement.phrase.text}"))


def _heading(sample: Sample, kind: str, marker: str, text: str) -> str:
    if kind == "h2" and sample.spec.get("half_headings"):
        marker = marker.translate(LABELS)
    sample.blocks.append(Line(kind=kind, text=text, marker=marker))
    return f"{marker}{text}"


def _segment(sample: Sample, part: Mapping[str, Any], requirement: Requirement, seq: str | None, path: list[str]) -> Segment:
    printed = print_units(requirement.owed, part["style"])
    task = new_task(requirement, seq=seq, form="item", path=list(path), printed=printed)
    owed = printed.text
    if part["style"] == "first" and not sample.tasks:
        owed += "〔列第一位的为牵头单位，下同〕"
    if part.get("due_in_bracket"):
        owed += f"；完成时限：{requirement.due.text}"
        add_deadlines(task, requirement.due)
    sample.tasks.append(task)
    own_line = bool(part.get("own_line"))
    if not own_line:
        owed = f"（{owed}）"
    return Segment(text=task["text"], owed=owed.translate(LABELS) if requirement.half else owed, own_line=own_line)
