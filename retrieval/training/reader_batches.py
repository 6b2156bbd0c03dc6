"""Examples as tensors: word pieces, and where the answer may begin and end."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from retrieval.reading.reader_tokens import Pieces, ReaderTokenizer, passage_position
from retrieval.training.reader_corpus import Range
from retrieval.training.reader_data import Example

TRAINING_TOKENS = 256
Each = TypeVar("Each")

SORTED_TOGETHER = 800
"""How many examples are put in order of length at a time, so that batches need little padding."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a batch. The masks have shape (examples, tokens).

    `readable` are the passage and the first token, which stands for "not in this passage".
    `starts` and `ends` are accepted; a row without any is judged by `evidence` alone.
    """

    ids: Tensor
    segments: Tensor
    attention: Tensor
    readable: Tensor
    starts: Tensor
    ends: Tensor
    evidence: Tensor


@dataclass(frozen=True, slots=True)
class Row:
    """One example: its word pieces, where the passage begins, and what is accepted."""

    ids: NDArray[np.int64]
    first: int
    starts: NDArray[np.bool_]
    ends: NDArray[np.bool_]
    evidence: NDArray[np.bool_]


def batches(
    examples: Sequence[Example],
    tokenizer: ReaderTokenizer,
    generator: random.Random,
    size: int,
    parts: int,
) -> Iterator[list[Piece]]:
    """Batches of `size` examples of like length, each cut in `parts` of equal size."""
    for first in range(0, len(examples), SORTED_TOGETHER):
        rows = rows_of(examples[first : first + SORTED_TOGETHER], tokenizer)
        rows.sort(key=lambda row: len(row.ids))
        for batch in shuffled_batches(rows, generator, size, parts):
            yield [tensors_of(part, tokenizer.pad) for part in batch]


def shuffled_batches(
    rows: Sequence[Each], generator: random.Random, size: int, parts: int
) -> Iterator[list[Sequence[Each]]]:
    """Batches of `size` neighbours, in random order, each cut in `parts` of equal size."""
    starts = list(range(0, len(rows), size))
    generator.shuffle(starts)
    share = -(-size // parts)
    for start in starts:
        chosen = rows[start : start + size]
        yield [chosen[part : part + share] for part in range(0, len(chosen), share)]


def in_order(examples: Sequence[Example], tokenizer: ReaderTokenizer, size: int) -> Iterator[Piece]:
    """All examples in pieces of `size`, the short ones first: to measure on, not to learn from."""
    rows = sorted(rows_of(examples, tokenizer), key=lambda row: len(row.ids))
    for first in range(0, len(rows), size):
        yield tensors_of(rows[first : first + size], tokenizer.pad)


def rows_of(examples: Sequence[Example], tokenizer: ReaderTokenizer) -> list[Row]:
    """A row for each example whose answer is not cut off with the end of its passage."""
    questions = tokenizer.pieces_of_all([example.question for example in examples])
    passages = tokenizer.pieces_of_all([example.passage for example in examples])
    rows = []
    for example, question, whole in zip(examples, questions, passages, strict=True):
        first = passage_position(question)
        passage = whole.slice(0, TRAINING_TOKENS - first - 1)
        ids = tokenizer.pair(question, passage)
        starts, ends, evidence = (np.zeros(len(ids), dtype=bool) for _ in range(3))
        for answer in example.answers:
            held = _pieces_of(answer, passage)
            if held is not None:
                starts[first + held[0]] = True
                ends[first + held[1]] = True
        for sentence in example.evidence:
            held = _pieces_of(sentence, passage)
            if held is not None:
                evidence[first + held[0] : first + held[1] + 1] = True
        if not example.evidence:
            starts[0] = ends[0] = evidence[0] = True
        if not evidence.any():
            continue  # what answers was cut off with the end of the passage
        rows.append(Row(ids, first, starts, ends, evidence))
    return rows


def _pieces_of(span: Range, passage: Pieces) -> tuple[int, int] | None:
    """First and last piece of a range of code points."""
    inside = np.flatnonzero((passage.ends > span[0]) & (passage.starts < span[1]))
    if not len(inside) or passage.ends[inside[-1]] < span[1] - 1:
        return None
    return int(inside[0]), int(inside[-1])


def tensors_of(rows: Sequence[Row], pad: int) -> Piece:
    """Rows side by side, the shorter ones filled up with `pad`."""
    shape = (len(rows), max(len(row.ids) for row in rows))
    ids = np.full(shape, pad, dtype=np.int64)
    segments, attention = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    readable, starts, ends, evidence = (np.zeros(shape, dtype=bool) for _ in range(4))
    for i, row in enumerate(rows):
        length = len(row.ids)
        ids[i, :length] = row.ids
        attention[i, :length] = 1
        segments[i, row.first : length] = 1
        readable[i, 0] = True
        readable[i, row.first : length - 1] = True
        starts[i, :length] = row.starts
        ends[i, :length] = row.ends
        evidence[i, :length] = row.evidence
    masks = (torch.from_numpy(mask) for mask in (readable, starts, ends, evidence))
    return Piece(
        torch.from_numpy(ids), torch.from_numpy(segments), torch.from_numpy(attention), *masks
    )
