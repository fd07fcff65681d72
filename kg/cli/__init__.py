"""The command `zhengpu`: thin commands over the pipeline and the store."""

from __future__ import annotations

import errno
import sys
from importlib import import_module

import click

from kg.errors import ZhengpuError

# which room of this folder has which commands: only that of the one that is given is loaded, so that it begins at once
ROOMS = {
    "reading": ("extract",),
    "storing": ("ingest", "withdraw", "documents", "demo"),
    "asking": ("query", "check", "export"),
    "stock": ("queries",),
    "ask": ("ask",),
    "search": ("search",),
    "lineage": ("lineage",),
    "differing": ("diff",),
    "graph": ("graph",),
    "keeping": ("backup", "restore", "registry", "doctor"),
    "serve": ("serve", "token"),
}
_ROOM_OF = {name: room for room, names in ROOMS.items() for name in names}


class _Group(click.Group):
    """Loads a command when it is given; ends with a message, not with a traceback, on whatever a user can act on."""

    def list_commands(self, _: click.Context) -> list[str]:
        return sorted(_ROOM_OF)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in _ROOM_OF:
            return None
        commands: tuple[click.Command, ...] = import_module(f"kg.cli.{_ROOM_OF[name]}").COMMANDS
        return next(command for command in commands if command.name == name)

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except ZhengpuError as error:
            click.secho(str(error), err=True, fg="red")
            context.exit(1)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read our output has seen enough
                raise
            click.secho(_failed(error), err=True, fg="red")
            context.exit(1)
        except KeyboardInterrupt:
            click.secho("已中断 / interrupted", err=True, fg="red")
            context.exit(130)


def _failed(error: OSError) -> str:
    """What the system said of a file of the user's, or of the terminal."""
    zh, en = "写不了或读不了。请检查路径、权限和磁盘空间", "cannot be written or read. Check the path, permissions and disk space"
    return f"{error.filename or '输出 / output'}：{zh} / {en}（{error.strerror or error}）"


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhengpu", prog_name="zhengpu")
def main() -> None:
    """政谱：读政府工作计划，回答谁该在何时依何规做何事。

    Zhengpu reads government work plans and answers who must do what, by when, under which regulation.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # a file's name may be in another encoding
