"""Selection: which of the ranked sentences become the quotes of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Article
from index.store import StoreReader
from retrieval.answer import Quote, Side
from retrieval.evidence import RankedSentence
from retrieval.features import Asked
from retrieval.linear_model import probability
from retrieval.question_terms import term_set
from retrieval.quotes import ReadArticle, make_quote, read_article

# Two sentences that share this much of their terms say the same thing in the same words.
SAME_WORDS = 0.8


@dataclass(frozen=True, slots=True)
class Selection:
    """The quotes of an answer, who stands where, and what a reader should know besides."""

    quotes: tuple[Quote, ...] = ()
    sides: tuple[Side, ...] = ()
    notes: tuple[str, ...] = ()


def select(
    store: StoreReader, asked: Asked, ranked: Sequence[RankedSentence], count: int
) -> Selection:
    """The best `count` sentences as quotes, none twice."""
    quotes: list[Quote] = []
    articles: dict[str, ReadArticle] = {}
    for sentence in ranked:
        if len(quotes) == count:
            break
        if any(_repeats(sentence, quote) for quote in quotes):
            continue
        article_id = sentence.candidate.passage.article.id
        if article_id not in articles:
            articles[article_id] = read_article(store, sentence)
        quote = make_quote(
            len(quotes) + 1,
            sentence,
            asked,
            articles[article_id],
            probability(sentence.log_odds),
            _copies(sentence, ranked),
        )
        quotes.append(quote)
    return Selection(tuple(quotes))


def _repeats(sentence: RankedSentence, quote: Quote) -> bool:
    """Whether the quote already holds the sentence, or says it in the same words."""
    if quote.article.id == sentence.candidate.passage.article.id:
        span = sentence.span
        if quote.start <= span.start and span.end <= quote.end:
            return True
    ours, theirs = term_set(sentence.text), term_set(quote.text)
    return len(ours & theirs) > SAME_WORDS * len(ours | theirs)


def _copies(sentence: RankedSentence, ranked: Sequence[RankedSentence]) -> tuple[Article, ...]:
    """Other outlets' articles among the ranked that carry the same story."""
    own = sentence.candidate.passage
    others = {
        other.candidate.passage.article.id: other.candidate.passage.article
        for other in ranked
        if other.candidate.passage.story == own.story
        and other.candidate.passage.article.id != own.article.id
    }
    return tuple(others.values())
