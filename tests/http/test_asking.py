"""POST /ask and GET /search against a real server."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from bot.http.asking import prefers_events
from tests.patience import PATIENCE

BORDER = "How long is the border between Ukraine and Belarus?"
ANSWER_FIELDS = {
    "question", "standalone_question", "answered", "confidence", "answer", "quotes", "sides",
    "nearest", "notes", "conversation_id", "generation", "took_ms", "made_by",
}  # fmt: skip
QUOTE_FIELDS = {
    "number", "text", "start", "end", "highlight", "speaker", "direct", "before", "after", "score",
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
    answer = httpx.post(f"{silent_address}/ask", json={"question": BORDER}, timeout=PATIENCE).json()
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


def test_every_id_that_an_article_can_be_read_by_can_be_asked_about(client: httpx.Client) -> None:
    for length, statuses in ((500, (200, 404)), (501, (422, 422))):
        name = "a" * length
        asked = client.post("/ask", json={"question": "Who?", "article_ids": [name]})
        assert (asked.status_code, client.get(f"/articles/{name}").status_code) == statuses


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


async def test_an_answer_does_not_depend_on_who_else_asks(address: str) -> None:
    """Questions that wait together are encoded in one turn, and come out as if alone."""
    questions = [f"How long is the {thing}?" for thing in ("border", "bridge", "bay", "rain")]
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:

        async def said(question: str) -> tuple[Any, ...]:
            answer = (await client.post("/ask", json={"question": question})).json()
            return answer["confidence"], answer["answer"], [q["score"] for q in answer["quotes"]]

        alone = [await said(question) for question in questions]
        together = await asyncio.gather(*(said(question) for question in questions * 8))
    assert together == alone * 8


def test_a_client_that_hangs_up_is_let_go(client: httpx.Client, address: str) -> None:
    """The request ends as 499 although nobody reads its answer."""
    gone = 'onrecord_http_requests_total{method="POST",route="/ask",status="499"}'
    before = metric(client, gone)
    body = json.dumps({"question": BORDER * 30}).encode()
    head = (
        "POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    place = urlsplit(address)
    for _ in range(20):
        with socket.create_connection((place.hostname, place.port)) as connection:
            connection.sendall(head.encode() + body)
    deadline = time.monotonic() + PATIENCE
    # All of them are over: none is counted among what the tests that follow ask. The request for
    # the number is one itself.
    under_way = "onrecord_http_requests_in_flight"
    while metric(client, gone) == before or metric(client, under_way) > 1:
        assert time.monotonic() < deadline
        time.sleep(0.05)
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
        ({"question": "Who?", "since": "2024-06-02", "until": "2024-06-01"}, 422),
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


@pytest.mark.parametrize("path", ["/articles", "/search?q=border"])
def test_days_out_of_order_are_refused_in_words(client: httpx.Client, path: str) -> None:
    days = {"since": "2024-06-02", "until": "2024-06-01"}
    response = client.get(path, params={**httpx.URL(path).params, **days})
    assert response.status_code == 422
    assert "exchange the two days" in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/ask", b'{"question": "\\ud800"}'),
        ("/ask", b'{"question": "Who?", "source": "\\ud800"}'),
        ("/ask", b'{"question": "Who?", "article_ids": ["\\ud800"]}'),
        ("/ask", b'{"question": "Who?", "language": "e\\ud800"}'),
        ("/ask", b'{"question": "Who?", "conversation_id": "\\ud800"}'),
        ("/v1/chat/completions", b'{"messages": [{"role": "user", "content": "Who\\ud800?"}]}'),
        (
            "/v1/chat/completions",
            b'{"messages": [{"role": "user", "content": "Who?"},'
            b' {"role": "assistant", "content": "\\ud800"}, {"role": "user", "content": "Why?"}]}',
        ),
        (
            "/v1/chat/completions",
            b'{"messages": [{"role": "assistant", "content": [{"type": "text",'
            b' "text": "\\ud800"}]}, {"role": "user", "content": "Who?"}]}',
        ),
        ("/articles", b'{"title": "\\ud800", "text": "A bridge was closed."}'),
        ("/articles", b'{"title": "A bridge", "text": "\\ud800 was closed."}'),
        ("/articles", b'{"url": "http://a.example/\\ud800"}'),
        ("/ask", b"{"),
    ],
    ids=range(12),
)
def test_what_is_no_text_is_refused_and_not_echoed(
    client: httpx.Client, path: str, body: bytes
) -> None:
    response = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert "ud800" not in response.text


def test_search_gives_passages_with_scores_best_first(client: httpx.Client) -> None:
    found = client.get("/search", params={"q": "herring in the bay", "k": 3}).json()
    scores = [passage["score"] for passage in found["passages"]]
    assert found["passages"][0]["article"]["source"] == "Harbour Gazette"
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= 3
    assert client.get("/search", params={"q": "x", "k": 0}).status_code == 422
    assert client.get("/search").status_code == 422


@pytest.mark.parametrize(
    ("accept", "streams"),
    [
        ("text/event-stream", True),
        ("text/event-stream;q=0", False),
        ("application/json, text/event-stream", False),
        ("application/json;q=0.5, text/event-stream", True),
        ("text/event-stream;q=0.2, application/json;q=0.9", False),
        ("TEXT/Event-Stream; q=0.000, */*", False),
        ("text/event-stream;q=nonsense", True),
        ("*/*", False),
    ],
)
def test_the_weights_of_what_is_accepted_count(accept: str, streams: bool) -> None:
    assert prefers_events(accept) is streams


def test_faults_are_told_in_words(client: httpx.Client) -> None:
    for question in ("", " \n"):
        [fault] = client.post("/ask", json={"question": question}).json()["errors"]
        assert fault["fault"] == "it is empty: write something"
    as_text = {"content": b'{"question": "Who?"}', "headers": {"Content-Type": "text/plain"}}
    for body in ({"json": ["Who?"]}, as_text):
        [fault] = client.post("/ask", **body).json()["errors"]
        assert "Content-Type: application/json" in fault["fault"]


def test_an_outlet_that_is_not_there_is_said_where_nothing_is_answered(
    client: httpx.Client, silent_address: str
) -> None:
    asked = {"question": BORDER, "source": ["Nope", "EXAMPLE Courier"]}
    answer = httpx.post(f"{silent_address}/ask", json=asked, timeout=PATIENCE).json()
    assert answer["notes"] == ["there is no outlet called “Nope” here"]
    assert client.post("/ask", json=asked).json()["notes"] == []


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/articles", "GET, HEAD, POST"),
        ("/articles/some-id", "DELETE, GET, HEAD"),
        ("/index", "GET, HEAD, POST"),
        ("/ask", "POST"),
        ("/", "GET, HEAD"),
        ("/page/app.js", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_which_are_right(
    client: httpx.Client, path: str, methods: str
) -> None:
    for method in ("OPTIONS", "PATCH"):
        refused = client.request(method, path)
        assert refused.status_code == 405
        assert refused.headers["allow"] == methods
