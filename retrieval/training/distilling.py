"""What the small reader learns from the large one: how probable it finds every word."""

from __future__ import annotations

import torch
from torch import Tensor

from retrieval.training.reader_batches import Piece
from retrieval.training.reader_learning import (
    Learner,
    LogOdds,
    Loss,
    log_odds_of,
    right_answers,
)

TEACHER_WEIGHT = 0.7
"""Weight of the teacher's word; the rest is that of the right answers.

An example whose question was changed may still be answered by its passage: the teacher's word
counts for more where the recipe is less than sure.
"""


def learned_from(teacher: Learner) -> Loss:
    """The loss of a reader that learns from `teacher` as well as from the right answers.

    It is `right_answers`, and the cross-entropy of the reader's probabilities against the
    teacher's, averaged over start and end.
    """

    def loss(found: LogOdds, piece: Piece) -> Tensor:
        with torch.no_grad():
            taught = log_odds_of(teacher, piece)
        total = (1 - TEACHER_WEIGHT) * right_answers(found, piece)
        for told, own in zip(taught, found, strict=True):
            # Unreadable places are impossible for both; 0 times infinity is not a number.
            known = own.masked_fill(~piece.readable, 0.0)
            total = total - TEACHER_WEIGHT * (told.exp() * known).sum() / 2
        return total

    return loss
