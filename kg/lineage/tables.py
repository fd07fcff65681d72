"""What tasks have in common, many at a time: a plan's tasks as rows of sparse tables whose columns are what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
_SMALL = 12  # tasks; in a smaller plan what a few of them have in common is not common
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Said:
    """What the tasks of one plan say, of one kind: entry k has row `rows[k]`, a number for what is said, and its weight."""

    count: int  # of rows
    rows: NDArray[np.int64]
    names: NDArray[np.uint64]
    weights: Vector


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of two plans over the same columns."""

    later: csr_array
    earlier: csr_array


def said_words(rows: Sequence[Mapping[str, float]]) -> Said:
    """One row for each mapping from what is said to its weight."""
    entries = [(row, name, weight) for row, one in enumerate(rows) for name, weight in one.items()]
    names = np.array([_number(name) for _, name, _ in entries], dtype=np.uint64)
    return Said(len(rows), np.array([row for row, _, _ in entries], dtype=np.int64), names, np.array([weight for _, _, weight in entries]))


def said_grams(texts: Sequence[tuple[str, Vector]], size: int) -> Said:
    """One row for each text with the weights of its characters: every run of `size` characters once, at its greatest mean weight."""
    parts = [_grams(text, weights, size) for text, weights in texts]
    rows = np.repeat(np.arange(len(parts)), [len(names) for names, _ in parts])
    return Said(
        len(parts),
        rows,
        np.concatenate([names for names, _ in parts]) if parts else np.empty(0, np.uint64),
        np.concatenate([weights for _, weights in parts]) if parts else np.empty(0),
    )


def _grams(text: str, weights: Vector, size: int) -> tuple[NDArray[np.uint64], Vector]:
    if len(text) < size:
        return np.empty(0, np.uint64), np.empty(0)
    letters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    count = len(letters) - size + 1
    names = np.zeros(count, dtype=np.uint64)
    for at in range(size):
        names = names * _MIX + letters[at : at + count]
    means = np.convolve(weights, np.full(size, 1 / size), mode="valid")
    order = np.lexsort((-means, names))
    first = np.ones(count, dtype=bool)
    first[1:] = names[order][1:] != names[order][:-1]
    return names[order][first], means[order][first]


def _number(name: str) -> int:
    """A number for a name, the same in every run."""
    found = 0
    for letter in name:
        found = (found * int(_MIX) + ord(letter)) % 2**64
    return found


def to_tables(later: Said, earlier: Said) -> Tables:
    """Both plans over the same columns, each entry at its weight times how rare its column is in the plan where it is less so."""
    names, columns = np.unique(np.concatenate([later.names, earlier.names]), return_inverse=True)
    first, second = columns[: len(later.names)], columns[len(later.names) :]
    shares = [np.bincount(one, minlength=len(names)) / max(said.count, _SMALL) for one, said in ((first, later), (second, earlier))]
    rarity = -np.log(np.minimum(np.maximum(*shares) * 0.98 + 0.005, 1.0))
    return Tables(_table(later, first, rarity), _table(earlier, second, rarity))


def _table(said: Said, columns: NDArray[np.int64], rarity: Vector) -> csr_array:
    return csr_array((said.weights * rarity[columns], (said.rows, columns)), shape=(said.count, len(rarity)))


def cosine(tables: Tables) -> Matrix:
    """The cosine between the rows."""
    norms = [np.sqrt(np.asarray(one.multiply(one).sum(axis=1)).ravel()) + 1e-9 for one in (tables.later, tables.earlier)]
    product: Matrix = (tables.later @ tables.earlier.T).toarray()
    return np.asarray(product / np.outer(*norms), dtype=np.float64)


def shared(tables: Tables) -> Matrix:
    """The sum of what two rows have in common."""
    product: Matrix = (tables.later.sqrt() @ tables.earlier.sqrt().T).toarray()
    return product


def least(tables: Tables) -> Matrix:
    """The lesser of the sums of the two rows."""
    sums = (np.asarray(one.sum(axis=1)).ravel() for one in (tables.later, tables.earlier))
    return np.asarray(np.minimum.outer(*sums), dtype=np.float64)
