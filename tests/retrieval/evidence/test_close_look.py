"""The second look at the best sentences: each is read again among its neighbours, and alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composition import Parts
from corpus.article import Article, Passage
from corpus.sentences import split_sentences
from index.store import StoredPassage
from retrieval.answer import Question
from retrieval.answerer import Answerer, Ranked, Stopwatch
from retrieval.assembling import MODELS, assemble
from retrieval.certainty.confidence import (
    CLOSE_CONFIDENCE_FEATURES,
    close_confidence_features,
    confidence_features,
)
from retrieval.evidence.candidates import Candidate
from retrieval.evidence.close_look import (
    CLOSE_FEATURES,
    LOOKED_AT,
    NEIGHBOURS,
    close_features,
    close_up,
    weighed,
)
from retrieval.evidence.linear_model import load_linear_model
from retrieval.evidence.ranked import CloseReading, RankedSentence
from retrieval.progress import Unwatched
from retrieval.reading.reader import PassageReader
from retrieval.reading.readers import load_reader

MODEL = load_linear_model(MODELS / "sentences-closely.json", CLOSE_FEATURES)
WON, UNHURRIED, HURRIED = "Who won the Essling Chess Open?", 60_000.0, 1e-6
IN_ONE_BATCH = 2


def stored(text: str) -> StoredPassage:
    sentences = tuple(split_sentences(text))
    return StoredPassage(
        id=1,
        ordinal=0,
        passage=Passage(0, len(text), sentences),
        article=Article("a", "Title", text, "a"),
        story="a",
        sentence_vectors=np.zeros((len(sentences), 2), np.float32),
    )


def sentence(
    passage: StoredPassage, index: int, log_odds: float, closely: CloseReading | None = None
) -> RankedSentence:
    return RankedSentence(Candidate(passage, 1, 1.0, 1, 1.0), index, log_odds, (), None, closely)


def ranked(parts: Parts, question: str, budget_ms: float, reader: str = "packaged") -> Ranked:
    answerer: Answerer = assemble(
        parts.store,
        parts.embedder,
        threshold=0.0,
        reader=load_reader(reader, 2),
        budget_ms=budget_ms,
    )
    return answerer.rank(Question(question, date(2024, 9, 10)), Stopwatch(), Unwatched())


def looked_at(sentences: Sequence[RankedSentence]) -> list[RankedSentence]:
    return [one for one in sentences if one.closely is not None]


WORDS = st.sampled_from(["Anna", "bridge", "fell", "on", "Monday", "120,000", "Škoda", "🙂"])
SENTENCES = st.lists(st.lists(WORDS, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=9)


@given(SENTENCES, st.data())
def test_a_close_up_is_the_sentence_and_its_neighbours_as_they_stand(
    sentences: list[str], data: st.DataObject
) -> None:
    passage = stored(". ".join(sentences) + ".")
    index = data.draw(st.integers(0, len(passage.passage.sentences) - 1))
    one = sentence(passage, index, 0.0)
    shown = close_up(one)
    spans = shown.passage.sentences
    assert one.span in spans
    assert len(spans) <= 2 * NEIGHBOURS + 1
    assert shown.text == passage.article.text[spans[0].start : spans[-1].end]
    assert spans == passage.passage.sentences[max(0, index - 1) : index + 2]
    assert len(shown.sentence_vectors) == len(spans)


LOG_ODDS = st.floats(-20, 20)
LOOKS = st.none() | st.builds(CloseReading, LOG_ODDS, LOG_ODDS, LOG_ODDS)


@given(st.lists(st.tuples(LOG_ODDS, LOOKS), max_size=12))
def test_no_sentence_is_lost_and_what_was_not_looked_at_keeps_its_log_odds(
    given_looks: list[tuple[float, CloseReading | None]],
) -> None:
    passage = stored("The bridge fell. " * 12)
    before = [sentence(passage, i, odds, look) for i, (odds, look) in enumerate(given_looks)]
    after = weighed(MODEL, before)
    assert sorted(one.index for one in after) == list(range(len(before)))
    for one in after:
        old = before[one.index]
        if old.closely is None:
            assert one == old
        else:
            [expected] = MODEL.log_odds(np.array([close_features(old)]))
            assert one.log_odds == pytest.approx(expected)
    if looked_at(before):
        assert [one.log_odds for one in after] == sorted(
            (one.log_odds for one in after), reverse=True
        )


@given(LOG_ODDS, LOG_ODDS, LOG_ODDS, LOG_ODDS, st.floats(0.1, 5))
def test_a_better_second_look_makes_no_sentence_worse(
    first: float, own: float, close: float, alone: float, more: float
) -> None:
    looks = np.array([[own, close, alone], np.array([own, close, alone]) + more])
    worse, better = MODEL.log_odds(np.hstack([[[first], [first]], looks]))
    assert better >= worse


def test_the_best_sentences_that_were_read_are_read_again(sample_parts: Parts) -> None:
    found = ranked(sample_parts, WON, UNHURRIED).sentences
    looked = looked_at(found)
    assert len(looked) == LOOKED_AT
    assert found[0] in looked
    reader = PassageReader()
    for one in looked:
        shown = close_up(one)
        [reading] = reader.read(WON, [shown.text])
        assert one.closely is not None
        assert one.closely.close_up == pytest.approx(reading.score, abs=1e-3)
        [alone] = reader.read(WON, [one.text])
        assert one.closely.alone == pytest.approx(alone.score, abs=1e-3)
        start = shown.passage.start
        [own] = reading.sentences([(one.span.start - start, one.span.end - start)])
        assert one.closely.sentence == pytest.approx(own.score, abs=1e-3)


def test_in_a_hurry_only_the_very_best_are_read_again(sample_parts: Parts) -> None:
    assert len(looked_at(ranked(sample_parts, WON, HURRIED).sentences)) == IN_ONE_BATCH


@pytest.mark.parametrize("question", ["Did Miriam Kovar win the Essling Chess Open?"])
def test_a_question_for_a_yes_or_a_no_is_not_read(sample_parts: Parts, question: str) -> None:
    found = ranked(sample_parts, question, UNHURRIED).sentences
    assert found
    assert not looked_at(found)


def test_without_a_reader_nothing_is_looked_at_again(sample_parts: Parts) -> None:
    found = ranked(sample_parts, WON, UNHURRIED, reader="none").sentences
    assert found
    assert not looked_at(found)


def test_confidence_hears_of_the_close_ups(sample_parts: Parts) -> None:
    found = ranked(sample_parts, WON, UNHURRIED).sentences
    [row] = close_confidence_features(found)
    known = dict(zip(CLOSE_CONFIDENCE_FEATURES, row, strict=True))
    best = found[0].closely
    assert best is not None
    assert known["closely"] == best.sentence
    assert known["close_up"] == best.close_up
    assert known["alone"] == best.alone
    looks = [one.closely for one in found if one.closely is not None]
    assert known["best_close_up"] == max(one.close_up for one in looks)
    assert known["best_alone"] == max(one.alone for one in looks)
    first = confidence_features(found)[0]
    assert np.array_equal(row[: len(first)], first, equal_nan=True)
