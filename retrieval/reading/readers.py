"""Choosing a reader by setting, and letting it read stored passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from corpus.article import Span
from corpus.errors import ModelError
from index.store import StoredPassage
from retrieval.reading.question_answering_model import load_question_answering_model
from retrieval.reading.reader import (
    FACTS,
    MULTILINGUAL_READER,
    PACKAGED_READER,
    PassageReader,
    Reading,
)
from retrieval.reading.readings import PassageReading, Reader
from retrieval.words.question_language import language_of

PACKAGED = "packaged"
NONE = "none"

ENGLISH_OR_UNKNOWN = frozenset({"en", None})


class TextReader(Protocol):
    """Reads texts for a question. Safe to call from several threads."""

    @property
    def languages(self) -> frozenset[str] | None:
        """ISO 639-1 codes of the languages it reads; None: any, as far as is known."""

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """One reading for each text, in order."""


class ReaderOfPassages:
    """Lets a reader of texts read stored passages, sentence by sentence."""

    def __init__(self, reader: TextReader) -> None:
        self._reader = reader

    @property
    def languages(self) -> frozenset[str] | None:
        """Those of the reader of texts."""
        return self._reader.languages

    def read_passages(
        self, question: str, passages: Sequence[StoredPassage]
    ) -> list[PassageReading]:
        """One reading for each passage, in order; answers are places in the article."""
        readings = self._reader.read(question, [passage.text for passage in passages])
        return [
            _of_sentences(passage, reading)
            for passage, reading in zip(passages, readings, strict=True)
        ]


class ReadersByLanguage:
    """English questions over English passages go to one reader, everything else to another."""

    def __init__(self, english: Reader, others: Reader) -> None:
        self._english = english
        self._others = others

    @property
    def languages(self) -> None:
        """Any."""
        return

    def read_passages(
        self, question: str, passages: Sequence[StoredPassage]
    ) -> list[PassageReading]:
        """One reading for each passage, in order."""
        asked_in_english = language_of(question) in ENGLISH_OR_UNKNOWN
        own = [
            asked_in_english and passage.article.language in ENGLISH_OR_UNKNOWN
            for passage in passages
        ]
        readings: dict[int, PassageReading] = {}
        for reader, is_own in ((self._english, True), (self._others, False)):
            places = [place for place, english in enumerate(own) if english is is_own]
            if places:
                found = reader.read_passages(question, [passages[place] for place in places])
                readings.update(zip(places, found, strict=True))
        return [readings[place] for place in range(len(passages))]


def load_reader(name: str, threads: int, encoder: Path | None = None) -> Reader | None:
    """The reader of the settings: `packaged`, `none`, or a folder that holds one.

    A folder is one of OnRecord's own readers or any extractive question-answering model of
    Hugging Face's transformers, as safetensors or ONNX. `encoder` is the folder of the
    multilingual encoder where passages are embedded with it: the packaged reader of other
    languages then reads what the English one does not.

    Raises ModelError where the folder holds none.
    """
    if name == NONE:
        return None
    folder = PACKAGED_READER if name == PACKAGED else Path(name)
    if not folder.is_dir():
        raise ModelError(
            f"there is no reader in {name!r}: set READER to packaged, none, or a reader's folder"
        )
    if (folder / FACTS).is_file():
        reader = ReaderOfPassages(PassageReader(folder, threads=threads or 2))
        if encoder is None or name != PACKAGED:
            return reader
        others = PassageReader(MULTILINGUAL_READER, threads=threads or 2, encoder=encoder)
        return ReadersByLanguage(reader, ReaderOfPassages(others))
    if not (folder / "config.json").is_file():
        raise ModelError(
            f"{name!r} holds no reader: neither {FACTS} nor the config.json of a"
            " question-answering model is there"
        )
    return ReaderOfPassages(load_question_answering_model(folder, threads or 2))


def _of_sentences(passage: StoredPassage, reading: Reading) -> PassageReading:
    offset = passage.passage.start
    spans = [(start - offset, end - offset) for start, end in passage.passage.sentences]
    found = reading.sentences(spans)
    return PassageReading(
        tuple(one.score for one in found),
        tuple(Span(one.start + offset, one.end + offset) for one in found),
    )
