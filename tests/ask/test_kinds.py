"""Units of the kind that a question asks for."""

from __future__ import annotations

import pytest

from queries.ask.kinds import of_kind

NAMES = ("区财政局", "三桥镇人民政府", "南门街道办事处", "各镇（街道）", "青禾乡")


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("哪几个镇得先建起来", ("三桥镇人民政府", "各镇（街道）")),
        ("哪些乡镇负责", ("三桥镇人民政府", "各镇（街道）", "青禾乡")),
        ("哪个街道牵头", ("南门街道办事处",)),
        ("由哪些单位负责", NAMES),
        ("哪个镇长负责", NAMES),
    ],
)
def test_only_units_of_that_kind_are_kept(asked: str, kept: tuple[str, ...]) -> None:
    assert tuple(row["printed"] for row in of_kind([{"printed": name} for name in NAMES], asked)) == kept
