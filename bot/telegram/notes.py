"""Remarks under an answer in the reader's language."""

from __future__ import annotations

from bot.telegram.texts import Texts
from retrieval.notes import Note, NoteKind

SEVERAL = ", "
"""Between the names of several outlets."""


def note_in_words(note: Note, texts: Texts) -> str:
    """What a remark says, with its values; nothing where its kind has no words here yet."""
    several = SEVERAL in note.values.get("outlets", "")
    words = {
        NoteKind.REVISED: texts.answer.revised,
        NoteKind.AGREES: texts.answer.agree if several else texts.answer.agrees,
        NoteKind.NOTHING_MORE: texts.answer.nothing_more,
    }
    return words.get(note.kind, "").format(**note.values)
