"""The answers to the questions of `tests/questions.toml`, worked out from the truth files in plain Python."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from tests.evaluation import CORPORA

TRUTH = CORPORA["samples"].documents.parent / "truth"
Spec = Mapping[str, Any]
Task = Mapping[str, Any]


@cache
def _files() -> Mapping[str, Mapping[str, Any]]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(TRUTH.glob("*-20*.json"))}


def words(text: str) -> str:
    """The text without what a layout may change."""
    return re.sub(r"[\s，,。.；;：:（()）]", "", text)


def tasks(spec: Spec) -> list[tuple[str, str]]:
    """File and text of each task that the spec means."""
    return sorted((content["file"], words(task["text"])) for name, content in _files().items() if _of(name, spec)
                  for task in content["tasks"] if _fits({**task, "issued": content["document"].get("issued")}, spec))  # fmt: skip


def _of(name: str, spec: Spec) -> bool:
    """Whether a file is of the place and year; no year where days of deadlines count."""
    level, _, rest = name.partition("-")
    return (
        ("level" not in spec or level == spec["level"])
        and ("year" not in spec or rest[:4] == str(spec["year"]))
        and ("file" not in spec or name == spec["file"])
    )


def _fits(task: Task, spec: Spec) -> bool:
    checks = {
        "unit": lambda: _owes(task, [spec["unit"], *spec.get("groups", ())], spec.get("role")),
        "unit2": lambda: _owes(task, [spec["unit2"]], spec.get("role2")),
        "besides": lambda: _led_by_others(task, spec["besides"]),
        "section": lambda: any(spec["section"] in heading for heading in task["path"]),
        "text": lambda: all(each in words(task["text"]) for each in spec["text"]),
        "seq": lambda: task["seq"] in spec["seq"],
        "cites": lambda: any(each in _cited(one) for one in task["citations"] for each in spec["cites"]),
        "due": lambda: any(spec["due"][0] <= _day(one, task) <= spec["due"][1] for one in task["deadlines"]),
        "sole": lambda: len(task["units"]) == 1 and not _of_several(task["units"][0]["name"]),
        "without": lambda: not list(_what(task, spec["without"])),
        "with": lambda: bool(list(_what(task, spec["with"]))),
        "deadline": lambda: any(
            one["kind"] == spec["deadline"] and one.get("period") == spec.get("period", one.get("period")) for one in task["deadlines"]
        ),
    }
    return all(check() for name, check in checks.items() if name in spec)


def _day(deadline: Mapping[str, Any], task: Task) -> str:
    """The last day; of one that counts from the plan's own issue, in days, the day that it comes to."""
    if deadline["kind"] == "relative" and "本文件印发" in deadline["trigger"] and deadline["unit"] == "day" and task["issued"]:
        return (dt.date.fromisoformat(task["issued"]) + dt.timedelta(days=deadline["amount"])).isoformat()
    return deadline.get("date") or ""


def _owes(task: Task, names: Sequence[str], role: str | None) -> bool:
    printed = [(re.sub(r"[()]", lambda found: {"(": "（", ")": "）"}[found[0]], one["name"]), one["role"]) for one in task["units"]]
    if role == "support" and (names[0], "lead") in printed:  # who leads is not among the departments that support
        return False
    return any(name == each and (role is None or role == its) for each, its in printed for name in names)


def _of_several(name: str) -> bool:
    """Whether a name stands for several units: 各镇（街道）, 区政府有关部门."""
    return name.startswith("各") or "各部门" in name or "有关" in name


def _led_by_others(task: Task, name: str) -> bool:
    """Whether a task has lead units, none of which is that one: 区政府办公室（区大数据局） is."""
    leads = [re.split("[(（]", one["name"])[0] for one in task["units"] if one["role"] == "lead"]
    return bool(leads) and name not in leads


def _cited(citation: Mapping[str, Any]) -> str:
    said = (citation["title"], citation.get("number"), *(citation.get("numbers") or ()), citation.get("short_for"))
    return " ".join(each for each in said if each)


def _what(task: Task, what: str) -> Iterator[object]:
    if what == "deadline":
        yield from task["deadlines"]
    elif what == "day":
        yield from (one for one in task["deadlines"] if one["kind"] == "fixed")
    elif what == "basis":
        yield from task["citations"]
    elif what == "unit":
        yield from task["units"]
    elif what in {"lead", "support"}:
        yield from (one for one in task["units"] if one["role"] == what)
