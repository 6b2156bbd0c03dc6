"""Quotes: from ranked sentences to the words a reader sees, exactly as the article has them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.article import Article, Span
from index.store import StoredPassage, StoreReader
from retrieval.answer import Quote
from retrieval.attribution.speakers import Attribution, attribute
from retrieval.attribution.standing_alone import self_contained_start
from retrieval.evidence.features import Asked, answering_words
from retrieval.evidence.linear_model import sigmoid
from retrieval.evidence.ranked import RankedPassage, RankedSentence
from retrieval.evidence.stated_ages import asked_age
from retrieval.question.answer_fit import answer_fits
from retrieval.question.answer_kinds import WITH_NAMES, AnswerKind, answers_of_kind, is_only_a_time
from retrieval.words.turn_names import is_stop_word

JOINS = frozenset("’'.,-‑")
"""Marks that hold a word or a figure together where they stand between letters or digits."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article with all its sentences, in order, and who speaks in each."""

    article: Article
    sentences: tuple[Span, ...]
    attributions: tuple[Attribution | None, ...]

    def holds(self, sentence: RankedSentence) -> bool:
        """Whether a sentence was read with it: of an article that changed, only a passage was."""
        own = sentence.candidate.passage.article
        return sentence.span in self.sentences and own.content_hash == self.article.content_hash

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


class ReadArticles:
    """The articles of one question's sentences, each read once."""

    def __init__(self, read: Callable[[RankedSentence], ReadArticle]) -> None:
        self._read = read
        self._known: dict[str, ReadArticle] = {}

    def of(self, sentence: RankedSentence) -> ReadArticle:
        """The article of a sentence, or its own passage where the article has changed."""
        article_id = sentence.candidate.passage.article.id
        known = self._known.get(article_id)
        if known is None or not known.holds(sentence):
            known = self._known[article_id] = self._read(sentence)
        return known


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
    """The answering words: what the reader found, else the first of the kind asked for.

    Where a unit is asked for, as in "how many kilometres", words without it answer nothing.
    """
    answer = sentence.answer
    if answer is not None and not (
        asked.unit and _lacks_figure(asked, sentence.span, answer, text)
    ):
        words = answer.of(text)
        is_none = asked.kind in WITH_NAMES and is_only_a_time(words)
        says_nothing = not any(map(str.isalnum, words))
        return None if is_none or says_nothing else whole_words(answer, sentence.span, text)
    if asked.kind in {AnswerKind.SPEECH, AnswerKind.REASON}:
        return None
    said = sentence.span.of(text)
    for found in answering_words(asked, said):
        if not all(is_stop_word(word) for word in found.of(said).split()):
            return Span(sentence.span.start + found.start, sentence.span.start + found.end)
    return None


def _lacks_figure(asked: Asked, sentence: Span, answer: Span, text: str) -> bool:
    """Whether a reader's words bear no figure of the unit asked for, and tell no time instead."""
    if asked.unit is None or asked_age(asked.text) is not None:
        return False
    inside = Span(answer.start - sentence.start, answer.end - sentence.start)
    if answer_fits(asked.kind, asked.unit, sentence.of(text), inside) != 0.0:
        return False
    # "How long has it stood empty?" "Since 1999": a time answers as well as a duration.
    return next(answers_of_kind(AnswerKind.TIME, answer.of(text)), None) is None


def whole_words(answer: Span, sentence: Span, text: str) -> Span:
    """The answer without a word or a figure cut in two: "160" of "1,160" is no answer."""
    start, end = answer
    while start > sentence.start and _within_word(text, start):
        start -= 1
    while end < sentence.end and _within_word(text, end):
        end += 1
    if "(" in text[start:end] and ")" not in text[start:end] and text[end : end + 1] == ")":
        end += 1
    return Span(start, min(end, sentence.end))


def _within_word(text: str, place: int) -> bool:
    """Whether a word or a figure goes on across `place`: "1,1|60", "twenty-|five", "don|'t"."""
    before, after = text[place - 1 : place], text[place : place + 1]
    if before.isalnum() and after.isalnum():
        return True
    if before.isalnum() and after in JOINS:
        return text[place + 1 : place + 2].isalnum()
    return before in JOINS and after.isalnum() and text[place - 2 : place - 1].isalnum()


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
