"""Bytes of a text file to text, whatever encoding an office saved it in."""

from __future__ import annotations

import codecs

from kg.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096


def decode(data: bytes, name: str) -> str:
    """The text of `data`: by its mark, else UTF-8, UTF-16 without a mark, GB18030; an error where it is none of these."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, name)
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_like_text(text):
            return text
    raise _not_text(name)


def _candidates(data: bytes) -> tuple[str, ...]:
    """UTF-16 goes first where half of the bytes betray it: line ends and digits leave zero bytes on one side."""
    head = data[:_SAMPLE]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even or odd:
        return ("utf-16-le", "utf-16-be") if odd >= even else ("utf-16-be", "utf-16-le")
    return ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"文件标明是 {encoding} 编码，但第 {error.start} 字节起不符。请用编辑器另存为 UTF-8。",
            f"the file is marked as {encoding} but does not decode at byte {error.start}; save it as UTF-8",
            file=name,
        ) from error
    if not _reads_like_text(text):
        raise _not_text(name)
    return text


def _reads_like_text(text: str) -> bool:
    """Few control characters and unassigned places: what a wrong guess of the encoding gives."""
    head = text[:_SAMPLE]
    odd = sum(1 for char in head if (char < " " and char not in "\t\n\r\f\v") or "\ue000" <= char <= "\uf8ff" or char == "\ufffd")
    return odd * 20 <= len(head)


def _not_text(name: str) -> ReadError:
    return ReadError(
        "这不是文本文件（内容是二进制，或编码不是 UTF-8、GB18030、UTF-16）。请确认扩展名，或另存为 UTF-8 文本。",
        "not a text file (binary, or an encoding other than UTF-8, GB18030, UTF-16); check the extension or save it as UTF-8",
        file=name,
    )
