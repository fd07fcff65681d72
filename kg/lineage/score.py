"""How likely a link is: its grounds, weighed by weights that were learned on plans whose lineage is known (`weights.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from kg.lineage.features import Prepared, first_grounds, second_grounds
from kg.lineage.tables import Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each ground counts, by the step it is used in, and the thresholds."""

    wording: Mapping[str, float]  # of the grounds in the text alone
    first: Mapping[str, float]  # of the grounds that two tasks have by themselves
    second: Mapping[str, float]  # of all grounds
    further: Mapping[str, float]  # of one more link to a task that has one
    link: float  # the least likelihood of a link
    more: float  # of one more link to a task that has one
    edited: float  # how much of the shorter wording an edited one shares at least


@cache
def load_weights() -> Weights:
    """Ours, from `weights.toml`."""
    source = resources.files("kg").joinpath("lineage/weights.toml").read_text("utf-8")
    return read_weights(source)


def read_weights(source: str) -> Weights:
    """The weights that a TOML text gives."""
    data = tomllib.loads(source)
    return Weights(
        wording=data["wording"],
        first=data["first"],
        second=data["second"],
        further=data["further"],
        link=data["thresholds"]["link"],
        more=data["thresholds"]["more"],
        edited=data["thresholds"]["edited"],
    )


def weigh(grounds: Mapping[str, Matrix], weights: Mapping[str, float]) -> Matrix:
    """How likely each link is by these grounds."""
    total = sum(weights[name] * grounds[name] for name in weights if name != "none") + weights["none"]
    return np.asarray(1.0 / (1.0 + np.exp(-total)))


def all_grounds(later: Prepared, earlier: Prepared, weights: Weights) -> dict[str, Matrix]:
    """Every ground of every possible link between two plans. Both must have tasks."""
    return with_others(with_sure_texts(first_grounds(later, earlier), weights.wording), weights.first)


def with_sure_texts(grounds: Mapping[str, Matrix], wording: Mapping[str, float]) -> dict[str, Matrix]:
    """The grounds, with how likely each link is by the two texts alone, and what these likelihoods say of each other."""
    surely = weigh(grounds, wording)
    known = {**grounds, "wording": surely}
    return known | second_grounds(known, surely)


def with_others(grounds: Mapping[str, Matrix], first: Mapping[str, float]) -> dict[str, Matrix]:
    """The grounds, with what the likelihoods by all of them say of each other."""
    return {**grounds, **second_grounds(grounds, weigh(grounds, first))}
