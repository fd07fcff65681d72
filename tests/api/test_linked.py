"""Linked data: from a thing to the documents about it, whatever its IRI is like, and what the documents say."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph, URIRef

from ontology import expand
from tests.api.sampled import BASE, HUB, LARGE, LARGE_NEIGHBOURS, NAMES, NEIGHBOURS, SCRIPT, named
from tests.api.serving import make_store, serving

PLAN = f"{BASE}plan/990102/2021/澄政办发〔2021〕20号/2720a3aee2603562"
UNIT = f"{BASE}unit/990102/720ac4a1d1d38daf"
HTML, TURTLE = "text/html", "text/turtle"
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib uses it itself, for JSON-LD
RDF = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def thing(iri: str) -> str:
    """Where the server answers for an IRI under its base, as clients write it."""
    return "/id/" + quote(iri.removeprefix(BASE), safe="/%")


def see(reader: httpx.Client, path: str, accept: str = HTML, **headers: str) -> httpx.Response:
    return reader.get(path, headers={"accept": accept, **headers}, follow_redirects=True)


class Page(HTMLParser):
    """What a page has in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str, name: str) -> list[str]:
        return [str(given[name]) for each, given in self.tags if each == tag and name in given]


# --- from a thing to a document ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "start", "media"),
    [
        (BROWSER, "/page/", HTML),
        ("*/*", "/page/", HTML),
        ("", "/page/", HTML),
        *((media, "/data/", media) for media in RDF),
        ("text/turtle;q=0.5, application/ld+json", "/data/", "application/ld+json"),
        ("text/html;q=0.1, text/turtle", "/data/", TURTLE),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_thing_leads_to_the_document_that_is_asked_for(reader: httpx.Client, accept: str, start: str, media: str) -> None:
    answer = reader.get(thing(UNIT), headers={"accept": accept})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(start)
    assert "Accept" in answer.headers["vary"]
    links = answer.headers["link"]
    assert all(f'type="{each}"' in links for each in (HTML, *RDF))
    document = reader.get(answer.headers["location"], headers={"accept": accept})
    assert document.status_code == 200
    assert document.headers["content-type"].startswith(media)
    assert f'<{UNIT}>; rel="describes"' in document.headers["link"]


@pytest.mark.parametrize("name", NAMES)
def test_an_iri_is_decoded_once(reader: httpx.Client, name: str) -> None:
    answer = see(reader, thing(named(name)))
    assert answer.status_code == 200, answer.text
    assert f"<code>{named(name)}</code>" in answer.text.replace("&#39;", "'")
    graph = Graph().parse(data=see(reader, thing(named(name)), TURTLE).text, format="turtle")
    assert [str(label) for label in graph.objects(URIRef(named(name)), URIRef(expand("skos:prefLabel")))] == [f"{name} 号"]


@pytest.mark.parametrize(
    "spelt", [quote(PLAN.removeprefix(BASE) + "/task/11"), "/".join(map(quote, (PLAN.removeprefix(BASE) + "/task/11").split("/"))).lower()]
)
def test_escapes_may_be_written_either_way(reader: httpx.Client, spelt: str) -> None:
    assert f"<code>{PLAN}/task/11</code>" in see(reader, f"/id/{spelt}").text


@pytest.mark.parametrize("rest", ["nothing/of/the/kind", "%FF%FE", "100%", "plan/../x", "a%3Cb%3E", "%22%7D", "x" * 5000])
@pytest.mark.parametrize("start", ["/id/", "/page/", "/data/", "/code/"])
def test_an_unknown_iri_is_not_found_and_said_to_be(reader: httpx.Client, start: str, rest: str) -> None:
    accept = TURTLE if start == "/data/" else HTML
    answer = reader.get(start + rest, headers={"accept": accept})
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
    if start != "/data/":
        assert "没有这个标识符" in answer.text
    problem = reader.get(start + rest, headers={"accept": TURTLE}) if start != "/page/" else None
    assert problem is None or problem.json()["type"].endswith("/not-found")


def test_no_acceptable_form_is_told(reader: httpx.Client) -> None:
    for path in (thing(UNIT), thing(UNIT).replace("/id/", "/data/"), "/ontology"):
        answer = reader.get(path, headers={"accept": "image/png"})
        assert answer.status_code == 406
        assert "text/turtle" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/page", 400),
        ("/page?iri=", 400),
        ("/page?iri=not%20an%20iri", 404),
        ("/page?iri=urn:x%3E%20.%20%3Curn:y", 404),
        ("/data?iri=x", 404),
        ("/page?iri=urn:x&offset=-1&property=urn:y", 400),
        ("/page?iri=urn:x&offset=9999999&property=urn:y", 400),
        ("/page?iri=urn:x&direction=up&property=urn:y", 400),
        ("/page?iri=https://w3id.org/zhengpu/code/role/lead&property=no%20iri", 400),
        ("/data?iri=urn:x&format=png", 406),
        ("/data?iri=https://w3id.org/zhengpu/code/role/lead&format=application/rdf+xml", 200),
    ],
)
def test_what_is_asked_wrongly_is_told(reader: httpx.Client, path: str, status: int) -> None:
    assert reader.get(path, headers={"accept": "*/*"}).status_code == status


