"""What of a passage the embedding model gets to read."""

from __future__ import annotations

from corpus.article import Article, Passage, Span
from corpus.passages import CountTokens, split_passages
from corpus.sentences import split_sentences
from corpus.titles import is_of_text
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
    header = title_beside(article.title, passage.start)
    return PassageText(header, article.text[passage.start : passage.end], sentences)


def title_beside(title: str, start: int) -> str:
    """The title as the context of the passage that starts at `start`.

    Where it was taken from the beginning of the text, that beginning itself goes without.
    """
    return "" if start == 0 and is_of_text(title) else title
