"""Measures readers in full precision on the held-out articles, large and small alike.

    python -m tests.benchmarks.checkpoint_quality DATA_DIR [--teacher DIR] [--reader DIR ...]

A teacher is what `retrieval.training.teacher` wrote, a reader a checkpoint of
`retrieval.training.reader`. Each question of the open `squad` set is seen with its own paragraph:
does the best span begin in a gold sentence, how far do its word pieces overlap with the best of
the accepted answers (F1), and does its score tell what the paragraph answers (AUROC).
`reader_quality` measures a reader as it is shipped, in int8.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from rich.table import Table
from sklearn.metrics import roc_auc_score

from retrieval.reading.reader import ANSWER_PIECES
from retrieval.reading.reader_tokens import ReaderTokenizer
from retrieval.training.reader_batches import Piece, in_order
from retrieval.training.reader_corpus import OpenSet, held_out_apart, load_set
from retrieval.training.reader_data import Example, example_of
from retrieval.training.reader_learning import Learner, log_odds_of, open_encoder
from retrieval.training.reader_sets import SQUAD_HELD_OUT, base_folder
from retrieval.training.teacher import Teacher

BATCH = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader made of one question; `overlap` is None where no words are known."""

    answerable: bool
    score: float
    in_gold_sentence: bool
    overlap: float | None


def examples(held_out: OpenSet) -> Iterator[Example]:
    """Every question with its own paragraph."""
    for asked in held_out.questions:
        if asked.paragraph is not None:
            yield example_of(held_out.articles[asked.article_id].text, asked, asked.paragraph)


def read(model: Learner, piece: Piece) -> Iterator[Seen]:
    """The best span of each example against "not here"."""
    with torch.no_grad():
        starts, ends = (each.numpy() for each in log_odds_of(model, piece))
    for row in range(len(starts)):
        scores = starts[row][:, None] + ends[row][None, :]
        nothing = scores[0, 0]
        # An end is no earlier than its start, and not far behind it.
        length = np.arange(len(scores))[None, :] - np.arange(len(scores))[:, None]
        allowed = np.where((length >= 0) & (length < ANSWER_PIECES), scores, -np.inf)
        allowed[0] = -np.inf
        begin, end = np.unravel_index(int(allowed.argmax()), allowed.shape)
        answerable = not bool(piece.evidence[row, 0])
        yield Seen(
            answerable,
            float(allowed[begin, end] - nothing),
            bool(piece.evidence[row, begin]) and answerable,
            _overlap(piece, row, int(begin), int(end)) if answerable else None,
        )


def _overlap(piece: Piece, row: int, begin: int, end: int) -> float | None:
    """F1 of the pieces, the best over the accepted answers."""
    found = set(range(begin, end + 1))
    firsts = piece.starts[row].nonzero().flatten().tolist()
    lasts = piece.ends[row].nonzero().flatten().tolist()
    shares = [
        2 * len(found & set(range(first, last + 1))) / (len(found) + last + 1 - first)
        for first in firsts
        for last in lasts
        if first <= last < first + ANSWER_PIECES
    ]
    return max(shares, default=None)


def measured(model: Learner, pieces: list[Piece]) -> list[str]:
    """The figures of one reader."""
    seen = [one for piece in pieces for one in read(model, piece)]
    answerable = [one for one in seen if one.answerable]
    shared = [one.overlap for one in answerable if one.overlap is not None]
    area = roc_auc_score([one.answerable for one in seen], [one.score for one in seen])
    hits = np.mean([one.in_gold_sentence for one in answerable])
    return [f"{hits:.3f}", f"{np.mean(shared):.3f}", f"{area:.3f}"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of the open sets")
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--reader", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    tokenizer = ReaderTokenizer(base_folder() / "tokenizer.json")
    _, held_out = held_out_apart(load_set(given.data / "squad"), SQUAD_HELD_OUT)
    pieces = list(in_order(list(examples(held_out)), tokenizer, BATCH))
    table = Table("reader", "right sentence", "F1 of pieces", "AUROC")
    if given.teacher:
        teacher = Teacher(given.teacher, tokenizer)
        teacher.eval()
        table.add_row(str(given.teacher), *measured(teacher, pieces))
    for folder in given.reader:
        model = open_encoder(folder)
        torch.nn.Module.eval(model)
        table.add_row(str(folder), *measured(model, pieces))
    Console().print(table)


if __name__ == "__main__":
    main()
