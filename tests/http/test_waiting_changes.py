"""Changes that are asked for while a long run of the index goes on."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from bot import one_at_a_time
from index.embedded.location import Location
from index.embedded.making import lock_folder
from tests.http.collection import ARTICLES, HARBOUR

NEWS = {"title": "Rain", "text": "It rained for nine days in Orle, and the river rose by a metre."}


def test_changes_during_a_long_run_are_refused_and_leave_nothing_behind(
    changing: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_at_a_time, "LONGEST_WAIT", 0.01)
    listed = changing.get("/articles").json()["articles"]
    harbour = next(one["id"] for one in listed if one["title"] in HARBOUR)
    with lock_folder(Location(tmp_path / "data"), 0):
        job = changing.post("/index").json()["job"]["id"]
        while changing.get("/index", params={"job": job}).json()["job"]["state"] != "running":
            pass
        refused = [
            changing.delete(f"/articles/{harbour}"),
            changing.post("/articles", json=NEWS),
        ]
    assert [one.status_code for one in refused] == [503, 503]
    assert all(int(one.headers["Retry-After"]) > 0 for one in refused)
    assert all("nothing was changed" in one.json()["detail"] for one in refused)
    while changing.get("/index", params={"job": job}).json()["job"]["state"] != "done":
        pass
    assert changing.get("/articles").json()["total"] == len(ARTICLES)
    assert not (tmp_path / "articles" / "added").exists()
    assert changing.delete(f"/articles/{harbour}").status_code == 204
