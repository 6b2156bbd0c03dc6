"""What of a passage the embedding model gets to read."""

from __future__ import annotations

from corpus.article import Article, Passage, Span
from corpus.passages import CountTokens, split_passages
from corpus.sentences import split_sentences
from index.embedding.embedder import PassageText

HEADER_TOKENS = 48
"""Room left for the header (and special tokens) beside the passage."""


def passages_of(article: Article, count_tokens: CountTokens, window: int) -> list[Passage]:
    """The passages that tile the article, each small enough for the model's window."""
    sentences = split_sentences(article.text, article.language)
    return split_passages(article.text, sentences, count_tokens, max(window - HEADER_TOKENS, 16))


def passage_text(article: Article, passage: Passage) -> PassageText:
    """The passage with the title of its article as context."""
    sentences = tuple(
        Span(start - passage.start, end - passage.start) for start, end in passage.sentences
    )
    return PassageText(article.title, article.text[passage.start : passage.end], sentences)
