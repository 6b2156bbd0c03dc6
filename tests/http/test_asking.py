"""POST /ask and GET /search against a real server."""

from __future__ import annotations

import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

BORDER = "How long is the border between Ukraine and Belarus?"
ANSWER_FIELDS = {
    "question", "standalone_question", "answered", "confidence", "answer", "quotes", "sides",
    "nearest", "notes", "conversation_id", "generation", "took_ms",
}  # fmt: skip
QUOTE_FIELDS = {
    "number", "text", "start", "end", "highlight", "speaker", "before", "after", "score",
    "article", "copies",
}  # fmt: skip
ARTICLE_FIELDS = {
    "id", "title", "author", "source", "published", "url", "language", "content_hash",
}  # fmt: skip


def events_of(response: httpx.Response) -> list[tuple[str, Any]]:
    """Names and data of an event stream."""
    blocks = response.text.strip().split("\n\n")
    pairs = [block.split("\n") for block in blocks]
    return [(name.removeprefix("event: "), json.loads(data[6:])) for name, data in pairs]


def metric(client: httpx.Client, line_start: str) -> float:
    """The value of one line of /metrics, 0 where there is none yet."""
    lines = client.get("/metrics").text.splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(line_start))


def test_an_answer_has_the_fields_of_the_contract(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": BORDER}).json()
    assert set(answer) == ANSWER_FIELDS
    assert answer["answered"] is True
    assert "1,084" in answer["quotes"][0]["text"]
    for quote in answer["quotes"]:
        assert set(quote) == QUOTE_FIELDS
        assert set(quote["article"]) == ARTICLE_FIELDS
    assert answer["answer"].startswith("“")
    assert "[1]" in answer["answer"]


@pytest.mark.parametrize("question", [BORDER, "How long is the bridge at Zarnow?", "hostile page"])
def test_every_quote_is_its_span_of_the_article(client: httpx.Client, question: str) -> None:
    answer = client.post("/ask", json={"question": question, "max_quotes": 5}).json()
    assert answer["quotes"]
    for quote in answer["quotes"]:
        text = client.get(f"/articles/{quote['article']['id']}").json()["text"]
        assert text[quote["start"] : quote["end"]] == quote["text"]
        if quote["highlight"]:
            assert quote["start"] <= quote["highlight"]["start"] < quote["highlight"]["end"]
            assert quote["highlight"]["end"] <= quote["end"]


def test_not_said_comes_with_the_nearest_passages(silent_address: str) -> None:
    answer = httpx.post(f"{silent_address}/ask", json={"question": BORDER}, timeout=30).json()
    assert answer["answered"] is False
    assert answer["quotes"] == []
    assert answer["answer"] == ""
    assert 1 <= len(answer["nearest"]) <= 3
    assert set(answer["nearest"][0]) == QUOTE_FIELDS


def test_filters_keep_articles_out(client: httpx.Client) -> None:
    def outlets(**filters: Any) -> set[str]:
        asked = {"question": "What happened?", "max_quotes": 10, **filters}
        answer = client.post("/ask", json=asked).json()
        return {one["article"]["source"] for one in [*answer["quotes"], *answer["nearest"]]}

    assert outlets(source="harbour gazette") == {"Harbour Gazette"}
    assert outlets(source=["Harbour Gazette", "Example Courier"]) <= {
        "Harbour Gazette",
        "Example Courier",
    }
    assert outlets(until="2022-12-31") == {"Harbour Gazette"}
    assert outlets(since="2030-01-01") == set()


def test_a_follow_up_remembers_the_conversation(client: httpx.Client) -> None:
    first = client.post("/ask", json={"question": BORDER}).json()
    follow_up = {"question": "And who said so?", "conversation_id": first["conversation_id"]}
    second = client.post("/ask", json=follow_up).json()
    assert second["conversation_id"] == first["conversation_id"]
    alone = client.post("/ask", json={"question": "And who said so?"}).json()
    assert alone["conversation_id"] != first["conversation_id"]
    assert alone["standalone_question"] == "And who said so?"


def test_a_stream_tells_what_becomes_true_and_ends_with_the_same_answer(
    client: httpx.Client,
) -> None:
    response = client.post(
        "/ask", json={"question": BORDER}, headers={"Accept": "text/event-stream"}
    )
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response)
    names = [name for name, _ in events]
    answer = dict(events)["answer"]
    assert names == ["retrieved", *["quote"] * len(answer["quotes"]), "answer", "done"]
    assert [data for name, data in events if name == "quote"] == answer["quotes"]
    assert set(answer) == ANSWER_FIELDS
    assert answer["quotes"] == client.post("/ask", json={"question": BORDER}).json()["quotes"]


def test_a_stream_that_fails_says_so_in_an_event(client: httpx.Client) -> None:
    response = client.post(
        "/ask", json={"question": "?" * 5000}, headers={"Accept": "text/event-stream"}
    )
    [(name, problem)] = events_of(response)
    assert name == "error"
    assert problem["status"] == 422
    assert "shorten" in problem["detail"]


def test_a_client_that_hangs_up_is_let_go(client: httpx.Client, address: str) -> None:
    """The request ends as 499 although nobody reads its answer."""
    gone = 'onrecord_http_requests_total{method="POST",route="/ask",status="499"}'
    before = metric(client, gone)
    body = json.dumps({"question": BORDER * 30}).encode()
    head = (
        "POST /ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    place = urlsplit(address)
    for _ in range(20):
        with socket.create_connection((place.hostname, place.port)) as connection:
            connection.sendall(head.encode() + body)
    deadline = time.monotonic() + 20
    while metric(client, gone) == before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert metric(client, gone) > before
    assert client.post("/ask", json={"question": BORDER}).json()["answered"] is True


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"question": ""}, 422),
        ({"question": "  \n"}, 422),
        ({"question": "x" * 100_000}, 422),
        ({"question": None}, 422),
        ({}, 422),
        ({"question": "Who?", "max_quotes": 0}, 422),
        ({"question": "Who?", "max_quotes": True}, 422),
        ({"question": "Who?", "since": "yesterday"}, 422),
        ({"question": "Who?", "since": 0}, 422),
        ({"question": "Who?", "since": "1700000000"}, 422),
        ({"question": "Who?", "colour": "red"}, 422),
        (["Who?"], 422),
    ],
)
def test_a_question_that_cannot_be_taken_is_refused_in_words(
    client: httpx.Client, body: Any, status: int
) -> None:
    response = client.post("/ask", json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["detail"]


def test_half_a_surrogate_pair_is_refused_and_not_echoed(client: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    response = client.post("/ask", content=b'{"question": "\\ud800"}', headers=headers)
    assert response.status_code == 422
    response = client.post("/ask", content=b"{", headers=headers)
    assert response.status_code == 422


def test_search_gives_passages_with_scores_best_first(client: httpx.Client) -> None:
    found = client.get("/search", params={"q": "herring in the bay", "k": 3}).json()
    scores = [passage["score"] for passage in found["passages"]]
    assert found["passages"][0]["article"]["source"] == "Harbour Gazette"
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= 3
    assert client.get("/search", params={"q": "x", "k": 0}).status_code == 422
    assert client.get("/search").status_code == 422
