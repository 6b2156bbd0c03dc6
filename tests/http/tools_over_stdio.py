"""A program that the MCP client starts: the tools over stdio, on a collection of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import bot.mcp
from index.embedding.loading import load_embedder
from tests.http.serving import make_parts

if __name__ == "__main__":
    folder, models = Path(sys.argv[1]), Path(sys.argv[2])
    model = load_embedder("all-MiniLM-L6-v2", cache=models, threads=2)
    parts = make_parts(folder, model)
    bot.mcp.run(parts)
    parts.close()
