"""Values reach a query as terms and in no other way."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store import Store, open_store
from queries import StockQuery, bind, load_library
from queries.catalogue import Parameter, read_query
from queries.terms import to_term

HEAD = "#+ summary: 一\n#+ summary_en: one\n#+ description: 一\n#+ description_en: one\n#+ tags: [a]\n"
ECHO = read_query("echo", HEAD + "SELECT ?value { BIND (?_lang_string AS ?value) }")
ASKED = load_library()["tasks-of-unit"]
UNIT = "https://w3id.org/zhengpu/id/unit/990102/x"
HOSTILE = (
    '"} DROP ALL #',
    "\\u0022 } INSERT DATA { <urn:a> <urn:b> <urn:c> } #",
    "\\U00000022 }",
    "\\",
    "\\\\",
    '\\"',
    "a\nb\r\tc",
    "'''\"\"\"",
    "?_unit_iri",
    "}} UNION {{ ?s ?p ?o }}",
    "\x00\x07\x7f",
    "# VALUES",
    "<urn:x>",
    "财政局”“",
)


@pytest.fixture(scope="module")
def empty() -> Store:
    return open_store("memory")


def echoed(store: Store, value: str) -> str:
    (row,) = store.select(bind(ECHO, {"lang": value}))
    term = row["value"]
    return str(getattr(term, "value", ""))


@pytest.mark.parametrize("value", HOSTILE)
def test_a_string_comes_back_as_it_was_given(value: str, empty: Store) -> None:
    assert echoed(empty, value) == value


@given(st.text(st.characters(codec="utf-8"), min_size=1))
@example("\\u0022")
@example('\\\\u0022"}')
def test_any_string_comes_back_as_it_was_given(value: str) -> None:
    with open_store("memory") as store:
        assert echoed(store, value) == value


# a server may take codepoint escapes before it reads strings (SPARQL 1.1, 19.2)
@pytest.mark.parametrize("value", HOSTILE)
def test_a_string_is_the_same_where_escapes_are_read_first(value: str, empty: Store) -> None:
    text = re.sub(r"\\u([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), bind(ECHO, {"lang": value}))
    if any(ord(character) < 32 or ord(character) == 127 for character in value.replace("\n", "").replace("\r", "").replace("\t", "")):
        return  # those have no short escape, and no name holds them
    (row,) = empty.select(text)
    assert str(getattr(row["value"], "value", "")) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("unit", "urn:x> } DROP ALL #"),
        ("unit", "no iri"),
        ("unit", "urn:a\\u003E"),
        ("unit", 'urn:"x"'),
        ("unit", "urn:x\ny"),
        ("plan_year", "2021 } #"),
        ("plan_year", "二〇二一"),
        ("plan_year", "1e3"),
        ("plan_year", "9" * 30),
        ("lang", "fr"),
        ("lang", 'zh"'),
        ("no_such", "x"),
        ("unit", ""),
    ],
)
def test_what_is_no_value_of_the_type_is_refused(name: str, value: str) -> None:
    with pytest.raises(QueryError) as told:
        bind(ASKED, {"unit": UNIT} | {name: value})
    assert told.value.zh
    assert told.value.en


DAY = replace(ASKED.parameters[0], name="day", variable="_day_date", type="date")


@pytest.mark.parametrize(
    ("value", "day"),
    [("2021-09-30", "2021-09-30"), ("2021年9月30日", "2021-09-30"), ("2021.9.3", "2021-09-03"), (" 2021/9/30 ", "2021-09-30")],
)
def test_a_day_is_read_in_the_ways_in_which_it_is_written(value: str, day: str) -> None:
    assert to_term(DAY, value) == f'"{day}"^^<http://www.w3.org/2001/XMLSchema#date>'


@pytest.mark.parametrize("value", ["2021-13-01", "2021-02-30", "2021-09", "today", '2021-09-30"'])
def test_a_day_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(QueryError, match="2021-09-30"):
        to_term(DAY, value)


def test_a_surrogate_is_refused() -> None:
    with pytest.raises(QueryError):
        bind(ECHO, {"lang": "\udc80"})


def test_an_optional_value_stands_at_the_head_of_every_group_that_names_it() -> None:
    query = read_query("groups", HEAD + "SELECT * { { ?a ?b ?__unit_iri } UNION { ?__unit_iri ?c ?__unit_iri } # ?__unit_iri }\n }")
    assert bind(query, {"unit": "urn:x"}).endswith(
        "{ { VALUES ?__unit_iri { <urn:x> } ?a ?b ?__unit_iri } UNION { VALUES ?__unit_iri { <urn:x> } ?__unit_iri ?c ?__unit_iri } "
        "# ?__unit_iri }\n }"
    )


def test_a_value_that_is_always_there_stands_in_place_of_its_variable() -> None:
    query = read_query("place", HEAD + 'SELECT * { ?_unit_iri ?p "?_unit_iri" . FILTER (?_unit_iri != <urn:?_unit_iri>) }')
    assert bind(query, {"unit": "urn:x"}).endswith('{ <urn:x> ?p "?_unit_iri" . FILTER (<urn:x> != <urn:?_unit_iri>) }')


def test_what_is_left_out_stays_unbound_and_what_has_a_default_is_given() -> None:
    bound = bind(ASKED, {"unit": UNIT})
    assert "VALUES ?__plan_year_integer" not in bound
    assert 'LANG(?role_label) = "zh"' in bound


@pytest.mark.parametrize("name", ["plan_year", "__plan_year_integer", "?__plan_year_integer"])
def test_a_parameter_is_known_by_its_name_and_by_its_variable(name: str) -> None:
    parameter = ASKED.parameter(name)
    assert parameter is not None
    assert parameter.option == "--plan-year"


def test_a_missing_parameter_is_told_with_what_it_is() -> None:
    with pytest.raises(QueryError, match="--unit（单位"):
        bind(ASKED, {})


def test_parameter_and_query_are_exported() -> None:
    assert isinstance(ASKED, StockQuery)
    assert all(isinstance(one, Parameter) for one in ASKED.parameters)
