"""How fast the explorer is in a real browser: python -m tests.bench.explorer [--store FOLDER]. Without a store, on the samples."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx
from playwright.sync_api import Page, sync_playwright

from tests.api.serving import Served, serving
from tests.bench.figures import row
from tests.conftest import CHROMIUM
from tests.explorer.conftest import fill
from tests.explorer.opened import DESK
from viz.explorer import BUILT

_RUNS = 5
# what a pan of the graph draws: the time between one frame and the next, over a second
_PAN = """async () => {
  const box = document.querySelector('.drawing').getBoundingClientRect(), target = document.elementFromPoint(box.x + 40, box.y + 40);
  const at = (x, y) => ({bubbles: true, clientX: x, clientY: y, buttons: 1, button: 0});
  const send = (type, x, y) => {
    target.dispatchEvent(new PointerEvent(`pointer${type}`, at(x, y)));
    target.dispatchEvent(new MouseEvent(`mouse${type}`, at(x, y)));
  };
  const times = []; let last = performance.now(); send('down', box.x + 40, box.y + 40);
  for (let step = 0; step < 60; step++) {
    await new Promise(requestAnimationFrame);
    const now = performance.now(); times.push(now - last); last = now; send('move', box.x + 40 + step * 3, box.y + 40 + step);
  }
  send('up', box.x + 220, box.y + 100); times.sort((a, b) => a - b);
  return [times[30], times[57]];
}"""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--store", type=Path, help="a store that is there")
    given = ask.parse_args().store
    with tempfile.TemporaryDirectory() as folder:
        store = given or Path(folder) / "store"
        if not given:
            fill(store)
        with serving(store, workers=2, catch_up=False) as server:
            report(server)


def report(server: Served) -> None:
    """Print all figures."""
    print("浏览器 / the explorer")
    _report_bundle()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        times = []
        for _ in range(_RUNS):  # a new context has nothing in its cache
            page = browser.new_context(viewport=DESK, locale="zh-CN").new_page()  # type: ignore[arg-type]
            times.append(_timed(lambda page=page: _first_view(page, server.url)))  # type: ignore[misc]
            page.context.close()
        row("首屏可用，冷 / first view, cold", f"{times[0]:.0f} ms the first", f"{statistics.median(times):.0f} ms median")
        page = browser.new_context(viewport=DESK, locale="zh-CN").new_page()  # type: ignore[arg-type]
        _first_view(page, server.url)
        _report_views(page)
        _report_graph(page, server)
        browser.close()


def _report_bundle() -> None:
    page = (BUILT / "index.html").read_text("utf-8")
    first = [path for path in (BUILT / "assets").glob("*") if path.name in page]
    size = sum((BUILT / "assets" / f"{path.name}.gz").stat().st_size for path in first)
    whole = sum(path.stat().st_size for path in (BUILT / "assets").glob("*.gz"))
    row("首次下载，gzip / first load, gzip", f"{size / 1000:.0f} kB", f"{whole / 1000:.0f} kB in all")


def _first_view(page: Page, url: str) -> None:
    page.goto(f"{url}/explore/", wait_until="commit")
    page.wait_for_selector("main h1")
    page.wait_for_selector("main .card, main table")


def _report_views(page: Page) -> None:
    """From a click in the menu until the view has its content."""
    for link in page.locator("nav.views a").all():
        name = link.inner_text()
        took = _timed(lambda link=link: (link.click(), page.wait_for_load_state("networkidle")))  # type: ignore[misc]
        row(f"  {name}", f"{took:.0f} ms until all is there (500 of them a wait for silence)")
        page.go_back()
        page.wait_for_load_state("networkidle")
    box = page.locator("aside.facets input[type=checkbox]").first
    row("点一个筛选 / a click on a facet", f"{_timed(lambda: box.evaluate('(one) => one.click()')):.0f} ms")


def _report_graph(page: Page, server: Served) -> None:
    with httpx.Client(base_url=server.url) as client:
        unit = client.get("/api/statistics").json()["busiest_units"][0]
        relation = max(client.get("/api/graph", params={"node": unit["iri"]}).json()["relations"], key=lambda one: one["count"])
        way = f"{relation['relation']}:{'in' if relation['inward'] else 'out'}"
        asked = statistics.median(
            _timed(lambda: client.get("/api/graph", params={"node": unit["iri"], "relation": way, "limit": 50})) for _ in range(_RUNS)
        )
    start = f"{server.url}/explore/graph?node={quote(unit['iri'])}"
    page.goto(f"{start}&open={quote(unit['iri'])}^{way}^50")
    page.wait_for_load_state("networkidle")
    page.goto(f"{start}&open={quote(unit['iri'])}^{way}^100")
    page.wait_for_selector(".drawing canvas")
    row("50 个邻居 / 50 neighbours", f"{asked:.0f} ms the server")
    row("拖动 / a pan", *(f"{each:.1f} ms a frame ({name})" for each, name in zip(page.evaluate(_PAN), ("median", "p95"), strict=True)))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
