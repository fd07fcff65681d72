"""What a query says, as far as that must be known before a parser reads it, and which queries are refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from kg.errors import QueryError, QuerySyntaxError

# Strings, IRIs, comments and escaped characters of SPARQL: what is in them is no keyword and no bracket.
_QUIET = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''(?:\\.|[^\\])*?'''"
    r'|"(?:\\.|[^"\\\n\r])*"'
    r"|'(?:\\.|[^'\\\n\r])*'"
    r"|<[^<>\"{}|^`\s]*>"
    r"|#[^\n\r]*"
    r"|\\.",
    re.DOTALL,
)
_PROLOGUE = re.compile(r"\s*(?:BASE\s+_+|PREFIX\s+[^\s:]*:\s*_+)\s*", re.IGNORECASE)
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_QUESTIONS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = {"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}
_FROM = re.compile(r"(?<![?$:\w-])FROM(?![\w:-])", re.IGNORECASE)
# Variables, the ends of prefixed names, languages: the parser takes any other letters for keywords, even behind a number.
_NAMES = re.compile(r"[?$:@][\w%-]+")
_SERVICE = re.compile("SERVICE", re.IGNORECASE)
_MAY_CHANGE = re.compile("NOW|RAND|UUID|BNODE|SERVICE", re.IGNORECASE)
_CHANGES = re.compile(r"(?:NOW|RAND|UUID|BNODE)\s*\(|SERVICE", re.IGNORECASE)

# A parser and an evaluator that go down a step for each of these end the process where the stack ends. Measured with
# pyoxigraph 0.5 and a stack of 1 MB: 120 EXISTS in each other, 500 braces, 500 BIND or OPTIONAL in a row, 1,000 UNION or +.
_LONGEST, _DEEPEST, _MOST_STEPS = 1_000_000, 50, 300
_BRACKETS = re.compile(r"(?P<open>[{(\[]|<<)|[})\]]|>>")
_NO_STEPS = re.compile(r"\^\^|(?<![\w)}])[+-](?=[\d.])")  # types of literals, signs of numbers
_STEPS = re.compile(r"\|\|?|&&|[+*/!^-]|\b(?:UNION|OPTIONAL|MINUS|FILTER|BIND|VALUES|GRAPH|EXISTS)\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def plain(text: str) -> str:
    """A query with the insides of strings, IRIs and comments blotted out, every character in its place."""
    return _QUIET.sub(lambda m: " " * len(m[0]) if m[0][0] == "#" else "_" * len(m[0]), text)


@lru_cache(maxsize=8)
def blotted(text: str) -> str:
    """The same with names blotted out too: what is left are keywords, brackets and signs, every one in its place."""
    return _NAMES.sub(lambda found: "_" * len(found[0]), plain(text))


def is_steady(text: str) -> bool:
    """Whether the same store gives the same answer to a query each time: it asks nothing of clocks, chance, or other servers."""
    return not (_MAY_CHANGE.search(text) and _CHANGES.search(blotted(text)))


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


def gives_graph(text: str) -> bool:
    """Whether the answer is a graph and not rows."""
    return verb(text) in {"CONSTRUCT", "DESCRIBE"}


def names_graphs(text: str) -> bool:
    """Whether a query says itself, by FROM, of which graphs its default graph is made."""
    return bool(_FROM.search(plain(text)))


def calls_servers(text: str) -> bool:
    """Whether a query asks other servers, by SERVICE."""
    return bool(_SERVICE.search(blotted(text)))


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """The query with those prefixes that it does not declare itself; on its first line, so that lines keep their numbers."""
    declared = set(_DECLARED.findall(plain(text)))
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items() if name not in declared) + text


def check_query(text: str, *, federated: bool = False) -> None:
    """An error where this is no query that a store may be asked: it writes, reaches out, or would break the parser."""
    first = verb(text)
    if first in _UPDATES:
        raise QueryError("这是更新语句，这里只能查询", f"this is an update ({first}); only queries are taken here")
    if first not in _QUESTIONS:
        zh = f"查询要以 {'、'.join(_QUESTIONS)} 开头，" + (f"这里是“{first}”" if first else "这里是空的")
        raise QuerySyntaxError(zh, f"a query begins with {', '.join(_QUESTIONS)}; found {first or 'nothing'}")
    if not federated and calls_servers(text):
        zh, en = "查询不能用 SERVICE 去问别的服务器", "a query may not ask other servers by SERVICE. Leave that part out"
        raise QueryError(f"{zh}。请去掉这一段", en)
    check_size(text)


def check_size(text: str) -> None:
    """An error where a text is too long or too deep for the parser."""
    if len(text) > _LONGEST:
        zh = f"查询太长：{len(text)} 个字符，最多 {_LONGEST} 个。请拆成几个查询"
        raise QueryError(zh, f"{len(text)} characters, at most {_LONGEST} are taken. Ask in parts")
    blotted, depth = plain(text), 0
    for bracket in _BRACKETS.finditer(blotted):
        depth += 1 if bracket["open"] else -1
        if depth > _DEEPEST:
            zh = f"括号套了 {depth} 层以上，最多 {_DEEPEST} 层。请写得平一些"
            line = f"第{blotted.count(chr(10), 0, bracket.start()) + 1}行"
            raise QueryError(zh, f"brackets lie deeper in each other than {_DEEPEST}. Write it flatter", place=line)
    steps = sum(1 for _ in _STEPS.finditer(_NO_STEPS.sub(" ", _NAMES.sub("", blotted))))
    if steps > _MOST_STEPS:
        zh = f"查询太复杂：运算符和 OPTIONAL、UNION、FILTER 等共 {steps} 个，最多 {_MOST_STEPS} 个。请拆成几个查询，或用 VALUES 列出取值"
        en = f"{steps} operators and OPTIONAL, UNION, FILTER and the like, at most {_MOST_STEPS} are taken. Ask in parts, or list by VALUES"
        raise QueryError(zh, en)
