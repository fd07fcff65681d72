"""What has changed in a store since what follows from it was last worked out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The documents that came, were read anew or went, and the plans that they print or printed.

    With `whole`, nothing that was worked out before counts: a new store, or a program that works it out otherwise.
    """

    graphs: frozenset[str] = frozenset()  # of documents that are new or read otherwise; in the store
    gone: frozenset[str] = frozenset()  # of documents that were withdrawn or replaced; in the store no more
    plans: frozenset[str] = frozenset()  # printed in `graphs`, or once in `gone`
    whole: bool = False

    def __bool__(self) -> bool:
        return self.whole or bool(self.graphs or self.gone)


EVERYTHING = Changes(whole=True)
