"""Tasks that one unit alone has: 独家负责的, 就一家单位在扛的."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.store import Store
from kg.store.rows import select_strings

_UNITS = """PREFIX zp: <https://w3id.org/zhengpu/ontology#>
SELECT ?task ?assignment ?unit ?name ?open WHERE {
  ?plan a zp:Plan OPTIONAL { ?plan zp:jurisdiction ?place } OPTIONAL { ?plan zp:planYear ?plan_year } FILTER (KEPT)
  ?task zp:inPlan ?plan ; a zp:Task ; zp:hasAssignment ?assignment
  OPTIONAL { ?assignment zp:unit ?unit } OPTIONAL { ?assignment zp:nameAsPrinted ?name } OPTIONAL { ?task zp:openUnitList ?open } }"""
_GROUP = "/group/"
_SEVERAL = re.compile(r"^(?:各|有关|相关)|各[一-龥（）]{1,8}$|(?:有关|相关|责任|成员|直属)(?:单位|部门)|等$|等(?:单位|部门)")


def tasks_of_one(store: Store, kept: str) -> set[str]:
    """The tasks of the plans for which `kept` holds that name one unit and no other: no group, and no 等."""
    found: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for row in select_strings(store, _UNITS.replace("KEPT", kept or "true")):
        several = _GROUP in row.get("unit", "") or bool(_SEVERAL.search(row.get("name", ""))) or row.get("open") == "true"
        found[row["task"]][row["assignment"]] = several
    return {task for task, each in found.items() if len(each) == 1 and not any(each.values())}
