"""Stock queries as a user gives them on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from queries import load_library
from tests.plans import write_plan

pytestmark = pytest.mark.usefixtures("sample_places")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds one plan."""
    folder = tmp_path_factory.mktemp("stock")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHENGPU_JURISDICTIONS", str(Path(__file__).parent.parent / "samples" / "jurisdictions.csv"))
        ran = run("ingest", write_plan(folder / "in" / "plan.txt"), "--store", folder / "store")
    assert ran.exit_code == 0, ran.output
    return folder / "store"


ASKED = {
    "direct and through a group": (("tasks-of-unit", "--unit", "区财政局", "--plan-year", "2021"), ["公开年度预算", "澄湖区政府各部门"]),
    "with an equals sign": (("tasks-of-unit", "--unit=区财政局", "--role=牵头"), ["task,number,text"]),
    "by number of the plan": (("units-of-plan", "--plan", "澄政办发[2021]8号"), ["澄湖区财政局,0,1,0,1"]),
    "by a short title": (("tasks-citing", "--instrument", "政府信息公开条例"), ["严格按照", "国务院令第711号"]),
    "in English": (("tasks-of-unit", "--unit", "区政府办公室", "--lang", "en"), ["lead"]),
}


@pytest.mark.parametrize(("words", "says"), ASKED.values(), ids=ASKED)
def test_a_stock_query(words: tuple[str, ...], says: list[str], store: Path) -> None:
    ran = run("query", *words, "--store", store, "--format", "csv")
    assert ran.exit_code == 0, ran.output
    assert all(each in ran.stdout for each in says)


def test_a_stock_query_as_a_table(store: Path) -> None:
    assert "1 行 / rows" in run("query", "plans", "--store", store).stdout


WRONG = {
    "a name that nobody has": (("tasks-of-unit", "--unit", "区民政局"), 1, "zhengpu query units"),
    "no such query": (("tasks-of-unti",), 1, "tasks-of-unit"),
    "a parameter that is missing": (("tasks-of-unit",), 1, "--unit"),
    "no such parameter": (("tasks-of-unit", "--year", "2021"), 2, "--plan-year"),
    "no value": (("tasks-of-unit", "--unit", "--lang", "zh"), 2, "--unit"),
    "no number": (("tasks-of-unit", "--unit", "区财政局", "--plan-year", "明年"), 1, "--plan-year"),
    "an option that no query in SPARQL takes": (("SELECT * { ?s ?p ?o }", "--fromat", "csv"), 2, "--fromat"),
}


@pytest.mark.parametrize(("words", "code", "says"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told(words: tuple[str, ...], code: int, says: str, store: Path) -> None:
    ran = run("query", *words, "--store", store)
    assert ran.exit_code == code
    assert says in ran.stderr


def test_the_list_has_every_query_chinese_first() -> None:
    lines = run("queries").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(load_library())
    assert all(query.summary + " / " + query.summary_en in line for query, line in zip(load_library().values(), lines, strict=True))


@pytest.mark.parametrize("name", load_library())
def test_one_is_shown_with_parameters_example_and_text(name: str) -> None:
    query, shown = load_library()[name], run("queries", name).stdout
    assert all(f"{one.option}  {one.zh} / {one.en}" in shown for one in query.parameters)
    assert f"zhengpu query {name}" in shown
    assert shown.endswith(query.text)
