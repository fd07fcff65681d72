"""What a store says when it fails, in words that tell people what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import QueryError, StoreError

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

# Strings, IRIs and comments of SPARQL: what is in them is no keyword.
_QUIET = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''(?:\\.|[^\\])*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'(?:\\.|[^'\\\n])*'"
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|#[^\n]*",
    re.DOTALL,
)
_PROLOGUE = re.compile(r"\s*(?:BASE\s+_+|PREFIX\s+[^\s:]*:\s*_+)\s*", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_UPDATES = {"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}
_FROM = re.compile(r"(?<![?$:\w-])FROM(?![\w:-])", re.IGNORECASE)


def plain(text: str) -> str:
    """A query with the insides of strings, IRIs and comments blotted out, every character in its place."""
    return _QUIET.sub(lambda m: " " * len(m[0]) if m[0][0] == "#" else "_" * len(m[0]), text)


def find_verb(text: str) -> re.Match[str] | None:
    """Where the word stands that says what a query does."""
    blotted, start = plain(text), 0
    while found := _PROLOGUE.match(blotted, start):
        start = found.end()
    return _WORD.search(blotted, start)


def verb(text: str) -> str:
    """The word that says what a query does: SELECT, ASK, CONSTRUCT, DESCRIBE, INSERT, …; empty where there is none."""
    found = find_verb(text)
    return found[0].upper() if found else ""


def is_update(text: str) -> bool:
    return verb(text) in _UPDATES


def names_graphs(text: str) -> bool:
    """Whether a query says itself, by FROM, of which graphs its default graph is made."""
    return bool(_FROM.search(plain(text)))


def refuse_update(text: str) -> None:
    """An error where what should only read would write."""
    if is_update(text):
        raise QueryError("这是更新语句，这里只能查询", f"this is an update ({verb(text)}); only queries are taken here")


def query_error(message: str) -> QueryError:
    """What a parser or an evaluator said about a query."""
    found = _LOCATION.search(message) or _LINE.search(message)
    line, column = (found[1], found[2]) if found else ("", "")
    place = "".join((f"第{line}行" if line else "", f"第{column}列" if column else ""))
    said = message if len(message) <= _ALTERNATIVES * 2 else message[:_ALTERNATIVES] + "…"
    return QueryError(f"查询有误：{said}", f"line {line}, column {column or '?'}" if line else "the query cannot be run", place=place)


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
    except (SyntaxError, ValueError, RuntimeError) as error:
        if "Corruption" in str(error):
            raise store_error(str(error), where) from error
        raise query_error(str(error)) from error
    except OSError as error:
        raise store_error(str(error), where) from error
