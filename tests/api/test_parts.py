"""The small parts by themselves: negotiation, settings, budgets, updates with graphs of the request, which servers may be reached."""

from __future__ import annotations

import pytest

from api.budget import Budget
from api.errors import BudgetSpent, Refused, RequestError
from api.forms import ROWS
from api.negotiation import choose, choose_encoding, choose_language
from api.pool.wire import Done, Frames, frame
from api.settings import Settings, load_settings
from api.sparql.guard import check_reach, without_silent_loads
from api.sparql.updates import with_using
from api.tokens import token_of
from kg.errors import SettingError


@pytest.mark.parametrize(
    ("header", "form"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("text/*", "csv"),
        ("text/csv;q=0", None),
        ("*/*;q=0", None),
        ("image/png", None),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.2", "xml"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("TEXT/CSV", "csv"),
        ("text/csv;q=nonsense, text/tab-separated-values;q=0.1", "tsv"),
        ("text/csv;charset=utf-16, text/tab-separated-values;q=0.1", "tsv"),
        (",,;;q=1,/,a/,*/csv", "json"),
        ("text/csv" + ",a/b" * 5000, "csv"),
    ],
)
def test_a_form_is_chosen(header: str | None, form: str | None) -> None:
    assert choose(header, ROWS) == form


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (None, ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0.2, gzip;q=0.8", "gzip"),
        ("*", "zstd"),
        ("gzip;q=0", ""),
        ("gzip;q=0.5, identity;q=0.9", ""),
        ("br", ""),
    ],
)
def test_an_encoding_is_chosen(header: str | None, encoding: str) -> None:
    assert choose_encoding(header) == encoding


@pytest.mark.parametrize(
    ("header", "language"),
    [(None, "zh"), ("en", "en"), ("en-GB,en;q=0.9", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en;q=0.5, zh;q=0.1", "en"), ("fr", "zh")],
)
def test_a_language_is_chosen(header: str | None, language: str) -> None:
    assert choose_language(header) == language


_USING = "USING <urn:a> USING NAMED <urn:b>"


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        pytest.param("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", f"INSERT {{ ?s ?p 1 }} {_USING} WHERE {{ ?s ?p ?o }}", id="insert"),
        pytest.param("DELETE {} INSERT {} WHERE {}", f"DELETE {{}} INSERT {{}} {_USING} WHERE {{}}", id="both"),
        pytest.param("DELETE WHERE { ?s ?p { } }", f"DELETE {{ ?s ?p {{ }} }} {_USING} WHERE {{ ?s ?p {{ }} }}", id="short-form"),
        pytest.param("INSERT DATA { <urn:where> <urn:p> 1 }", "INSERT DATA { <urn:where> <urn:p> 1 }", id="data"),
        pytest.param("CLEAR ALL ; DROP GRAPH <urn:x>", "CLEAR ALL ; DROP GRAPH <urn:x>", id="nothing-to-ask"),
        pytest.param(
            "PREFIX w: <urn:> INSERT {} WHERE {} ; INSERT {} where { ?where w:where 'WHERE' }",
            f"PREFIX w: <urn:> INSERT {{}} {_USING} WHERE {{}} ; INSERT {{}} {_USING} where {{ ?where w:where 'WHERE' }}",
            id="two-and-hidden-words",
        ),
    ],
)
def test_an_update_is_asked_of_the_graphs_of_the_request(update: str, expected: str) -> None:
    assert with_using(update, ("urn:a",), ("urn:b",)) == expected


@pytest.mark.parametrize(
    "update", ["WITH <urn:x> DELETE {} WHERE {}", "DELETE {} USING <urn:x> WHERE {}", "CLEAR ALL; INSERT {} using <urn:x> WHERE {}"]
)
def test_an_update_says_its_graphs_once(update: str) -> None:
    with pytest.raises(RequestError):
        with_using(update, ("urn:a",), ())


_ALLOWED = frozenset({"https://dns.invalid", "http://127.0.0.1:8000", "https://one.one.one.one.invalid:8443"})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("SELECT * { SERVICE <https://other.invalid/> {} }", id="another"),
        pytest.param("SELECT * { SERVICE <https://dns.invalid:444/> {} }", id="another-port"),
        pytest.param("SELECT * { SERVICE <http://dns.invalid/> {} }", id="another-scheme"),
        pytest.param("SELECT * { SERVICE <https://dns.invalid@evil.invalid/> {} }", id="a-user"),
        pytest.param("SELECT * { SERVICE <https://dns.invalid.evil.invalid/> {} }", id="a-longer-name"),
        pytest.param("SELECT * { SERVICE <http://127.0.0.1:8000/> {} }", id="inside-though-listed"),
        pytest.param("SELECT * { SERVICE ?where {} }", id="a-variable"),
        pytest.param("SELECT * { SERVICE <https://dns.invalid/> {} SERVICE <urn:x> {} }", id="one-of-two"),
        pytest.param("LOAD <file:///etc/hostname>", id="a-file"),
    ],
)
def test_only_what_is_listed_is_reached(text: str) -> None:
    with pytest.raises(Refused):
        check_reach(text, _ALLOWED)


