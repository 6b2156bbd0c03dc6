"""An answer written down as JSON and read back, without the texts of its articles."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.answer_json import answer_json
from corpus.article import Article, Span
from retrieval.answer import Answer, Quote, Side


def write_answer(answer: Answer) -> str:
    """The answer in the HTTP contract's shape."""
    return json.dumps(answer_json(answer, None), ensure_ascii=True)


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
        notes=tuple(fields["notes"]),
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
