"""Answers over HTTP with a model that writes: it never makes them less true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from bot.writing.writer import Writer
from index.embedding.embedder import Embedder
from tests.http.serving import make_parts, serving

BORDER = {"question": "How long is the border between Ukraine and Belarus?"}
BEHAVIOURS = [
    "answers", "lies", "misquotes", "embroiders", "fails", "garbage", "endless", "nothing", "dies",
]  # fmt: skip


@pytest.fixture(scope="module")
def ask_with(tmp_path_factory: pytest.TempPathFactory, model: Embedder, language_model: str) -> Any:
    """Ask a server whose model behaves in a given way."""

    @contextmanager
    def server(behaviour: str, url: str = language_model) -> Iterator[httpx.Client]:
        folder = tmp_path_factory.mktemp("writing")
        parts = make_parts(folder, model, llm_url=url, llm_model=behaviour, llm_key="secret")
        with serving(parts) as base, httpx.Client(base_url=base, timeout=60) as client:
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
    else:
        assert "written" not in answer or "1,085" not in answer["answer"]
    if behaviour in ("lies", "fails", "garbage", "endless", "nothing", "dies"):
        assert answer["answer"] == plain["answer"]
        assert "stand alone" in answer["notes"][-1]


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


async def test_a_model_that_stalls_is_not_waited_for(
    language_model: str, tmp_path: Any, model: Embedder
) -> None:
    from bot.engine import Inquiry

    parts = make_parts(tmp_path, model)
    reply = await parts.engine.ask(Inquiry(BORDER["question"]))
    written = await Writer(language_model, "stalls", None, seconds=0.3).write(reply.answer)
    assert written is not None
    assert written.guarded is None
    parts.close()
