"""Whole documents: the notice in front, the parts, the closing; and their truth in the shape of FORMAT.md."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from .blocks import Line, Sample
from .compose import Composer, add_items
from .tables import add_annex, add_blank_form, add_rows
from .wording import Fact, Phrase, read_phrase

PLACES = {
    "p": {"name": "东陵省", "code": "990000"},
    "c": {"name": "云溪市", "code": "990100"},
    "a": {"name": "澄湖区", "code": "990102"},
    "b": {"name": "青岚县", "code": "990121"},
}
MAGAZINES = ("《东陵政务公开》", "《云溪公开月刊》")
NOTES = {
    "first": "括注“列第一位的为牵头单位，下同”：两个以上单位的，第一个是 lead；只有一个单位的记 responsible，role_also lead。",
    "page_kinds": "台账按页印：narrow 页没有第二级分组栏，path 只有一级；drift 页的表头比各行少一格。",
    "skip_number": "序号跳号：印出的号码缺一个，不是漏了任务。",
    "unit_faults": "单位名称有错字，照印的记。",
    "faults": "文字有衍字、缺句号或多余空格，照印的记。",
    "several": "一个书名号后有两个文号：number 记第一个，numbers 记全部。",
    "short": "《条例》是本文件前言里定的简称，short_for 是它代表的名称；定义处只记全称一条。",
    "described": "“有关部门（甲局、乙局）”：括号里的单位逐个记，“有关部门”本身不记。",
    "bracket": "一段里有几个括注，每一截是一项任务，seq 都是该段的号码；path_also 是把段首短题当标题的读法。",
    "due_in_bracket": "括注里的“完成时限：”按时限栏处理，standing、prompt、recurring 也记。",
    "section_rows": "表中通栏的一行是章标题，在 path 里；第一栏是其下的分组。",
    "blank": "附件2是样表，不是任务。",
}


def compose(composer: Composer, spec: Mapping[str, Any]) -> Sample:
    """The sample that `spec` describes, its truth with it."""
    sample = Sample(spec=spec)
    _add_notice(sample)
    for index, part in enumerate(spec["part"]):
        if index or spec.get("number") is None:
            add_annex(sample, {"title": spec["title"], **part})
        else:
            sample.blocks.append(Line(kind="title", text=spec["title"]))
        _add_part(composer, sample, part)
        for task in sample.tasks:
            task.setdefault("plan", index)
    _add_copies(sample)
    _add_task_citations(sample)
    _add_notes(sample)
    return sample


def _add_part(composer: Composer, sample: Sample, part: Mapping[str, Any]) -> None:
    for raw in part.get("preamble", ()):
        phrase = read_phrase(raw, composer.setting(sample.spec))
        sample.blocks.append(Line(kind="body", text=phrase.text))
        sample.citations += [{**citation, "task": None} for citation in phrase.citations]
    if part["form"] == "items":
        add_items(sample, part, composer.sections(sample.spec, part))
    elif part["form"] == "rows":
        add_rows(sample, part, composer.sections(sample.spec, part))
    elif part["form"] == "blank":
        add_blank_form(sample, part)
    path: list[str] = _last_path(sample) if part["form"] == "items" else []
    for raw in [*part.get("lines", ()), *part.get("closing", ())]:
        path = _add_line(composer, sample, raw, path)


def _last_path(sample: Sample) -> list[str]:
    return list(sample.tasks[-1]["path"]) if sample.tasks else []


def _add_line(composer: Composer, sample: Sample, raw: str, path: list[str]) -> list[str]:
    """A heading (`# …`) or a paragraph, which is a statement; the path that holds after it."""
    if raw.startswith("# "):
        sample.blocks.append(Line(kind="h1", text=raw[2:]))
        return [raw[2:]]
    phrase = read_phrase(raw, composer.setting(sample.spec))
    sample.blocks.append(Line(kind="body", text=phrase.text))
    sample.statements.append(_statement(phrase, path))
    sample.citations += [{**citation, "task": None} for citation in phrase.citations]
    return path


def _statement(phrase: Phrase, path: list[str]) -> Fact:
    number = re.match(r"（[一二三四五六七八九十]+）", phrase.text)
    return {
        "seq": number[0] if number else None,
        "path": list(path),
        "text": phrase.text[number.end() :] if number else phrase.text,
        "deadlines": list(phrase.deadlines),
        "citations": list(phrase.citations),
        "measures": list(phrase.measures),
    }


def _add_notice(sample: Sample) -> None:
    """The notice that prints the plan; a ledger has none."""
    spec = sample.spec
    if spec.get("number") is None:
        return
    titles = [spec["title"], *[part["title"] for part in spec["part"][1:] if part.get("plan")]]
    named = "和".join(f"《{title}》" for title in titles)
    government = spec["issuer"].removesuffix("办公室").removesuffix("办公厅").removesuffix("人民政府")
    lines = [
        ("agency", f"{spec['issuer']}文件"),
        ("number", spec["number"]),
        ("title", f"{spec['issuer']}关于印发{named if len(titles) > 1 else titles[0]}的通知"),
        ("salute", spec["salute"]),
        ("body", f"{named}已报{government}人民政府审定，现予印发，请对照分工抓好办理，进展情况按季报送。"),
        ("sign", spec["issuer"]),
        ("date", chinese_date(spec["issued"])),
        ("open", "（此件公开发布）"),
        ("break", ""),
    ]
    sample.blocks += [Line(kind=kind, text=text) for kind, text in lines]


def _add_copies(sample: Sample) -> None:
    spec = sample.spec
    if spec.get("number") is None or spec["level"] == "p":
        return
    place = "区" if spec["level"] == "a" else "县" if spec["level"] == "b" else "市"
    sample.blocks.append(Line(kind="copy", text=f"抄送：{place}委办公室，{place}人大常委会办公室，{place}政协办公室。"))
    sample.blocks.append(Line(kind="copy", text=f"{spec['issuer']}　{chinese_date(spec['issued'])}印发"))


def chinese_date(iso: str) -> str:
    day = dt.date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def _add_task_citations(sample: Sample) -> None:
    """Every task's citations once more, with its number or, where that names no single task, its index."""
    numbers = Counter(task["seq"] for task in sample.tasks)
    for index, task in enumerate(sample.tasks):
        single = task["seq"] is not None and numbers[task["seq"]] == 1
        at = task["seq"] if single else index
        sample.citations += [{**citation, "task": at} for citation in task["citations"]]
        task["id"] = f"{sample.stem}#{index + 1}"


