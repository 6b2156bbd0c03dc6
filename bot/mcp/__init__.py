"""The Model Context Protocol face: tools for language models, over HTTP and over stdio."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.composition import Parts


def run(parts: Parts) -> None:
    """Serve the tools over stdin and stdout until the client hangs up."""
    from bot.mcp.server import tool_server

    tool_server(parts).run("stdio")
