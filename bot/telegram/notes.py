"""Remarks under an answer: in the reader's language, and which quotes they speak of."""

from __future__ import annotations

from bot.telegram.texts import Texts
from retrieval.notes import Note, NoteKind

SEVERAL = ", "
"""Between the names of several outlets."""

NEWER, OLDER, NUMBER = "newer", "older", "number"
"""The values of remarks that are numbers of quotes."""


def note_in_words(note: Note, texts: Texts) -> str:
    """What a remark says, with its values; nothing where its kind has no words here yet."""
    several = SEVERAL in note.values.get("outlets", "")
    words = {
        NoteKind.REVISED: texts.answer.revised,
        NoteKind.AGREES: texts.answer.agree if several else texts.answer.agrees,
        NoteKind.NOTHING_MORE: texts.answer.nothing_more,
    }
    return words.get(note.kind, "").format(**note.values)


def named_quotes(note: Note) -> frozenset[int]:
    """The quotes that a remark speaks of, by their numbers."""
    return frozenset(int(note.values[name]) for name in _naming(note))


def renumbered_note(note: Note, numbers: dict[int, int]) -> Note:
    """The remark once its quotes have other numbers."""
    anew = {name: str(numbers[int(note.values[name])]) for name in _naming(note)}
    return Note(note.kind, {**note.values, **anew})


def revision(note: Note) -> tuple[int, int] | None:
    """The newer quote and the older one, where the remark says that one revises the other."""
    if note.kind is not NoteKind.REVISED:
        return None
    return int(note.values[NEWER]), int(note.values[OLDER])


def _naming(note: Note) -> tuple[str, ...]:
    """The names of a remark's values that are numbers of quotes."""
    return tuple(name for name in (NEWER, OLDER, NUMBER) if name in note.values)
