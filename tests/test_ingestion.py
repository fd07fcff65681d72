"""Documents into a store: whole or not at all, the same again, and what they meet there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

import kg.ingestion
from kg.derive import derive
from kg.errors import StoreError
from kg.ids import Ids
from kg.ingestion import Ingested, find_stored, ingest, list_stored, withdraw
from kg.store import Store, open_store
from kg.store.rows import select_strings
from ontology import prefixes
from tests.plans import ITEMS, plan_text, write_plan

IDS = Ids("https://example.org/id/")
HEAD = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in prefixes().items())

pytestmark = pytest.mark.usefixtures("sample_places")


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("memory") as opened:
        yield opened


def _ingest(store: Store, *paths: Path) -> list[Ingested]:
    return list(ingest(paths, store, IDS, jobs=1))


def _rows(store: Store, query: str) -> list[dict[str, str]]:
    return list(select_strings(store, f"{HEAD} {query}"))


def _column(store: Store, query: str) -> list[str]:
    return sorted(next(iter(row.values())) for row in _rows(store, query))


def _exported(store: Store) -> bytes:
    out = io.BytesIO()
    store.export(out, "nq")
    return out.getvalue()


def _as_docx(path: Path, text: str) -> Path:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


# --- what one document gives ---------------------------------------------------------------------------------


def test_a_task_leads_to_its_unit_its_day_and_what_it_cites_in_one_step(store: Store, tmp_path: Path) -> None:
    _ingest(store, write_plan(tmp_path / "plan.txt"))
    assert _column(store, 'SELECT ?day { ?task zp:responsibleUnit/skos:prefLabel "澄湖区财政局" ; zp:dueDate ?day }') == ["2021-09-30"]
    assert _column(store, "SELECT ?name { ?task eli:cites/dcterms:title ?t ; zp:leadUnit/skos:prefLabel ?name }") == [
        "澄湖区人民政府办公室"
    ]
    assert _column(store, "SELECT ?number { ?c zp:edition/eli:number ?number }") == ["国务院令第711号"]


def test_every_fact_points_at_its_words(store: Store, tmp_path: Path) -> None:
    _ingest(store, write_plan(tmp_path / "plan.txt"))
    facts = _rows(
        store,
        """SELECT ?fact ?text ?start ?end ?exact { VALUES ?kind { zp:Task zp:Assignment zp:Deadline zp:Citation zp:Measure zp:Section }
          ?fact a ?kind . OPTIONAL { ?fact prov:wasQuotedFrom ?words .
            ?words oa:hasSource/zp:sourceText ?text ; oa:hasSelector ?at, ?quote .
          ?at oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact } }""",
    )
    assert len({fact["fact"] for fact in facts}) == 12
    for fact in facts:
        assert fact["text"][int(fact["start"]) : int(fact["end"])] == fact["exact"], fact["fact"]


def test_the_head_of_a_plan_has_its_words_too(store: Store, tmp_path: Path) -> None:
    _ingest(store, write_plan(tmp_path / "plan.txt"))
    states = _column(store, "SELECT DISTINCT ?property { ?plan a zp:Plan ; prov:wasQuotedFrom/zp:states ?property }")
    assert {prefixes()["eli"] + "number", prefixes()["zp"] + "planYear", prefixes()["dcterms"] + "title"} <= set(states)


def test_whom_a_collective_binds_follows_from_the_rules(store: Store, tmp_path: Path) -> None:
    _ingest(store, write_plan(tmp_path / "plan.txt"))
    assert derive(store, IDS) > 0
    bound = _column(store, 'SELECT ?name { ?unit zp:obligedThrough/skos:prefLabel "澄湖区政府各部门" ; skos:prefLabel ?name }')
    assert "澄湖区财政局" in bound
    assert derive(store, IDS) == derive(store, IDS)


# --- again, in another format, corrected ------------------------------------------------------------------------


def test_reading_again_gives_the_same_bytes(store: Store, tmp_path: Path) -> None:
    path = write_plan(tmp_path / "plan.txt")
    _ingest(store, path)
    before = _exported(store)
    (again,) = _ingest(store, path)
    assert again.again
    assert _exported(store) == before


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    one = write_plan(tmp_path / "one.txt")
    other = write_plan(tmp_path / "other.txt", plan_text(title="2021年澄湖区政务服务工作要点", number="澄政办发〔2021〕9号"))
    dumps = []
    for paths in ((one, other), (other, one)):
        with open_store("memory") as store:
            _ingest(store, *paths)
            dumps.append(_exported(store))
    assert dumps[0] == dumps[1]


def test_loaded_in_bulk_or_one_by_one_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [
        write_plan(tmp_path / f"{at}.txt", plan_text(title=f"2021年澄湖区第{at}批政务公开工作要点", number=f"澄政办发〔2021〕{at}号"))
        for at in range(8)
    ]
    paths += [write_plan(tmp_path / "twin" / "3.txt", paths[3].read_text("utf-8") + "\n"), paths[5]]
    dumps = []
    for from_ in (1, 100):
        monkeypatch.setattr(kg.ingestion, "BULK_FROM", from_)
        with open_store("memory") as store:
            outcomes = _ingest(store, *paths)
            assert [one.path for one in outcomes] == paths
            dumps.append((_exported(store), [one.notes for one in outcomes], [one.again for one in outcomes]))
    assert dumps[0] == dumps[1]


def test_the_same_plan_in_two_formats_is_one_plan_with_two_sources(store: Store, tmp_path: Path) -> None:
    write_plan(tmp_path / "plan.txt")
    _as_docx(tmp_path / "plan.docx", plan_text())
    _, second = _ingest(store, tmp_path / "plan.txt", tmp_path / "plan.docx")
    assert "一份计划，两个来源" in second.notes[0].zh
    assert len(_column(store, "SELECT DISTINCT ?plan { ?plan a zp:Plan }")) == 1
    assert len(_column(store, "SELECT DISTINCT ?document { ?plan a zp:Plan ; zp:sourceDocument ?document }")) == 2
    assert len(_column(store, "SELECT DISTINCT ?task { ?task a zp:Task }")) == len(ITEMS)


def test_a_corrected_edition_of_the_same_file_takes_its_place(store: Store, tmp_path: Path) -> None:
    _ingest(store, write_plan(tmp_path / "plan.txt"))
    (corrected,) = _ingest(
        store, write_plan(tmp_path / "plan.txt", plan_text([*ITEMS[:2], "公开办事指南和流程图。（责任单位：区行政审批服务局）"]))
    )
    assert "旧的已换下" in corrected.notes[0].zh
    assert [one.sha256 for one in list_stored(store, IDS)] == [
        corrected.prepared.graph.iri.rsplit("/", 1)[1] if corrected.prepared.graph else ""
    ]
    assert "公开办事指南。" not in _column(store, "SELECT ?text { ?task a zp:Task ; zp:text ?text }")


def test_another_edition_under_another_name_is_told_with_what_to_do(store: Store, tmp_path: Path) -> None:
    _ingest(store, write_plan(tmp_path / "plan.txt"))
    (other,) = _ingest(store, write_plan(tmp_path / "plan-new.txt", plan_text([*ITEMS[:2], "公开流程图。（责任单位：区行政审批服务局）"])))
    assert "1项任务文字不同" in other.notes[0].zh
    assert "zhengpu withdraw" in other.notes[0].zh
    assert len(list_stored(store, IDS)) == 2


def test_two_plans_that_claim_one_number_both_stay_and_it_is_said(store: Store, tmp_path: Path) -> None:
    _ingest(store, write_plan(tmp_path / "one.txt"))
    (other,) = _ingest(store, write_plan(tmp_path / "other.txt", plan_text(title="2021年澄湖区优化营商环境工作要点")))
    assert "澄政办发〔2021〕8号在库中还印在《2021年澄湖区政务公开工作要点》" in other.notes[0].zh
    assert len(_column(store, "SELECT DISTINCT ?plan { ?plan a zp:Plan }")) == 2


def test_a_plan_of_no_known_place_is_stored_and_said_to_be_so(store: Store, tmp_path: Path) -> None:
    text = plan_text(title="2021年政务公开工作要点", number="", issuer="办公室")
    (one,) = _ingest(store, write_plan(tmp_path / "plan.txt", text))
    assert any(doubt.code == "header.jurisdiction" for doubt in one.prepared.doubts)
    assert any(doubt.code == "unit.unresolved" for doubt in one.prepared.doubts)
    assert "区财政局" in _column(
        store, "SELECT ?name { ?a a zp:Assignment ; zp:nameAsPrinted ?name FILTER NOT EXISTS { ?a zp:unit ?unit } }"
    )


def test_an_instrument_that_only_its_number_tells_of_is_known_by_it(store: Store, tmp_path: Path) -> None:
    item = "落实东政发〔2018〕14号要求，公开办事指南。（责任单位：区财政局）"
    (one,) = _ingest(store, write_plan(tmp_path / "plan.txt", plan_text([item])))
    assert one.error == ""
    assert _column(store, "SELECT ?number { ?task eli:cites/eli:has_member/eli:number ?number }") == ["东政发〔2018〕14号"]


# --- bad files, withdrawing ---------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_leaves_the_others_alone(store: Store, tmp_path: Path) -> None:
    good = write_plan(tmp_path / "good.txt")
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04 not a zip")
    outcomes = _ingest(store, bad, good, tmp_path / "missing.txt")
    assert [bool(one.error) for one in outcomes] == [True, False, True]
    assert "bad.docx" in outcomes[0].error
    assert [one.file for one in list_stored(store, IDS)] == ["good.txt"]


def test_what_is_withdrawn_is_gone_with_all_that_it_said(store: Store, tmp_path: Path) -> None:
    _ingest(store, write_plan(tmp_path / "one.txt"))
    before = _exported(store)
    other = write_plan(
        tmp_path / "other.txt",
        plan_text(["公开气象预警。（责任单位：区气象局）"], title="2021年澄湖区气象工作要点", number="澄政办发〔2021〕9号"),
    )
    _ingest(store, other)
    assert _exported(store) != before
    withdraw(store, IDS, find_stored(store, IDS, "other.txt"))
    assert _exported(store) == before


@pytest.mark.parametrize("how", ["name", "path", "hash"])
def test_a_document_is_found_by_name_file_or_hash(how: str, store: Store, tmp_path: Path) -> None:
    path = write_plan(tmp_path / "plan.txt")
    _ingest(store, path)
    (stored,) = list_stored(store, IDS)
    names = {"name": "plan.txt", "path": str(path), "hash": stored.sha256[:12]}
    assert find_stored(store, IDS, names[how]) == [stored]
    assert find_stored(store, IDS, "no-such.txt") == []


def test_a_store_of_a_newer_layout_is_left_alone(store: Store, tmp_path: Path) -> None:
    catalogue = IDS.graph("catalogue")
    store.update(f"INSERT DATA {{ GRAPH <{catalogue}> {{ <{catalogue}> <{prefixes()['zp']}storeVersion> 99 }} }}")
    before = _exported(store)
    with pytest.raises(StoreError, match=r"99.*升级"):
        _ingest(store, write_plan(tmp_path / "plan.txt"))
    assert _exported(store) == before
