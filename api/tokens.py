"""Tokens: who may do more than read. Only their hashes are kept, in a file that is read again whenever it changes."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
import os
import secrets
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from api.settings import Scope, Settings, TokenRecord
from kg.errors import SettingError
from kg.store import kind_of

_PREFIX = "zp_"
_BYTES = 32
_LONGEST = 512  # characters of a header that may hold one


def tokens_file(settings: Settings) -> Path:
    """Where the tokens of this server are kept."""
    if settings.tokens_file:
        return Path(settings.tokens_file)
    store = Path(settings.store if kind_of(settings.store) == "folder" else "data")
    return store.with_name(store.name + ".tokens.toml")


def make_token(name: str, scopes: Iterable[Scope], expires: dt.date | None) -> tuple[str, TokenRecord]:
    """A new token, which is shown once, and what is kept of it."""
    token = _PREFIX + secrets.token_urlsafe(_BYTES)
    return token, TokenRecord(name=name, hash=_hash(token), scopes=frozenset(scopes), expires=expires)


def _hash(token: str) -> str:
    """256 random bits need no salt and no slow hash."""
    return "sha256:" + hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def read_tokens(file: Path) -> tuple[TokenRecord, ...]:
    """The tokens in the file; none where there is no file."""
    try:
        told = tomllib.loads(file.read_text("utf-8"))
        return tuple(TokenRecord(**each) for each in told.get("tokens", []))
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError, TypeError) as error:
        raise SettingError(f"令牌文件不能读懂：{error}", "the file of tokens is not understood", file=str(file)) from error


def write_tokens(file: Path, tokens: Iterable[TokenRecord]) -> None:
    """Replace the file in one step; nobody else on the machine may read it."""
    new = file.with_name(file.name + ".new")
    new.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        for each in tokens:
            out.write(f"[[tokens]]\nname = {json.dumps(each.name, ensure_ascii=False)}\nhash = {json.dumps(each.hash)}\n")
            out.write(f"scopes = {json.dumps(sorted(each.scopes))}\n" + (f"expires = {each.expires}\n" if each.expires else "") + "\n")
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)


@dataclass(slots=True)
class Tokens:
    """Knows which tokens are valid now."""

    given: tuple[TokenRecord, ...]
    file: Path
    _kept: tuple[TokenRecord, ...] = ()
    _stamp: tuple[int, int] = field(default=(0, 0))

    def find(self, token: str) -> TokenRecord | None:
        """What is kept of a token; None where it is not known or has expired. Takes the same time whichever it is like."""
        self._refresh()
        wanted, found = _hash(token), None
        for each in (*self.given, *self._kept):
            if hmac.compare_digest(each.hash, wanted):
                found = each
        return found if found and (found.expires is None or found.expires >= dt.datetime.now(dt.UTC).date()) else None

    def _refresh(self) -> None:
        try:
            told = self.file.stat()
        except OSError:
            self._kept, self._stamp = (), (0, 0)
            return
        stamp = (told.st_mtime_ns, told.st_ino)
        if stamp != self._stamp:
            self._kept, self._stamp = read_tokens(self.file), stamp


def token_of(authorization: str | None) -> str | None:
    """The token in an Authorization header: Bearer, or as the password of Basic, which is all that some clients know."""
    kind, _, rest = (authorization or "")[:_LONGEST].partition(" ")
    if kind.lower() == "bearer":
        return rest.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(rest.strip(), validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return None
