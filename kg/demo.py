"""The sample documents, an invented city's plans over four years, and a question that they answer."""

from __future__ import annotations

import shutil
from collections.abc import MutableMapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from kg.errors import ZhengpuError

_PLACES = "ZHENGPU_JURISDICTIONS"


@dataclass(frozen=True, slots=True)
class Example:
    """A question in both languages and the query that answers it."""

    zh: str
    en: str
    query: str


EXAMPLE = Example(
    zh="澄湖区财政局2023年承担哪些任务，何时完成，原文在哪里？",
    en="What does the finance bureau of Chenghu District owe in 2023, by when, and which words say so?",
    query="""SELECT ?role ?task ?due ?file ?place WHERE {
  ?unit skos:prefLabel "澄湖区财政局" .
  ?assignment zp:unit ?unit ; zp:role/skos:prefLabel ?role ; prov:wasQuotedFrom ?words .
  ?words zp:place ?place ; oa:hasSource/zp:fileName ?file .
  ?node zp:hasAssignment ?assignment ; zp:text ?task ; zp:order ?order ; zp:inPlan/zp:planYear 2023 .
  OPTIONAL { ?node zp:dueDate ?due }
  FILTER(LANG(?role) = "zh")
} ORDER BY ?file ?order LIMIT 5""",
)


def _folder() -> Path:
    """Where the samples lie: inside the installed package, or beside the sources."""
    package = Path(str(resources.files("kg")))
    for folder in (package / "samples", package.parent / "tests" / "samples"):
        if (folder / "jurisdictions.csv").is_file():
            return folder
    raise ZhengpuError("没有找到示例文件：请重新安装 zhengpu", "the sample documents are missing: install zhengpu again")


def demo_files() -> list[Path]:
    """The sample documents that can be read here, in order of their names: .doc needs LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    return sorted(path for path in (_folder() / "documents").iterdir() if path.is_file() and (office or path.suffix != ".doc"))


def use_demo_places(environment: MutableMapping[str, str]) -> None:
    """Make the invented places known to this process and to those that it starts."""
    environment.setdefault(_PLACES, str(_folder() / "jurisdictions.csv"))
