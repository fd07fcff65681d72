"""Facets count exactly, and filters let through what they say."""

from __future__ import annotations

import pytest

from kg.errors import SearchError
from kg.search import Facet, Filters, Page, Search
from kg.search.model import FACETS


def _facet(page: Page, name: str) -> Facet:
    return next(facet for facet in page.facets if facet.name == name)


@pytest.mark.parametrize("name", [name for name in FACETS if name != "relation"])
def test_a_count_is_what_the_filter_lets_through(samples: Search, name: str) -> None:
    values = _facet(samples.page("公开"), name).values
    assert values
    for value in values:
        assert samples.page("公开", Filters(**{name: (value.value,)}), facets=False).total == value.count
        assert value.label


def test_a_chosen_value_hides_no_other_of_its_facet(samples: Search) -> None:
    wide, narrow = samples.page("公开"), samples.page("公开", Filters(year=("2023",)))
    assert [(one.value, one.count) for one in _facet(narrow, "year").values] == [
        (one.value, one.count) for one in _facet(wide, "year").values
    ]
    assert [one.value for one in _facet(narrow, "year").values if one.chosen] == ["2023"]
    assert _facet(narrow, "kind").values != _facet(wide, "kind").values


def test_several_values_let_more_through(samples: Search) -> None:
    one, other, both = (samples.page("公开", Filters(year=years)).total for years in (("2022",), ("2023",), ("2022", "2023")))
    assert one + other == both


def test_facets_narrow_one_another(samples: Search) -> None:
    page = samples.page("公开", Filters(year=("2023",), kind=("task",)))
    assert all(hit.year == 2023 and hit.kind == "task" for hit in page.hits)
    assert next(value.count for value in _facet(page, "year").values if value.chosen) == page.total
    assert next(value.count for value in _facet(page, "kind").values if value.chosen) == page.total


@pytest.mark.parametrize(
    ("facet", "given", "value"),
    [
        ("kind", "任务", "task"),
        ("kind", "task", "task"),
        ("year", "2023年", "2023"),
        ("place", "澄湖区", "990102"),
        ("place", "990102", "990102"),
        ("level", "县级", "county"),
        ("level", "county", "county"),
        ("function", "财政", "finance"),
        ("deadline", "固定时限", "fixed"),
    ],
)
def test_values_by_name(samples: Search, facet: str, given: str, value: str) -> None:
    assert samples.page("", Filters(**{facet: (given,)}), facets=False).chosen == {facet: (value,)}


def test_a_short_name_means_every_unit_of_that_name(samples: Search) -> None:
    page = samples.page("", Filters(unit=("财政局",), kind=("unit",)))
    assert {hit.label for hit in page.hits} == {"澄湖区财政局", "云溪市财政局", "青岚县财政局"}


def test_a_short_name_at_a_place_means_the_unit_there(samples: Search) -> None:
    page = samples.page("", Filters(unit=("财政局@澄湖区",), kind=("unit",)))
    assert [hit.label for hit in page.hits] == ["澄湖区财政局"]


def test_a_role_is_that_of_the_units_that_are_chosen(samples: Search) -> None:
    named = Filters(unit=("财政局@澄湖区",), kind=("task",))
    counts = {one.value: one.count for one in _facet(samples.page("", named), "role").values}
    assert sum(counts.values()) >= samples.page("", named, facets=False).total
    for role, count in counts.items():
        page = samples.page("", Filters(unit=named.unit, kind=named.kind, role=(role,)))
        assert page.total == count
        assert [one.count for one in _facet(page, "unit").values if one.chosen] == [count]


def test_a_facet_says_how_many_values_there_are(samples: Search) -> None:
    facet = _facet(samples.page("", Filters(kind=("task",))), "unit")
    assert facet.total > len(facet.values)


def test_an_instrument_by_its_number(samples: Search) -> None:
    page = samples.page("", Filters(instrument=("国务院令第711号",), kind=("instrument",)))
    assert [hit.label for hit in page.hits] == ["中华人民共和国政府信息公开条例"]


@pytest.mark.parametrize("name", FACETS)
def test_a_value_that_means_nothing_is_refused(samples: Search, name: str) -> None:
    with pytest.raises(SearchError, match="没有"):
        samples.page("公开", Filters(**{name: ("没有的",)}))


def test_a_value_without_hits_stays_to_be_seen(samples: Search) -> None:
    page = samples.page("蓝鲸鱼群", Filters(year=("2023",)))
    assert [(one.value, one.count) for one in _facet(page, "year").values] == [("2023", 0)]
