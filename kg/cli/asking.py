"""Commands that only ask: query, check, export."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import BinaryIO

import click

from kg.check import Finding, check_store
from kg.cli import stock
from kg.cli.options import open_configured, store_option
from kg.cli.showing import show_answer
from kg.errors import QueryError
from kg.export import FORMS, export_store

_SHOWN = 10


@click.command("query", context_settings=stock.FREE)
@click.argument("text", required=False)
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), help="从文件读查询 / read the query from a file")
@store_option
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "tsv", "json", "xml"]), default="table", show_default=True, help="输出 / output"
)
@click.pass_context
def query_command(context: click.Context, text: str | None, file: Path | None, where: str, form: str) -> None:
    """用 SPARQL 查询；zp:、eli: 等前缀可不写 / ask by SPARQL; our prefixes need no declaration.

    例 example: zhengpu query 'SELECT ?name (COUNT(?task) AS ?n) { ?task zp:leadUnit/skos:prefLabel ?name } GROUP BY ?name'
    """
    if text and file is None and stock.is_stock(text):
        stock.show_stock(where, text, context.args, form)
        return
    stock.refuse_options(context.args)
    if (text is None) == (file is None):
        raise click.UsageError("请给出查询，或用 --file 指定文件 / give a query, or a file with --file")
    query = text if text is not None else _read(file)
    with open_configured(where, read_only=True) as store:
        show_answer(store, query, form)


def _read(file: Path | None) -> str:
    try:
        return file.read_text("utf-8-sig") if file else ""
    except UnicodeDecodeError as error:
        raise QueryError(
            "查询文件不是 UTF-8 编码。请另存为 UTF-8", "the query is not in UTF-8. Save it as UTF-8", file=str(file)
        ) from error


@click.command("check")
@store_option
@click.option("--all", "everything", is_flag=True, help=f"每项全部列出，而非前{_SHOWN}处 / every finding")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出 / output")
@click.option("--strict", is_flag=True, help="有互相矛盾之处时退出码为 1 / exit with 1 where something contradicts itself")
def check_command(where: str, everything: bool, form: str, strict: bool) -> None:
    """库中缺什么，哪里互相矛盾 / what is missing or contradictory in what is stored."""
    with open_configured(where, read_only=True) as store:
        findings = check_store(store)
    for finding in findings:
        if form == "json":
            click.echo(json.dumps(finding.to_json(), ensure_ascii=False))
        else:
            _show(finding, everything)
    if not findings and form == "text":
        click.echo("没有发现缺失或矛盾 / nothing is missing, nothing contradicts")
    sys.exit(1 if strict and any(one.severity == "contradiction" for one in findings) else 0)


_COLOURS = {"contradiction": "red", "warning": "yellow", "info": None}


def _show(finding: Finding, everything: bool) -> None:
    click.secho(f"{finding.zh}（{len(finding.places)}） / {finding.en}", fg=_COLOURS.get(finding.severity), bold=True)
    shown = finding.places if everything else finding.places[:_SHOWN]
    for place in shown:
        click.echo(f"  {place.zh}" + (f"  〔{place.file} {place.place}〕" if place.file or place.place else ""))
    if len(shown) < len(finding.places):
        click.echo(f"  ……另有 {len(finding.places) - len(shown)} 处，用 --all 全部列出 / more with --all")


@click.command("export")
@store_option
@click.option("--format", "form", type=click.Choice(FORMS), default="trig", show_default=True, help="格式 / format")
@click.option("--out", type=click.File("wb"), default="-", help="写到文件，默认标准输出 / to a file, by default standard output")
def export_command(where: str, form: str, out: BinaryIO) -> None:
    """导出全部图；同样的内容得到同样的字节 / write every graph; the same content gives the same bytes."""
    with open_configured(where, read_only=True) as store:
        export_store(store, out, form)


COMMANDS = (query_command, check_command, export_command)
