"""The Answer as it leaves over HTTP: with a model's text where one is set and holds."""

from __future__ import annotations

from typing import Any

from bot.answer_json import answer_json
from bot.engine import Reply
from bot.writing.writer import Writer


async def answer_document(reply: Reply, writer: Writer | None) -> dict[str, Any]:
    """The Answer object. The quotes are the same with a writer and without."""
    document = answer_json(reply.answer, reply.conversation_id)
    written = await writer.write(reply.answer) if writer else None
    if written is None:
        return document
    document["notes"].append(written.note)
    if written.guarded is not None:
        document["answer"] = written.guarded.text
        document["written"] = {
            "text": written.guarded.text,
            "citations": list(written.guarded.citations),
            "removed": written.guarded.removed,
        }
    return document
