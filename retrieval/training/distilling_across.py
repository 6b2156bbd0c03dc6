"""A reader with other word pieces learns from the packaged one.

What the packaged reader finds is carried over by code points: a piece of the one stands where the
piece of the other begins (for starts) or ends (for ends). The packaged reader is shown the
English question, the learner often the same in words of another language.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from retrieval.reading.reader_tokens import Pieces, ReaderTokenizer
from retrieval.training.code_switching import CodeSwitching
from retrieval.training.distilling import TEACHER_WEIGHT
from retrieval.training.reader_batches import (
    SORTED_TOGETHER,
    Piece,
    Row,
    rows_of,
    shuffled_batches,
    tensors_of,
)
from retrieval.training.reader_data import Example, Recipe
from retrieval.training.reader_learning import (
    BATCH,
    PARTS,
    Learner,
    LogOdds,
    Loss,
    log_odds_of,
    right_answers,
)


@dataclass(frozen=True, slots=True)
class TaughtPiece(Piece):
    """A part of a batch, the same examples as the teacher sees them, and where its pieces are.

    `starts_at` and `ends_at`, of the shape of the teacher's pieces, are places among the
    learner's.
    """

    taught: Piece
    starts_at: Tensor
    ends_at: Tensor


@dataclass(frozen=True, slots=True)
class _Pair:
    own: Row
    taught: Row
    starts_at: np.ndarray[tuple[int], np.dtype[np.int64]]
    ends_at: np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Tokenizers:
    """How the learner cuts texts, and how its teacher does."""

    own: ReaderTokenizer
    teacher: ReaderTokenizer


def taught_batches(recipe: Recipe, tokenizers: Tokenizers, seed: int) -> Iterator[list[Piece]]:
    """Pass after pass of a recipe, some questions in words of other languages."""
    chance = random.Random(seed)  # noqa: S311 - orders batches, keeps no secrets
    switching = CodeSwitching(chance)
    while True:
        examples = recipe.one_pass()
        for first in range(0, len(examples), SORTED_TOGETHER):
            together = examples[first : first + SORTED_TOGETHER]
            pairs = list(_pairs(together, tokenizers, switching))
            pairs.sort(key=lambda pair: len(pair.own.ids))
            for batch in shuffled_batches(pairs, chance, BATCH, PARTS):
                yield [_piece(part, tokenizers) for part in batch]


def _pairs(
    examples: Sequence[Example], tokenizers: Tokenizers, switching: CodeSwitching
) -> Iterator[_Pair]:
    for example in examples:
        switched = replace(example, question=switching.question(example.question))
        own = rows_of([switched], tokenizers.own)
        taught = rows_of([example], tokenizers.teacher)
        if own and taught:  # both still hold what answers
            passage = example.passage
            pieces, foreign = (
                tokenizer.pieces(passage) for tokenizer in (tokenizers.own, tokenizers.teacher)
            )
            yield _Pair(own[0], taught[0], *_places(own[0], pieces, taught[0], foreign))


def _places(
    own: Row, pieces: Pieces, taught: Row, foreign: Pieces
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]:
    """For each of the teacher's pieces, the learner's that holds its first and its last letter."""
    kept = pieces.slice(0, len(own.ids) - own.first - 1)
    read = foreign.slice(0, len(taught.ids) - taught.first - 1)
    found = []
    for letters in (read.starts, read.ends - 1):
        held = np.searchsorted(kept.starts, letters, side="right") - 1
        places = np.zeros(len(taught.ids), dtype=np.int64)
        places[taught.first : taught.first + len(read)] = own.first + np.clip(held, 0, None)
        found.append(places)
    return tuple(found)


def _piece(pairs: Sequence[_Pair], tokenizers: Tokenizers) -> Piece:
    own = tensors_of([pair.own for pair in pairs], tokenizers.own.pad)
    taught = tensors_of([pair.taught for pair in pairs], tokenizers.teacher.pad)
    starts_at, ends_at = torch.zeros_like(taught.ids), torch.zeros_like(taught.ids)
    for row, pair in enumerate(pairs):
        starts_at[row, : len(pair.starts_at)] = torch.from_numpy(pair.starts_at)
        ends_at[row, : len(pair.ends_at)] = torch.from_numpy(pair.ends_at)
    return TaughtPiece(
        own.ids,
        own.segments,
        own.attention,
        own.readable,
        own.starts,
        own.ends,
        own.evidence,
        taught,
        starts_at,
        ends_at,
    )


def learned_across(teacher: Learner) -> Loss:
    """The loss of a reader with other pieces than `teacher`; see `distilling.learned_from`."""

    def loss(found: LogOdds, piece: Piece) -> Tensor:
        total = (1 - TEACHER_WEIGHT) * right_answers(found, piece)
        if not isinstance(piece, TaughtPiece):
            raise TypeError("batches of `taught_batches` are needed")
        with torch.no_grad():
            told = log_odds_of(teacher, piece.taught)
        places = (piece.starts_at, piece.ends_at)
        for log_odds, at, own in zip(told, places, found, strict=True):
            wanted = torch.zeros_like(own).scatter_add_(1, at, log_odds.exp())
            known = own.masked_fill(~piece.readable, 0.0)
            total = total - TEACHER_WEIGHT * (wanted * known).sum() / 2
        return total

    return loss
