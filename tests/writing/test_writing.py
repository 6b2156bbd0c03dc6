"""Answers over HTTP with a model that writes: it never makes them less true."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from bot.writing.writer import Writer
from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving
from tests.patience import PATIENCE
from tests.writing.model_server import MOST_PARTS, NAME, PART, asked, released, sent

BORDER = {"question": "How long is the border between Ukraine and Belarus?"}
BEHAVIOURS = [
    "answers", "lies", "misquotes", "drops a side", "embroiders", "buries", "fails", "garbage",
    "endless", "nothing", "dies",
]  # fmt: skip


@pytest.fixture(scope="module")
def ask_with(tmp_path_factory: pytest.TempPathFactory, model: Embedder, language_model: str) -> Any:
    """Ask a server whose model behaves in a given way."""

    @contextmanager
    def server(behaviour: str, url: str = language_model) -> Iterator[httpx.Client]:
        folder = tmp_path_factory.mktemp("writing")
        parts = make_parts(folder, model, llm_url=url, llm_model=behaviour, llm_key="secret")
        with serving(parts) as base, httpx.Client(base_url=base, timeout=PATIENCE) as client:
            yield client

    return server


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_quotes_are_the_same_and_only_what_holds_is_written(
    ask_with: Any, client: httpx.Client, behaviour: str
) -> None:
    plain = client.post("/ask", json=BORDER).json()
    with ask_with(behaviour) as writing:
        answer = writing.post("/ask", json=BORDER).json()
    assert answer["quotes"] == plain["quotes"]
    assert answer["answered"] is True
    if behaviour in ("answers", "embroiders"):
        assert answer["written"]["citations"] == [quote["number"] for quote in plain["quotes"]]
        assert answer["answer"] == answer["written"]["text"]
        for quote in plain["quotes"]:
            assert quote["text"] in answer["answer"]
        assert "alarmed" not in answer["answer"]
        assert answer["made_by"] == plain["made_by"] | {"writer": NAME}
    else:
        assert "written" not in answer or "1,085" not in answer["answer"]
    if behaviour not in ("answers", "embroiders", "misquotes"):
        assert answer["answer"] == plain["answer"]
        assert "stand alone" in answer["notes"][-1]
        assert answer["made_by"] == plain["made_by"]


async def test_an_endless_reply_is_not_read_to_its_end(
    language_model: str, tmp_path: Any, model: Embedder
) -> None:
    from bot.engine import Inquiry

    parts = make_parts(tmp_path, model)
    reply = await parts.engine.ask(Inquiry(BORDER["question"]))
    sent.clear()
    written = await Writer(language_model, "endless", None).write(reply.answer)
    assert written is not None
    assert written.guarded is None
    assert sum(sent) < PART * MOST_PARTS / 4
    parts.close()


@pytest.mark.parametrize(
    ("behaviour", "reason"), [("fails", "status 500"), ("garbage", "the reply is no completion")]
)
async def test_the_log_says_why_nothing_was_written(
    language_model: str, tmp_path: Any, model: Embedder, behaviour: str, reason: str
) -> None:
    from bot.engine import Inquiry

    parts = make_parts(tmp_path, model)
    reply = await parts.engine.ask(Inquiry(BORDER["question"]))
    with capture_logs() as told:
        await Writer(language_model, behaviour, None).write(reply.answer)
    assert [one["reason"] for one in told if one["event"] == "writing failed"] == [reason]
    parts.close()


def test_the_stream_ends_with_the_written_answer(ask_with: Any) -> None:
    with ask_with("answers") as writing:
        accept = {"Accept": "text/event-stream"}
        text = writing.post("/ask", json=BORDER, headers=accept).text
    blocks = dict(block.split("\ndata: ") for block in text.strip().split("\n\n"))
    assert json.loads(blocks["event: answer"])["written"]["text"]


def test_a_model_that_is_not_there_changes_nothing(ask_with: Any, client: httpx.Client) -> None:
    plain = client.post("/ask", json=BORDER).json()
    with ask_with("answers", url="http://127.0.0.1:9/v1") as writing:
        answer = writing.post("/ask", json=BORDER).json()
    assert answer["answer"] == plain["answer"]
    assert "did not answer" in answer["notes"][-1]


@pytest.mark.parametrize("behaviour", ["answers", "lies"])
def test_a_chat_client_gets_the_written_text_with_its_places(ask_with: Any, behaviour: str) -> None:
    messages = [{"role": "user", "content": BORDER["question"]}]
    with ask_with(behaviour) as writing:
        completion = writing.post("/v1/chat/completions", json={"messages": messages}).json()
    [message] = [choice["message"] for choice in completion["choices"]]
    answer = completion["onrecord"]
    assert ("written" in answer) == (behaviour == "answers")
    assert ("The article said" in message["content"]) == (behaviour == "answers")
    assert "War was declared" not in message["content"]
    assert answer["notes"][-1] in message["content"]
    assert len(message["annotations"]) == len(answer["quotes"])
    for annotation, quote in zip(message["annotations"], answer["quotes"], strict=True):
        cited = annotation["url_citation"]
        place = message["content"][cited["start_index"] : cited["end_index"]]
        assert quote["text"] in place
        assert f"[{quote['number']}]" in place


@pytest.mark.parametrize("behaviour", ["stalls", "drips"])
async def test_a_model_that_takes_too_long_is_not_waited_for(
    language_model: str, tmp_path: Any, model: Embedder, behaviour: str
) -> None:
    from bot.engine import Inquiry

    parts = make_parts(tmp_path, model)
    reply = await parts.engine.ask(Inquiry(BORDER["question"]))
    written = await Writer(language_model, behaviour, None, seconds=0.4).write(reply.answer)
    assert written is not None
    assert written.guarded is None
    parts.close()


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_whoever_hangs_up_is_not_written_for(ask_with: Any, accept: str) -> None:
    """The request is over while its model still thinks."""
    asked.clear()
    released.clear()
    body = json.dumps(BORDER)
    head = (
        f"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Accept: {accept}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with ask_with("waits") as writing:
        place = writing.base_url
        with socket.create_connection((place.host, place.port)) as connection:
            connection.sendall((head + body).encode())
            assert asked.wait(120)
        # Only the request that asks for the number is left.
        while "onrecord_http_requests_in_flight 1.0" not in writing.get("/metrics").text:
            time.sleep(0.05)
    assert not released.is_set()
