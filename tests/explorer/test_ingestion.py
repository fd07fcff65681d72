"""导入 in the browser: a token, files, their progress and report, and documents out again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.api.serving import Served, make_store, run_command, serving
from tests.conftest import PLACES, sample_files
from tests.explorer.opened import Opened, open_page
from viz.explorer import find_explorer


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on an empty store, with the built explorer."""
    if not find_explorer():
        pytest.skip("浏览器没有构建，先运行 make explorer / the explorer is not built")
    with serving(make_store(tmp_path_factory.mktemp("empty") / "store"), places=PLACES, workers=2) as server:
        yield server


@pytest.fixture
def opened(browser: Browser, empty: Served) -> Iterator[Opened]:
    with open_page(browser, empty.url) as opened:
        yield opened


def give_token(opened: Opened, token: str) -> None:
    opened.page.get_by_label("令牌").fill(token)
    opened.page.get_by_role("button", name="使用").click()


def sample(ending: str) -> Path:
    return next(path for path in sample_files() if path.name == ending)


def test_without_a_token_it_says_how_to_come_by_one(opened: Opened) -> None:
    page = opened.go("ingestion")
    expect(page.get_by_text("zhengpu token create")).to_be_visible()
    assert page.get_by_text("把文件拖到这里").count() == 0


def test_a_token_that_may_not_is_refused_in_words(opened: Opened, empty: Served) -> None:
    opened.go("ingestion")
    give_token(opened, run_command("token", "create", "reads only", "--scope", "read", "--store", str(empty.store)).splitlines()[0])
    expect(opened.page.get_by_role("alert").first).to_be_visible()
    assert opened.page.evaluate("localStorage.getItem('token')") is None
    opened.expect_errors()


def test_what_cannot_be_read_does_not_leave(opened: Opened, empty: Served, tmp_path: Path) -> None:
    (tmp_path / "照片.png").write_bytes(b"x")
    (tmp_path / "空.txt").write_bytes(b"")
    opened.go("ingestion")
    give_token(opened, empty.token)
    opened.page.locator("input[type=file]").set_input_files([tmp_path / "照片.png", tmp_path / "空.txt"])
    expect(opened.page.get_by_role("alert")).to_contain_text("照片.png")
    expect(opened.page.get_by_role("alert")).to_contain_text("空.txt")
    assert opened.page.get_by_role("button", name=re.compile("^导入")).count() == 0


def test_files_go_in_are_reported_on_and_come_out_again(opened: Opened, empty: Served, tmp_path: Path) -> None:
    broken = tmp_path / "坏的.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    doubtful = sample("district-2021.txt")
    opened.go("ingestion")
    give_token(opened, empty.token)
    page = opened.page
    page.locator("input[type=file]").set_input_files([doubtful, broken])
    page.get_by_role("button", name="导入 2 份文件").click()
    page.wait_for_url("**/ingestion/*")
    expect(page.get_by_role("status").first).to_contain_text("完成", timeout=60_000)
    told = httpx.get(f"{empty.url}/api/documents", timeout=60).json()["items"]
    assert [one["label"] for one in told] == [doubtful.name]
    good, bad = page.locator("article").filter(has_text=doubtful.name), page.locator("article").filter(has_text=broken.name)
    expect(good).to_contain_text(f"{told[0]['tasks']} 项任务")
    expect(bad).to_contain_text("没有入库")
    good.get_by_role("listitem").get_by_role("link").first.click()  # what was not understood, where it stands
    expect(page.locator(".document .m-doubt").first).to_be_in_viewport()

    opened.go("ingestion")
    page.get_by_role("button", name=f"撤出 {doubtful.name}").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"{told[0]['tasks']} 项任务")
    page.get_by_role("dialog").get_by_role("button", name="撤出").click()
    expect(page.get_by_text(f"已撤出 {doubtful.name}")).to_be_visible(timeout=30_000)
    assert httpx.get(f"{empty.url}/api/documents", timeout=60).json()["items"] == []
