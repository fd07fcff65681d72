"""Rendered samples as files: the same bytes on every run, and LibreOffice's part in it."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from .blocks import Sample
from .render_docx import render_docx
from .render_html import render_gov, render_portal
from .render_sheet import render_csv, render_xlsx
from .render_text import render_cells, render_inline, render_markdown, render_running, render_tabs

PDF_FONTS = ("WenQuanYi Micro Hei", "WenQuanYi Micro Hei")
TEXTS: dict[str, Callable[[Sample], str]] = {
    "text_running": render_running,
    "text_tabs": render_tabs,
    "text_cells": render_cells,
    "text_inline": render_inline,
    "markdown": render_markdown,
    "gov": render_gov,
    "portal": render_portal,
    "portal_table": render_portal,
    "csv": render_csv,
}
CONVERTED = {"doc": "doc:MS Word 97", "pdf": "pdf"}
STAMP = (2021, 1, 1, 0, 0, 0)


def to_bytes(sample: Sample) -> bytes:
    """The file itself; for a .pdf or .doc the .docx that it is made from."""
    layout = sample.spec["layout"]
    if layout in TEXTS:
        text = TEXTS[layout](sample)
        encoding = sample.spec.get("encoding", "utf-8")
        return b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)
    if layout == "xlsx":
        return repack(render_xlsx(sample))
    if layout.startswith("pdf"):
        return repack(render_docx(sample, fonts=PDF_FONTS))
    return repack(render_docx(sample))


def repack(data: bytes) -> bytes:
    """The same zip with fixed times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            if name == "docProps/thumbnail.jpeg":
                continue
            content = old.read(name)
            if name == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>2021-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, STAMP), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def same(one: bytes, other: bytes) -> bool:
    """Equal, or zips of the same files: libraries compress differently."""
    return one == other or (one[:2] == other[:2] == b"PK" and _members(one) == _members(other))


def digest(data: bytes) -> str:
    """A hash of what a zip holds."""
    parts = [f"{name}\n".encode() + content for name, content in _members(data).items()]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def office() -> str | None:
    """LibreOffice's command, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(docx: bytes, suffix: str) -> bytes:
    """`docx` as LibreOffice writes it in another format."""
    command = office()
    if command is None:
        raise RuntimeError("LibreOffice 没有安装 LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "sample.docx")
        source.write_bytes(docx)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        call = [command, profile, "--headless", "--convert-to", CONVERTED[suffix], "--outdir", folder, str(source)]
        subprocess.run(call, check=True, capture_output=True, timeout=180)
        return source.with_suffix(f".{suffix}").read_bytes()
