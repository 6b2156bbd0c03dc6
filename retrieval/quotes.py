"""Quotes: from ranked sentences to the words a reader sees, exactly as the article has them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.article import Article, Span
from index.store import StoredPassage, StoreReader
from retrieval.answer import Quote
from retrieval.answer_kinds import AnswerKind
from retrieval.evidence import RankedPassage, RankedSentence
from retrieval.features import Asked, answering_words
from retrieval.linear_model import sigmoid
from retrieval.speakers import Attribution, attribute
from retrieval.standing_alone import self_contained_start


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article with all its sentences, in order, and who speaks in each."""

    article: Article
    sentences: tuple[Span, ...]
    attributions: tuple[Attribution | None, ...]

    def index_of(self, span: Span) -> int:
        """Which sentence starts at or last before the start of `span`."""
        starts = [sentence.start for sentence in self.sentences]
        return max(0, bisect_right(starts, span.start) - 1)


def read_article(store: StoreReader, sentence: RankedSentence) -> ReadArticle:
    """The whole article of a sentence.

    Where the store has moved on to another version meanwhile, what the sentence's own passage
    knows is used, so that a quote never mixes two versions.
    """
    passage = sentence.candidate.passage
    article = passage.article
    whole = store.neighbours(article.id)
    if not whole or whole[0].article.content_hash != article.content_hash:
        whole = [passage]
    spans = tuple(Span(*span) for one in whole for span in one.passage.sentences)
    return ReadArticle(article, spans, tuple(attribute(article.text, spans)))


def make_quote(
    number: int,
    sentence: RankedSentence,
    asked: Asked,
    read: ReadArticle,
    score: float,
    copies: tuple[Article, ...] = (),
    taken: Sequence[Span] = (),
) -> Quote:
    """The sentence as a quote, with up to two sentences before it that it leans on.

    What earlier quotes of the article have `taken` is not said again: it stands there to be read.
    """
    text = read.article.text
    first, last = _sentences_quoted(sentence, read)
    while first < last and any(_overlap(read.sentences[first], one) for one in taken):
        first += 1
    span = Span(read.sentences[first].start, read.sentences[last].end)
    attribution = read.attributions[last]
    return Quote(
        number=number,
        text=span.of(text),
        start=span.start,
        end=span.end,
        article=read.article,
        score=score,
        highlight=highlight(asked, sentence, text),
        speaker=attribution.speaker if attribution else None,
        before=read.sentences[first - 1].of(text) if first > 0 else "",
        after=read.sentences[last + 1].of(text) if last + 1 < len(read.sentences) else "",
        copies=copies,
    )


def quoted_span(sentence: RankedSentence, read: ReadArticle) -> Span:
    """What would be quoted for a sentence: itself, and what it leans on."""
    first, last = _sentences_quoted(sentence, read)
    return Span(read.sentences[first].start, read.sentences[last].end)


def _sentences_quoted(sentence: RankedSentence, read: ReadArticle) -> tuple[int, int]:
    last = read.index_of(sentence.span)
    return self_contained_start(read.article.text, read.sentences, last), last


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def highlight(asked: Asked, sentence: RankedSentence, text: str) -> Span | None:
    """The answering words: what the reader found, else the first of the kind asked for."""
    if sentence.answer is not None:
        return sentence.answer
    if asked.kind in {AnswerKind.SPEECH, AnswerKind.REASON}:
        return None
    found = next(answering_words(asked, sentence.span.of(text)), None)
    if found is None:
        return None
    return Span(sentence.span.start + found.start, sentence.span.start + found.end)


def nearest_passages(ranked: Sequence[RankedPassage], count: int) -> tuple[Quote, ...]:
    """The best passages in the shape of quotes; they are near, and claim to answer nothing."""
    passages = [one for one in ranked if one.candidate.passage.passage.sentences][:count]
    scores = sigmoid(np.array([one.log_odds for one in passages]))
    return tuple(
        _as_quote(number, one.candidate.passage, float(score))
        for number, (one, score) in enumerate(zip(passages, scores, strict=True), start=1)
    )


def _as_quote(number: int, stored: StoredPassage, score: float) -> Quote:
    start = stored.passage.sentences[0][0]
    end = stored.passage.sentences[-1][1]
    text = stored.article.text[start:end]
    return Quote(number, text, start, end, stored.article, score)
