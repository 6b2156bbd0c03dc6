"""An answer on its way out over HTTP: with a model's text where one is set and holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.answer_json import answer_json
from bot.engine import Engine, Inquiry, Reply
from bot.narrowing import missing_outlets
from bot.writing.writer import Writer, Written
from retrieval.progress import Progress


@dataclass(frozen=True, slots=True)
class Told:
    """A reply, and what a model made of its quotes; None where none is set or there are none.

    `remarks` stand beside the answer's own notes.
    """

    reply: Reply
    written: Written | None
    remarks: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """The Answer object. The quotes are the same with a writer and without."""
        document = answer_json(self.reply.answer, self.reply.conversation_id)
        document["notes"].extend(self.remarks)
        if self.written is None:
            return document
        document["notes"].append(self.written.note)
        if self.written.guarded is not None:
            document["answer"] = self.written.guarded.text
            if document["made_by"] is not None:
                document["made_by"]["writer"] = self.written.model
            document["written"] = {
                "text": self.written.guarded.text,
                "citations": list(self.written.guarded.citations),
                "removed": self.written.guarded.removed,
            }
        return document


async def tell(engine: Engine, writer: Writer | None, inquiry: Inquiry, progress: Progress) -> Told:
    """Answer, and let the model connect the quotes. Raises what `Engine.ask` does."""
    reply = await engine.ask(inquiry, progress)
    remarks = await missing_outlets(engine, inquiry, reply.answer)
    return Told(reply, await writer.write(reply.answer) if writer else None, remarks)
