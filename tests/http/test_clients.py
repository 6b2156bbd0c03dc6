"""The faces that other programs speak, with their official clients."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from mcp import Client, StdioServerParameters

ROOT = Path(__file__).parent.parent.parent
BORDER = "How long is the border between Ukraine and Belarus?"


@pytest.fixture
def chat(address: str) -> openai.OpenAI:
    """OpenAI's client, pointed at the answering server."""
    return openai.OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0)


def test_chat_clients_find_the_model(chat: openai.OpenAI) -> None:
    assert [model.id for model in chat.models.list()] == ["onrecord"]


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


def test_a_chat_brings_its_history_along(address: str) -> None:
    earlier = [
        {"role": "user", "content": BORDER},
        {"role": "assistant", "content": "1,084 km"},
        {"role": "user", "content": "And the bridge at Zarnow?"},
    ]
    body = {"model": "onrecord", "messages": earlier}
    answer = httpx.post(f"{address}/v1/chat/completions", json=body, timeout=30).json()["onrecord"]
    assert answer["question"] == "And the bridge at Zarnow?"
    assert answer["standalone_question"] != answer["question"]
    assert "Zarnow" in answer["standalone_question"]


def test_a_chat_without_a_question_is_refused(chat: openai.OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as refused:
        chat.chat.completions.create(
            model="onrecord", messages=[{"role": "system", "content": "Be helpful."}]
        )
    assert "nothing is asked" in refused.value.response.json()["detail"]


def test_a_chat_says_when_the_articles_do_not(silent_address: str) -> None:
    silent = openai.OpenAI(base_url=f"{silent_address}/v1", api_key="any", max_retries=0)
    completion = silent.chat.completions.create(
        model="onrecord", messages=[{"role": "user", "content": BORDER}]
    )
    message = completion.choices[0].message
    assert (message.content or "").startswith("The articles don’t say.")
    assert not message.annotations


async def use_the_tools(client: Client) -> None:
    """Every tool, once for good and once for ill."""
    listed = await client.list_tools()
    assert {tool.name for tool in listed.tools} == {"ask", "search", "get_article"}
    asked = await client.call_tool("ask", {"question": BORDER})
    answer = asked.structured_content
    assert answer is not None
    assert answer["answered"] is True
    quote = answer["quotes"][0]
    assert quote["text"] in asked.content[0].text  # type: ignore[union-attr]
    found = await client.call_tool("search", {"query": "herring", "k": 2})
    assert found.structured_content is not None
    assert len(found.structured_content["passages"]) <= 2
    read = await client.call_tool("get_article", {"article_id": quote["article"]["id"]})
    assert read.structured_content is not None
    assert read.structured_content["text"][quote["start"] : quote["end"]] == quote["text"]
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("ask", {"question": " "}),
        ("get_article", {"article_id": "nobody"}),
        ("search", {"query": "x", "k": 0}),
    ]
    for name, arguments in wrong:
        refused = await client.call_tool(name, arguments)
        assert refused.is_error is True


async def test_the_tools_work_over_http(address: str) -> None:
    async with Client(f"{address}/mcp") as client:
        await use_the_tools(client)


async def test_the_tools_work_over_stdio(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    cache = request.config.cache
    assert cache is not None
    models = Path(cache.mkdir("models"))
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "tests.http.tools_over_stdio", str(tmp_path), str(models)],
        cwd=ROOT,
    )
    async with Client(server) as client:
        await use_the_tools(client)
