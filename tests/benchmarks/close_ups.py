"""A reader's second look at the best sentences, by its word alone: no weights are fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from retrieval.evidence.close_look import NEIGHBOURS
from retrieval.reading.reader import PassageReader, Reading
from retrieval.training.reader_corpus import Range

LOOKED_AT = 4


class Text(Protocol):
    """A text, where it begins in its article, and its sentences."""

    @property
    def start(self) -> int:
        """In code points of the article."""

    @property
    def text(self) -> str:
        """The text itself."""

    @property
    def sentences(self) -> list[Range]:
        """In code points of the text."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A sentence's place in its article, its score, and the best one of its close-up."""

    spot: Range
    score: float
    close_up: float


def look_closely(
    reader: PassageReader, question: str, shown: Sequence[Text], readings: Sequence[Reading]
) -> list[Looked]:
    """The best sentences of what was read, each read again; the score is the sum of both looks."""
    best = sorted(
        (
            (read.score, text, index)
            for text, reading in zip(shown, readings, strict=True)
            for index, read in enumerate(reading.sentences(text.sentences))
        ),
        key=lambda one: -one[0],
    )[:LOOKED_AT]
    close_ups = [
        (
            text.sentences[max(0, index - NEIGHBOURS)][0],
            text.sentences[index : index + NEIGHBOURS + 1][-1][1],
        )
        for _, text, index in best
    ]
    again = reader.read(
        question,
        [text.text[start:end] for (_, text, _), (start, end) in zip(best, close_ups, strict=True)],
    )
    looked = []
    for (score, text, index), (start, _), reading in zip(best, close_ups, again, strict=True):
        first, last = text.sentences[index]
        [own] = reading.sentences([(first - start, last - start)])
        both = score + own.score
        looked.append(Looked((text.start + first, text.start + last), both, reading.score))
    return looked
