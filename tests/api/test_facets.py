"""The ten facets: what they count is what every list under them has, and a facet that is chosen several times is an OR."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kg.graph.resources.base import FACETS
from tests.api.test_resources import UNIT, pages

Parameters = list[tuple[str, str]]
FINANCE = ("unit", "财政")
FEW: Parameters = [("year", "2022"), ("year", "2023"), ("place", "990102")]


def told(client: httpx.Client, path: str, parameters: Parameters) -> dict[str, Any]:
    answer = client.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def facet(client: httpx.Client, name: str, parameters: Parameters) -> dict[str, Any]:
    found = told(client, "/api/facets", [*parameters, ("name", name)])["facets"]
    assert [one["name"] for one in found] == [name]
    one: dict[str, Any] = found[0]
    return one


def listed(client: httpx.Client, parameters: Parameters) -> list[str]:
    query = httpx.QueryParams([*parameters, ("limit", "200")])
    return [item["iri"] for item in pages(client, f"/api/tasks?{query}")]


@pytest.mark.parametrize("name", FACETS)
def test_a_count_is_how_many_tasks_and_statements_the_list_has(name: str, asker: httpx.Client) -> None:
    values = facet(asker, name, FEW if name not in {"year", "place"} else [])["values"]
    assert values
    for value in values[:3]:
        chosen = [*(FEW if name not in {"year", "place"} else []), (name, value["value"])]
        iris = listed(asker, chosen)
        assert len(set(iris)) == len(iris) == value["count"] == told(asker, "/api/tasks", chosen)["total"]


@pytest.mark.parametrize("name", FACETS)
def test_a_facet_chosen_twice_lets_through_what_has_either(name: str, asker: httpx.Client) -> None:
    first, second = [(name, value["value"]) for value in facet(asker, name, [])["values"][:2]]
    either = listed(asker, [first, second])
    assert set(either) == set(listed(asker, [first])) | set(listed(asker, [second]))
    assert told(asker, "/api/tasks", [first, second])["total"] == len(either) == len(set(either))


def test_a_role_beside_a_unit_is_the_role_of_the_unit(asker: httpx.Client) -> None:
    iris = listed(asker, [("unit", UNIT), ("role", "lead")])
    counts = {value["value"]: value["count"] for value in facet(asker, "role", [("unit", UNIT)])["values"]}
    assert len(iris) == counts["lead"]
    units = facet(asker, "unit", [("role", "lead"), ("unit", UNIT)])["values"]
    assert [value["count"] for value in units if value["chosen"]] == [len(iris)]
    both = facet(asker, "unit", [("role", "lead"), ("role", "support"), ("unit", UNIT)])["values"]
    assert [value["count"] for value in both if value["chosen"]] == [
        len(listed(asker, [("unit", UNIT), ("role", "lead"), ("role", "support")]))
    ]


def test_a_value_is_found_by_words_of_its_name(asker: httpx.Client) -> None:
    name, words = FINANCE
    every = facet(asker, name, [])
    assert every["total"] > len(every["values"])
    found = told(asker, "/api/facets", [("name", name), ("find", words)])["facets"][0]
    assert found["values"]
    assert all(words in value["label"] for value in found["values"])
    assert found["total"] == len(found["values"]) < every["total"]
    assert asker.get("/api/facets", params={"find": words}).status_code == 400


def test_functions_are_named_in_english_too(asker: httpx.Client) -> None:
    values = facet(asker, "function", [])["values"]
    assert ("finance", "财政", "Public finance") in {(one["value"], one["label"], one["en"]) for one in values}


def test_the_facets_of_a_search_count_its_hits(asker: httpx.Client) -> None:
    total = told(asker, "/api/search", [("q", "预算"), ("kind", "task")])["total"]
    years = told(asker, "/api/facets", [("q", "预算"), ("kind", "task"), ("name", "year")])["facets"][0]["values"]
    assert sum(value["count"] for value in years) == total > 0


@pytest.mark.parametrize(
    "parameters",
    [
        FEW,
        [("role", "lead")],
        [("unit", UNIT)],
        [("deadline", "fixed"), ("deadline", "none"), ("year", "2023")],
        [("relation", "continues")],
    ],
    ids=["plans", "role", "unit", "deadlines", "relation"],
)
def test_every_view_under_facets_tells_the_same(parameters: Parameters, asker: httpx.Client) -> None:
    iris = set(listed(asker, parameters))
    overview = told(asker, "/api/statistics", parameters)
    assert overview["tasks"] + overview["statements"] == len(iris)
    assert sum(one["tasks"] + one["statements"] for one in overview["by_year"]) == len(iris)
    units = told(asker, "/api/units", [*parameters, ("limit", "200")])
    for unit in [one for one in units["items"] if "matching" in one][:2]:
        assert unit["matching"] == len(
            listed(asker, [*[one for one in parameters if one[0] not in {"unit", "place"}], ("unit", unit["iri"])])
        )
    plans = {item["iri"] for item in pages(asker, f"/api/plans?{httpx.QueryParams([*parameters, ('limit', '200')])}")}
    assert {iri.split("/task/")[0].split("/statement/")[0] for iri in iris} <= plans
    for path in ("/api/instruments", "/api/matrix", "/api/lineage", "/api/lineage/flow", "/api/lineage/pairs", "/api/deadlines"):
        told(asker, path, parameters)


def test_links_are_those_of_the_later_tasks_that_the_facets_leave(asker: httpx.Client) -> None:
    chosen = [("role", "lead"), ("year", "2022")]
    owed = set(listed(asker, chosen))
    links = list(pages(asker, f"/api/lineage?{httpx.QueryParams([*chosen, ('limit', '200')])}"))
    assert links
    assert {link["later"]["iri"] for link in links} <= owed
    pairs = list(pages(asker, f"/api/lineage/pairs?{httpx.QueryParams([*chosen, ('limit', '200')])}"))
    kept = sum(pair[band] for pair in pairs for band in ("verbatim", "edited", "rewritten"))
    assert 0 < kept <= len(links)


def test_a_unit_of_the_state_has_a_place_with_a_name(asker: httpx.Client) -> None:
    places = [item["place"] for item in told(asker, "/api/units", [("limit", "200")])["items"] if item["place"]]
    assert not [place for place in places if place["label"].isdigit()]


@pytest.mark.parametrize(("name", "value"), [("year", "23"), ("level", "town"), ("role", "boss"), ("deadline", "soon"), ("relation", "x")])
def test_a_value_that_means_nothing_is_refused(name: str, value: str, asker: httpx.Client) -> None:
    assert asker.get("/api/tasks", params={name: value}).status_code == 422
