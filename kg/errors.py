"""Errors that end in a message for people: what was expected, what was found, where, and what to do."""

from __future__ import annotations


class ZhengpuError(Exception):
    """A failure that a user can act on; `zh` comes first, `en` beside it."""

    def __init__(self, zh: str, en: str, *, file: str = "", place: str = "") -> None:
        self.zh, self.en, self.file, self.place = zh, en, file, place
        where = "".join(part + "：" for part in (file, place) if part)
        super().__init__(f"{where}{zh} / {en}")


class ReadError(ZhengpuError):
    """The file cannot be read as a document."""


class SettingError(ZhengpuError):
    """A setting of the user's is wrong."""


class RuleError(ZhengpuError):
    """A rule file of ours is wrong."""


class StoreError(ZhengpuError):
    """The store cannot be opened, reached, read or written."""


class StoreHeld(StoreError):
    """Another process holds the store."""


class QueryError(StoreError):
    """The query is not understood, or cannot be run."""


class QuerySyntaxError(QueryError):
    """The query is not written as SPARQL has it."""


class RegistryError(ZhengpuError):
    """A registry file has something wrong in it."""


class CheckError(ZhengpuError):
    """A graph breaks a rule of the ontology and is not stored."""


class SearchError(ZhengpuError):
    """What was asked of the search cannot be looked for, or its index cannot be written."""


class FilterError(SearchError):
    """A search is narrowed to what there is not, or paged too far."""
