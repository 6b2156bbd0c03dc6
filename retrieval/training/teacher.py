"""Trains a large reader that the small one learns from: `python -m retrieval.training.teacher`.

`DATA_DIR --base MPNET --out DIR`: MPNET is a folder of all-mpnet-base-v2 (Apache-2.0), eight times
the small reader's size. It learns what it can of the same questions; the small reader then
learns from how probable the large one finds every word, which tells more than the one right
answer does (Hinton et al. 2015, arXiv:1503.02531). The large reader is not shipped.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before torch reads it; see reader_learning

import torch
from torch import Tensor, nn
from transformers import MPNetForQuestionAnswering
from transformers.modeling_outputs import QuestionAnsweringModelOutput

from retrieval.reading.reader_tokens import ReaderTokenizer
from retrieval.training.reader_data import CLOSE_UP, Recipe
from retrieval.training.reader_learning import Pace, endless_batches, learn
from retrieval.training.reader_sets import base_folder, training_sets

TEACHER_RATE = 6e-5
TEACHER_BATCH = 32
"""So many weights are changed at each step that fewer, larger steps leave more time to learn."""

FROZEN_LAYERS = 4
"""Of twelve: a fifth of the time, which learns more from that many more examples."""

VOCABULARY_SHIFT = 4
"""MPNet has BERT's word pieces, in the same order, after four marks of its own."""

BEGIN, PAD, END = 0, 1, 2

logger = logging.getLogger(__name__)


class Teacher(nn.Module):
    """MPNet as a reader that takes the small reader's numbers of word pieces.

    So the logits of both stand for the same pieces.
    """

    def __init__(self, folder: Path, tokenizer: ReaderTokenizer) -> None:
        super().__init__()
        # Drawing what to drop takes time, and it hardly sees a question twice.
        self.reader = MPNetForQuestionAnswering.from_pretrained(
            folder,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
            dtype=torch.float32,
        )
        # What the lowest layers know of words serves as it is, and no gradient has to reach them.
        encoder = self.reader.mpnet.encoder
        for kept in (
            self.reader.mpnet.embeddings,
            encoder.relative_attention_bias,
            *encoder.layer[:FROZEN_LAYERS],
        ):
            kept.requires_grad_(False)
        self._marks = {tokenizer.cls: BEGIN, tokenizer.sep: END, tokenizer.pad: PAD}

    @property
    def qa_outputs(self) -> nn.Module:
        """The head that gives start and end logits."""
        head: nn.Module = self.reader.qa_outputs
        return head

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> QuestionAnsweringModelOutput:
        """Start and end logits, of shape (examples, tokens)."""
        ids = input_ids + VOCABULARY_SHIFT
        for theirs, ours in self._marks.items():
            ids = ids.masked_fill(input_ids == theirs, ours)
        output: QuestionAnsweringModelOutput = self.reader(
            input_ids=ids, attention_mask=attention_mask
        )
        return output

    def save_pretrained(self, folder: Path) -> None:
        """Write the weights and the configuration."""
        self.reader.save_pretrained(folder)


def main() -> None:
    """Train the large reader within the given time."""
    parser = argparse.ArgumentParser(description="Train the reader that the small one learns from.")
    parser.add_argument("data", type=Path, help="folder of the open sets")
    parser.add_argument("--base", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--out", type=Path, required=True, help="where the large reader is kept")
    parser.add_argument("--minutes", type=float, default=45.0, help="time to train")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--close-up", type=float, default=CLOSE_UP, help="share of short passages")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(given.seed)
    chance = random.Random(given.seed)  # noqa: S311 - chooses examples, not secrets
    tokenizer = ReaderTokenizer(base_folder() / "tokenizer.json")
    learned = learn(
        Teacher(given.base, tokenizer),
        endless_batches(
            Recipe(training_sets(given.data), chance, given.close_up),
            tokenizer,
            given.seed,
            TEACHER_BATCH,
        ),
        given.out,
        Pace(given.minutes, TEACHER_RATE),
    )
    logger.info("%d examples in %.0f s", learned.examples, learned.seconds)


if __name__ == "__main__":
    main()
