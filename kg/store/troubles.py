"""What a store says when it fails, in words that tell people what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import QueryError, QuerySyntaxError, StoreError

# What RocksDB or the system says, what that means, and what helps; the first that is found counts.
_MEANINGS = (
    (
        ("No space left", "File too large", "Disk quota"),
        "磁盘已满，这一批没有存入；已确认存入的内容都在。请腾出空间后重试",
        "the disk is full: this batch was not stored, all that was acknowledged is there. Make room and try again",
    ),
    (
        ("Corruption", "SST file", "Sst file", "checksum", "MANIFEST", "CURRENT", "not an sstable", "bad magic", "Bad table"),
        "库文件已损坏或残缺。请用 zhengpu restore 从备份恢复，或重新读入",
        "the files of the store are damaged or incomplete. Restore them from a backup (zhengpu restore) or ingest again",
    ),
    (
        ("Permission denied", "Read-only file system", "Operation not permitted"),
        "没有写这个文件夹的权限。请换一个文件夹、改权限，或以只读方式打开",
        "this folder cannot be written to. Choose another, change its permissions, or open it read-only",
    ),
    (
        ("lock hold by current process", "While lock file"),
        "这个库已在别处打开。请等它结束",
        "the store is open elsewhere. Wait until it is closed",
    ),
    (
        ("Too many open files",),
        "打开的文件太多。请提高上限（ulimit -n 4096）后重试",
        "too many open files. Raise the limit (ulimit -n 4096) and try again",
    ),
)

_LOCATION = re.compile(r"(?:error at |line )(\d+)(?::| between columns )(\d+)")
_LINE = re.compile(r"line:?\s+(\d+)(?:, column:?\s+(\d+))?")
_ALTERNATIVES = 120  # a parser names every token that it would have taken


def query_error(message: str, kind: type[QueryError] = QueryError) -> QueryError:
    """What a parser or an evaluator said about a query."""
    found = _LOCATION.search(message) or _LINE.search(message)
    line, column = (found[1], found[2]) if found else ("", "")
    place = "".join((f"第{line}行" if line else "", f"第{column}列" if column else ""))
    said = message if len(message) <= _ALTERNATIVES * 2 else message[:_ALTERNATIVES] + "…"
    return kind(f"查询有误：{said}", f"line {line}, column {column or '?'}" if line else "the query cannot be run", place=place)


def store_error(message: str, where: str) -> StoreError:
    """What RocksDB or the system said, and what to do."""
    for needles, zh, en in _MEANINGS:
        if any(needle in message for needle in needles):
            return StoreError(f"{zh}（{message}）", en, file=where)
    return StoreError(f"库不能读写：{message}", "the store cannot be read or written", file=where)


@contextmanager
def told(where: str) -> Iterator[None]:
    """Failures of the store inside, told so that people can act."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise store_error(str(error), where) from error
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"要存入的三元组不合规范：{error}", "the triples to be stored are not well formed", file=where) from error


@contextmanager
def asked(where: str) -> Iterator[None]:
    """Failures of a query inside, with line and column where they are known."""
    try:
        yield
    except SyntaxError as error:
        raise query_error(str(error), QuerySyntaxError) from error
    except (ValueError, RuntimeError) as error:
        if "Corruption" in str(error):
            raise store_error(str(error), where) from error
        raise query_error(str(error)) from error
    except OSError as error:
        raise store_error(str(error), where) from error
