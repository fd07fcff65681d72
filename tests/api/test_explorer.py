"""The files of the explorer as the server gives them."""

from __future__ import annotations

import re

import httpx
import pytest

from viz.explorer import find_explorer

pytestmark = pytest.mark.skipif(find_explorer() is None, reason="浏览器没有构建 / the explorer is not built")


def _scripts(page: str) -> list[str]:
    return re.findall(r'src="([^"]+\.js)"', page)


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("/", "/explore/"), ("/?q=财政局", "/explore/ask?q=%E8%B4%A2%E6%94%BF%E5%B1%80"), ("/?lang=en", "/explore/?lang=en")],
    ids=["first page", "a question", "English"],
)
def test_the_first_page_leads_to_the_explorer(reader: httpx.Client, asked: str, leads: str) -> None:
    answer = reader.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (302, leads)


@pytest.mark.parametrize("state", ["/explore", "/explore/", "/explore/units/990102/x", "/explore/no-such-view?year=2023"])
def test_every_state_answers_with_the_one_page(reader: httpx.Client, state: str) -> None:
    answer = reader.get(state)
    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self';" in policy
    assert all(reader.get(script).status_code == 200 for script in _scripts(answer.text))


@pytest.mark.parametrize(("likes", "form"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None), ("br;q=0", None)])
def test_files_come_compressed_as_the_client_likes(reader: httpx.Client, likes: str, form: str | None) -> None:
    script = _scripts(reader.get("/explore/").text)[0]
    with reader.stream("GET", script, headers={"Accept-Encoding": likes}) as answer:
        assert answer.headers.get("content-encoding") == form
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"]
        assert len(b"".join(answer.iter_raw())) == int(answer.headers["content-length"])


@pytest.mark.parametrize(
    "name", ["assets/none.js", "assets/../index.html", "assets/..%2f..%2fpackage.json", "assets/%2e%2e/%2e%2e/package.json"]
)
def test_nothing_but_the_built_files_is_given(reader: httpx.Client, name: str) -> None:
    answer = reader.get(f"/explore/{name}")
    assert "zhengpu-explorer" not in answer.text
    assert answer.status_code == 404 or answer.headers["content-type"].startswith("text/html")


def test_there_is_a_page_without_scripts(reader: httpx.Client) -> None:
    answer = reader.get("/plain")
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert 'action="/plain"' in answer.text
