"""The command `zhengpu`: thin commands over the pipeline and the store."""

from __future__ import annotations

import errno
import sys

import click

from kg.cli import ask, asking, graph, keeping, lineage, reading, search, serve, storing
from kg.errors import ZhengpuError


class _Group(click.Group):
    """Ends with a message, not with a traceback, on whatever a user can act on."""

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


_ROOMS = (reading, storing, asking, ask, search, lineage, graph, keeping, serve)
for _room in _ROOMS:
    for _command in _room.COMMANDS:
        main.add_command(_command)