def test_a_code_has_a_page_and_data(reader: httpx.Client) -> None:
    page = see(reader, "/code/role/lead")
    assert "<h1>牵头</h1>" in page.text
    assert "<h1>lead</h1>" in see(reader, "/code/role/lead?lang=en").text
    assert "rdf:type" not in page.text
    graph = Graph().parse(data=see(reader, "/code/role/lead", TURTLE).text, format="turtle")
    assert (URIRef("https://w3id.org/zhengpu/code/role/lead"), URIRef(expand("skos:notation")), None) in graph


# --- pages ----------------------------------------------------------------------------------------------------------


def test_a_task_shows_its_words_and_where_they_are_from(reader: httpx.Client) -> None:
    page = see(reader, thing(f"{PLAN}/task/11")).text
    assert "<mark>" in page
    assert "district-2021.txt" in page
    assert "按照《中华人民共和国预算法》的规定" in page
    for label in ("属于计划", "分工", "出处", "由来", "程序版本", "任务"):
        assert label in page
    assert f'href="/page/{quote(PLAN.removeprefix(BASE))}"' in page
    assert "澄湖区2021年政务公开实施方案" in page


@pytest.mark.parametrize(
    ("iri", "query"),
    [(UNIT, "tasks-of-unit?unit="), (PLAN, "tasks-of-plan?plan="), (f"{PLAN}/task/11", "lineage-of-task?task=")],
    ids=["unit", "plan", "task"],
)
def test_a_page_leads_to_the_queries_about_its_thing(reader: httpx.Client, iri: str, query: str) -> None:
    addresses = [each for each in Page(see(reader, thing(iri)).text).all("a", "href") if each.startswith("/api/queries/")]
    assert any(query in each for each in addresses)
    assert [each for each in addresses if reader.get(each).status_code != 200] == []


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "", "zh"),
        ("", "en-GB,en;q=0.9", "en"),
        ("?lang=zh", "en", "zh"),
        ("?lang=en", "zh", "en"),
        ("?lang=fr", "zh", "zh"),
    ],
)
def test_a_page_is_in_the_language_that_is_asked_for(reader: httpx.Client, query: str, header: str, language: str) -> None:
    answer = see(reader, thing(UNIT) + query, **({"accept-language": header} if header else {}))
    assert answer.headers["content-language"] == language
    assert "Accept-Language" in answer.headers["vary"]
    assert ("What links here" in answer.text) == (language == "en")
    assert ("谁指向这里" in answer.text) == (language == "zh")


@pytest.mark.parametrize("iri", [UNIT, PLAN, f"{PLAN}/task/11", f"{BASE}thing/script", f"{BASE}thing/plain", HUB])
def test_a_page_is_never_titled_by_an_iri_and_loads_nothing_from_elsewhere(reader: httpx.Client, iri: str) -> None:
    answer = see(reader, thing(iri))
    title = re.search(r"<h1>(.*?)</h1>", answer.text)
    assert title is not None
    assert "://" not in title[1]
    page = Page(answer.text)
    assert not page.all("script", "src")
    assert not {"script", "style", "iframe"} & {tag for tag, _ in page.tags}
    assert all(each.startswith("/") for each in page.all("link", "href"))
    assert not [given for _, given in page.tags if any(name.startswith("on") or name == "style" for name in given)]
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    sheet = reader.get(page.all("link", "href")[0])
    assert sheet.headers["content-type"].startswith("text/css")
    assert "immutable" in sheet.headers["cache-control"]


def test_what_a_label_holds_is_never_markup(reader: httpx.Client) -> None:
    page = see(reader, thing(f"{BASE}thing/script")).text
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    assert not [each for each in Page(page).all("a", "href") if each.startswith("javascript:")]
    missing = see(reader, "/id/" + quote(SCRIPT, safe="")).text
    assert SCRIPT not in missing


def test_many_neighbours_are_counted_up_to_a_bound_and_paged(reader: httpx.Client) -> None:
    page = see(reader, thing(HUB)).text
    assert f">{NEIGHBOURS}<" in page
    assert page.count("/page/unit/999999/hub/task/") == 50
    large = see(reader, thing(LARGE)).text
    assert "超过 1000" in large
    assert large.count("/page/unit/999999/large/task/") == 50


