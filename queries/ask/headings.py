"""Tasks by the chapter that they stand in, where a question names it: 民生保障这块有多少项."""

from __future__ import annotations

import json
import re

from kg.store import Store
from kg.store.rows import select_strings
from queries.ask.dates import to_number

_HEADED = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
SELECT DISTINCT ?task ?title WHERE {
  ?plan a zp:Plan ; zp:jurisdiction ?place OPTIONAL { ?plan zp:planYear ?plan_year } FILTER (KEPT)
  ?task zp:inPlan ?plan ; a zp:Task ; zp:inSection/eli:is_part_of* ?section . ?section a zp:Section ; dcterms:title ?title
  FILTER (CONTAINS(?title, WORDS)) }"""
_ROWS = """PREFIX zp: <https://w3id.org/zhengpu/ontology#>
SELECT DISTINCT ?task ?form WHERE {
  ?plan a zp:Plan OPTIONAL { ?plan zp:jurisdiction ?place } OPTIONAL { ?plan zp:planYear ?plan_year } FILTER (KEPT)
  ?task zp:inPlan ?plan ; a zp:Task ; zp:form ?form }"""
_NUMBERED = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX eli: <http://data.europa.eu/eli/ontology#>
SELECT DISTINCT ?task ?number WHERE {
  ?plan a zp:Plan ; zp:jurisdiction ?place OPTIONAL { ?plan zp:planYear ?plan_year } FILTER (KEPT)
  ?task zp:inPlan ?plan ; a zp:Task ; zp:inSection/eli:is_part_of* ?section . ?section a zp:Section ; zp:printedNumber ?number }"""
_NUMBER = re.compile(r"^(?:第[一二三四五六七八九十]+[章节部分]*|[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?)+|[，、。；：\s]")
_SENTENCE = re.compile(r"[，。；].*[，。；]|。$")
_MOST = 0.4  # of the characters of a heading that a question says


def tasks_numbered_under(store: Store, number: str, kept: str) -> set[str]:
    """The tasks of the plans for which `kept` holds in a section with that printed number: （三）."""
    wanted = to_number(number.strip("（）"))
    rows = (row for row in select_strings(store, _NUMBERED.replace("KEPT", kept)) if row["number"][:1] in "(（")
    return {row["task"] for row in rows if to_number(row["number"].strip("()（）")) == wanted}


def tasks_under(store: Store, heading: str, kept: str) -> set[str]:
    """The tasks of the plans for which `kept` holds under a heading that these words are most of, or that alone has them.

    A heading that is a sentence says what is wrong, and is known by any of its words that no other has.
    """
    rows = list(select_strings(store, _HEADED.replace("KEPT", kept).replace("WORDS", json.dumps(heading, ensure_ascii=False))))
    alone = len({row["title"] for row in rows}) == 1 and (len(heading) > 3 or bool(_SENTENCE.search(rows[0]["title"])))
    return {row["task"] for row in rows if alone or len(heading) >= _MOST * len(_NUMBER.sub("", row["title"]))}


def tasks_by_part(store: Store, kept: str) -> tuple[set[str], set[str]]:
    """The tasks of the plans for which `kept` holds that are rows of a table, and those that stand in the text."""
    rows: set[str] = set()
    text: set[str] = set()
    for row in select_strings(store, _ROWS.replace("KEPT", kept or "true")):
        (rows if row["form"].endswith("/row") else text).add(row["task"])
    return rows, text
