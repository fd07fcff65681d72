"""Copies of a store, and what is restored from them."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from kg.errors import StoreError, StoreHeld
from kg.store import Settings, Store, backup, open_store, restore
from tests.store.conftest import address
from tests.store.samples import again, graph_of, new, ordered, triples

NOW = Settings(wait=0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with open_store(tmp_path / "data", create=True) as store:
        list(store.load([new(1), new(2)]))
    return tmp_path / "data"


def content(where: Path | str) -> bytes:
    out = io.BytesIO()
    with open_store(where, read_only=True) as store:
        store.export(out, "nq")
    return out.getvalue()


@pytest.mark.parametrize("read_only", [False, True], ids=["by the writer", "by a reader"])
def test_a_backup_is_a_store(data: Path, tmp_path: Path, read_only: bool) -> None:
    with open_store(data, read_only=read_only) as store:
        assert backup(store, tmp_path / "copy") == store.count()
        if not read_only:
            store.apply(again(1, 9))  # what comes later is not in it
    with open_store(tmp_path / "copy") as copy:
        assert copy.graph(graph_of(1)) == ordered(triples(1))
        copy.apply(again(1, 5))
    with open_store(data) as store:
        assert store.graph(graph_of(1)) == ordered(triples(1, 3 if read_only else 9))


def test_a_backup_does_not_write_over_anything(data: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with open_store(data) as store:
        for target in (tmp_path / "full", tmp_path / "full" / "x", data):
            with pytest.raises(StoreError, match="没有动它"):
                backup(store, target)


def test_what_was_lost_is_restored(data: Path, tmp_path: Path) -> None:
    before = content(data)
    with open_store(data) as store:
        backup(store, tmp_path / "copy")
        store.apply(again(1, 9))
    with open_store(data, read_only=True) as reader:  # keeps what it opened
        assert restore(tmp_path / "copy", data, replace=True) == before.count(b"\n")
        assert reader.graph(graph_of(1)) == ordered(triples(1, 9))
    assert content(data) == before
    assert len(list(data.glob("live-*"))) == 1
    assert restore(tmp_path / "copy", tmp_path / "elsewhere") == before.count(b"\n")
    assert content(tmp_path / "elsewhere") == before


def test_a_store_that_holds_something_is_not_replaced_unasked(data: Path, tmp_path: Path) -> None:
    with open_store(data) as store:
        backup(store, tmp_path / "copy")
        with pytest.raises(StoreHeld):
            restore(tmp_path / "copy", data, replace=True)
    with pytest.raises(StoreError, match="--replace"):
        restore(tmp_path / "copy", data)
    with pytest.raises(StoreError, match="没有这个备份"):
        restore(tmp_path / "none", data, replace=True)


def test_a_damaged_backup_leaves_the_store_alone(data: Path, tmp_path: Path) -> None:
    before = content(data)
    with open_store(data) as store:
        backup(store, tmp_path / "copy")
    for path in (tmp_path / "copy").rglob("*.sst"):
        path.unlink()  # not written over: the bytes are shared with the store
    (tmp_path / "bad.nq.gz").write_bytes(gzip.compress(before)[:-40])
    (tmp_path / "bad.nq").write_bytes(before + b"<a:b> .\n")
    for name in ("copy", "bad.nq.gz", "bad.nq"):
        with pytest.raises(StoreError):
            restore(tmp_path / name, data, replace=True)
        assert content(data) == before
    assert len(list(data.glob("live-*"))) == 1


def test_a_damaged_store_is_restored(data: Path, tmp_path: Path) -> None:
    before = content(data)
    with open_store(data) as store:
        backup(store, tmp_path / "copy")
    for path in (data / "live-1").iterdir():
        path.unlink()
    (data / "live-1" / "CURRENT").write_text("x")
    restore(tmp_path / "copy", data, replace=True)
    assert content(data) == before


def test_a_store_that_is_no_folder_is_copied_to_a_file(store: Store, tmp_path: Path) -> None:
    if store.kind == "disk":
        pytest.skip("文件夹另有测试 / a folder is tested above")
    list(store.load([new(1), new(2)]))
    count = store.count()
    out = io.BytesIO()
    store.export(out, "nq")
    copy = tmp_path / "copy.nq.gz"
    assert backup(store, copy) == count
    with pytest.raises(StoreError, match="没有动它"):
        backup(store, copy)
    with pytest.raises(StoreError, match=r"\.nq\.gz"):
        backup(store, tmp_path / "copy")
    assert ordered(gzip.decompress(copy.read_bytes())) == out.getvalue()
    assert restore(copy, tmp_path / "data") == count
    assert content(tmp_path / "data") == out.getvalue()


@pytest.mark.parametrize("kind", ["virtuoso", "fuseki"])
def test_a_server_is_restored_from_a_file(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    where = address(kind, request, tmp_path)
    with open_store("memory") as source:
        list(source.load([new(1), new(2, 100)]))
        backup(source, tmp_path / "copy.nq.gz")
    with open_store(where) as store:
        store.apply(again(1, 9))
        store.apply(new(3))
    with pytest.raises(StoreError, match="--replace"):
        restore(tmp_path / "copy.nq.gz", where)
    restore(tmp_path / "copy.nq.gz", where, replace=True)
    assert ordered(gzip.decompress((tmp_path / "copy.nq.gz").read_bytes())) == content(where)
