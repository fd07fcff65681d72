"""Bytes of a saved page to text: the mark first, then what the page declares, then what the bytes look like."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from email.message import EmailMessage

from kg.errors import ReadError
from kg.model import Issue
from kg.readers.decode import decode
from kg.readers.html_words import data as known

_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^<>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,24})""", re.IGNORECASE)
_HEAD = 8192
_MIME = re.compile(rb"\A(?:[\w-]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){1,40}?(?i:content-type):\s*multipart/related", re.IGNORECASE)
_RARE = 20  # one zero byte in so many is a slip; more of them are UTF-16, or no text
_LOST = 500  # one lost character in so many is a slip of the page; more means that this is the wrong encoding


def decode_html(data: bytes, name: str) -> tuple[str, tuple[Issue, ...]]:
    """The text of a page, and an issue where some of its bytes could not be read; an archive (.mht) gives its page."""
    if _MIME.match(data[:_HEAD]):
        data = _archived(data, name)
    if not data.strip():
        raise ReadError("文件是空的。请重新保存网页。", "the file is empty; save the page again", file=name)
    if data[:_HEAD].count(0) * _RARE > len(data[:_HEAD]) or data.startswith(codecs.BOM_UTF8):
        return decode(data, name), ()
    data = data.replace(b"\0", b"")
    declared = _declared(data)
    for encoding in ("utf-8", declared):  # bytes that are valid UTF-8 are nothing else, whatever the page declares
        text = _strict(data, encoding)
        if text is not None:
            return text, ()
    try:
        text = decode(data, name)
    except ReadError:
        return _lenient(data, declared, name)
    return (text, ()) if "<" in text or b"<" not in data else _lenient(data, declared, name)


def _declared(data: bytes) -> str:
    """The encoding that the page declares, if it is one that can be wrong; single-byte ones say nothing of Chinese."""
    found = _DECLARED.search(data[:_HEAD])
    label = found.group(1).decode("ascii", "ignore").lower() if found else ""
    encoding: str = known()["encodings"].get(label, "")
    return encoding


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        return None


def _lenient(data: bytes, declared: str, name: str) -> tuple[str, tuple[Issue, ...]]:
    """The text with the few characters that are broken left out; an error where they are many."""
    candidates = [data.decode(encoding, "replace") for encoding in dict.fromkeys((declared, "utf-8", "gb18030")) if encoding]
    text = min(candidates, key=lambda candidate: candidate.count("\ufffd"))
    lost = text.count("\ufffd")
    if "<" not in text or any(ord(char) < 9 for char in text) or lost * _LOST > len(text):
        raise ReadError(
            "这不是网页（内容是二进制，或编码不是 UTF-8、GB18030、Big5、UTF-16）。请确认扩展名，或重新保存网页。",
            "not a web page (binary, or in none of UTF-8, GB18030, Big5, UTF-16); check the suffix or save it again",
            file=name,
        )
    issue = Issue(
        code="html.encoding",
        zh=f"网页里有 {lost} 个字符编码损坏，已略去",
        en=f"{lost} characters of the page have broken bytes and are left out",
    )
    return text.replace("\ufffd", ""), (issue,)


def _archived(data: bytes, name: str) -> bytes:
    """The page inside a web archive."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    raise ReadError("网页存档里没有网页。请另存为 .html 再读。", "the web archive holds no page; save it as .html", file=name)
