"""Samples as web pages in the layouts of two content systems: tables round everything, and boxes with lists."""

from __future__ import annotations

from html import escape
from string import Template

from .blocks import Grid, Item, Line, Sample, all_rows, spots
from .documents import chinese_date
from .matters import HERE
from .render_text import item_paragraphs

GOV_STYLES = {
    "title": "line-height: 30px; text-align: center; font-size: 18pt; font-weight:600;",
    "number": "line-height: 30px; font-family: 楷体; text-align: center;",
    "sign": "line-height: 30px; text-align: right;",
    "date": "line-height: 30px; text-align: right;",
    "h1": "line-height: 30px; text-indent: 32px; font-family: 黑体;",
    "h2": "line-height: 30px; text-indent: 32px; font-family: 楷体;",
}
GOV_BODY = "line-height: 30px; text-align: justify; text-indent: 32px;"


def render_gov(sample: Sample) -> str:
    """The page of the older system: styles on every paragraph, tables for layout."""
    return _template("gov").substitute(_fields(sample), body=_gov_body(sample))


def render_portal(sample: Sample) -> str:
    """The page of the newer system: the metadata in a list, classes on the paragraphs."""
    return _template("portal").substitute(_fields(sample), body=_portal_body(sample))


def _template(name: str) -> Template:
    return Template((HERE / f"{name}.html").read_text("utf-8"))


def _fields(sample: Sample) -> dict[str, str]:
    spec = sample.spec
    title = next(block.text for block in sample.blocks if isinstance(block, Line) and block.kind == "title")
    return {
        "title": escape(title),
        "agency": escape(spec["issuer"]),
        "issuer": escape(spec["issuer"]),
        "index": spec["index"],
        "number": spec["number"],
        "issued": chinese_date(spec["issued"]),
        "published": chinese_date(spec["issued"][:8] + "28"),
    }


def _gov_body(sample: Sample) -> str:
    out = []
    for block in sample.blocks:
        if isinstance(block, Grid):
            out.append(_table(block, "border: 1px solid #000; border-collapse: collapse;"))
            continue
        paragraphs = item_paragraphs(block) if isinstance(block, Item) else [block.marker + block.text]
        kind = "body" if isinstance(block, Item) else block.kind
        if kind in ("agency", "break"):
            continue
        style = GOV_STYLES.get(kind, GOV_BODY)
        if kind == "h1":
            out += [f'<p style="{style}"><strong>{escape(text)}</strong></p>' for text in paragraphs]
        else:
            out += [f'<p style="{style}">{escape(text)}</p> ' for text in paragraphs]
    return "\n".join(out)


def _portal_body(sample: Sample) -> str:
    """The portal prints the title of the notice above the article, not in it."""
    out: list[str] = []
    titles = 0
    for block in sample.blocks:
        if isinstance(block, Grid):
            out.append(_table(block, ""))
        elif isinstance(block, Item):
            out += [f"<p>　　{escape(text)}</p>" for text in item_paragraphs(block)]
        elif block.kind == "title":
            titles += 1
            out += [f'<p class="doc-title">{escape(block.text)}</p>'] if titles > 1 else []
        elif block.kind in ("h1", "h2"):
            out.append(f'<p class="{block.kind}"><strong>　　{escape(block.marker + block.text)}</strong></p>')
        elif block.kind in ("sign", "date"):
            out.append(f'<p class="right">{escape(block.text)}</p>')
        elif block.kind not in ("agency", "number", "break"):
            out.append(f"<p>　　{escape(block.text)}</p>" if block.kind != "salute" else f"<p>{escape(block.text)}</p>")
    return "\n".join(out)


def _table(grid: Grid, style: str) -> str:
    rows = all_rows(grid)
    cells: dict[int, list[str]] = {index: [] for index in range(len(rows))}
    for spot in spots(rows):
        tag = "th" if spot.row == 0 else "td"
        high = f' rowspan="{spot.rows}"' if spot.rows > 1 else ""
        wide = f' colspan="{spot.columns}"' if spot.columns > 1 else ""
        cells[spot.row].append(f"<{tag}{high}{wide}><p>{escape(spot.text)}</p></{tag}>")
    body = "\n".join(f"<tr>{''.join(row)}</tr>" for row in cells.values())
    return f'<table class="content-table" style="{style}">\n{body}\n</table>'
