"""Choosing a reader by setting, and letting it read stored passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.article import Span
from corpus.errors import ModelError
from index.store import StoredPassage
from retrieval.reader import PACKAGED_READER, PassageReader, Reading
from retrieval.reading import PassageReading, Reader

PACKAGED = "packaged"
NONE = "none"


class ReaderOfPassages:
    """Lets a passage reader read stored passages, sentence by sentence."""

    def __init__(self, reader: PassageReader) -> None:
        self._reader = reader

    def read_passages(
        self, question: str, passages: Sequence[StoredPassage]
    ) -> list[PassageReading]:
        """One reading for each passage, in order; answers are places in the article."""
        readings = self._reader.read(question, [passage.text for passage in passages])
        return [
            _of_sentences(passage, reading)
            for passage, reading in zip(passages, readings, strict=True)
        ]


def load_reader(name: str, threads: int) -> Reader | None:
    """The reader of the settings: `packaged`, `none`, or a folder that holds one.

    Raises ModelError where the folder holds none.
    """
    if name == NONE:
        return None
    folder = PACKAGED_READER if name == PACKAGED else Path(name)
    if not folder.is_dir():
        raise ModelError(
            f"there is no reader in {name!r}: set READER to packaged, none, or a reader's folder"
        )
    return ReaderOfPassages(PassageReader(folder, threads=threads or 2))


def _of_sentences(passage: StoredPassage, reading: Reading) -> PassageReading:
    offset = passage.passage.start
    spans = [(start - offset, end - offset) for start, end in passage.passage.sentences]
    found = reading.sentences(spans)
    return PassageReading(
        tuple(one.score for one in found),
        tuple(Span(one.start + offset, one.end + offset) for one in found),
    )
