"""Asking a running server through every face that it has, and keeping what each wrote."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import httpx
from mcp import Client

from tests.patience import PATIENCE

Face = Callable[[str], Awaitable[str]]


class Faces:
    """Every face of one server. Each takes a question and gives the text of its whole reply."""

    def __init__(self, client: httpx.AsyncClient, tools: Client) -> None:
        self._client = client
        self._tools = tools

    def all(self) -> dict[str, Face]:
        """The faces by name."""
        return {
            "ask": self.ask,
            "events": self.events,
            "chat": self.chat,
            "chat chunks": self.chat_chunks,
            "tools": self.tools,
        }

    async def ask(self, question: str) -> str:
        """POST /ask, as the page does."""
        return await self._posted("/ask", {"question": question})

    async def events(self, question: str) -> str:
        """POST /ask as an event stream."""
        return await self._posted("/ask", {"question": question}, accept="text/event-stream")

    async def chat(self, question: str) -> str:
        """An OpenAI-compatible completion."""
        return await self._posted("/v1/chat/completions", _chat(question))

    async def chat_chunks(self, question: str) -> str:
        """The same, streamed."""
        return await self._posted("/v1/chat/completions", {**_chat(question), "stream": True})

    async def tools(self, question: str) -> str:
        """The tool `ask` of the Model Context Protocol."""
        result = await self._tools.call_tool("ask", {"question": question})
        return json.dumps(result.model_dump(mode="json", by_alias=True), ensure_ascii=False)

    async def _posted(self, path: str, body: dict[str, object], accept: str = "*/*") -> str:
        response = await self._client.post(
            path, json=body, headers={"Accept": accept}, timeout=PATIENCE
        )
        response.raise_for_status()
        return response.text


def _chat(question: str) -> dict[str, object]:
    return {"model": "onrecord", "messages": [{"role": "user", "content": question}]}
