"""Which plans are compared, and why."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lineage.related import PlanHead, find_related, find_series
from kg.lineage.titles import to_topic

PLACES = {
    "省": ("990000", ()),
    "市": ("990100", ("990000",)),
    "区": ("990102", ("990100", "990000")),
    "县": ("990121", ("990100", "990000")),
}
NAMES = {"省": "东陵省", "市": "云溪市", "区": "澄湖区", "县": "青岚县"}


def head(iri: str, title: str, *, tasks: int = 10, file: str = "", applies: Sequence[str] = (), issuer: str = "") -> PlanHead:
    """A plan of the place that its name begins with, of the year in its name: 区2021, 区2021台账."""
    place, above = PLACES[iri[0]]
    return PlanHead(
        iri=iri,
        title=title,
        year=int(iri[1:5]),
        place=place,
        place_name=NAMES[iri[0]],
        above=above,
        issuers=frozenset([issuer] if issuer else []),
        file=file or iri,
        tasks=tasks,
        applies=frozenset(applies),
        topic=to_topic(title, (NAMES[iri[0]],), tuple(NAMES.values())),
    )


def openness(iri: str, kind: str = "工作要点", **more: object) -> PlanHead:
    return head(iri, f"{iri[1:5]}年政务公开{kind}", **more)  # type: ignore[arg-type]


CASES = {
    "the year before": ([openness("区2021"), openness("区2022")], {("区2022", "区2021", "year", "series", 1)}),
    "a year is missing": ([openness("区2021"), openness("区2023")], {("区2023", "区2021", "year", "series", 2)}),
    "two are missing": ([openness("区2020"), openness("区2023")], set()),
    "the nearest year only": (
        [openness("区2021"), openness("区2022"), openness("区2023")],
        {("区2022", "区2021", "year", "series", 1), ("区2023", "区2022", "year", "series", 1)},
    ),
    "another subject": ([openness("区2021"), head("区2022", "2022年优化营商环境工作要点")], set()),
    "a plan without tasks": ([openness("区2021", tasks=0), openness("区2022")], set()),
    "the place above": ([openness("市2021"), openness("区2021")], {("区2021", "市2021", "level", "subject", 0)}),
    "the nearest place above": (
        [openness("省2021"), openness("市2021"), openness("区2021")],
        {("市2021", "省2021", "level", "subject", 0), ("区2021", "市2021", "level", "subject", 0)},
    ),
    "the nearest that the store has": ([openness("省2021"), openness("区2021")], {("区2021", "省2021", "level", "subject", 0)}),
    "above in another year": ([openness("市2020"), openness("区2021")], set()),
    "cited by number": ([openness("市2021"), openness("区2021", applies=["市2021"])], {("区2021", "市2021", "level", "citation", 0)}),
    "cited from further above, taken through the nearest": (
        [openness("省2021"), openness("市2021"), openness("区2021", applies=["省2021"])],
        {("市2021", "省2021", "level", "subject", 0), ("区2021", "市2021", "level", "subject", 0)},
    ),
    "a cited plan on another subject": (
        [head("市2020", "关于加快数字政府建设的意见"), openness("区2021", applies=["市2020"])],
        {("区2021", "市2020", "level", "citation", 0)},
    ),
    "a cited plan of its own place": ([head("区2020", "关于公开的意见"), openness("区2021", applies=["区2020"])], set()),
    "siblings": ([openness("区2021"), openness("县2021")], {("区2021", "县2021", "sibling", "subject", 0)}),
    "a ledger of its own": (
        [openness("区2021"), openness("区2021台账", "工作台账")],
        {("区2021台账", "区2021", "ledger", "subject", 0)},
    ),
    "a ledger follows its plan over the years": (
        [openness("区2021"), openness("区2021台账", "工作台账"), openness("区2022"), openness("区2022台账", "工作台账")],
        {
            ("区2021台账", "区2021", "ledger", "subject", 0),
            ("区2022台账", "区2022", "ledger", "subject", 0),
            ("区2022", "区2021", "year", "series", 1),
        },
    ),
    "a ledger alone is the plan": ([openness("区2021"), openness("区2022", "工作台账")], {("区2022", "区2021", "year", "series", 1)}),
    "a ledger that says what its plan does not": (
        [openness("区2021"), openness("区2022", tasks=4), openness("区2022台账", "工作台账", tasks=40)],
        {
            ("区2022台账", "区2022", "ledger", "subject", 0),
            ("区2022", "区2021", "year", "series", 1),
            ("区2022台账", "区2021", "year", "series", 1),
        },
    ),
    "in one file": (
        [openness("区2021"), openness("区2021台账", "任务分解表", file="区2021")],
        {("区2021台账", "区2021", "ledger", "file", 0)},
    ),
    "a plan of the same file before others": (
        [openness("区2021"), openness("区2021b", "实施方案"), openness("区2021台账", "工作台账", file="区2021b")],
        {("区2021台账", "区2021b", "ledger", "file", 0)},
    ),
    "two departments of a place": (
        [
            openness("区2021甲", issuer="甲"), openness("区2021乙", issuer="乙"),
            openness("区2022甲", issuer="甲"), openness("区2022乙", issuer="乙"),
        ],
        {("区2022甲", "区2021甲", "year", "series", 1), ("区2022乙", "区2021乙", "year", "series", 1)},
    ),
    "for several years": (
        [
            head("区2018", "澄湖区绿色发展行动计划（2018—2020年）"), head("区2020", "2020年绿色发展工作要点"),
            head("区2021", "澄湖区绿色发展行动计划（2021—2023年）"),
        ],
        {("区2021", "区2018", "year", "series", 1)},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("heads", "expected"), CASES.values(), ids=CASES)
def test_related_plans(heads: list[PlanHead], expected: set[tuple[object, ...]]) -> None:
    found = {(one.later, one.earlier, one.axis, one.basis, one.apart) for one in find_related(heads)}
    assert found == expected


EVERY = [
    openness(f"{place}{year}{kind}", kind or "工作要点") for place in PLACES for year in range(2020, 2024) for kind in ("", "工作台账")
]


@given(st.permutations(EVERY))
def test_the_same_plans_are_related_in_whatever_order_they_come(heads: list[PlanHead]) -> None:
    assert find_related(heads) == find_related(EVERY)
    assert find_series(heads) == find_series(EVERY)


def test_two_plans_are_compared_once() -> None:
    pairs = [frozenset((one.later, one.earlier)) for one in find_related(EVERY)]
    assert len(set(pairs)) == len(pairs)


def test_a_series_is_of_one_place_and_subject() -> None:
    heads = [
        openness("区2021"),
        openness("区2022"),
        openness("县2022"),
        head("区2023", "2023年优化营商环境工作要点"),
        head("市2021", "2021年工作要点"),
    ]
    told = {one.title: one.plans for one in find_series(heads)}
    assert told == {
        "澄湖区政务公开": {"区2021", "区2022"},
        "青岚县政务公开": {"县2022"},
        "澄湖区营商环境": {"区2023"},
        "云溪市年度工作": {"市2021"},
    }
