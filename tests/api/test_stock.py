"""Stock queries over HTTP: the list, a route for each, pages, forms, and what is told of values that do not fit."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from api.stock.described import FLAGS, columns_of, own_parameters
from api.stock.work import _harmless, _plain
from kg.store import open_store
from ontology import expand
from queries import StockQuery, bind, load_library
from tests.api.sampled import BASE, TWIN
from tests.api.serving import Served

LIBRARY = load_library()
EVERY = pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
UNIT = f"{BASE}unit/990102/720ac4a1d1d38daf"
TASKS = "/api/queries/tasks-of-unit"
OFFICE = {"unit": "区政府办公室", "place": "澄湖区"}


def told(reader: httpx.Client, path: str, **values: object) -> dict[str, Any]:
    answer = reader.get(path, params={name: str(value) for name, value in values.items()})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


# --- the list and the description -------------------------------------------------------------------------------


def test_all_queries_are_listed_with_what_they_take(reader: httpx.Client) -> None:
    listed = told(reader, "/api/queries")["queries"]
    assert [one["name"] for one in listed] == list(LIBRARY)
    one = next(each for each in listed if each["name"] == "tasks-of-unit")
    assert one["summary"]["zh"]
    assert {"name": "role", "values": ["lead", "responsible", "support"]}.items() <= next(
        each for each in one["parameters"] if each["name"] == "role"
    ).items()
    assert reader.get(one["example"]["url"].replace(str(reader.base_url), "")).status_code in {200, 404}


def test_a_tag_leaves_those_of_one_kind(reader: httpx.Client) -> None:
    listed = told(reader, "/api/queries", tag="单位")["queries"]
    assert listed
    assert all("单位" in one["tags"] for one in listed)
    assert told(reader, "/api/queries", tag="没有")["queries"] == []


def test_every_query_has_its_own_route_in_openapi(reader: httpx.Client) -> None:
    described = reader.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for query in LIBRARY.values():
        operation = described["paths"][f"/api/queries/{query.name}"]["get"]
        parameters = {one["name"]: one for one in operation["parameters"]}
        assert set(parameters) == {one.name for one in own_parameters(query)} | FLAGS
        assert {one.name for one in query.parameters if one.required} == {name for name, one in parameters.items() if one["required"]}
        assert {name for name, one in parameters.items() if "example" in one} == set(query.example) - FLAGS
        assert re.search("[一-鿿]", operation["summary"])
    assert "/api/queries/{name}" not in described["paths"]


def test_the_page_of_the_interfaces_loads_nothing_from_elsewhere(reader: httpx.Client) -> None:
    page = reader.get("/api/docs").text
    assert all(f"/api/queries/{name}<" in page for name in LIBRARY)
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


@EVERY
def test_a_query_takes_no_parameter_that_the_route_has(query: StockQuery) -> None:
    assert not {one.name for one in own_parameters(query)} & FLAGS


@EVERY
def test_columns_are_those_of_the_answer(query: StockQuery) -> None:
    with open_store("memory") as store:
        values = {one.name: _value(one.type) for one in query.parameters if one.required or (one.type == "iri" and one.default)}
        head = store.query(bind(query, values), "csv").decode().splitlines()[0]
    assert head.split(",") == list(columns_of(query))


def _value(kind: str) -> str:
    return {"iri": "urn:x", "integer": "2021", "date": "2021-09-30"}.get(kind, "x")


# --- answers --------------------------------------------------------------------------------------------------------


def test_names_are_resolved_and_values_are_plain(reader: httpx.Client) -> None:
    body = told(reader, TASKS, **OFFICE, plan_year=2021)
    assert body["parameters"]["unit"] == UNIT
    assert body["rows"]
    assert body["total"] == len(body["rows"])
    assert body["next"] is None
    assert all(list(row) == body["columns"] for row in body["rows"])
    assert {row["plan_year"] for row in body["rows"]} == {2021}


@pytest.mark.parametrize(("header", "label"), [("zh", "牵头"), ("en", "lead"), ("", "牵头")])
def test_names_of_codes_are_in_the_language_of_the_client(reader: httpx.Client, header: str, label: str) -> None:
    answer = reader.get(TASKS, params={**OFFICE, "role": "lead"}, headers={"accept-language": header} if header else {})
    assert {row["role_label"] for row in answer.json()["rows"]} == {label}


@pytest.mark.parametrize(
    ("accept", "asked", "media"),
    [
        ("*/*", {}, "application/json"),
        ("text/html,*/*;q=0.8", {}, "application/json"),
        ("text/csv", {}, "text/csv"),
        ("application/sparql-results+json", {}, "application/sparql-results+json"),
        ("application/sparql-query", {}, "application/sparql-query"),
        ("application/json", {"format": "csv"}, "text/csv"),
        ("*/*", {"format": "xlsx"}, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("application/json", {"text": "1"}, "application/sparql-query"),
        ("text/csv", {"format": "sparql-json"}, "application/sparql-results+json"),
    ],
)
@pytest.mark.parametrize("page", [{}, {"limit": "2"}], ids=["whole", "page"])
def test_the_form_is_the_one_that_is_asked_for(
    reader: httpx.Client, accept: str, asked: Mapping[str, str], media: str, page: Mapping[str, str]
) -> None:
    answer = reader.get("/api/queries/plans", params={**asked, **page}, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media)
    assert "Accept" in answer.headers["vary"]


def test_all_forms_hold_the_same_rows(reader: httpx.Client) -> None:
    plain = told(reader, "/api/queries/plans")
    lines = list(csv.DictReader(io.StringIO(reader.get("/api/queries/plans", params={"format": "csv"}).content.decode())))
    results = reader.get("/api/queries/plans", params={"format": "sparql-json"}).json()
    assert [row["plan"] for row in plain["rows"]] == [row["plan"] for row in lines]
    assert results["head"]["vars"] == plain["columns"] == list(lines[0])
    assert [row["plan"]["value"] for row in results["results"]["bindings"]] == [row["plan"] for row in lines]
    assert isinstance(plain["rows"][0]["tasks"], int)


def test_a_spreadsheet_gets_a_byte_order_mark(reader: httpx.Client) -> None:
    answer = reader.get("/api/queries/plans", params={"format": "csv", "bom": "1"})
    assert answer.content.startswith(b"\xef\xbb\xbfplan,")
    assert 'filename="plans.csv"' in answer.headers["content-disposition"]
    assert not reader.get("/api/queries/plans", params={"format": "csv"}).content.startswith(b"\xef\xbb\xbf")


def test_a_workbook_has_the_rows_of_the_query(reader: httpx.Client) -> None:
    rows = told(reader, "/api/queries/plans", limit=5)
    answer = reader.get("/api/queries/plans", params={"format": "xlsx", "limit": "5"})
    assert 'filename="plans.xlsx"' in answer.headers["content-disposition"]
    head, *lines = load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    assert head[:3] == ("计划 IRI", "计划", "编号")
    assert len(head) == len(rows["columns"])
    assert [list(line) for line in lines] == [list(row.values()) for row in rows["rows"]]


def test_every_column_has_a_name_in_both_languages(reader: httpx.Client) -> None:
    heads = [(name, words) for query in told(reader, "/api/queries")["queries"] for name, words in query["heads"].items()]
    assert {name for name, words in heads if words["zh"].isascii() or not words["en"].isascii()} <= {"sha256"}


def test_codes_are_told_with_their_names(reader: httpx.Client) -> None:
    parameters = next(one for one in told(reader, "/api/queries")["queries"] if one["name"] == "tasks-of-unit")["parameters"]
    role = next(each for each in parameters if each["name"] == "role")
    assert {"code": "lead", "zh": "牵头", "en": "lead"} in role["codes"]


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("+HYPERLINK()", "'+HYPERLINK()"), ("@a", "'@a"), ("-5", "-5"), ("+3.5%", "+3.5%"), ("普通", "普通")],
)
def test_no_cell_is_taken_for_a_formula(cell: str, written: str) -> None:
    assert _harmless(cell) == written


@pytest.mark.parametrize(
    ("value", "kind", "plain"),
    [
        ("5", "integer", 5), ("-0", "integer", 0), ("0.5", "decimal", 0.5), ("INF", "double", "INF"), ("true", "boolean", True),
        ("0", "boolean", False), ("x", "integer", "x"), ("2021-01-01", "date", "2021-01-01"), ("2021", "string", "2021"),
    ],
)  # fmt: skip
def test_values_have_the_types_of_json(value: str, kind: str, plain: object) -> None:
    assert _plain({"type": "literal", "value": value, "datatype": expand(f"xsd:{kind}")}) == plain
    assert _plain(None) is None


def test_the_text_is_what_the_endpoint_answers_alike(reader: httpx.Client) -> None:
    text = reader.get(TASKS, params={**OFFICE, "text": "1", "limit": "5"}).text
    assert f"<{UNIT}>" in text
    rows = reader.post("/sparql", data={"query": text}).json()["results"]["bindings"]
    assert [row["task"]["value"] for row in rows] == [row["task"] for row in told(reader, TASKS, **OFFICE, limit=5)["rows"]]


# --- pages ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "csv", "sparql-json"])
def test_pages_hold_each_row_once(reader: httpx.Client, form: str) -> None:
    whole = reader.get(TASKS, params={**OFFICE, "format": form})
    address: str | None = str(httpx.URL(TASKS, params={**OFFICE, "format": form, "limit": "7"}))
    rows: list[Any] = []
    while address:
        page = reader.get(address)
        rows += _rows(page, form)
        links = {rel: url for url, rel in re.findall(r'<([^<>]*)>; rel="(\w+)"', page.headers["link"])}
        assert "first" in links
        if form == "json":
            assert page.json()["next"] == links.get("next")
        if "prev" in links:
            assert len(_rows(reader.get(links["prev"]), form)) == 7
        address = links.get("next")
    assert rows == _rows(whole, form)


def _rows(answer: httpx.Response, form: str) -> list[Any]:
    if form == "csv":
        return list(csv.reader(io.StringIO(answer.text, newline="")))[1:]
    body = answer.json()
    rows: list[Any] = body["rows"] if form == "json" else body["results"]["bindings"]
    return rows


def test_a_total_is_told_where_it_is_known_or_wanted(reader: httpx.Client) -> None:
    whole = told(reader, TASKS, **OFFICE)["total"]
    assert told(reader, TASKS, **OFFICE, limit=3)["total"] is None
    assert told(reader, TASKS, **OFFICE, limit=3, total=1)["total"] == whole
    assert told(reader, TASKS, **OFFICE, limit=3, offset=whole - 2)["total"] == whole
    assert told(reader, TASKS, **OFFICE, limit=3, offset=whole + 2)["total"] is None


def test_an_answer_that_is_known_is_not_sent_again(reader: httpx.Client) -> None:
    tag = reader.get("/api/queries/plans").headers["etag"]
    assert reader.get("/api/queries/plans", headers={"if-none-match": tag}).status_code == 304
    assert reader.get("/api/queries/plans", params={"limit": "1"}).headers["etag"] != tag
    assert reader.get("/api/queries/plans", headers={"accept": "text/csv"}).headers["etag"] != tag


# --- what does not fit ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "values", "at", "says"),
    [
        ("tasks-of-unit", {}, "unit", "缺少"),
        ("tasks-of-unit", {"unit": ""}, "unit", "缺少"),
        ("tasks-of-unit", {"unit": "区政府办公室", "role": "owner"}, "role", "lead"),
        ("tasks-of-unit", {"unit": "区政府办公室", "plan_year": "今年"}, "plan_year", "整数"),
        ("tasks-of-unit", {"unit": "区政府办公室", "lang": "fr"}, "lang", "zh、en"),
        ("tasks-of-unit", {"unit": "x" * 600}, "unit", "500"),
        ("due-between", {"from": "2021-02-30", "to": "2021-12-31"}, "from", "2021-09-30"),
        ("plans", {"colour": "red"}, "colour", "plan_year"),
        ("plans", {"limit": "0"}, "limit", "10000"),
        ("plans", {"limit": "1e3"}, "limit", "10000"),
        ("plans", {"offset": "-1"}, "offset", "整数"),
        ("plans", {"text": "maybe"}, "text", "0 或 1"),
        ("plans", {"timeout": "0.1"}, "timeout", "1 到 3600"),
        ("plans", [("limit", "1"), ("limit", "2")], "limit", "一次"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_told_with_what_is_expected(reader: httpx.Client, query: str, values: Any, at: str, says: str) -> None:
    answer = reader.get(f"/api/queries/{query}", params=values)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    error = next(one for one in problem["errors"] if one["at"] == f"query.{at}")
    assert says in error["message"]
    english = reader.get(f"/api/queries/{query}", params=values, headers={"accept-language": "en"}).json()
    assert english["title"] == "Wrong parameters"
    assert not re.search("[一-鿿]{2}", english["errors"][0]["message"].replace(str(dict(values).get(at, "")), ""))


@pytest.mark.parametrize(
    ("values", "at", "says"),
    [
        ({"unit": "没有这个局"}, "unit", "/api/queries/units"),
        ({"unit": "urn:nobody"}, "unit", "没有"),
        ({"unit": "区政府办公室", "place": "没有这个地方"}, "place", "行政区划"),
    ],
)
def test_a_name_of_nothing_is_not_found(reader: httpx.Client, values: Mapping[str, str], at: str, says: str) -> None:
    answer = reader.get(TASKS, params=values)
    assert answer.status_code == 404
    assert [one["at"] for one in answer.json()["errors"]] == [f"query.{at}"]
    assert says in answer.json()["detail"]


@pytest.mark.parametrize("role", ["lead", "牵头", "https://w3id.org/zhengpu/code/role/lead"])
def test_a_code_may_be_given_by_any_of_its_names(reader: httpx.Client, role: str) -> None:
    assert told(reader, TASKS, **OFFICE, role=role)["parameters"]["role"] == "https://w3id.org/zhengpu/code/role/lead"


def test_a_name_of_several_things_is_told_with_the_choices(reader: httpx.Client) -> None:
    answer = reader.get(TASKS, params={"unit": TWIN, "plan_year": "2021"})
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["parameter"] == "unit"
    assert [one["iri"] for one in problem["choices"]] == [f"{BASE}unit/99999{n}/twin" for n in (1, 2)]
    assert all("plan_year=2021" in one["url"] for one in problem["choices"])
    assert reader.get(problem["choices"][0]["url"]).status_code == 200


@pytest.mark.parametrize(
    "value", ['"> } DELETE WHERE { ?s ?p ?o } #', "urn:x> . ?s ?p ?o . <urn:y", "\\u0022 }", "'; DROP", "区政府办公室\u0000", "{{unit}}"]
)
def test_a_value_is_never_read_as_sparql(reader: httpx.Client, value: str) -> None:
    assert reader.get(TASKS, params={"unit": value}).status_code == 404


def test_a_query_that_there_is_not_is_not_found(reader: httpx.Client) -> None:
    answer = reader.get("/api/queries/tasks-of-units")
    assert answer.status_code == 404
    assert "tasks-of-unit" in answer.json()["detail"]


@EVERY
def test_every_query_answers_over_http(reader: httpx.Client, sampled: Served, query: StockQuery) -> None:
    values = {one.name: {"date": "2021-12-31", "integer": "2021"}.get(one.type, UNIT) for one in query.parameters if one.required}
    known = {
        "unit": UNIT,
        "other_unit": UNIT,
        "plan": "澄政办发〔2021〕20号",
        "task": "澄政办发〔2021〕20号#11",
        "instrument": "国务院令第711号",
        "function": "财政",
    }
    values |= {name: known[name] for name in values if name in known}
    for limit in ({}, {"limit": "1", "total": "1"}):
        answer = reader.get(f"/api/queries/{query.name}", params={**values, **limit})
        assert answer.status_code == 200, answer.text
        assert answer.json()["columns"] == list(columns_of(query))
