"""A second look at the best sentences: each is read again among its neighbours only, and alone.

A small reader that sees a whole passage finds the sentence that answers, but believes too easily
that it does: with one sentence or three before it, it tells far better whether the question's names
and circumstances are theirs (`python -m tests.benchmarks.reader_quality DATA`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.store import StoredPassage
from retrieval.evidence.features import Asked
from retrieval.evidence.linear_model import LinearModel
from retrieval.evidence.ranked import CloseReading, RankedSentence
from retrieval.reading.readings import Readers

CLOSE_FEATURES = ("first_look", "closely", "close_up", "alone")
"""Log-odds of the first look, of the sentence in its close-up, of the whole close-up, and alone."""

FIRST_LOOK = 0.6
"""Share of the time for reading that the first look may take; the rest is for close-ups."""

LOOKED_AT = 8
"""So many of the best sentences are looked at again, if there is time."""

NEIGHBOURS = 1
"""Sentences on either side that a close-up shows."""


def look_closely(
    model: LinearModel, readers: Readers, asked: Asked, ranked: Sequence[RankedSentence]
) -> list[RankedSentence]:
    """All sentences, best first, the best of them weighed by what their close-ups say."""
    return weighed(model, read_closely(readers, asked, ranked))


def weighed(model: LinearModel, looked: Sequence[RankedSentence]) -> list[RankedSentence]:
    """Best first; those without a close reading keep their log-odds."""
    closely = [one for one in looked if one.closely is not None]
    if not closely:
        return list(looked)
    found = iter(model.log_odds(np.array([close_features(one) for one in closely])).tolist())
    again = [one if one.closely is None else replace(one, log_odds=next(found)) for one in looked]
    return sorted(again, key=lambda sentence: -sentence.log_odds)


def read_closely(
    readers: Readers, asked: Asked, ranked: Sequence[RankedSentence]
) -> list[RankedSentence]:
    """The sentences in the same order; the best that were read, as time allows, with a look."""
    places = [place for place, one in enumerate(ranked) if _may_be_read_again(asked, one)]
    places = places[:LOOKED_AT]
    shown = [
        close_up(ranked[place], neighbours) for place in places for neighbours in (NEIGHBOURS, 0)
    ]
    questions = [asked.wording(one.article).text for one in shown]
    readings = readers.read(questions, shown, 1.0 - FIRST_LOOK)
    looked = list(ranked)
    for place, context, among, alone in zip(
        places, shown[::2], readings[::2], readings[1::2], strict=True
    ):
        if among is not None and alone is not None:
            own = context.passage.sentences.index(ranked[place].span)
            found = CloseReading(among.log_odds[own], max(among.log_odds), alone.log_odds[0])
            looked[place] = replace(ranked[place], closely=found)
    return looked


def close_up(sentence: RankedSentence, neighbours: int = NEIGHBOURS) -> StoredPassage:
    """The sentence and as many neighbours on either side, as a passage of their own."""
    stored = sentence.candidate.passage
    shown = slice(max(0, sentence.index - neighbours), sentence.index + neighbours + 1)
    sentences = stored.passage.sentences[shown]
    start, end = sentences[0].start, sentences[-1].end
    narrowed = replace(stored.passage, start=start, end=end, sentences=sentences)
    return replace(stored, passage=narrowed, sentence_vectors=stored.sentence_vectors[shown])


def close_features(sentence: RankedSentence) -> list[float]:
    """A row of CLOSE_FEATURES for a sentence; unknown is NaN."""
    looked = sentence.closely or CloseReading(math.nan, math.nan, math.nan)
    return [sentence.log_odds, looked.sentence, looked.close_up, looked.alone]


def _may_be_read_again(asked: Asked, sentence: RankedSentence) -> bool:
    """What no reader read has no close-up either; nor has what is in another language."""
    if sentence.answer is None:
        return False
    return not asked.is_foreign(sentence.candidate.passage.article)
