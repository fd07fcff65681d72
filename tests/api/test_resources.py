"""Resources on a server that was filled by an upload: lists in pages, one thing with all that it says, and what is made of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from api.resources.answers import XLSX
from api.resources.work.tasks import to_pieces

PLAN = "澄政办发〔2021〕20号"
UNIT = "区财政局@澄湖区"
LISTS = (
    "/api/plans", "/api/tasks", "/api/units", "/api/instruments", "/api/documents", "/api/lineage", "/api/lineage/pairs",
    f"/api/units/{UNIT}/obligations", f"/api/units/{UNIT}/aliases", "/api/deadlines", f"/api/plans/{PLAN}/tasks",
    "/api/instruments/政府信息公开条例/citations",
)  # fmt: skip
Item = dict[str, Any]


def asked(client: httpx.Client, path: str, **parameters: object) -> Item:
    answer = client.get(path, params={name: str(value) for name, value in parameters.items()} or None)
    assert answer.status_code == 200, answer.text
    told: Item = answer.json()
    return told


def pages(client: httpx.Client, url: str) -> Iterator[Item]:
    """Every item of a list, page by page by its links."""
    following: str | None = url
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        yield from answer.json()["items"]
        following = answer.links.get("next", {}).get("url")


# --- lists -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", LISTS)
def test_the_pages_of_a_list_are_the_whole_list(path: str, asker: httpx.Client) -> None:
    whole = asked(asker, path, limit=200)
    few = whole["items"][:20]
    assert few
    paged = [item for item, _ in zip(pages(asker, f"{path}?limit=7"), range(len(few)), strict=False)]
    assert [item.get("iri") for item in paged] == [item.get("iri") for item in few]
    if not whole["more"] and whole["total"] is not None:
        assert whole["total"] == len(whole["items"])


@pytest.mark.parametrize("path", [path for path in LISTS if not path.endswith("aliases")])
def test_the_query_behind_a_list_gives_its_items(path: str, asker: httpx.Client) -> None:
    page = asked(asker, path, limit=5)
    text = asker.get(path, params={"limit": "5", "text": "1"})
    assert text.text == page["query"]
    answer = asker.get("/sparql", params={"query": page["query"]}, headers={"Accept": "application/sparql-results+json"}).json()
    given = {cell["value"] for row in answer["results"]["bindings"] for cell in row.values()}
    assert {item["iri"] for item in page["items"]} <= given


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_csv_for_who_asks_for_it(path: str, asker: httpx.Client) -> None:
    answer = asker.get(path, params={"limit": "5"}, headers={"Accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row.get("标识符") for row in rows] == [item.get("iri") for item in asked(asker, path, limit=5)["items"]]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_a_workbook_with_heads_in_either_language(path: str, asker: httpx.Client) -> None:
    items = asked(asker, path, limit=5)["items"]
    for language in ("zh", "en"):
        answer = asker.get(path, params={"limit": "5", "format": "xlsx", "lang": language})
        assert answer.headers["content-type"] == XLSX
        assert answer.headers["content-disposition"].endswith(".xlsx")
        sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
        heads, *rows = list(sheet.iter_rows(values_only=True))
        assert len(rows) == len(items)
        assert all(head and (language == "en") == str(head).isascii() for head in heads if head != "SHA-256"), heads
        assert not any(isinstance(cell, str) and cell.startswith("=") for row in rows for cell in row)
        for row in rows:  # no column of addresses but the last
            assert not any(isinstance(cell, str) and cell.startswith("http") for cell in row[:-1])


def test_a_table_may_be_longer_than_a_page(asker: httpx.Client) -> None:
    answer = asker.get("/api/tasks", params={"limit": "20000", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == asked(asker, "/api/tasks")["total"] > 200
    assert asker.get("/api/tasks", params={"limit": "20000"}).status_code == 422


def test_totals_come_from_kept_counts(asker: httpx.Client) -> None:
    everything = asked(asker, "/api/tasks", limit=200)
    assert everything["total"] == len(list(pages(asker, "/api/tasks?limit=200")))
    tasks = asked(asker, "/api/tasks", kind="task", year=2021, place="澄湖区", limit=200)
    assert tasks["total"] == len(tasks["items"]) == 65
    last = asked(asker, "/api/tasks", limit=50, offset=everything["total"] - 3)
    assert len(last["items"]) == 3
    assert not last["more"]
    assert asked(asker, "/api/tasks", offset=everything["total"] + 5)["items"] == []


def test_filters_hold_together(asker: httpx.Client) -> None:
    items = list(pages(asker, f"/api/tasks?unit={UNIT}&role=lead&limit=50"))
    assert items
    for item in items:
        assert any(one["label"] == "澄湖区财政局" and one["role"]["code"] == "lead" for one in item["units"])
    fixed = asked(asker, "/api/tasks", deadline="fixed", level="prefecture", limit=200)["items"]
    assert fixed
    assert {item["place"]["label"] for item in fixed} == {"云溪市"}
    assert all(any(one["kind"] == "fixed" for one in item["deadlines"]) for item in fixed)
    assert asked(asker, "/api/plans", kind="实施方案", place="990102", year=2021)["items"][0]["number"] == PLAN
    assert {one["label"] for one in asked(asker, "/api/plans", unit=UNIT)["items"]} >= {"澄湖区2021年政务公开实施方案"}


@pytest.mark.parametrize(
    ("path", "status", "language", "words"),
    [
        ("/api/tasks?unit=无此单位", 400, "zh", "没有叫"),
        ("/api/tasks?unit=无此单位", 400, "en", "no unit"),
        ("/api/tasks?year=abc", 422, "zh", "参数有误"),
        ("/api/tasks?limit=1000", 422, "en", "limit"),
        ("/api/units/nobody", 404, "zh", "没有"),
        ("/api/tasks/nothing", 404, "en", "there is no"),
        ("/api/documents/0123", 404, "en", "there is no"),
        ("/api/graph?node=无此事物", 404, "zh", "没有"),
        ("/api/lineage/diff?a=无&b=有", 404, "zh", "没有"),
        ("/api/graph?node=澄湖区&relation=likes", 400, "en", "no such relation"),
    ],
)
def test_what_goes_wrong_is_told_in_both_languages(path: str, status: int, language: str, words: str, asker: httpx.Client) -> None:
    answer = asker.get(path, headers={"Accept-Language": language})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


def test_an_answer_that_is_known_is_not_sent_again(asker: httpx.Client) -> None:
    first = asker.get("/api/plans", params={"limit": "2"})
    again = asker.get("/api/plans", params={"limit": "2"}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert asker.head("/api/plans", params={"limit": "2"}).headers["etag"] == first.headers["etag"]


# --- one thing ---------------------------------------------------------------------------------------------------------


def test_everything_that_is_listed_has_an_address(asker: httpx.Client) -> None:
    for path in ("/api/plans", "/api/tasks", "/api/units", "/api/instruments", "/api/documents"):
        for item in asked(asker, path, limit=4)["items"]:
            assert asked(asker, item["links"]["self"])["iri"] == item["iri"]


def test_a_plan_has_its_sections_and_tasks(asker: httpx.Client) -> None:
    plan = asked(asker, f"/api/plans/{PLAN}")
    assert (plan["label"], plan["year"], plan["tasks"]) == ("澄湖区2021年政务公开实施方案", 2021, 65)
    assert sum(item["kind"] == "task" for item in plan["items"]) == 65
    parents = {section["parent"] for section in plan["sections"]}
    assert parents <= {plan["iri"], *(section["iri"] for section in plan["sections"])}
    assert {one["states"].rsplit("/", 1)[-1].rsplit("#", 1)[-1] for one in plan["evidence"]} >= {"title", "number", "planYear"}


def test_a_task_quotes_the_words_of_its_document(asker: httpx.Client) -> None:
    task = asked(asker, f"/api/tasks/{PLAN}%2311")
    evidence = task["evidence"][0]
    text = asker.get(f"{evidence['links']['document']}/text").text
    assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
    document = asked(asker, evidence["links"]["document"])
    assert document["text"] == text
    marked = {mark["iri"]: text[mark["start"] : mark["end"]] for mark in document["marks"]}
    assert marked[task["iri"]] == evidence["quote"]
    for unit in task["units"]:
        assert marked[unit["assignment"]] == unit["printed"] == unit["evidence"][0]["quote"]
    assert document["raw"] is False


def test_a_task_has_its_line_with_the_differences(asker: httpx.Client) -> None:
    lines = [asked(asker, item["links"]["self"])["lineage"] for item in asked(asker, "/api/tasks", relation="continues", limit=3)["items"]]
    links = [link for line in lines for way in ("up", "down") for link in line[way]]
    assert {link["relation"]["code"] for link in links} >= {"continues"}
    for link in links:
        assert "".join(part["after"] for part in link["differences"])


@pytest.mark.parametrize(
    ("before", "after"),
    [("9月底前公开预算", "10月底前公开决算"), ("", "新增"), ("删去", ""), ("一样", "一样"), ("a𠀀b", "a𠀀c")],
)
def test_differences_give_both_texts_back(before: str, after: str) -> None:
    found = to_pieces(before, after)
    assert "".join(part["after"] for part in found) == after
    assert "".join(part["before"] for part in found) == before


def test_what_a_unit_owes_is_told_apart(asker: httpx.Client) -> None:
    direct = asked(asker, f"/api/units/{UNIT}/obligations", limit=200)
    group = asked(asker, f"/api/units/{UNIT}/obligations", through="group", limit=200)
    assert direct["total"] == len(direct["items"])
    assert all(any(one["through"] is None for one in item["owed"]) for item in direct["items"])
    assert group["total"] == len(group["items"]) > 0
    assert {one["through"]["label"] for item in group["items"] for one in item["owed"] if one["through"]} == {"澄湖区政府各部门"}
    lead = asked(asker, f"/api/units/{UNIT}/obligations", role="lead", limit=200)
    assert lead["total"] == len(lead["items"])
    load = asked(asker, f"/api/units/{UNIT}/load")["items"]
    assert sum(row["tasks"] for row in load) == direct["total"]
    aliases = asked(asker, f"/api/units/{UNIT}/aliases")["items"]
    assert {one["printed"] for one in aliases} == {"区财政局"}
    assert all(one["stands"] and one["file"] for one in aliases)


def test_an_instrument_tells_its_editions_and_who_cites_it(asker: httpx.Client) -> None:
    law = asked(asker, "/api/instruments/政府信息公开条例")
    assert [one["number"] for one in law["editions"]] == ["国务院令第492号", "国务院令第711号"]
    assert law["editions"][0]["status"]["code"] == "replaced"
    cited = list(pages(asker, f"{law['links']['citations']}?limit=50"))
    assert sum(row["tasks"] for row in law["years"]) <= len(cited)
    assert all("条例" in one["printed"] or "711" in one["printed"] for one in cited)
    found = asked(asker, "/api/instruments", q="信息公开条例")["items"]
    assert law["iri"] in {one["iri"] for one in found}


# --- days ----------------------------------------------------------------------------------------------------------------


def test_what_is_due_lies_in_the_window(asker: httpx.Client) -> None:
    items = asked(asker, "/api/deadlines", **{"from": "2021-09-01", "to": "2021-10-31", "limit": 200})["items"]
    days = [due["date"] for item in items for due in item["due"]]
    assert days
    assert min(days) >= "2021-09-01"
    assert max(days) <= "2021-10-31"


def test_the_calendar_is_read_by_others(asker: httpx.Client) -> None:
    answer = asker.get("/api/deadlines.ics", params={"place": "澄湖区", "year": "2021"})
    assert answer.headers["content-type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    events: list[Any] = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    listed = asked(asker, "/api/deadlines", place="澄湖区", year=2021, limit=200)["items"]
    assert {str(event["DESCRIPTION"]).split("\n")[0] for event in events} == {item["text"] for item in listed}
    assert len({str(event["UID"]) for event in events}) == len(events) > 0
    for event in events:
        assert type(event["DTSTART"].dt) is dt.date
        assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(days=1)
        assert str(event["URL"]).startswith("http://127.0.0.1")
    assert asker.get("/api/deadlines.ics", params={"place": "澄湖区", "year": "2021"}).content == answer.content
    assert "长期" in answer.text.replace("\r\n ", "")


# --- lineage ---------------------------------------------------------------------------------------------------------------


def test_two_plans_are_compared_task_by_task(asker: httpx.Client) -> None:
    pair = next(one for one in asked(asker, "/api/lineage/pairs", relation="continues")["items"] if one["later"]["year"] == 2022)
    told = asked(asker, pair["links"]["diff"])["compared"][0]
    assert told["relation"]["code"] == "continues"
    assert {name: len(told[name]) for name in told["counts"]} == told["counts"]
    assert (len(told["new"]), len(told["dropped"])) == (pair["new"], pair["dropped"])
    link = told["reworded"][0]
    two = asked(asker, "/api/lineage/diff", a=link["later"]["iri"], b=link["earlier"]["iri"])
    assert two["differences"] == link["differences"]


def test_flows_join_places_over_years_and_levels(asker: httpx.Client) -> None:
    flow = asked(asker, "/api/lineage/flow")
    nodes = {node["id"]: node for node in flow["nodes"]}
    years = {(nodes[link["source"]]["label"], nodes[link["target"]]["label"]) for link in flow["links"]}
    assert ("云溪市2021", "云溪市2022") in years
    assert ("东陵省2021", "云溪市2021") in years
    for link in flow["links"]:
        assert link["value"] == link["verbatim"] + link["edited"] + link["rewritten"]
    ledgers = [link for link in flow["links"] if link["relation"]["code"] == "breaks-down"]
    assert ledgers
    assert all(link["target"].endswith("|ledger") for link in ledgers)
    pairs = asked(asker, "/api/lineage/pairs", limit=200)["items"]
    assert sum(one["pairs"] for one in flow["compared"]) == len(pairs)
    assert flow["plans"] == len({pair[end]["iri"] for pair in pairs for end in ("later", "earlier")})


@pytest.mark.parametrize("most", ["new", "broken_down"])
def test_what_flows_between_two_plans_is_listed(most: str, asker: httpx.Client) -> None:
    flows = asked(asker, "/api/lineage/flow", by="plan")["links"]
    flow = max(flows, key=lambda one: one["new"] if most == "new" else sum(one["broken_down"].values()))
    between = {"earlier_plan": flow["source"], "plan": flow["target"], "relation": flow["relation"]["code"], "limit": 200}
    for end in ("new", "dropped"):
        assert len(asked(asker, "/api/lineage/tasks", end=end, **between)["items"]) == flow[end]
    kept = asked(asker, "/api/lineage", band="verbatim", **between)["items"]
    assert len({link["later"]["iri"] for link in kept}) == flow["verbatim"]
    broken = asked(asker, "/api/lineage", shape="broken-down", **between)["items"]
    assert len({link["later"]["iri"] for link in broken}) == sum(flow["broken_down"].values())


def test_links_between_places_and_years(asker: httpx.Client) -> None:
    given = {"earlier_year": 2021, "earlier_place": "澄湖区", "year": 2022, "place": "澄湖区", "limit": 200}
    found = asked(asker, "/api/lineage", **given)["items"]
    assert found
    assert {(link["earlier"]["year"], link["later"]["year"]) for link in found} == {(2021, 2022)}
    assert {pair["earlier"]["place"]["label"] for pair in asked(asker, "/api/lineage/pairs", **given)["items"]} == {"澄湖区"}


def test_the_line_of_a_matter_is_its_tasks_and_their_links(asker: httpx.Client) -> None:
    matter = asked(asker, "/api/matrix", by="matter", rows=1, columns=1)["columns"][0]
    tasks = {task["iri"] for task in asked(asker, "/api/tasks", matter=matter["iri"], limit=200)["items"]}
    assert len(tasks) == matter["tasks"]
    links = asked(asker, "/api/lineage", matter=matter["iri"], limit=200)["items"]
    assert links
    assert {link[end]["iri"] for link in links for end in ("later", "earlier")} <= tasks


# --- search, questions -------------------------------------------------------------------------------------------------------


def test_search_finds_suggests_and_counts(asker: httpx.Client) -> None:
    found = asked(asker, "/api/search", q="财政", kind="task", limit=5)
    assert found["total"] >= len(found["hits"]) > 0
    assert asked(asker, found["hits"][0]["links"]["self"])["iri"] == found["hits"][0]["iri"]
    suggestions = asked(asker, "/api/suggest", q="czj")["suggestions"]
    assert "澄湖区财政局" in {one["text"] for one in suggestions}
    facets = {one["name"]: one["values"] for one in asked(asker, "/api/facets", kind="task")["facets"]}
    years = {one["value"]: one["count"] for one in facets["year"]}
    assert years["2021"] == asked(asker, "/api/tasks", kind="task", year=2021)["total"]


def test_a_question_may_lean_on_the_one_before(asker: httpx.Client) -> None:
    first = asker.get("/api/ask", params={"q": "澄湖区财政局2021年要做哪些事？", "conversation": "new"})
    told = first.json()
    assert told["query"]["name"] == "tasks-of-unit"
    assert len({row["task"] for row in told["rows"]}) > 0
    assert told["understood_en"].startswith("tasks of 2021 that 澄湖区财政局")
    assert told["codes"].keys() == {row["role"] for row in told["rows"]}
    assert set(told["codes"].values()) <= {"lead", "responsible", "support"}
    assert asker.get("/sparql", params={"query": told["query"]["text"]}).status_code == 200
    second = asker.get("/api/ask", params={"q": "那区教育局呢？", "conversation": told["conversation"]}).json()
    assert "教育" in (second["understood"] or "")
    assert asker.get("/api/ask", params={"q": "那区教育局呢？"}).json()["declined"]


# --- the whole -----------------------------------------------------------------------------------------------------------------


def test_the_overview_adds_up(asker: httpx.Client) -> None:
    told = asked(asker, "/api/statistics", today="2021-09-10")
    assert told["documents"] == 5
    assert told["tasks"] == sum(row["tasks"] for row in told["by_year"]) == asked(asker, "/api/tasks", kind="task")["total"]
    assert told["plans"] == len(asked(asker, "/api/plans", limit=200)["items"])
    assert [one["month"] for one in told["due"]] == ["2021-09", "2021-10", "2021-11"]
    due = asked(asker, "/api/deadlines", **{"from": "2021-09-01", "to": "2021-09-30", "limit": 200})["items"]
    assert told["due"][0]["tasks"] == len(due)
    assert told["changes"]["year"] == 2022
    assert told["quality"]["numbering_gaps"] >= 1


@pytest.mark.parametrize("by", ["instrument", "matter"])
def test_the_cells_of_the_matrix_are_tasks(by: str, asker: httpx.Client) -> None:
    matrix = asked(asker, "/api/matrix", by=by, rows=10, columns=10)
    row, column, count = max(matrix["cells"], key=lambda cell: cell[2])
    assert count > 0
    named = {"unit": matrix["rows"][row]["iri"], by: matrix["columns"][column]["iri"]}
    assert len(asked(asker, "/api/tasks", **named, limit=200)["items"]) == count


def test_the_matrix_says_how_much_there_is(asker: httpx.Client) -> None:
    """The most frequent come from kept totals where nothing narrows them; they are what counting gives."""
    matrix = asked(asker, "/api/matrix", rows=1, columns=1)
    assert matrix["more_rows"]
    assert matrix["total_rows"] == asked(asker, "/api/statistics")["units"]
    unit = matrix["rows"][0]
    assert unit["tasks"] == len(list(pages(asker, f"/api/tasks?unit={unit['iri']}&limit=200")))


def test_the_graph_around_a_node_comes_in_pages(asker: httpx.Client) -> None:
    whole = asked(asker, "/api/graph", node=UNIT, limit=200)
    assert whole["node"]["label"] == "澄湖区财政局"
    counts = {(one["relation"], one["inward"]): one["count"] for one in whole["relations"]}
    edges = [edge["relation"] for edge in whole["edges"]]
    assert edges.count("lead") == counts["lead", True]
    first, second = (asked(asker, "/api/graph", node=UNIT, relation="responsible:in", limit=3, offset=offset) for offset in (0, 3))
    assert first["more"]
    assert not {node["iri"] for node in first["nodes"]} & {node["iri"] for node in second["nodes"]}
    assert all(node["label"] and node["kind"] for node in (*first["nodes"], *second["nodes"]))
    assert first["names"] == {"responsible": {"zh": "责任单位", "en": "responsible"}}
    brief = asked(asker, "/api/graph", node=UNIT, relation="responsible:in", limit=3, counts="false")
    assert (brief["relations"], brief["nodes"]) == ([], first["nodes"])


@pytest.mark.parametrize(
    ("facets", "limit"), [({}, 10_000), ({"year": "2023"}, 10_000), ({"place": "澄湖区", "year": "2022"}, 10_000), ({}, 50)], ids=str
)
def test_the_graph_as_a_whole_says_what_it_leaves_out(facets: dict[str, str], limit: int, asker: httpx.Client) -> None:
    whole = asked(asker, "/api/graph/overview", limit=limit, **facets)
    nodes = whole["nodes"]
    kinds = [node["kind"] for node in nodes]
    total = sum(asked(asker, "/api/search", kind=kind, limit=1, **facets)["total"] for kind in ("task", "statement"))
    assert kinds.count("Task") + kinds.count("Statement") + whole["left_out"]["tasks"] == total
    assert len({node["iri"] for node in nodes}) == len(nodes) <= limit
    assert bool(sum(whole["left_out"].values())) == (limit == 50)
    for source, target, relation in whole["edges"]:
        assert nodes[source]["kind"] in {"Task", "Statement"}
        assert nodes[target]["kind"] == "Plan" or whole["relations"][relation] != "plan"


def test_the_shortest_way_between_two(asker: httpx.Client) -> None:
    way = asked(asker, "/api/path", **{"from": UNIT, "to": "政府信息公开条例"})
    assert way["found"]
    ends = [node["iri"] for node in way["nodes"]]
    for at, edge in enumerate(way["edges"]):
        assert {edge["source"], edge["target"]} == {ends[at], ends[at + 1]}
    assert asked(asker, "/api/path", **{"from": UNIT, "to": UNIT})["edges"] == []


def test_a_dump_holds_everything(asker: httpx.Client) -> None:
    dump = asker.get("/api/dump", params={"format": "nq"})
    assert dump.headers["content-type"].startswith("application/n-quads")
    count = asker.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"}, headers={"Accept": "text/csv"})
    assert dump.text.count("\n") == int(count.text.split()[-1])


def test_every_route_is_described(asker: httpx.Client) -> None:
    told = asker.get("/openapi.json").json()
    ours = {path: methods for path, methods in told["paths"].items() if not path.startswith("/api/queries")}
    assert len([path for path in ours if path.startswith("/api/")]) >= 30
    names = [method["operationId"] for methods in told["paths"].values() for method in methods.values()]
    assert len(names) == len(set(names))
