"""Tasks by the chapter that they stand in, where a question names it: 民生保障这块有多少项."""

from __future__ import annotations

import json
import re

from kg.store import Store
from kg.store.rows import select_strings

_HEADED = """PREFIX zp: <https://w3id.org/zhengpu/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
SELECT DISTINCT ?task ?title WHERE {
  ?plan a zp:Plan ; zp:jurisdiction ?place OPTIONAL { ?plan zp:planYear ?plan_year } FILTER (KEPT)
  ?task zp:inPlan ?plan ; a zp:Task ; zp:inSection/eli:is_part_of* ?section . ?section a zp:Section ; dcterms:title ?title
  FILTER (CONTAINS(?title, WORDS)) }"""
_NUMBER = re.compile(r"^(?:第[一二三四五六七八九十]+[章节部分]*|[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?)+|[，、。；：\s]")
_MOST = 0.4  # of the characters of a heading that a question says


def tasks_under(store: Store, heading: str, kept: str) -> set[str]:
    """The tasks of the plans for which `kept` holds under a heading that these words are most of, or that alone has them."""
    rows = list(select_strings(store, _HEADED.replace("KEPT", kept).replace("WORDS", json.dumps(heading, ensure_ascii=False))))
    alone = len({row["title"] for row in rows}) == 1 and len(heading) > 3
    return {row["task"] for row in rows if alone or len(heading) >= _MOST * len(_NUMBER.sub("", row["title"]))}
