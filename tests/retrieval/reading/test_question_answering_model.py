"""Real question-answering models, as small as they can be, with random weights made here."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.composition import Parts
from corpus.errors import ModelError
from retrieval.answer import Question
from retrieval.assembling import assemble
from retrieval.reading.question_answering_model import (
    QuestionAnsweringModel,
    load_question_answering_model,
)
from retrieval.reading.reader import PACKAGED_READER
from retrieval.reading.readers import load_reader

QUESTION = "Who opened the bridge?"
PASSAGES = [
    "The new harbour bridge was opened on Tuesday by Mayor Anna Keller.",
    "Some 3,000 people came to see it. Heavy rain had delayed the works twice.",
    "",
    "The first tram crossed it at noon. " * 80,
]


def _config(**own: int) -> dict[str, Any]:
    return {"vocab_size": 30522, "max_position_embeddings": 512, **own}


def bert(folder: Path) -> None:
    from transformers import BertConfig, BertForQuestionAnswering

    config = BertConfig(
        **_config(hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64)
    )
    BertForQuestionAnswering(config).save_pretrained(folder)


def distilbert(folder: Path) -> None:
    from transformers import DistilBertConfig, DistilBertForQuestionAnswering

    config = DistilBertConfig(**_config(dim=32, n_layers=2, n_heads=2, hidden_dim=64))
    DistilBertForQuestionAnswering(config).save_pretrained(folder)


MAKERS: dict[str, Callable[[Path], None]] = {"bert": bert, "distilbert": distilbert}


@pytest.fixture(scope="module", params=sorted(MAKERS))
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp(str(request.param))
    torch.manual_seed(7)
    MAKERS[request.param](made)
    shutil.copy(PACKAGED_READER / "tokenizer.json", made)
    return made


def reference(folder: Path, question: str, passage: str) -> tuple[str, float]:
    """The best span as transformers' documentation takes it from the logits: one plain window."""
    from transformers import AutoModelForQuestionAnswering, PreTrainedTokenizerFast

    tokenizer: Any = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_file=str(folder / "tokenizer.json"),
        cls_token="[CLS]",
        sep_token="[SEP]",
        pad_token="[PAD]",
    )
    model = AutoModelForQuestionAnswering.from_pretrained(str(folder)).eval()
    encoded = tokenizer(
        question,
        passage,
        return_tensors="pt",
        return_offsets_mapping=True,
        return_token_type_ids=True,
    )
    offsets = encoded.pop("offset_mapping")[0].tolist()
    inside = [place for place, kind in enumerate(encoded.sequence_ids(0)) if kind == 1]
    if "distil" in type(model).__name__.lower():
        encoded.pop("token_type_ids", None)
    with torch.inference_mode():
        found = model(**encoded)
    starts, ends = found.start_logits[0], found.end_logits[0]
    score, first, last = max(
        (float(starts[i] + ends[j]), i, j) for i in inside for j in inside if i <= j < i + 48
    )
    return passage[offsets[first][0] : offsets[last][1]], score - float(starts[0] + ends[0])


def test_the_spans_are_those_of_transformers_itself(folder: Path) -> None:
    model = load_question_answering_model(folder, 1)
    for passage, reading in zip(PASSAGES[:2], model.read(QUESTION, PASSAGES)[:2], strict=True):
        words, score = reference(folder, QUESTION, passage)
        assert passage[reading.start : reading.end] == words
        assert reading.score == pytest.approx(score, abs=1e-4)


def test_what_is_read_together_does_not_matter(folder: Path) -> None:
    model = load_question_answering_model(folder, 1)
    together = model.read(QUESTION, PASSAGES)
    alone = [model.read(QUESTION, [passage])[0] for passage in PASSAGES]
    assert [one.score for one in together] == pytest.approx([one.score for one in alone], abs=1e-4)


def test_a_long_passage_is_read_to_its_end(folder: Path) -> None:
    model = load_question_answering_model(folder, 1)
    long = PASSAGES[3]
    last = (long.rindex("The first"), len(long.rstrip()))
    (reading,) = model.read(QUESTION, [long])
    (found,) = reading.sentences([last])
    assert last[0] <= found.start < found.end <= last[1]
    assert found.score > -30.0


