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


def test_a_line_that_names_what_is_left_out_goes() -> None:
    query = read_query(
        "lines", HEAD + "SELECT * {\n?a ?b ?__unit_iri .\n?a ?c ?d # ?__unit_iri\nFILTER (!BOUND(?__day_date) || ?d = ?__day_date)\n}\n"
    )
    assert bind(query, {}).endswith("SELECT * {\n?a ?c ?d # ?__unit_iri\n}\n")
    assert bind(query, {"unit": "urn:x", "day": "2021-09-30"}).endswith(
        '{\n?a ?b <urn:x> .\n?a ?c ?d # ?__unit_iri\nFILTER (?d = "2021-09-30"^^<http://www.w3.org/2001/XMLSchema#date>)\n}\n'
    )


@pytest.mark.parametrize(
    ("values", "kept"),
    [({}, "neither"), ({"unit": "urn:x"}, "either"), ({"day": "2021-09-30"}, "either"), ({"unit": "urn:x", "day": "2021-09-30"}, "either")],
)
def test_a_line_says_when_it_stands(values: dict[str, str], kept: str) -> None:
    text = "SELECT * {\n?a ?b ?__unit_iri .\n?a ?c ?__day_date .\n?either ?d ?e # WITH unit, day\n?neither ?d ?e # WITHOUT unit, day\n}\n"
    bound = bind(read_query("stands", HEAD + text), values)
    assert (("?either" in bound), ("?neither" in bound)) == (kept == "either", kept == "neither")


@pytest.mark.parametrize(
    ("text", "values", "ends"),
    [
        ("SELECT * { ?a ?b ?c }\n", {}, "?c }\n"),
        ("SELECT * { ?a ?b ?c }\n", {"limit": "5"}, "?c }\nLIMIT 5\n"),
        ("SELECT * { ?a ?b ?c }\n", {"limit": "5", "offset": "10"}, "?c }\nLIMIT 5 OFFSET 10\n"),
        ("SELECT * {\n{ SELECT ?a {\n# UP TO PAGE\n# PAGE\n} } }", {"limit": "5", "offset": "10"}, "{\nLIMIT 15\nLIMIT 5 OFFSET 10\n} } }"),
        ("SELECT * {\n{ SELECT ?a {\n# PAGE\n} } }", {"offset": "10"}, "{\nOFFSET 10\n} } }"),
    ],
)
def test_a_page_is_cut_where_the_file_says(text: str, values: dict[str, str], ends: str) -> None:
    assert bind(read_query("page", HEAD + text), values).endswith(ends)


@pytest.mark.parametrize("value", ["-1", "x", "1 } #", "1.5"])
def test_a_page_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(QueryError, match="--limit"):
        bind(ASKED, {"unit": UNIT, "limit": value})


def test_a_table_is_filled_from_the_values() -> None:
    text = "#+ tables:\n#+   - month: months\n"
    query = read_query("table", HEAD + text + "SELECT * {\nVALUES ?month { }\n?a ?b ?month FILTER (?_from_date < ?_to_date) }")
    assert 'VALUES ?month { "2021-11" "2021-12" "2022-01" }' in bind(query, {"from": "2021-11-30", "to": "2022-01-01"})


def test_the_days_that_lengths_of_time_give() -> None:
    text = "#+ tables:\n#+   - amount: reckoned\n"
    query = read_query("days", HEAD + text + "SELECT * {\nVALUES (?amount ?unit ?due ?note) { }\nFILTER (?__trigger_day_date != ?x)\n}")
    bound = bind(query, {"trigger_day": "2023-04-20"})
    assert '(10 <https://w3id.org/zhengpu/code/time-unit/workday> "2023-05-06"^^<http://www.w3.org/2001/XMLSchema#date> UNDEF)' in bound
    assert "VALUES (?amount ?unit ?due ?note) {  }" in bind(query, {})


def test_a_value_that_is_always_there_stands_in_place_of_its_variable() -> None:
    query = read_query("place", HEAD + 'SELECT * { ?_unit_iri ?p "?_unit_iri" . FILTER (?_unit_iri != <urn:?_unit_iri>) }')
    assert bind(query, {"unit": "urn:x"}).endswith('{ <urn:x> ?p "?_unit_iri" . FILTER (<urn:x> != <urn:?_unit_iri>) }')


def test_what_is_left_out_stays_unbound_and_what_has_a_default_is_given() -> None:
    bound = bind(ASKED, {"unit": UNIT})
    assert "__plan_year_integer" not in bound
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
