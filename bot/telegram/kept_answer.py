"""An answer written down as JSON and read back, without the texts of its articles."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.answer_json import answer_json
from corpus.article import Article, Span
from retrieval.answer import Answer, MadeBy, Quote, Side
from retrieval.notes import Note, NoteKind

KINDS = "kinds_of_notes"
"""Answers kept before there were kinds are read back without notes."""
_KNOWN_KINDS = frozenset(kind.value for kind in NoteKind)


def write_answer(answer: Answer) -> str:
    """The answer in the HTTP contract's shape, its notes by kind and values too."""
    document = answer_json(answer, None)
    document[KINDS] = [[note.kind.value, dict(note.values)] for note in answer.notes]
    return json.dumps(document, ensure_ascii=True)


def read_answer(text: str) -> Answer:
    """The answer as it was; its articles have no text, which is read again where it is needed."""
    fields = json.loads(text)
    return Answer(
        question=fields["question"],
        standalone_question=fields["standalone_question"],
        answered=fields["answered"],
        confidence=fields["confidence"],
        quotes=tuple(_quote(quote) for quote in fields["quotes"]),
        nearest=tuple(_quote(quote) for quote in fields["nearest"]),
        sides=tuple(Side(side["speaker"], tuple(side["quotes"])) for side in fields["sides"]),
        generation=fields["generation"],
        took_ms=fields["took_ms"],
        notes=tuple(
            Note(NoteKind(kind), values)
            for kind, values in fields.get(KINDS, ())
            if kind in _KNOWN_KINDS
        ),
        made_by=MadeBy(**fields["made_by"]) if fields.get("made_by") else None,
    )


def _quote(fields: dict[str, Any]) -> Quote:
    highlight = fields["highlight"]
    return Quote(
        number=fields["number"],
        text=fields["text"],
        start=fields["start"],
        end=fields["end"],
        article=_article(fields["article"]),
        score=fields["score"],
        highlight=Span(highlight["start"], highlight["end"]) if highlight else None,
        speaker=fields["speaker"],
        before=fields["before"],
        after=fields["after"],
        copies=tuple(_article(copy) for copy in fields["copies"]),
        direct=fields.get("direct"),
    )


def _article(fields: dict[str, Any]) -> Article:
    published = fields["published"]
    return Article(
        id=fields["id"],
        title=fields["title"],
        text="",
        content_hash=fields["content_hash"],
        author=fields["author"],
        source=fields["source"],
        published=date.fromisoformat(published) if published else None,
        url=fields["url"],
        language=fields["language"],
    )