def test_an_export_to_onnx_reads_the_same(folder: Path, tmp_path: Path) -> None:
    from transformers import AutoModelForQuestionAnswering

    model = AutoModelForQuestionAnswering.from_pretrained(str(folder)).eval()
    names = ["input_ids", "attention_mask"]
    if model.config.model_type == "bert":
        names.append("token_type_ids")
    shutil.copy(folder / "config.json", tmp_path)
    shutil.copy(folder / "tokenizer.json", tmp_path)
    ids = torch.ones((1, 8), dtype=torch.int64)

    class Logits(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = model

        def forward(self, *given: torch.Tensor) -> Any:
            found = self.inner(**dict(zip(names, given, strict=True)))
            return found.start_logits, found.end_logits

    outputs = ["start_logits", "end_logits"]
    torch.onnx.export(
        Logits().eval(),
        tuple(torch.ones_like(ids) for _ in names),
        str(tmp_path / "model.onnx"),
        input_names=names,
        output_names=outputs,
        dynamic_axes={key: {0: "rows", 1: "tokens"} for key in [*names, *outputs]},
        opset_version=17,
        dynamo=False,
    )
    (exported,) = load_question_answering_model(tmp_path, 1).read(QUESTION, PASSAGES[:1])
    (own,) = load_question_answering_model(folder, 1).read(QUESTION, PASSAGES[:1])
    assert (exported.start, exported.end) == (own.start, own.end)
    assert exported.score == pytest.approx(own.score, abs=1e-3)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> QuestionAnsweringModel:
    made = tmp_path_factory.mktemp("small")
    distilbert(made)
    shutil.copy(PACKAGED_READER / "tokenizer.json", made)
    return load_question_answering_model(made, 1)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.lists(st.text(max_size=300), max_size=3))
def test_any_text_can_be_read(
    small: QuestionAnsweringModel, question: str, passages: list[str]
) -> None:
    readings = small.read(question, passages)
    assert len(readings) == len(passages)
    for passage, reading in zip(passages, readings, strict=True):
        assert 0 <= reading.start <= reading.end <= len(passage)
        assert 0.0 <= reading.answerable <= 1.0


def test_quotes_stand_whatever_model_reads(folder: Path, sample_parts: Parts) -> None:
    answerer = assemble(
        sample_parts.store,
        sample_parts.embedder,
        threshold=0.0,
        reader=load_reader(str(folder), 1),
        budget_ms=60_000.0,
    )
    answer = answerer.answer(Question("Who won the Essling Chess Open?", date(2024, 9, 1)))
    assert answer.quotes
    for quote in answer.quotes:
        assert quote.article.text[quote.start : quote.end] == quote.text
        assert quote.highlight is not None
        assert quote.start <= quote.highlight.start < quote.highlight.end <= quote.end


def test_the_time_allowed_ends_the_reading(folder: Path, sample_parts: Parts) -> None:
    from retrieval.reading.readings import Readers

    reader = load_reader(str(folder), 1)
    passages = sample_parts.store.passages(range(1, 12))
    hurried = Readers(reader, budget_ms=0.001, batch=1).read([QUESTION] * 11, passages)
    assert [one is not None for one in hurried[:2]] == [True, False]


def test_what_is_no_question_answering_model_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"reader\.json"):
        load_reader(str(tmp_path), 1)
    config = json.loads((folder / "config.json").read_text())
    (tmp_path / "config.json").write_text(json.dumps({**config, "architectures": ["BertModel"]}))
    with pytest.raises(ModelError, match=r"BertModel.*ForQuestionAnswering"):
        load_reader(str(tmp_path), 1)
    shutil.copy(folder / "config.json", tmp_path)
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        load_reader(str(tmp_path), 1)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError, match="cannot be read"):
        load_reader(str(tmp_path), 1)
    shutil.copy(folder / "tokenizer.json", tmp_path)
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(ModelError, match="safetensors"):
        load_reader(str(tmp_path), 1)
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_reader(str(tmp_path), 1)
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_reader(str(tmp_path), 1)
