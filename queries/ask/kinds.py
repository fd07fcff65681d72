"""Units of the kind that a question asks for: 哪几个镇 asks for towns, and not for the bureau beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from queries.ask.model import Row

_ASKED = re.compile("(?<!各)哪(?:几|些|一)?个?(镇街|乡镇|镇|乡|街道|社区)(?!府|[长街])")
_LASTS = {"镇街": "镇|街道", "乡镇": "乡|镇"}
_SEATS = "(?:人民政府|政府|办事处|居民委员会|居委会)?(?:（[^（）]*）)?$"


def of_kind(rows: Sequence[Row], asked: str) -> tuple[Row, ...]:
    """The rows of such units as the question asks for; all where it names no kind."""
    found = _ASKED.search(asked)
    if found is None:
        return tuple(rows)
    ends = re.compile(f"(?:{_LASTS.get(found[1], found[1])}){_SEATS}")
    return tuple(row for row in rows if ends.search(str(row.get("printed") or row.get("unit_label", ""))))
