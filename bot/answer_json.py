"""The Answer as JSON: one shape for the terminal, HTTP and every other face."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.own_words import in_own_words
from corpus.article import Article
from retrieval.answer import Answer, Quote


def answer_json(answer: Answer, conversation_id: str | None) -> dict[str, Any]:
    """The Answer object of the HTTP contract."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "answer": answer.text,
        "quotes": [quote_json(quote) for quote in answer.quotes],
        "sides": [{"speaker": side.speaker, "quotes": list(side.quotes)} for side in answer.sides],
        "nearest": [quote_json(quote) for quote in answer.nearest],
        "notes": list(map(str, answer.notes)),
        "conversation_id": conversation_id,
        "generation": answer.generation,
        "took_ms": round(answer.took_ms, 2),
        "made_by": asdict(answer.made_by) if answer.made_by else None,
    }


def quote_json(quote: Quote) -> dict[str, Any]:
    """A quote with its place and its article; offsets are code points of the article's text."""
    highlight = quote.highlight
    return {
        "number": quote.number,
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "highlight": {"start": highlight.start, "end": highlight.end} if highlight else None,
        "speaker": quote.speaker,
        "direct": in_own_words(quote),
        "before": quote.before,
        "after": quote.after,
        "score": round(quote.score, 4),
        "article": article_json(quote.article),
        "copies": [article_json(copy) for copy in quote.copies],
    }


def article_json(article: Article) -> dict[str, Any]:
    """An article without its text. `content_hash` names the version that was quoted."""
    return {
        "id": article.id,
        "title": article.title,
        "author": article.author,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "language": article.language,
        "content_hash": article.content_hash,
    }
