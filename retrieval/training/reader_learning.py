"""Fine-tunes the encoder as a reader within a given time, on the processor.

Two threads each take the gradient of a part of the batch. That is several times faster here than
two threads inside every operation, which wait for one another hundreds of times a step.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn
from transformers import BertForQuestionAnswering
from transformers.modeling_outputs import QuestionAnsweringModelOutput

from retrieval.reading.reader_tokens import ReaderTokenizer
from retrieval.training.reader_batches import Piece, batches
from retrieval.training.reader_data import Recipe

logger = logging.getLogger(__name__)

BATCH, PARTS = 16, 2
ENCODER_RATE, HEAD_RATE = 1.5e-4, 1e-3
WARM_UP = 0.04
EVIDENCE_WEIGHT = 0.3
"""Weight of pointing into the right sentence, beside pointing at the right words."""

REPORT_STEPS, SAVE_SECONDS = 50, 300.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to learn, and how fast the encoder and its head do at most."""

    minutes: float
    encoder_rate: float = ENCODER_RATE
    head_rate: float = HEAD_RATE


@dataclass(frozen=True, slots=True)
class Learned:
    """How far training came."""

    examples: int
    steps: int
    seconds: float


class Learner(Protocol):
    """A reader that can learn: a torch module with a head for start and end."""

    @property
    def qa_outputs(self) -> nn.Module:
        """The head."""

    def __call__(
        self, *, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> QuestionAnsweringModelOutput:
        """Start and end logits, of shape (examples, tokens)."""

    def parameters(self) -> Iterator[nn.Parameter]:
        """All weights."""

    def train(self) -> object:
        """Drop out at random from now on."""

    def bfloat16(self) -> object:
        """Turn the weights to bfloat16 from now on."""

    def save_pretrained(self, folder: Path, /) -> None:
        """Write weights and configuration."""


class HalfPrecision:
    """A copy of a learner in bfloat16, of which the gradients are taken.

    What is learned stays float32 in the learner itself: steps too small for bfloat16 add up there
    (Micikevicius et al. 2018, arXiv:1710.03740). The copy is told of them once a step, where
    autocast would turn every weight again for each part of a batch.
    """

    def __init__(self, model: Learner) -> None:
        self.copy = deepcopy(model)
        self.copy.bfloat16()
        self._learned = list(model.parameters())
        self._copied = list(self.copy.parameters())

    @property
    def trained(self) -> list[nn.Parameter]:
        """The copied weights that take gradients, in the learner's order."""
        return [each for each in self._copied if each.requires_grad]

    def follow(self) -> None:
        """Take over what the learner has learned."""
        with torch.no_grad():
            for copied, learned in zip(self._copied, self._learned, strict=True):
                if learned.requires_grad:
                    copied.copy_(learned)


def open_encoder(folder: Path) -> BertForQuestionAnswering:
    """The encoder with a fresh head for start and end, or a reader that was saved."""
    model = BertForQuestionAnswering.from_pretrained(
        folder,
        attn_implementation="eager",  # the gradient of "sdpa" is slow here
        attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=0.1,
        dtype=torch.float32,
    )
    # The vectors of words know far more words than the examples show: they are kept.
    model.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return model


LogOdds = tuple[Tensor, Tensor]
Loss = Callable[[LogOdds, Piece], Tensor]
"""Of start and end, each of shape (examples, tokens); summed over the examples."""


def log_odds_of(model: Learner, piece: Piece) -> LogOdds:
    """Log-probabilities of each readable place as start and as end, (examples, tokens).

    Computed in bfloat16, which processors with instructions for it multiply several times
    faster; the weights and their gradients stay float32.
    """
    with torch.autocast("cpu", torch.bfloat16):
        output = model(
            input_ids=piece.ids, attention_mask=piece.attention, token_type_ids=piece.segments
        )
    return _log_odds(output["start_logits"], piece), _log_odds(output["end_logits"], piece)


def _log_odds(logits: Tensor, piece: Piece) -> Tensor:
    return logits.float().masked_fill(~piece.readable, float("-inf")).log_softmax(dim=1)


def right_answers(found: LogOdds, piece: Piece) -> Tensor:
    """Sum over the examples of how unlikely the accepted starts, ends and sentences were."""
    total = torch.zeros(())
    for log_odds, accepted in zip(found, (piece.starts, piece.ends), strict=True):
        known = accepted.any(dim=1)
        exact = _log_sum(log_odds[known], accepted[known])
        nearby = _log_sum(log_odds, piece.evidence)
        total = total - exact.sum() / 2 - EVIDENCE_WEIGHT * nearby.sum() / 2
    return total


def learn(
    model: Learner,
    supply: Iterable[list[Piece]],
    out: Path,
    pace: Pace,
    loss: Loss = right_answers,
) -> Learned:
    """Train until the time is up; the rate falls to nothing with it. Saves to `out` as it goes.

    `supply` gives batches, cut in parts, without end.
    """
    parameters = [each for each in model.parameters() if each.requires_grad]
    head = set(model.qa_outputs.parameters())
    optimizer = torch.optim.AdamW(
        [
            {
                "params": [each for each in parameters if each not in head],
                "rate": pace.encoder_rate,
            },
            {"params": list(head), "rate": pace.head_rate},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    model.train()
    half = HalfPrecision(model)
    started, saved = time.monotonic(), time.monotonic()
    examples, steps, recent, recent_examples = 0, 0, 0.0, 0
    with ThreadPoolExecutor(2, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        for batch in supply:
            passed = (time.monotonic() - started) / (60 * pace.minutes)
            if passed >= 1:
                break
            share = min(passed / WARM_UP + 0.02, (1 - passed) / (1 - WARM_UP), 1.0)
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * share
            size = sum(len(piece.ids) for piece in batch)
            recent += _take_gradients(half, parameters, pool, batch, size, loss)
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            half.follow()
            examples, steps, recent_examples = examples + size, steps + 1, recent_examples + size
            if steps % REPORT_STEPS == 0:
                speed = examples / (time.monotonic() - started)
                mean = recent / recent_examples
                logger.info("%d examples, %.1f a second, loss %.3f", examples, speed, mean)
                recent, recent_examples = 0.0, 0
            if time.monotonic() - saved > SAVE_SECONDS:
                model.save_pretrained(out)
                saved = time.monotonic()
    model.save_pretrained(out)
    return Learned(examples, steps, time.monotonic() - started)


def endless_batches(
    recipe: Recipe, tokenizer: ReaderTokenizer, seed: int, size: int = BATCH
) -> Iterator[list[Piece]]:
    """Pass after pass of a recipe."""
    chance = random.Random(seed)  # noqa: S311 - orders batches, keeps no secrets
    while True:
        yield from batches(recipe.one_pass(), tokenizer, chance, size, PARTS)


def _take_gradients(
    half: HalfPrecision,
    parameters: Sequence[Tensor],
    pool: ThreadPoolExecutor,
    batch: Iterable[Piece],
    size: int,
    loss: Loss,
) -> float:
    """Set the gradients of `parameters`; the loss, summed over the examples."""
    trained = half.trained

    def part(piece: Piece) -> tuple[float, tuple[Tensor, ...]]:
        lost = loss(log_odds_of(half.copy, piece), piece) / size
        gradients = torch.autograd.grad(lost, trained, allow_unused=True)
        return float(lost.detach()) * size, gradients

    total = 0.0
    for parameter in parameters:
        parameter.grad = None
    for lost, gradients in pool.map(part, batch):
        total += lost
        for parameter, gradient in zip(parameters, gradients, strict=True):
            if gradient is not None:
                parameter.grad = (
                    gradient.float() if parameter.grad is None else parameter.grad.add_(gradient)
                )
    return total


def _log_sum(log_odds: Tensor, accepted: Tensor) -> Tensor:
    return log_odds.masked_fill(~accepted, float("-inf")).logsumexp(dim=1)
