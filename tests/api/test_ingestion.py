"""Uploads: files come in, a job tells of each, and what is acknowledged stays."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.ingestion.jobs import Job
from api.ingestion.shelf import Shelf, keep
from api.ingestion.uploads import safe_name
from kg.ids import Ids
from kg.ingestion import open_ours
from tests.api.serving import Served, make_store, run_command, serving
from tests.api.uploads import BROKEN, DOCUMENTS, FILES, Uploaded, follow, sent


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("计划.docx", "计划.docx"),
        ("../../etc/passwd", "passwd"),
        (r"C:\文件\计划.doc", "计划.doc"),
        ("..", "未命名"),
        ("", "未命名"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("CON.txt", "_CON.txt"),
        ("~$计划.docx", "_~$计划.docx"),
        ("\u202etxt.exe.docx", "_txt.exe.docx"),
    ],
    ids=[
        "plain",
        "a path",
        "a path of Windows",
        "the folder above",
        "none",
        "control characters",
        "reserved",
        "a scratch file",
        "turned round",
    ],
)
def test_an_uploaded_name_is_no_path(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_a_long_name_keeps_its_suffix() -> None:
    name = safe_name("长" * 300 + ".docx")
    assert name.endswith(".docx")
    assert len(name.encode()) < 255


def test_every_file_has_its_report(uploaded: Uploaded) -> None:
    job = uploaded.job
    assert job["state"] == "done", job["message"]
    assert job["progress"] == {"files": 7, "done": 7, "stored": 6, "failed": 1}
    files = {one["file"]: one for one in job["files"]}
    assert {name for name, one in files.items() if one["stored"]} == set(FILES)
    assert "损坏" in files["坏的.docx"]["error"]
    assert "damaged" in files["坏的.docx"]["error"]
    assert files["city-2021.docx"]["tasks"] == 66
    assert any("跳" in each["zh"] or "缺" in each["zh"] for each in files["district-2021.txt"]["doubts"])
    assert files["district-2021.txt"]["doubts"][0]["place"]
    assert any("同名" in note["zh"] for note in files[FILES[-1]]["notes"])
    assert files[FILES[-1]]["again"]  # the same bytes came twice


def test_the_events_tell_of_each_step_in_order(uploaded: Uploaded) -> None:
    assert [int(each["id"]) for each in uploaded.events] == list(range(1, len(uploaded.events) + 1))
    kinds = [each["event"] for each in uploaded.events]
    assert kinds[:3] == ["queued", "started", "reading"]
    assert kinds.count("file") == 7
    parts = [each["data"]["part"]["en"] for each in uploaded.events if "part" in each["data"]]
    assert parts == ["rules", "lineage", "counts", "search"]
    assert kinds[-1] == "done"


def test_events_go_on_where_a_connection_broke(uploaded: Uploaded) -> None:
    with uploaded.server.client(token=True) as client:
        rest = list(follow(client, uploaded.job["id"], {"Last-Event-ID": str(len(uploaded.events) - 2)}))
        assert rest == uploaded.events[-2:]
        assert client.get(f"/api/ingestions/{uploaded.job['id']}/events", headers={"Last-Event-ID": "x"}).status_code == 400
        assert client.get("/api/ingestions").json()["items"][0]["id"] == uploaded.job["id"]


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/ingestions"), ("GET", "/api/ingestions"), ("GET", "/api/ingestions/x"), ("DELETE", "/api/documents/0123456789")],
)
def test_ingestion_needs_a_token_with_the_scope(method: str, path: str, uploaded: Uploaded) -> None:
    reading = run_command("token", "create", f"{method} {path}", "--scope", "read", "--store", str(uploaded.server.store)).splitlines()[0]
    with uploaded.server.client() as client:
        assert client.request(method, path).status_code == 401
        assert client.request(method, path, headers={"Authorization": f"Bearer {reading}"}).status_code == 403


@pytest.mark.parametrize(
    ("sending", "status"),
    [
        ({"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=b"}}, 400),
        ({"files": {"note": (None, "no file")}}, 400),
    ],
    ids=["no form", "not well formed", "no file in it"],
)
def test_an_upload_that_is_none_says_so(sending: dict[str, Any], status: int, uploaded: Uploaded) -> None:
    with uploaded.server.client(token=True) as client:
        answer = client.post("/api/ingestions", **sending)
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_jobs_go_on_where_a_killed_server_left_them(tmp_path: Path, sample_places: None) -> None:
    """Killed while it reads, killed while it works out what follows, stopped: each time another server goes on, and nothing is lost."""
    store = make_store(tmp_path / "store")
    with serving(store, workers=2, catch_up=False) as server, server.client(token=True) as client:
        first = client.post("/api/ingestions", files=sent(BROKEN)).json()["id"]
        second = client.post("/api/ingestions", files={"file": ("再.md", (DOCUMENTS / "county-2023.md").read_bytes())}).json()["id"]
        _until(client, first, lambda job: job["progress"]["done"] >= 2)
        server.process.kill()
    with serving(store, workers=2, catch_up=False) as server, server.client(token=True) as client:
        _until(client, first, lambda job: job["state"] == "refreshing")
        server.process.kill()
    with serving(store, workers=2, catch_up=False) as server, server.client(token=True) as client:
        events = list(follow(client, first))
        assert list(follow(client, second))[-1]["event"] == "done"
        job = client.get(f"/api/ingestions/{first}").json()
    assert [int(each["id"]) for each in events] == list(range(1, len(events) + 1))
    kinds = [each["event"] for each in events]
    assert (kinds[-1], kinds.count("resumed"), kinds.count("file")) == ("done", 2, 7)
    assert job["progress"] == {"files": 7, "done": 7, "stored": 6, "failed": 1}
    with serving(store, workers=2, catch_up=False) as server, server.client(token=True) as client:  # told also after all is done
        assert client.get(f"/api/ingestions/{first}").json() == job
        assert {one["id"]: one["state"] for one in client.get("/api/ingestions").json()["items"]} == {first: "done", second: "done"}
        assert client.get("/api/documents").json()["total"] == 6
    kept = [path.name for path in (tmp_path / "store.jobs").rglob("*") if path.is_file()]
    assert sorted(set(kept)) == ["events.jsonl", "job.json", "lock"]


def _until(client: httpx.Client, job: str, reached: Callable[[dict[str, Any]], bool]) -> None:
    until = time.monotonic() + 120
    while not reached(told := client.get(f"/api/ingestions/{job}").json()):
        assert time.monotonic() < until, told
        time.sleep(0.02)


def test_a_file_that_ends_every_server_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "job"
    (folder / "0").mkdir(parents=True)
    path = folder / "0" / "计划.txt"
    path.write_text("计划", "utf-8")
    keep(Job(id="job", kind="ingestion", client="c", folder=folder, files=(path,)))
    lines = ['{"kind": "reading", "time": "2026-01-01T00:00:00+00:00", "state": "running"}\n'] * 5
    (folder / "events.jsonl").write_text("".join(lines) + '{"kind": "fi', "utf-8")  # the last one was cut short
    (tmp_path / "upload" / "0").mkdir(parents=True)
    shelf = Shelf.open(tmp_path, tmp_path / "spool")
    (job,) = shelf.load()
    assert (job.tries, job.state, job.files) == (5, "running", (path,))
    assert not (tmp_path / "upload").exists()
    (tmp_path / "spool").mkdir()
    assert not Shelf.open(tmp_path, tmp_path / "spool").lasting  # a second server
    shelf.close()


def test_a_job_is_cancelled_waits_for_the_store_and_ends_with_the_server(
    tmp_path: Path, sample_places: None
) -> None:  # fmt: skip
    """One small server of its own: held by another program, cancelled, limited in size, withdrawn from, stopped."""
    store = make_store(tmp_path / "store")
    name = "county-2023.md"
    with serving(store, workers=2, upload_file=1, write_wait=0.2) as server, server.client(token=True) as client:
        answer = client.post("/api/ingestions", files={"file": ("大.txt", b"a" * (2 << 20))})
        assert answer.status_code == 413
        job, second = _held(server, client, store, name)
        assert list(follow(client, job))[-1]["event"] == "done"
        assert "waiting" in {each["event"] for each in follow(client, job)}
        assert list(follow(client, second))[-1]["data"]["state"] == "cancelled"
        document = client.get("/api/documents").json()["items"][0]
        assert client.get(f"/api/documents/{document['sha256']}").json()["label"] == name
        gone = client.delete(f"/api/documents/{document['sha256'][:12]}").json()
        assert gone["withdrawn"]["file"] == name
        assert list(follow(client, gone["job"]["id"]))[-1]["event"] == "done"
        assert client.get("/api/documents").json()["items"] == []
        assert client.delete(f"/api/documents/{document['sha256']}").status_code == 404
        assert client.post("/api/ingestions", files=sent("坏.docx")).status_code == 202
    assert server.process.returncode == 0  # in the middle of a job


def _held(server: Served, client: httpx.Client, store: Path, name: str) -> tuple[str, str]:
    """Two jobs, begun while another program holds the store until the first waits; the second is cancelled."""
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with open_ours(str(store), Ids.configured()):
            held.set()
            let_go.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    try:
        job = client.post("/api/ingestions", files={"file": (name, (DOCUMENTS / name).read_bytes())}).json()["id"]
        second = client.post("/api/ingestions", files={"file": ("再.md", (DOCUMENTS / name).read_bytes())}).json()["id"]
        assert client.delete(f"/api/ingestions/{second}").status_code == 200
        until = time.monotonic() + 60
        while client.get(f"/api/ingestions/{job}").json()["state"] != "waiting":
            assert time.monotonic() < until, server.log[-5:]
            time.sleep(0.2)
    finally:
        let_go.set()
        holder.join()
    return job, second
