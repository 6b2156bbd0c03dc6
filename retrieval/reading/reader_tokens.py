"""How a reader sees a question and a passage: word pieces, and where each lies in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Integers = NDArray[np.int64]

QUESTION_TOKENS = 64
OVERLAP_TOKENS = 64

_SURROGATES = dict.fromkeys(range(55296, 57344), 65533)


def without_surrogates(text: str) -> str:
    """`text` with U+FFFD for every lone surrogate, so that it can be encoded."""
    return text.translate(_SURROGATES)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text's word pieces: their numbers, and the code points `[start, end)` of each."""

    ids: Integers
    starts: Integers
    ends: Integers

    def __len__(self) -> int:
        return len(self.ids)

    def slice(self, first: int, last: int) -> Pieces:
        """The pieces `first` to `last`, the latter not included."""
        return Pieces(self.ids[first:last], self.starts[first:last], self.ends[first:last])


class ReaderTokenizer:
    """Cuts texts into word pieces. Takes any string, also one with lone surrogates.

    A lone surrogate cannot be encoded; it is read as U+FFFD, one for one, so that offsets hold.
    """

    def __init__(self, path: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        # "[SEP]" in an article is text, not a command to the model.
        self._tokenizer.encode_special_tokens = True
        self.cls = self._special("[CLS]", "<s>")
        self.sep = self._special("[SEP]", "</s>")
        self.pad = self._special("[PAD]", "<pad>")

    def _special(self, *names: str) -> int:
        """The number of a mark, which BERT and XLM-RoBERTa write each in its own way."""
        found = (self._tokenizer.token_to_id(name) for name in names)
        number = next((one for one in found if one is not None), None)
        if number is None:
            raise ValueError(f"the tokenizer knows none of {', '.join(names)}")
        return number

    def pieces(self, text: str) -> Pieces:
        """Every piece of `text`, without special tokens."""
        encoding = self._tokenizer.encode(without_surrogates(text), add_special_tokens=False)
        offsets = np.array(
            [(_past_spaces(text, start, end), end) for start, end in encoding.offsets],
            dtype=np.int64,
        ).reshape(-1, 2)
        ids = np.array(encoding.ids, dtype=np.int64)
        return Pieces(ids, offsets[:, 0], offsets[:, 1])

    def pieces_of_all(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of each text."""
        return [self.pieces(text) for text in texts]

    def pair(self, question: Pieces, passage: Pieces) -> Integers:
        """`[CLS] question [SEP] passage [SEP]`; the passage begins at `passage_position`."""
        return np.concatenate(
            (
                np.array([self.cls], dtype=np.int64),
                question.ids[:QUESTION_TOKENS],
                np.array([self.sep], dtype=np.int64),
                passage.ids,
                np.array([self.sep], dtype=np.int64),
            )
        )


def _past_spaces(text: str, start: int, end: int) -> int:
    """Where the word of a piece begins: SentencePiece counts the space before a word to it."""
    while start < end and text[start].isspace():
        start += 1
    return start


def passage_position(question: Pieces) -> int:
    """Where the first piece of the passage stands in a pair."""
    return 2 + min(len(question), QUESTION_TOKENS)


def windows(pieces: Pieces, room: int) -> Iterator[Pieces]:
    """Overlapping windows of at most `room` pieces that together cover all; at least one."""
    step = max(1, room - OVERLAP_TOKENS)
    first = 0
    while True:
        yield pieces.slice(first, first + room)
        if first + room >= len(pieces):
            return
        first += step
