"""The settings of the server: from a TOML file, from the environment, and from the command line, the last one first."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from api.pool.memory import is_told, machine_memory
from kg.errors import SettingError

PREFIX = "ZHENGPU_SERVE_"
_ALIASES = {"store": ("ZHENGPU_STORE",)}  # what the other commands take too
_MB = 1 << 20

Scope = Literal["read", "ingest", "update", "admin"]
SCOPES: tuple[Scope, ...] = ("read", "ingest", "update", "admin")


def _origin(value: str) -> str:
    """http://host:port in the one form in which origins are compared."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"} or parts.query or parts.username:
        raise ValueError("should be an origin such as https://example.org or http://example.org:8080")
    return f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")


Origin = Annotated[str, AfterValidator(_origin)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TokenRecord(_Strict):
    """A token as it is kept: not itself, only its hash."""

    name: str = Field(min_length=1, max_length=100)
    hash: str = Field(pattern=r"^sha256:[0-9a-f]{64}$")
    scopes: frozenset[Scope]
    expires: date | None = None


class Settings(_Strict):
    """What can be set. Each field is a key of the TOML file, and with ZHENGPU_SERVE_ before it a variable of the environment."""

    store: str = "data"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    url: str = ""  # under which the server is reached from outside, if that is not what clients say in Host
    public: bool = False  # open to strangers: limits and budgets are obligatory

    # one call
    timeout: float = Field(default=30.0, gt=0)  # seconds
    timeout_ceiling: float = Field(default=120.0, gt=0)  # that a request may ask for
    memory: int = Field(default=1024, ge=64)  # MB that one call may take
    memory_total: int = Field(default_factory=lambda: max(128, machine_memory() // 2 // _MB), ge=64)  # MB that all calls may together
    answer: int = Field(default=1024, ge=1)  # MB of the longest answer
    dump_timeout: float = Field(default=3600.0, gt=0)  # seconds to write a dump, which may be longer than an answer
    query_size: int = Field(default=1_000_000, ge=1)  # bytes of a query or an update
    body: int = Field(default=64, ge=1)  # MB of a body with RDF
    upload: int = Field(default=512, ge=1)  # MB of one upload of documents
    upload_file: int = Field(default=128, ge=1)  # MB of one document
    upload_files: int = Field(default=500, ge=1)  # documents in one upload
    read_timeout: float = Field(default=180.0, gt=0)  # seconds to read one document
    jobs: str = ""  # folder for uploads and what became of them; by default data.jobs beside the store's folder
    jobs_days: int = Field(default=30, ge=0)  # that a job is remembered after its end
    catch_up: bool = True  # at the start bring up to date what follows from the documents, where a killed run or another version left it
    write_timeout: float = Field(default=60.0, gt=0)
    write_wait: float = Field(default=10.0, ge=0)  # seconds for another program to let go of the store

    # all calls
    workers: int = Field(default_factory=lambda: max(4, 2 * (os.cpu_count() or 1)), ge=1)
    long_calls: int = Field(default=16, ge=1)
    patience: float = Field(default=0.1, gt=0)  # seconds after which a call is a long one
    queue: int = Field(default=256, ge=1)
    connections: int = Field(default=5000, ge=1)
    slow_client: float = Field(default=20.0, gt=0)  # seconds for the head of a request, and for each part of a body
    idle: float = Field(default=330.0, gt=0)  # seconds that a connection is kept on which nothing is asked
    grace: float = Field(default=10.0, ge=0)  # seconds to finish when the server is stopped

    # one client, a minute; 0: no budget
    seconds_a_minute: float | None = Field(default=None, ge=0)
    errors_a_minute: int | None = Field(default=None, ge=0)

    # what is open
    union: bool = True  # the default graph of a query is the union of all graphs
    services: frozenset[Origin] = frozenset()  # that SERVICE and LOAD may reach
    cors: frozenset[str] = frozenset({"*"})  # origins of pages that may ask from a browser
    proxies: frozenset[str] = frozenset()  # addresses whose X-Forwarded-For is believed
    tokens: tuple[TokenRecord, ...] = ()
    tokens_file: str = ""  # by default tokens.toml beside the store's folder
    spool: str = ""  # folder for long answers; by default the system's
    log: Literal["json", "off"] = "json"

    @model_validator(mode="after")
    def _check(self) -> Settings:
        if self.timeout > self.timeout_ceiling:
            raise ValueError("timeout should not be above timeout_ceiling")
        if self.public and (self.seconds_a_minute == 0 or self.errors_a_minute == 0):
            raise ValueError("public needs a budget: seconds_a_minute and errors_a_minute above 0")
        return self

    @property
    def budget(self) -> tuple[float, float]:
        """Seconds and errors a minute for one client; 0 where there is no limit. A public server always has one."""
        usual = (60.0, 30.0) if self.public else (0.0, 0.0)
        seconds = usual[0] if self.seconds_a_minute is None else self.seconds_a_minute
        errors = usual[1] if self.errors_a_minute is None else float(self.errors_a_minute)
        return seconds, errors

    @property
    def memory_bytes(self) -> int:
        return min(self.memory, self.memory_total) * _MB

    @property
    def most_long_calls(self) -> int:
        """Long calls at a time: fewer where the system does not say how much memory they hold, so that each may have all of its own."""
        return self.long_calls if is_told() else min(self.long_calls, max(1, self.memory_total // self.memory))

    @property
    def answer_bytes(self) -> int:
        return self.answer * _MB

    @property
    def body_bytes(self) -> int:
        return self.body * _MB


def load_settings(file: Path | None, environment: Mapping[str, str], given: Mapping[str, Any]) -> Settings:
    """The settings from the file, over them the environment, over them what was given; an error that names each wrong one."""
    values: dict[str, Any] = {**(_read(file) if file else {}), **_from_environment(environment)}
    values.update({key: value for key, value in given.items() if value is not None})
    try:
        return Settings(**values)
    except ValidationError as error:
        wrong = "；".join(f"{'.'.join(map(str, each['loc'])) or '设置'}：{each['msg']}" for each in error.errors())
        raise SettingError(f"设置有误：{wrong}", "see docs/serving.md for every setting", file=str(file or "")) from error


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"设置文件不是正确的 TOML：{error}", "the settings are not well-formed TOML", file=str(file)) from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Every variable of ours; lists are separated by commas or blanks."""
    found: dict[str, Any] = {}
    for name, field in Settings.model_fields.items():
        for variable in (PREFIX + name.upper(), *_ALIASES.get(name, ())):
            value = environment.get(variable)
            if value and name not in found:
                many = "frozenset" in str(field.annotation)
                found[name] = [each for each in re.split(r"[,\s]+", value) if each] if many else value
    unknown = [each for each in environment if each.startswith(PREFIX) and each.removeprefix(PREFIX).lower() not in Settings.model_fields]
    if unknown:
        raise SettingError(f"没有这些设置：{'、'.join(sorted(unknown))}", "no such settings; see docs/serving.md")
    return found
