"""How fast the explorer is in a real browser: python -m tests.bench.explorer [--store FOLDER]. Without a store, on the samples."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

import httpx
from playwright.sync_api import Page, sync_playwright

from tests.api.serving import Served, serving
from tests.bench.figures import row
from tests.conftest import CHROMIUM, fill
from tests.explorer.opened import DESK
from viz.explorer import BUILT

_RUNS = 5
_MANY = 300  # neighbours, where there are so many
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

# clicks, and notes when the page changed last
_CLICK = """(one) => {
  window.watching?.disconnect();
  window.watching = new MutationObserver(() => { window.changed = performance.now() });
  window.watching.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  window.clicked = window.changed = performance.now(); one.click();
}"""
# notes when the graph, which is no part of the page's tree, has first drawn more nodes than it has now
_DRAWN = """() => {
  const graph = document.querySelector('.canvas')._cyreg.cy, before = graph.nodes().length;
  window.drawn = 0;
  graph.on('render', () => { if (!window.drawn && graph.nodes().length > before) window.drawn = performance.now() });
}"""


def main(arguments: Sequence[str] | None = None) -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--store", type=Path, help="a store that is there")
    given = ask.parse_args(arguments).store
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
    """From a click in the menu until the view has its last change; the names are read once, as each click opens another page."""
    for name in page.locator("nav.views a").all_inner_texts():
        row(f"  {name}", f"{_until_still(page, f'nav.views a >> text={name}'):.0f} ms until all is there")
    page.locator("nav.views a >> text=任务").click()
    page.wait_for_selector("aside.facets input", state="attached")
    row("点一个筛选 / a click on a facet", f"{_until_still(page, 'aside.facets input[type=checkbox] >> nth=0'):.0f} ms until all is there")


def _until_still(page: Page, what: str) -> float:
    """Milliseconds between a click and the last change that it brought."""
    page.locator(what).evaluate(_CLICK)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)
    return float(page.evaluate("window.changed - window.clicked"))


def _report_graph(page: Page, server: Served) -> None:
    with httpx.Client(base_url=server.url, timeout=60) as client:
        unit = client.get("/api/statistics").json()["busiest_units"][0]
        relations = client.get("/api/graph", params={"node": unit["iri"]}).json()["relations"]
        way = max(relations, key=lambda one: one["count"])
        relation = f"{way['relation']}:{'in' if way['inward'] else 'out'}"
        asked = statistics.median(
            _timed(lambda: client.get("/api/graph", params={"node": unit["iri"], "relation": relation, "limit": 50})) for _ in range(_RUNS)
        )
    start = f"{server.url}/explore/graph?node={quote(unit['iri'])}&at={quote(unit['iri'])}"
    page.goto(f"{start}&open=-")
    page.wait_for_load_state("networkidle")
    page.evaluate(_DRAWN)
    still = _until_still(page, f"aside li button >> text={way['zh']} >> nth=0")
    drawn = float(page.evaluate("window.drawn - window.clicked"))
    told = f"{drawn:.0f} ms drawn", f"{still:.0f} ms until all is there"
    row("展开 50 个邻居 / 50 neighbours opened", f"{asked:.0f} ms the server", *told)
    page.goto(f"{start}&open=~0^{relation}*{_MANY}")
    page.wait_for_selector(".drawing canvas")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(3000)  # forces have settled
    frames = (f"{each:.1f} ms a frame ({name})" for each, name in zip(page.evaluate(_PAN), ("median", "p95"), strict=True))
    row("拖动 / a pan", *frames, page.locator("aside [role=status]").first.inner_text())
    started = time.perf_counter()
    page.goto(f"{server.url}/explore/graph?mode=overview")
    page.wait_for_selector(".drawing canvas", timeout=120_000)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    took = (time.perf_counter() - started) * 1000
    row("全图 / the whole", f"{took:.0f} ms until it is drawn", page.locator("aside [role=status]").first.inner_text())


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
