"""A difference as one page that opens by itself, offline: both wordings side by side, what went struck out, what came underlined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from kg.lineage.differing import Difference, PlanDifference, TaskDifference
from kg.lineage.listing import BANDS, PlanName, Side
from kg.lineage.words import Piece

_STYLE = """body { font: 16px/1.7 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; margin: 2rem auto; max-width: 76rem;
  padding: 0 1rem; color: #1c2733; background: #fff; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #c8d0d9; padding: .5rem .7rem; vertical-align: top; text-align: left; }
td { overflow-wrap: anywhere; white-space: pre-wrap; }
th { background: #eef2f7; }
th.no, td.no { width: 6.5rem; color: #4a5a6d; }
del { background: #fde3e0; color: #8c1d18; }
ins { background: #d9f2de; color: #12572a; }
td.none { background: #f6f7f8; }
@media (prefers-color-scheme: dark) {
  body { background: #14191f; color: #dfe6ee; } th { background: #222b35; } td.none { background: #1a2028; }
  th, td { border-color: #3a4653; } th.no, td.no { color: #9fb0c2; }
  del { background: #4d1f1c; color: #ffc9c4; } ins { background: #16402a; color: #b9f0cb; }
}"""


def to_html(difference: Difference) -> str:
    """The page."""
    if isinstance(difference, TaskDifference):
        title, heads, rows = "任务文字对照", [_task(difference.a), _task(difference.b)], list(_pairs([difference]))
    else:
        title, heads, rows = "计划对照", [_plan(difference.a), _plan(difference.b)], list(_rows(difference))
    head = "".join(f'<th class="no">编号 no.</th><th scope="col">{escape(one)}</th>' for one in heads)
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title} {escape(heads[0])} {escape(heads[1])}</title>
<style>
{_STYLE}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{_legend(difference)}</p>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{chr(10).join(rows)}
</tbody>
</table>
</body>
</html>
"""


def _legend(difference: Difference) -> str:
    told = "<del>删去 deleted</del> <ins>增加 inserted</ins>"
    if isinstance(difference, PlanDifference):
        pairs, a, b = len(difference.pairs), len(difference.only_a), len(difference.only_b)
        told += f"　对应 {pairs} 对，只在左边 {a} 项，只在右边 {b} 项 / {pairs} pairs, {a} only left, {b} only right"
    return told


def _task(side: Side) -> str:
    return f"{side.plan or side.file}（{side.file}）"


def _plan(plan: PlanName) -> str:
    return f"{plan.title or plan.file}（{plan.file}）"


def _rows(difference: PlanDifference) -> Iterator[str]:
    yield from _pairs(difference.pairs)
    nothing = '<td class="none"></td><td class="none"></td>'
    yield from (f"<tr>{_number(side)}<td><del>{escape(side.text)}</del></td>{nothing}</tr>" for side in difference.only_a)
    yield from (f"<tr>{nothing}{_number(side)}<td><ins>{escape(side.text)}</ins></td></tr>" for side in difference.only_b)


def _pairs(pairs: Iterable[TaskDifference]) -> Iterator[str]:
    for pair in pairs:
        band = f"<br>{BANDS[pair.band]}" if pair.band else ""
        before, after = _words(pair.pieces, "del"), _words(pair.pieces, "ins")
        yield f"<tr>{_number(pair.a)}<td>{before}</td>{_number(pair.b, band)}<td>{after}</td></tr>"


def _number(side: Side, more: str = "") -> str:
    return f'<td class="no">{escape(side.number or f"第{side.order}项")}{more}</td>'


def _words(pieces: Iterable[Piece], mark: str) -> str:
    """One side of the wording, with what the other has not marked."""
    side = ((piece.kind, piece.before if mark == "del" else piece.after) for piece in pieces)
    return "".join(escape(words) if kind == "kept" else f"<{mark}>{escape(words)}</{mark}>" for kind, words in side if words)