def _add_notes(sample: Sample) -> None:
    spec = sample.spec
    seen = {name for name in ("unit_faults", "faults", "short") if spec.get(name)}
    for part in spec["part"]:
        seen |= {name for name in ("page_kinds", "skip_number", "due_in_bracket", "section_rows") if part.get(name)}
        seen |= {part.get("style", ""), part.get("numbering", ""), part["form"]}
    if any("numbers" in citation for citation in sample.citations):
        seen.add("several")
    if any("utility_rules" in task["matters"] for task in sample.tasks):
        seen.add("described")
    sample.notes += [text for key, text in NOTES.items() if key in seen]


def _not_citations(sample: Sample) -> list[Fact]:
    """What stands in 《》 and names no document: the file's own titles in its notice, magazines."""
    spec = sample.spec
    titles = [spec["title"], *[part["title"] for part in spec["part"][1:] if part.get("plan")]]
    own = [{"text": f"《{title}》", "reason": "文件自己的标题 the file's own title"} for title in titles if spec.get("number")]
    texts = [task["text"] for task in sample.tasks]
    magazines = [{"text": name, "reason": "刊物名 a magazine"} for name in MAGAZINES if any(name in text for text in texts)]
    return own + magazines


def to_truth(sample: Sample) -> Fact:
    """The sample's truth in the shape of FORMAT.md."""
    spec = sample.spec
    document: Fact = {
        "title": spec["title"],
        "number": spec.get("number"),
        "issuer": spec.get("issuer"),
        "issued": spec.get("issued"),
        "year": spec["year"],
        "jurisdiction": PLACES[spec["level"]],
        "kind": spec["kind"],
    }
    titles = [part["title"] for part in spec["part"][1:] if part.get("plan")]
    if titles:
        document |= {"titles": [spec["title"], *titles], "kinds": spec["kinds"]}
    hidden = ("root", "part", "plan")
    tasks = [{key: value for key, value in task.items() if key not in hidden} for task in sample.tasks]
    return {
        "file": sample.file,
        "document": document,
        "tasks": tasks,
        "citations": sample.citations,
        "not_citations": _not_citations(sample),
        "statements": sample.statements,
        "notes": sample.notes,
    }
