"""Listing, reading, adding and removing articles, and the index that follows."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from index.embedding.embedder import Embedder
from tests.http.collection import ARTICLES
from tests.http.serving import indexed_again, make_parts, serving
from tests.patience import PATIENCE

CLOCK = "---\ntitle: The clock of Orle\n---\nThe clock tower of Orle was repaired after 312 days.\n"


def ids_of(client: httpx.Client) -> dict[str, str]:
    """The id of each article by its title."""
    listed = client.get("/articles", params={"limit": 1000}).json()
    return {one["title"]: one["id"] for one in listed["articles"]}


def upload(client: httpx.Client, text: str, name: str = "clock.md") -> httpx.Response:
    """Send a file as a browser would."""
    return client.post("/articles", files={"file": (name, text.encode())})


def test_the_list_has_pages_newest_first(client: httpx.Client) -> None:
    everything = client.get("/articles").json()
    assert everything["total"] == len(ARTICLES)
    days = [one["published"] for one in everything["articles"]]
    assert days == sorted(days, reverse=True)
    second = client.get("/articles", params={"offset": 1, "limit": 1}).json()
    assert second["articles"] == everything["articles"][1:2]
    assert client.get("/articles", params={"source": "HARBOUR Gazette"}).json()["total"] == 1
    assert client.get("/articles", params={"since": "2024-08-01"}).json()["total"] == 1
    assert client.get("/articles", params={"offset": -1}).status_code == 422


def test_an_article_is_read_whole(client: httpx.Client) -> None:
    article_id = ids_of(client)["Свято на мосту 🎉"]
    article = client.get(f"/articles/{article_id}").json()
    assert article["published"] == "2024-05-05"
    assert article["text"].startswith("🎉🚀👩‍👩‍👧")
    assert client.get("/articles/none-of-that-name").status_code == 404


def test_a_file_is_answerable_as_soon_as_it_is_added(changing: httpx.Client) -> None:
    first = upload(changing, CLOCK)
    assert first.status_code == 201
    [added] = first.json()["article_ids"]
    answer = changing.post("/ask", json={"question": "When was the clock tower repaired?"}).json()
    assert added in {one["article"]["id"] for one in answer["quotes"]}
    again = upload(changing, CLOCK)
    assert again.status_code == 200
    assert again.json()["already_there"] == [added]


def test_a_text_is_kept_with_what_is_known_of_it(changing: httpx.Client) -> None:
    given: dict[str, Any] = {
        "title": "Rain in Orle",
        "text": "It rained for nine days in Orle. 🌧 The river rose by two metres.",
        "author": "B. Reporter",
        "source": "Orle Times",
        "published": "2024-06-01",
        "url": "https://orle.example/rain",
    }
    response = changing.post("/articles", json=given)
    assert response.status_code == 201
    [added] = response.json()["article_ids"]
    article = changing.get(f"/articles/{added}").json()
    assert {name: article[name] for name in given} == given


def test_a_new_version_of_an_added_text_takes_its_place(changing: httpx.Client) -> None:
    first = {
        "title": "Rain",
        "text": "It rained in Orle for nine days.",
        "url": "https://o.example/",
    }
    [added] = changing.post("/articles", json=first).json()["article_ids"]
    second = {**first, "text": "It rained in Orle for eleven days."}
    assert changing.post("/articles", json=second).json()["article_ids"] == [added]
    assert "eleven" in changing.get(f"/articles/{added}").json()["text"]
    assert changing.get("/articles").json()["total"] == len(ARTICLES) + 1


@pytest.mark.parametrize("title", ["../../etc/passwd", ".hidden", "a/b\\c", "x" * 900, "…\u202e?"])
def test_no_title_leads_out_of_the_folder(
    changing: httpx.Client, tmp_path: Any, title: str
) -> None:
    text = "The council of Orle met on Monday to speak about the new bridge."
    assert changing.post("/articles", json={"title": title, "text": text}).status_code == 201
    articles = tmp_path / "articles"
    files = {path for path in tmp_path.rglob("*") if path.is_file() and path.suffix == ".json"}
    [file] = {path for path in files if articles in path.parents}
    assert file.parent == articles / "added"
    assert not file.name.startswith(".")


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"plain", "text/plain", 415),
        (b"", "", 415),
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b"{}", "application/json", 422),
        (b'{"title": "x", "text": ""}', "application/json", 422),
        (b'{"title": "x", "text": "y", "colour": "red"}', "application/json", 422),
        (b'{"url": "http://127.0.0.1/"}', "application/json", 422),
        (b'{"url": "file:///etc/passwd"}', "application/json", 422),
        (b"x", "multipart/form-data", 400),
        (b"--b\r\n\r\n", "multipart/form-data; boundary=b", 400),
    ],
)
def test_what_is_no_article_is_refused_in_words(
    client: httpx.Client, content: bytes, content_type: str, status: int
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    response = client.post("/articles", content=content, headers=headers)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert client.get("/articles").json()["total"] == len(ARTICLES)


@pytest.mark.parametrize("name", ["photo.png", "empty.txt", "noise.md"])
def test_a_file_without_an_article_is_refused_and_not_kept(
    changing: httpx.Client, tmp_path: Any, name: str
) -> None:
    content = b"" if name == "empty.txt" else bytes(range(256)) * 4
    response = changing.post("/articles", files={"file": (name, content)})
    assert response.status_code == 422
    assert "nothing was added" in response.json()["detail"]
    assert not (tmp_path / "articles" / "added").exists()


def test_an_added_article_is_removed_with_its_file(changing: httpx.Client, tmp_path: Any) -> None:
    [added] = upload(changing, CLOCK).json()["article_ids"]
    assert changing.delete(f"/articles/{added}").status_code == 204
    assert changing.get(f"/articles/{added}").status_code == 404
    assert list((tmp_path / "articles" / "added").iterdir()) == []
    assert changing.delete(f"/articles/{added}").status_code == 404


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_removed_article_does_not_come_back_but_may_be_added_again(
    changing: httpx.Client, tmp_path: Any, rebuild: bool
) -> None:
    removed = ids_of(changing)["A border under strain"]
    assert changing.delete(f"/articles/{removed}").status_code == 204
    file = tmp_path / "articles" / "border.md"
    assert file.exists()
    file.touch()
    assert indexed_again(changing, rebuild=rebuild)["state"] == "done"
    assert changing.get(f"/articles/{removed}").status_code == 404
    assert upload(changing, ARTICLES["border.md"], "border.md").status_code == 201
    assert changing.get(f"/articles/{removed}").status_code == 200


def test_one_article_of_a_file_is_removed_and_the_others_stay(
    changing: httpx.Client,
) -> None:
    lines = [
        {"id": f"one/of many {n}", "title": f"News {n}", "text": f"Item {n} was read on day {n}."}
        for n in range(3)
    ]
    text = "\n".join(map(json.dumps, lines))
    added = upload(changing, text, "news.jsonl").json()["article_ids"]
    assert len(added) == 3
    assert changing.delete(f"/articles/{quote(added[1])}").status_code == 204
    assert indexed_again(changing, rebuild=True)["state"] == "done"
    left = [changing.get(f"/articles/{quote(one)}").status_code for one in added]
    assert left == [200, 404, 200]


def test_a_file_dropped_into_the_folder_is_answerable(
    changing: httpx.Client, tmp_path: Any
) -> None:
    (tmp_path / "articles" / "dropped.md").write_text(CLOCK, encoding="utf-8")
    while "The clock of Orle" not in ids_of(changing):
        pass
    state = changing.get("/index").json()
    assert state["articles"] == len(ARTICLES) + 1
    assert state["generation"] > 1


def test_the_index_tells_its_state(client: httpx.Client) -> None:
    state = client.get("/index").json()
    assert state["articles"] == len(ARTICLES)
    assert state["passages"] >= len(ARTICLES)
    assert state["may_change"] is True
    assert {one["source"] for one in state["sources"]} >= {"Harbour Gazette", "Example Courier"}


def test_a_run_is_shown_by_its_name_whatever_else_runs(changing: httpx.Client) -> None:
    first, second = indexed_again(changing), indexed_again(changing, rebuild=True)
    assert first["id"] != second["id"]
    for run in (first, second):
        assert changing.get("/index", params={"job": run["id"]}).json()["job"] == run
    unknown = changing.get("/index", params={"job": "0" * 32})
    assert unknown.status_code == 404
    assert "run" in unknown.json()["detail"]


def test_without_an_index_there_is_a_problem_until_there_is_one(
    tmp_path: Any, model: Embedder
) -> None:
    parts = make_parts(tmp_path, model, index=False)
    with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
        assert client.get("/healthz").status_code == 200
        missing = client.get("/readyz")
        assert missing.status_code == 503
        assert "onrecord index" in missing.json()["detail"]
        assert client.post("/ask", json={"question": "Who?"}).status_code == 503
        assert client.get("/metrics").status_code == 200
        assert client.get("/index").json()["articles"] == 0
        assert client.post("/index").status_code == 202
        while client.get("/readyz").status_code == 503:
            pass
        assert client.post("/ask", json={"question": "Who?"}).status_code == 200


def test_an_address_that_is_none_is_refused_not_dropped(changing: httpx.Client) -> None:
    given = {"title": "Rain", "text": "It rained for nine days in Orle."}
    for address in ("x", "javascript:alert(1)", "https://", "ftp://orle.example/rain"):
        refused = changing.post("/articles", json=given | {"url": address})
        assert refused.status_code == 422
        [fault] = refused.json()["errors"]
        assert fault["at"] == "url"
        assert "https://" in fault["fault"]
