"""What an MCP client does with the tools, over whichever transport."""

from __future__ import annotations

from typing import Any

from mcp import Client

BORDER = "How long is the border between Ukraine and Belarus?"


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
    dated = await client.call_tool("ask", {"question": BORDER, "since": "yesterday"})
    assert dated.is_error is True
    told = dated.content[0].text  # type: ignore[union-attr]
    assert "YYYY-MM-DD" in told
    assert "pydantic" not in told
    assert "http" not in told
