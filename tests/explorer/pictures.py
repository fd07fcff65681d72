"""Screenshots of every view into docs/pictures: python -m tests.explorer.pictures (`make pictures`). For people; never compared."""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import quote

import httpx
from playwright.sync_api import Browser, sync_playwright

from tests.api.serving import Served, serving
from tests.conftest import CHROMIUM, fill
from tests.explorer.opened import DESK, PHONE, open_page
from viz.explorer import find_explorer

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
_SETTLED = 900  # milliseconds until what moves has come to rest


def main() -> None:
    if not CHROMIUM or not find_explorer():
        raise SystemExit("需要 Chromium 和构建好的浏览器（make explorer） / Chromium and the built explorer are needed")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        fill(store)
        with serving(store, workers=2) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
            )
            for name, path in _states(server).items():
                _take(browser, server, name, path)
            for name in ("overview", "unit", "source"):
                _take(browser, server, f"{name}-phone", _states(server)[name], size=PHONE)
            _take(browser, server, "graph-dark", _states(server)["graph"], dark=True)
            _take(browser, server, "overview-english", "?lang=en")
            browser.close()


def _states(server: Served) -> dict[str, str]:
    """A telling state of every view, by what is in the store."""
    with httpx.Client(base_url=server.url) as client:
        unit = client.get("/api/units", params={"q": "财政局", "limit": 1}).json()["items"][0]
        instrument = client.get("/api/statistics").json()["most_cited"][0]
        pair = client.get("/api/lineage/pairs", params={"relation": "continues", "limit": 1}).json()["items"][0]
        task = client.get("/api/lineage", params={"relation": "continues", "band": "rewritten", "limit": 1}).json()["items"][0]["later"]
        document = next(one for one in client.get("/api/documents").json()["items"] if one["label"].endswith(".pdf"))
    return {
        "overview": "",
        "unit": _path(unit),
        "instrument": f"{_path(instrument)}?tab=years",
        "task": _path(task),
        "lineage": "lineage",
        "lineage-aside": f"lineage?mode=aside&a={quote(pair['earlier']['iri'])}&b={quote(pair['later']['iri'])}",
        "graph": f"graph?node={quote(unit['iri'])}",
        "graph-overview": "graph?mode=overview",
        "matrix": "matrix",
        "deadlines": "deadlines?month=2023-09",
        "source": _path(document),
        "query": "query",
        "ingestion": "ingestion",
        "search": f"search?q={quote('政府网站')}",
        "ask": f"ask?q={quote('澄湖区民政局2023年牵头哪些任务？')}",
    }


def _path(thing: dict[str, dict[str, str]]) -> str:
    return thing["links"]["self"].removeprefix("/api/")


def _take(browser: Browser, server: Served, name: str, path: str, size: dict[str, int] = DESK, dark: bool = False) -> None:  # noqa: PLR0917
    with open_page(browser, server.url, size=size, dark=dark) as opened:
        page = opened.go(path)
        page.wait_for_timeout(_SETTLED)
        page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    main()