def test_what_is_listed_is_reached() -> None:
    assert check_reach("SELECT * { SERVICE <https://dns.invalid/sparql> { ?s ?p 'LOAD' } }", _ALLOWED)
    assert not check_reach("SELECT ?service { ?service <urn:LOAD> 'SERVICE' } # LOAD", frozenset())


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("LOAD SILENT <urn:x>", "CLEAR SILENT GRAPH <urn:x-zhengpu:nothing>"),
        ("load silent <urn:x> into graph <urn:y> ; CLEAR ALL", "CLEAR SILENT GRAPH <urn:x-zhengpu:nothing> ; CLEAR ALL"),
        ("LOAD <urn:x>", "LOAD <urn:x>"),
        ("INSERT DATA { <urn:a> <urn:b> 'LOAD SILENT <urn:x>' }", "INSERT DATA { <urn:a> <urn:b> 'LOAD SILENT <urn:x>' }"),
    ],
)
def test_a_silent_load_that_is_not_allowed_is_nothing(update: str, expected: str) -> None:
    assert without_silent_loads(update, frozenset()) == expected


def test_a_budget_is_spent_and_fills_up(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("api.budget.time.monotonic", lambda: now[0])
    budget = Budget(seconds=6, errors=2)
    budget.charge("a", 7, failed=True)
    with pytest.raises(BudgetSpent):
        budget.check("a")
    budget.check("b")
    assert budget.headers("a")["RateLimit"] == '"seconds";r=0;t=21, "errors";r=1;t=0'
    now[0] += budget.retry_after("a")
    budget.check("a")
    assert Budget(0, 0).headers("a") == {}


def test_settings_come_from_the_file_then_the_environment_then_the_command(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "serve.toml"
    file.write_text('port = 1\nhost = "h"\ntimeout = 5\nservices = ["https://a.example"]\n', "utf-8")
    settings = load_settings(
        file, {"ZHENGPU_SERVE_PORT": "2", "ZHENGPU_SERVE_CORS": "https://a, https://b", "ZHENGPU_STORE": "s"}, {"host": "c"}
    )
    assert (settings.port, settings.host, settings.timeout, settings.store) == (2, "c", 5, "s")
    assert settings.cors == {"https://a", "https://b"}


@pytest.mark.parametrize(
    ("environment", "given"),
    [
        pytest.param({"ZHENGPU_SERVE_PROT": "1"}, {}, id="unknown-variable"),
        pytest.param({"ZHENGPU_SERVE_PORT": "x"}, {}, id="no-number"),
        pytest.param({}, {"nonsense": 1}, id="unknown-key"),
        pytest.param({}, {"timeout": 200}, id="above-the-ceiling"),
        pytest.param({}, {"public": True, "seconds_a_minute": 0}, id="public-without-a-budget"),
        pytest.param({"ZHENGPU_SERVE_SERVICES": "https://a.example/path"}, {}, id="no-origin"),
    ],
)
def test_a_wrong_setting_is_named(environment: dict[str, str], given: dict[str, object]) -> None:
    with pytest.raises(SettingError):
        load_settings(None, environment, given)


def test_a_public_server_has_a_budget() -> None:
    assert Settings(public=True).budget == (60.0, 30.0)
    assert Settings().budget == (0.0, 0.0)


@pytest.mark.parametrize(
    ("header", "token"),
    [(None, None), ("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic dXNlcjp6cF9h", "zp_a"), ("Basic %%%", ""), ("Digest x", None)],
)
def test_a_token_is_found_in_its_header(header: str | None, token: str | None) -> None:
    assert token_of(header) == token


def test_messages_are_put_together_from_pieces() -> None:
    frames, whole = Frames(), frame(Done(value="x" * 1000))
    assert [frames.feed(whole[i : i + 7]) for i in range(0, len(whole), 7)][-1] == Done(value="x" * 1000)
    assert frames.feed(whole) == Done(value="x" * 1000)
