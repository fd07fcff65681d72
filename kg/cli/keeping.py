"""Commands that look after a store: backup, restore, registry, doctor."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import open_configured, store_option, warn
from kg.doctor import examine
from kg.ids import Ids
from kg.ingestion import find_instruments, import_registry
from kg.store import Settings, backup, restore

_SHOWN = 30


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@store_option
def backup_command(target: Path, where: str) -> None:
    """备份，并重新打开清点 / back up, then reopen the copy and count it."""
    with open_configured(where, read_only=True) as store:
        count = backup(store, target)
    click.echo(f"已备份 {count} 条到 {target}，已核对 / {count} quads backed up and counted")


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@store_option
@click.option("--replace", is_flag=True, help="库中已有内容时换下它 / replace what the store holds")
def restore_command(source: Path, where: str, replace: bool) -> None:
    """从备份恢复 / restore from a backup."""
    settings = Settings(wait=0, base_iri=Ids.configured().base)
    count = restore(source, where, replace=replace, settings=settings)
    click.echo(f"已恢复 {count} 条到 {where} / {count} quads restored")


@click.group("registry")
def registry_group() -> None:
    """法规文件登记册 / the registry of instruments."""


@registry_group.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@store_option
def registry_import(path: Path, where: str) -> None:
    """导入更多法规：CSV、JSONL，或一个 Markdown 法条文件夹 / import instruments: CSV, JSONL, or a folder of Markdown law texts."""
    imported = import_registry(path, where, Ids.configured())
    for issue in imported.issues:
        warn(f"{issue.place}：{issue.zh} / {issue.en}")
    click.echo(f"读到 {imported.read} 部，新增 {imported.new} 部，共 {imported.total} 部 / read, new, in all")
    click.echo("已入库的文件要重新 zhengpu ingest 才会用上新的登记册 / ingest documents again to resolve them anew")


@registry_group.command("show")
@click.argument("words", required=False, default="")
@store_option
def registry_show(words: str, where: str) -> None:
    """按标题或文号查登记册 / look up the registry by title or number."""
    found = find_instruments(words, where, Ids.configured())
    for one in found[:_SHOWN]:
        click.secho(f"{one.title}（{one.status}）" + (f" {'、'.join(one.aliases)}" if one.aliases else ""), bold=True)
        for edition in one.editions:
            told = " ".join(part for part in (edition.number, edition.promulgated, edition.status, edition.source) if part)
            click.echo(f"  {told}")
    if len(found) > _SHOWN:
        click.echo(f"……共 {len(found)} 部，请说得更具体 / {len(found)} in all; say more")
    if not found:
        click.echo("登记册里没有 / not in the registry")


@click.command("doctor")
@store_option
def doctor_command(where: str) -> None:
    """版本、库的种类和大小、下一步 / versions, kind and size of the store, what to do next."""
    for line in examine(where, Ids.configured()):
        click.echo(line)


COMMANDS = (backup_command, restore_command, registry_group, doctor_command)
