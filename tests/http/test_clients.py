"""The faces that other programs speak, with their official clients."""

from __future__ import annotations

from typing import Any

import httpx
import openai
import pytest
from mcp import Client

from tests.http.tool_use import BORDER, use_the_tools
from tests.patience import PATIENCE


@pytest.fixture
def chat(address: str) -> openai.OpenAI:
    """OpenAI's client, pointed at the answering server."""
    return openai.OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0)


def test_chat_clients_find_the_model(chat: openai.OpenAI) -> None:
    [model] = chat.models.list()
    assert model.id == "onrecord"
    assert chat.models.retrieve("onrecord") == model
    with pytest.raises(openai.NotFoundError, match="is called onrecord"):
        chat.models.retrieve("gpt")


def test_a_chat_is_answered_with_quotes_and_citations(
    chat: openai.OpenAI, client: httpx.Client
) -> None:
    messages: Any = [
        {"role": "system", "content": "Be helpful."},
        {"role": "user", "content": [{"type": "text", "text": BORDER}]},
    ]
    completion = chat.chat.completions.create(model="onrecord", messages=messages, temperature=0)
    [choice] = completion.choices
    content = choice.message.content or ""
    assert choice.finish_reason == "stop"
    assert "1,084" in content
    quotes = client.post("/ask", json={"question": BORDER}).json()["quotes"]
    annotations = choice.message.annotations or []
    assert len(annotations) == len(quotes)
    for annotation, quote in zip(annotations, quotes, strict=True):
        cited = annotation.url_citation
        place = content[cited.start_index : cited.end_index]
        assert quote["text"] in place
        assert place.endswith(f"[{quote['number']}]")
        assert cited.title == quote["article"]["title"]
        assert cited.url.startswith("http")


def test_a_streamed_chat_says_the_same(chat: openai.OpenAI) -> None:
    messages: Any = [{"role": "user", "content": BORDER}]
    whole = chat.chat.completions.create(model="onrecord", messages=messages)
    chunks = list(chat.chat.completions.create(model="onrecord", messages=messages, stream=True))
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks]
    assert "".join(pieces) == whole.choices[0].message.content
    assert len([piece for piece in pieces if piece]) > 1
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_chat_tells_how_long_it_is(chat: openai.OpenAI) -> None:
    messages: Any = [{"role": "user", "content": BORDER}]
    usage = chat.chat.completions.create(model="onrecord", messages=messages).usage
    assert usage is not None
    assert usage.prompt_tokens >= len(BORDER.split())
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
    twice = chat.chat.completions.create(model="onrecord", messages=messages * 2).usage
    assert twice is not None
    assert twice.prompt_tokens == 2 * usage.prompt_tokens
    *_, last = chat.chat.completions.create(
        model="onrecord", messages=messages, stream=True, stream_options={"include_usage": True}
    )
    assert last.usage == usage
    assert last.choices == []


def test_a_chat_brings_its_history_along(address: str) -> None:
    earlier = [
        {"role": "user", "content": BORDER},
        {"role": "assistant", "content": "1,084 km"},
        {"role": "user", "content": "And the bridge at Zarnow?"},
    ]
    body = {"model": "onrecord", "messages": earlier}
    answer = httpx.post(f"{address}/v1/chat/completions", json=body, timeout=PATIENCE).json()[
        "onrecord"
    ]
    assert answer["question"] == "And the bridge at Zarnow?"
    assert answer["standalone_question"] != answer["question"]
    assert "Zarnow" in answer["standalone_question"]


def test_a_chat_without_a_question_is_refused(chat: openai.OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as refused:
        chat.chat.completions.create(
            model="onrecord", messages=[{"role": "system", "content": "Be helpful."}]
        )
    assert "nothing is asked" in str(refused.value)
    assert "nothing is asked" in refused.value.response.json()["detail"]
    wrong: Any = [{"role": "judge", "content": "Well?"}]
    with pytest.raises(openai.UnprocessableEntityError, match="messages/0/role"):
        chat.chat.completions.create(model="onrecord", messages=wrong)


def test_a_chat_says_when_the_articles_do_not(silent_address: str) -> None:
    silent = openai.OpenAI(base_url=f"{silent_address}/v1", api_key="any", max_retries=0)
    completion = silent.chat.completions.create(
        model="onrecord", messages=[{"role": "user", "content": BORDER}]
    )
    message = completion.choices[0].message
    assert (message.content or "").startswith("The articles don’t say.")
    assert not message.annotations


async def test_the_tools_work_over_http(address: str) -> None:
    async with Client(f"{address}/mcp") as client:
        await use_the_tools(client)


def test_tools_have_nothing_to_say_unasked(client: httpx.Client) -> None:
    """A stream that would only be kept open holds a connection, and up a stop."""
    response = client.get("/mcp", headers={"Accept": "text/event-stream"})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert response.headers["content-type"] == "application/problem+json"


async def test_answers_are_counted_whoever_asks(address: str) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE) as client:

        async def counted() -> float:
            lines = (await client.get("/metrics")).text.splitlines()
            answers = [line for line in lines if line.startswith("onrecord_answers_total")]
            return sum(float(line.rpartition(" ")[2]) for line in answers)

        before = await counted()
        async with Client(f"{address}/mcp") as tools:
            await tools.call_tool("ask", {"question": BORDER})
        assert await counted() == before + 1
        await client.post("/ask", json={"question": BORDER})
        assert await counted() == before + 2
        calls = 'onrecord_http_requests_total{method="POST",route="/mcp",status="200"}'
        assert calls in (await client.get("/metrics")).text
