"""Training the reader: going on from the packaged one, and learning from a teacher."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from retrieval.reading.reader import PACKAGED_READER, TOKENIZER, PassageReader
from retrieval.reading.reader_tokens import ReaderTokenizer
from retrieval.training.distilling import TEACHER_WEIGHT, learned_from
from retrieval.training.packaged_start import write_checkpoint
from retrieval.training.reader_batches import Piece, batches
from retrieval.training.reader_data import Example
from retrieval.training.reader_learning import (
    HalfPrecision,
    Learner,
    Pace,
    learn,
    log_odds_of,
    open_encoder,
    right_answers,
)
from retrieval.training.reader_sets import base_folder
from tests.retrieval.training.fixed_learner import Fixed

PASSAGE = (
    "The harbour of Varnes was closed on Monday. A valve of the tanker had broken, Captain Ivar"
    " Moen said. The cleaning takes three weeks."
)
EXAMPLES = (
    ("Who said that a valve had broken?", "Captain Ivar Moen"),
    ("How long does the cleaning take?", "three weeks"),
    ("When was the harbour closed?", "Monday"),
    ("What is the name of the mayor?", ""),
)


@pytest.fixture(scope="module")
def tokenizer() -> ReaderTokenizer:
    return ReaderTokenizer(PACKAGED_READER / TOKENIZER)


@pytest.fixture(scope="module")
def piece(tokenizer: ReaderTokenizer) -> Piece:
    """All examples in one part of a batch."""
    examples = []
    for question, answer in EXAMPLES:
        start = PASSAGE.index(answer)
        spans = ((start, start + len(answer)),) if answer else ()
        examples.append(Example(question, PASSAGE, spans, spans))
    order = random.Random(1)
    return next(batches(examples, tokenizer, order, size=4, parts=1))[0]


def test_a_checkpoint_of_the_packaged_reader_reads_as_it_does(tmp_path: Path) -> None:
    runs = write_checkpoint(PACKAGED_READER, base_folder(), tmp_path)
    assert runs
    model = open_encoder(tmp_path)
    nn.Module.eval(model)
    packaged = PassageReader()
    tokenizer = ReaderTokenizer(PACKAGED_READER / TOKENIZER)
    for question, _ in EXAMPLES:
        [reading] = packaged.read(question, [PASSAGE])
        ids = tokenizer.pair(tokenizer.pieces(question), tokenizer.pieces(PASSAGE))
        first = len(tokenizer.pieces(question)) + 2
        segments = (np.arange(len(ids)) >= first).astype(np.int64)
        with torch.no_grad():
            output = model(
                input_ids=torch.from_numpy(ids)[None],
                token_type_ids=torch.from_numpy(segments)[None],
            )
        starts = (output.start_logits - output.start_logits[:, :1])[0, first:-1].numpy()
        window = reading._windows[0]
        # int8 rounds the activations too, which the checkpoint does not.
        assert np.corrcoef(starts, window.starts)[0, 1] > 0.98


def test_who_finds_what_the_teacher_finds_loses_least(piece: Piece) -> None:
    chance = torch.Generator().manual_seed(3)
    told = torch.randn(piece.ids.shape, generator=chance) * 3
    loss = learned_from(Fixed(told))
    same = log_odds_of(Fixed(told), piece)
    least = loss(same, piece) - (1 - TEACHER_WEIGHT) * right_answers(same, piece)
    for _ in range(20):
        other = torch.randn(piece.ids.shape, generator=chance) * 3
        found = log_odds_of(Fixed(other), piece)
        assert loss(found, piece) - (1 - TEACHER_WEIGHT) * right_answers(found, piece) > least


def test_places_that_are_not_read_do_not_count(piece: Piece) -> None:
    told = torch.zeros(piece.ids.shape)
    loud = told.masked_fill(~piece.readable, 50.0)
    loss = learned_from(Fixed(told))
    assert torch.isfinite(loss(log_odds_of(Fixed(loud), piece), piece))
    assert torch.equal(
        loss(log_odds_of(Fixed(loud), piece), piece), loss(log_odds_of(Fixed(told), piece), piece)
    )


def test_what_is_learned_is_kept_in_full_precision(piece: Piece, tmp_path: Path) -> None:
    torch.manual_seed(3)
    model = open_encoder(base_folder())
    before = _loss(model, piece)
    learned = learn(model, [[piece]] * 8, tmp_path, Pace(minutes=60.0, encoder_rate=1e-3))
    assert learned.steps == 8
    kept = open_encoder(tmp_path)
    nn.Module.eval(kept)
    assert _loss(kept, piece) < before
    # Were it kept in half precision, nothing would be lost by going there and back.
    learned_weights = (each for each in kept.parameters() if each.requires_grad)
    assert any(not torch.equal(each, each.bfloat16().float()) for each in learned_weights)


def test_a_half_precise_copy_follows_its_learner() -> None:
    model = open_encoder(base_folder())
    half = HalfPrecision(model)
    with torch.no_grad():
        model.qa_outputs.weight.fill_(0.75)
    learned = model.qa_outputs.weight.bfloat16()
    assert not torch.equal(_head(half), learned)
    half.follow()
    assert torch.equal(_head(half), learned)


def _loss(model: Learner, piece: Piece) -> float:
    with torch.no_grad():
        return float(right_answers(log_odds_of(model, piece), piece))


def _head(half: HalfPrecision) -> Tensor:
    """The first weights of the copy's head."""
    return next(half.copy.qa_outputs.parameters())
