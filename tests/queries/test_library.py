"""Every stock query: what its file says of itself, and what its example answers on the samples."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

import queries
from kg.errors import RuleError
from kg.store import Store, open_store
from kg.store.questions import check_query, plain
from queries import StockQuery, bind, load_library, prepare
from queries.catalogue import PARAMETER, read_query
from tests.queries.golden_rows import GOLDEN, UPDATE, answer, golden, updating, write_golden

LIBRARY = load_library()
EVERY = pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
HAN = re.compile("[一-鿿]")
PAGING = ("limit", "offset")  # every query takes them
VALUES = {"iri": "urn:x", "integer": "2021", "string": "x", "date": "2021-09-30"}
NOTHING = {"tasks-without-unit"}  # the samples leave none out; see test_truth
# the words of search are those of questions too: how a text is cut, and what everyday words mean
MAY = ("kg.store", "kg.errors", "kg.workdays", "kg.search.data", "kg.search.words", "ontology", "queries")


@pytest.fixture(scope="module")
def empty() -> Store:
    return open_store("memory")


@EVERY
def test_a_query_tells_of_itself_in_two_languages(query: StockQuery) -> None:
    assert all(HAN.search(words) for words in (query.summary, query.description))
    assert not any(HAN.search(words) for words in (query.summary_en, query.description_en))
    assert all(HAN.search(one.zh) and not HAN.search(one.en) for one in query.parameters)
    assert len(query.tags) >= 1


@EVERY
def test_an_example_gives_what_must_be_given(query: StockQuery) -> None:
    assert {one.name for one in query.parameters if one.required} <= query.example.keys()


@EVERY
def test_an_iri_has_its_label_beside_it(query: StockQuery, sample_store: Store) -> None:
    rows = sample_store.select(prepare(sample_store, query.name, query.example))
    named = {name for row in rows for name, value in row.items() if type(value).__name__ == "NamedNode"}
    columns = set(re.findall(r"\?(\w+)", query.text.partition("WHERE")[0]))
    words = {"task": "text", "citing": "text", "words": "quote", "document": "file", "reading": "version"}
    assert {name for name in named if f"{name}_label" not in columns and words.get(name) not in columns} == set()


@EVERY
def test_an_example_answers_with_its_golden_rows(query: StockQuery, sample_store: Store) -> None:
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("the .doc among the samples cannot be read here, and the rows are of all of them")
    columns, rows = answer(sample_store, query)
    assert bool(rows) == (query.name not in NOTHING), "an example that finds nothing shows nothing"
    if updating():
        write_golden(query, columns, rows)
    assert rows == golden(query)


def test_golden_rows_are_not_being_rewritten() -> None:
    assert not updating(), f"{UPDATE} is set: read the rows that were written, then run without it"


def test_golden_rows_belong_to_a_query() -> None:
    assert {path.stem for path in GOLDEN.glob("*.csv")} == LIBRARY.keys()


@EVERY
def test_a_query_counts_a_triple_once_where_two_sources_say_it(query: StockQuery) -> None:
    assert not re.search(r"COUNT\((?!DISTINCT)", query.text)


@EVERY
def test_a_query_is_taken_with_every_value_and_with_few(query: StockQuery, empty: Store) -> None:
    values = {one.name: VALUES[one.type] for one in query.parameters if not one.values or one.type == "iri"}
    few = {one.name: values[one.name] for one in query.parameters if one.required or (one.default and one.type == "iri")}
    for given in (values, few):
        bound = bind(query, given)
        check_query(bound)
        empty.select(bound)  # a parser takes it
        assert PARAMETER.search(plain(bound)) is None


@EVERY
def test_a_file_is_sparql_as_it_stands(query: StockQuery, empty: Store) -> None:
    empty.select(query.text)


def test_the_room_stands_on_stores_ontology_and_words_only() -> None:
    folder = Path(queries.__file__).parent
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in getattr(node, "names", ())]
            ours = [
                name for name in names if isinstance(node, (ast.Import, ast.ImportFrom)) and name.split(".")[0] in {"kg", "api", "tests"}
            ]
            assert all(name.startswith(MAY) for name in ours), f"{path.name}: {ours}"


GOOD = """#+ summary: 一
#+ summary_en: one
#+ description: 一
#+ description_en: one
#+ tags: [a]
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("#+ tags: [a]\n", ""), "tags"),
        (GOOD + "#+ sumary: x\n", "sumary"),
        (GOOD + "#+ example:\n#+   - nobody: x\nSELECT * { ?s ?p ?o }", "nobody"),
        (GOOD + "#+ nonsense\n", "nonsense"),
        (GOOD + "SELECT * { ?s ?p ?_whatever_iri }", "whatever"),
    ],
    ids=["a decorator missing", "one unknown", "an example for no parameter", "a line that is none", "a parameter without words"],
)
def test_a_file_that_is_wrong_says_what(text: str, says: str) -> None:
    with pytest.raises(RuleError, match=says):
        read_query("wrong", text)


def test_parameters_are_typed_by_their_variables() -> None:
    text = GOOD + "#+ defaults:\n#+   - lang: zh\n#+ enumerate:\n#+   - lang: [zh, en]\n"
    query = read_query("typed", text + "SELECT * { ?_unit_iri ?p ?__plan_year_integer . FILTER(LANG(?p) = ?_lang_string) }")
    told = [(one.name, one.type, one.required, one.default, one.values, one.kind) for one in query.parameters if one.name not in PAGING]
    assert told == [
        ("unit", "iri", True, None, (), "unit"),
        ("lang", "string", False, "zh", ("zh", "en"), ""),
        ("plan_year", "integer", False, None, (), ""),
    ]
