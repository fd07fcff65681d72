"""Commands of the server: serve, token."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import click

from api.settings import SCOPES, Settings, load_settings
from kg.cli.options import STORE_VARIABLE
from kg.errors import SettingError

_SETTINGS = "ZHENGPU_SERVE_SETTINGS"
_config = click.option(
    "--settings",
    "file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    envvar=_SETTINGS,
    help="设置文件（TOML）/ a file of settings",
)
_store = click.option(
    "--store", "where", show_default=f"${STORE_VARIABLE}, data", help="文件夹，或 SPARQL 端点的网址 / a folder, or the URL of an endpoint"
)


def _settings(file: Path | None, **given: object) -> Settings:
    environment = {name: value for name, value in os.environ.items() if name != _SETTINGS}
    return load_settings(file, environment, given)


@click.command("serve")
@_store
@click.option("--host", help="地址 / address  [127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="端口 / port  [8000]")
@click.option(
    "--public", is_flag=True, default=None, help="对外开放：必须有时限和额度 / open to strangers: limits and budgets are obligatory"
)
@_config
def serve_command(where: str | None, host: str | None, port: int | None, public: bool | None, file: Path | None) -> None:
    """启动服务：SPARQL 端点和 API / serve a SPARQL endpoint and an API.

    例 example: zhengpu serve --store data --port 8000
    """
    from api.serving import serve

    serve(_settings(file, store=where, host=host, port=port, public=public))


@click.group("token")
def token_group() -> None:
    """令牌：谁可以写入和管理 / tokens: who may write and look after the server."""


@token_group.command("create")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="权限，可多次 / scope, may be repeated")
@click.option("--days", type=click.IntRange(min=1), help="有效天数，默认不限 / valid for so many days")
@_store
@_config
def token_create(name: str, scopes: tuple[str, ...], days: int | None, where: str | None, file: Path | None) -> None:
    """新建令牌，只显示一次 / make a token; it is shown once."""
    from api.tokens import make_token, read_tokens, tokens_file, write_tokens

    path = tokens_file(_settings(file, store=where))
    kept = read_tokens(path)
    if any(each.name == name for each in kept):
        raise SettingError(
            f"已有叫“{name}”的令牌。请换个名字，或先 zhengpu token revoke {name}", "there is a token of that name", file=str(path)
        )
    expires = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=days) if days else None
    token, record = make_token(name, [each for each in SCOPES if each in scopes], expires)
    write_tokens(path, [*kept, record])
    click.echo(token)
    click.echo(f"已记入 {path}（只存散列，令牌不再显示）/ kept as a hash; the token is not shown again", err=True)


@token_group.command("list")
@_store
@_config
def token_list(where: str | None, file: Path | None) -> None:
    """列出令牌的名字和权限 / names and scopes of the tokens."""
    from api.tokens import read_tokens, tokens_file

    for each in read_tokens(tokens_file(_settings(file, store=where))):
        until = f"至 until {each.expires}" if each.expires else "不限期 no end"
        click.echo(f"{each.name}  {','.join(sorted(each.scopes))}  {until}")


@token_group.command("revoke")
@click.argument("name")
@_store
@_config
def token_revoke(name: str, where: str | None, file: Path | None) -> None:
    """作废一个令牌，立即生效 / take a token back, at once."""
    from api.tokens import read_tokens, tokens_file, write_tokens

    path = tokens_file(_settings(file, store=where))
    kept = read_tokens(path)
    left = [each for each in kept if each.name != name]
    if len(left) == len(kept):
        raise SettingError(f"没有叫“{name}”的令牌", "there is no token of that name", file=str(path))
    write_tokens(path, left)
    click.echo(f"已作废 {name} / revoked")


COMMANDS = (serve_command, token_group)
