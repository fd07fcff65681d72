"""Values to terms as SPARQL writes them. Nothing that a user gives reaches a query in another way."""

from __future__ import annotations

import datetime as dt
import re

from kg.errors import QueryError
from queries.catalogue import Parameter

_XSD = "http://www.w3.org/2001/XMLSchema#"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f-\x9f\ud800-\udfff]+")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DAY = re.compile(r"([0-9]{4})[-年./]([0-9]{1,2})[-月./]([0-9]{1,2})日?")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# A codepoint escape counts before the string is read (SPARQL 1.1, 19.2), so that \\u0022 may end a string in some servers:
# behind a backslash the letter u is escaped itself.
_ESCAPED = re.compile(r'\\[uU]?|["\n\r\x00-\x08\x0b-\x1f\x7f]')
_SHORT = {"\\": r"\\", "\\u": r"\\\u0075", "\\U": r"\\\u0055", '"': r"\"", "\n": r"\n", "\r": r"\r"}


def to_term(parameter: Parameter, value: str) -> str:
    """The value as a term of the type that the parameter has; an error where it is none."""
    value = value.strip() if parameter.type != "string" else value
    if parameter.type == "iri":
        return _iri(parameter, value)
    if parameter.type == "integer":
        if not _INTEGER.fullmatch(value):
            raise _wrong(parameter, value, "一个整数", "a whole number")
        return f'"{int(value)}"^^<{_XSD}integer>'
    if parameter.type == "date":
        return _date(parameter, value)
    return _string(parameter, value)


def is_iri(text: str) -> bool:
    """Whether this is an IRI, and not a name."""
    return bool(_IRI.fullmatch(text)) and ("://" in text or text.startswith("urn:"))


def string(value: str) -> str:
    """A plain string; a character that no text holds is an error."""
    if _SURROGATE.search(value):
        raise QueryError("文字里有不成字符的字节", "the text holds bytes that are no characters")
    return '"' + _ESCAPED.sub(lambda found: _SHORT.get(found[0]) or f"\\u{ord(found[0]):04X}", value) + '"'


def _iri(parameter: Parameter, value: str) -> str:
    if not _IRI.fullmatch(value):
        raise _wrong(parameter, value, "标识符（IRI）", "an IRI")
    return f"<{value}>"


def _string(parameter: Parameter, value: str) -> str:
    if parameter.values and value not in parameter.values:
        raise _wrong(parameter, value, "、".join(parameter.values) + " 之一", "one of " + ", ".join(parameter.values))
    return string(value)


def read_day(value: str) -> dt.date | None:
    """The day in one of the ways in which it is written; None where it is none."""
    found = _DAY.fullmatch(value.strip())
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _date(parameter: Parameter, value: str) -> str:
    day = read_day(value)
    if day is None:
        raise _wrong(parameter, value, "日期，如 2021-09-30", "a day such as 2021-09-30")
    return f'"{day.isoformat()}"^^<{_XSD}date>'


def _wrong(parameter: Parameter, value: str, zh: str, en: str) -> QueryError:
    return QueryError(f"{parameter.option} 应是{zh}，不是“{value}”", f"{parameter.option} should be {en}, not {value!r}")
