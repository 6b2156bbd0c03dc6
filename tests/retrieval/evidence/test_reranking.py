"""A real cross-encoder, as small as one can be, with random weights made in the test."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.composition import Parts
from corpus.errors import ModelError
from retrieval.answer import Question
from retrieval.assembling import assemble
from retrieval.evidence.reranking import load_reranker


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("cross-encoder")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz"]
    words += [f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    (folder / "vocab.txt").write_text("\n".join(words))
    BertTokenizer(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_passages_come_in_the_order_of_the_cross_encoder(tiny: Path, sample_parts: Parts) -> None:
    reranker = load_reranker(str(tiny))
    assert reranker is not None
    answerer = assemble(
        sample_parts.store,
        sample_parts.embedder,
        threshold=0.0,
        reader=None,
        budget_ms=60_000.0,
        reranker=reranker,
    )
    question = Question("Who lowered the price of bread?", date(2024, 9, 1))
    found = answerer.search_for(question, 10)
    scores = reranker.scores(question.text, [passage.text for passage, _ in found])
    assert scores == pytest.approx(sorted(scores, reverse=True), abs=1e-4)
    plain = sample_parts.answerer.search_for(question, 10)
    assert [one.id for one, _ in found] != [one.id for one, _ in plain]


def test_what_is_no_cross_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="RERANKER"):
        load_reranker(str(tmp_path / "nowhere"))
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="safetensors"):
        load_reranker(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_reranker(str(tmp_path))
    assert load_reranker(None) is None
