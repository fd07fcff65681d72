"""Word 97–2003 documents (.doc), RTF and Word XML: turned into .docx by LibreOffice and read as that."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.errors import ReadError
from kg.readers.archive import damaged
from kg.readers.docx import draft_package
from kg.readers.draft import Draft
from kg.readers.kinds import Kind, sniff, wrong_kind

LONGEST = 120  # seconds
_CONVERTED: dict[Kind, tuple[str, str]] = {  # the suffix that LibreOffice goes by, and the media type
    "doc": (".doc", "application/msword"),
    "rtf": (".rtf", "application/rtf"),
    "word_xml": (".xml", "application/xml"),
}
# In a document from outside: no macros, no pictures fetched from the network, no links followed.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


def draft_doc(path: Path) -> Draft:
    """The draft of a .doc file, whatever stands in it: many a .doc is really a .docx, a web page or RTF."""
    data = path.read_bytes()
    if not data:
        raise damaged(path.name, "0 bytes")
    kind = sniff(data)
    if kind == "docx":
        return draft_package(data, name=path.name)
    if kind == "html":
        from kg.readers.html import draft_html

        return draft_html(path)
    if kind not in _CONVERTED:
        raise wrong_kind(kind, wanted="doc", name=path.name)
    if kind == "doc" and _is_locked(data):
        raise wrong_kind("encrypted", wanted="doc", name=path.name)
    suffix, media_type = _CONVERTED[kind]
    return replace(draft_package(convert(data, suffix, name=path.name), name=path.name), media_type=media_type)


def _is_locked(data: bytes) -> bool:
    """Whether the document is encrypted: so says a bit in the header of its text, which begins on a sector."""
    headers = (at for at in range(512, len(data) - 12, 512) if data[at : at + 2] == b"\xec\xa5")
    at = next(headers, None)
    return at is not None and bool(data[at + 11] & 1)


# --- LibreOffice -------------------------------------------------------------------------------------


def convert(data: bytes, suffix: str, *, name: str) -> bytes:
    """`data`, a document of the kind that `suffix` says, as a .docx; `name` is for messages."""
    office = find_office()
    if office is None:
        raise ReadError(
            "读取 .doc、RTF 需要 LibreOffice，本机没有找到。"
            "请安装（Debian、Ubuntu：apt install libreoffice-writer-nogui）并确认 soffice 在 PATH 中，"
            "或设环境变量 ZHENGPU_SOFFICE 为其路径，或用 Word、WPS 把文件另存为 .docx。",
            "reading .doc and RTF needs LibreOffice, which was not found: install it (Debian, Ubuntu: "
            "apt install libreoffice-writer-nogui), or set ZHENGPU_SOFFICE to its path, or save the file as .docx",
            file=name,
        )
    with tempfile.TemporaryDirectory(prefix="zhengpu-", ignore_cleanup_errors=True) as folder:
        return _convert_in(Path(folder), data, suffix, office, name)


def find_office() -> str | None:
    """The program `soffice`: the one that ZHENGPU_SOFFICE names, else from PATH or from where its installer puts it."""
    named = os.environ.get("ZHENGPU_SOFFICE")
    if named:
        return shutil.which(named)
    return next((found for place in _office_places() if (found := shutil.which(place))), None)


def _office_places() -> Iterator[str]:
    yield from ("soffice", "libreoffice")
    for variable in ("ProgramFiles", "ProgramFiles(x86)"):
        if variable in os.environ:
            yield str(Path(os.environ[variable], "LibreOffice", "program", "soffice.com"))
            yield str(Path(os.environ[variable], "LibreOffice", "program", "soffice.exe"))
    if sys.platform == "darwin":
        yield "/Applications/LibreOffice.app/Contents/MacOS/soffice"


def _convert_in(folder: Path, data: bytes, suffix: str, office: str, name: str) -> bytes:
    """The conversion in an empty folder, with a profile of its own: two of them may run at once."""
    profile = folder / "profile"
    _write_settings(profile)
    source = folder / f"source{suffix}"
    source.write_bytes(data)
    command = [
        office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    said = _run(command, name)
    target = folder / "source.docx"
    if not target.exists():
        raise ReadError(
            f"LibreOffice 未能转换此文件（{said[-200:] or '没有说明原因'}）。文件可能已损坏或加了密码；请用 Word、WPS 打开后另存为 .docx。",
            f"LibreOffice could not convert the file ({said[-200:] or 'it gave no reason'}); "
            "it may be damaged or locked with a password: open it in Word or WPS and save it as .docx",
            file=name,
        )
    return target.read_bytes()


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>\n',
        "utf-8",
    )


def _run(command: list[str], name: str) -> str:
    """What the command said; it is ended, with all that it started, when it takes too long."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
    except OSError as error:
        raise ReadError(
            f"LibreOffice 无法启动（{error.strerror}）。请检查安装，或用 Word、WPS 把文件另存为 .docx。",
            f"LibreOffice does not start ({error.strerror}); check its installation, or save the file as .docx",
            file=name,
        ) from error
    with process:
        try:
            said, _ = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise ReadError(
                f"LibreOffice 转换超过 {LONGEST} 秒，已中止。请用 Word、WPS 打开后另存为 .docx。",
                f"LibreOffice took more than {LONGEST} seconds and was stopped; open the file in Word or WPS and save it as .docx",
                file=name,
            ) from error
    return said.decode("utf-8", "replace").strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and its children: soffice only starts the program that does the work."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