@pytest.mark.parametrize(("hub", "count"), [(HUB, NEIGHBOURS), (LARGE, LARGE_NEIGHBOURS)], ids=["counted", "more than counted"])
def test_pages_of_neighbours_hold_each_once(reader: httpx.Client, hub: str, count: int) -> None:
    listed: list[str] = []
    address: str | None = f"/page/{hub.removeprefix(BASE)}?property={quote(expand('zp:leadUnit'), safe='')}"
    pages = 0
    while address and pages < 200:
        text = see(reader, address).text
        found = re.findall(r'<li><a href="(/page/unit[^"]*)"', text)
        assert len(found) <= 50
        listed += found
        address = next(
            (str(given["href"]).replace("&amp;", "&") for tag, given in Page(text).tags if tag == "a" and given.get("rel") == "next"), None
        )
        pages += 1
    assert len(listed) == len(set(listed)) == count


def test_a_page_that_is_known_is_not_sent_again(reader: httpx.Client) -> None:
    address = thing(UNIT).replace("/id/", "/page/")
    tag = reader.get(address).headers["etag"]
    assert reader.get(address, headers={"if-none-match": tag}).status_code == 304
    assert reader.get(f"{address}?lang=en").headers["etag"] != tag
    head = reader.head(address)
    assert (head.status_code, head.content) == (200, b"")


# --- data -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media", RDF)
def test_data_are_the_same_in_every_form(reader: httpx.Client, media: str) -> None:
    answer = see(reader, thing(f"{PLAN}/task/11"), media)
    graph = Graph().parse(data=answer.content, format=RDF[media])
    task = URIRef(f"{PLAN}/task/11")
    assert (task, URIRef(expand("zp:inPlan")), URIRef(PLAN)) in graph
    assert (URIRef(PLAN), URIRef(expand("dcterms:title")), None) in graph, "the name of what it links to"
    assert list(graph.subject_objects(URIRef(expand("oa:exact")))), "the words behind it"
    assert list(graph.subjects(URIRef(expand("zp:unit")))) == []
    assert (None, URIRef("http://xmlns.com/foaf/0.1/primaryTopic"), task) in graph


def test_data_hold_all_that_links_to_a_node_in_parts(reader: httpx.Client) -> None:
    found: set[str] = set()
    address: str | None = f"/data/{LARGE.removeprefix(BASE)}?format=nt"
    while address:
        answer = reader.get(address)
        graph = Graph().parse(data=answer.content, format="nt")
        part = {str(each) for each in graph.subjects(URIRef(expand("zp:leadUnit")), URIRef(LARGE))}
        assert not found & part
        found |= part
        following = re.search(r'<([^<>]*)>; rel="next"', answer.headers["link"])
        address = following[1] if following else None
        assert bool(address) == bool(list(graph.subjects(URIRef("http://www.w3.org/1999/xhtml/vocab#next"))))
    assert len(found) == LARGE_NEIGHBOURS


# --- the ontology ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_ontology_is_readable_at_its_iri(reader: httpx.Client, language: str) -> None:
    page = see(reader, f"/ontology?lang={language}").text
    anchors = Page(page).all("section", "id")
    assert {"Task", "leadUnit", "dueDate", "code-role"} <= set(anchors)
    assert ("任务" if language == "zh" else "task") in page
    local = [each.removeprefix("#") for each in Page(page).all("a", "href") if each.startswith("#") and each != "#content"]
    assert set(local) <= set(anchors)


@pytest.mark.parametrize("path", ["/ontology", "/ontology/codes", "/shapes"])
@pytest.mark.parametrize("media", RDF)
def test_the_ontology_comes_in_every_form(reader: httpx.Client, path: str, media: str) -> None:
    answer = see(reader, path, media)
    assert answer.headers["content-type"].startswith(media)
    assert len(Graph().parse(data=answer.content, format=RDF[media])) > 100


def test_the_context_is_served(reader: httpx.Client) -> None:
    answer = reader.get("/ontology/context.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    assert "@context" in json.loads(answer.content)


# --- elsewhere ------------------------------------------------------------------------------------------------------


def test_another_base_and_a_path_behind_a_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = "https://data.example/zhengpu/id/"
    monkeypatch.setenv("ZHENGPU_BASE", base)
    iri = f"{base}thing/甲"
    store = make_store(tmp_path / "store", {"urn:g": f'<{iri}> <{expand("skos:prefLabel")}> "甲" .\n'.encode()})
    with serving(store, workers=1, url="https://data.example/zhengpu") as server, server.client() as reader:
        answer = reader.get(f"/id/thing/{quote('甲')}", headers={"accept": HTML})
        assert answer.headers["location"] == f"/zhengpu/page/thing/{quote('甲')}"
        page = reader.get(answer.headers["location"].removeprefix("/zhengpu")).text
        assert f"<code>{iri}</code>" in page
        assert all(each.startswith(("/zhengpu/", "#", "?")) for each in Page(page).all("a", "href"))
        data = reader.get(f"/data/thing/{quote('甲')}?format=nt").text
        assert f"<https://data.example/zhengpu/data/thing/{quote('甲')}?format=nt>" in data
