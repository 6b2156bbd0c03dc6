"""Any extractive question-answering model from a local folder, read like the packaged reader.

The folder is what `save_pretrained` of a `...ForQuestionAnswering` and its tokenizer writes, or
the same with an ONNX export (`model.onnx`, also in `onnx/`) in place of safetensors. Scores are
log-odds against the model's own "no answer" (start and end at its CLS token), so models that
learned to abstain (SQuAD 2.0) fit the packaged weights best.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from corpus.errors import ModelError
from retrieval.reading.reader import Reading, Window, best_answer
from retrieval.reading.reader_tokens import (
    OVERLAP_TOKENS,
    QUESTION_TOKENS,
    Pieces,
    without_surrogates,
)

LONGEST_WINDOW = 384
"""Tokens; what models are fine-tuned with. Longer passages are read in overlapping windows."""

CLASS_TOKENS = ("[CLS]", "<s>", "<cls>")
INPUTS = ("input_ids", "attention_mask", "token_type_ids")

Logits = NDArray[np.float32]
Inputs = dict[str, NDArray[np.int64]]


class Backend(Protocol):
    """Runs the network. Safe to call from several threads."""

    def logits(self, inputs: Inputs) -> tuple[Logits, Logits]:
        """Start and end logits, each of shape (rows, tokens)."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One window of one passage: its encoding, and which of its tokens are the passage's."""

    passage: int
    encoding: Encoding
    places: NDArray[np.int64]


class QuestionAnsweringModel:
    """Reads passages for a question with a fine-tuned transformer."""

    def __init__(self, backend: Backend, tokenizer: Tokenizer, window: int) -> None:
        """`window` is the most tokens of one input, special ones included."""
        self._backend = backend
        self._alone = Tokenizer.from_str(tokenizer.to_str())
        self._alone.no_truncation()
        self._alone.no_padding()
        self._tokenizer = tokenizer
        # "[SEP]" in an article is text, not a command to the model.
        tokenizer.encode_special_tokens = True
        tokenizer.no_padding()
        tokenizer.enable_truncation(window, stride=OVERLAP_TOKENS, strategy="only_second")
        found = (tokenizer.token_to_id(token) for token in CLASS_TOKENS)
        self._class_token = next((number for number in found if number is not None), None)

    @property
    def languages(self) -> None:
        """Whatever the model learned: the folder does not say."""
        return

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read every passage for the question, all in one batch: one reading for each."""
        asked = self._shortened(without_surrogates(question))
        rows = [
            row
            for number, passage in enumerate(passages)
            for row in self._rows(asked, number, passage)
        ]
        seen: list[list[Window]] = [[] for _ in passages]
        if rows:
            starts, ends = self._backend.logits(_padded([row.encoding for row in rows]))
            for place, row in enumerate(rows):
                seen[row.passage].append(self._window(row, starts[place], ends[place]))
        return [
            _reading(passage, tuple(windows))
            for passage, windows in zip(passages, seen, strict=True)
        ]

    def _shortened(self, question: str) -> str:
        """The question as far as its 64th token."""
        offsets = self._alone.encode(question, add_special_tokens=False).offsets
        if len(offsets) <= QUESTION_TOKENS:
            return question
        return question[: offsets[QUESTION_TOKENS - 1][1]]

    def _rows(self, question: str, number: int, passage: str) -> list[_Row]:
        if not passage.strip():
            return []
        whole = self._tokenizer.encode(question, without_surrogates(passage))
        rows = []
        for encoding in (whole, *whole.overflowing):
            places = [i for i, sequence in enumerate(encoding.sequence_ids) if sequence == 1]
            if places:
                rows.append(_Row(number, encoding, np.array(places, dtype=np.int64)))
        return rows

    def _window(self, row: _Row, starts: Logits, ends: Logits) -> Window:
        ids = row.encoding.ids
        token = self._class_token
        nothing = ids.index(token) if token is not None and token in ids else 0
        offsets = np.array(row.encoding.offsets, dtype=np.int64)[row.places]
        pieces = Pieces(np.array(ids, dtype=np.int64)[row.places], offsets[:, 0], offsets[:, 1])
        return Window(
            pieces, starts[row.places] - starts[nothing], ends[row.places] - ends[nothing]
        )


def _padded(encodings: Sequence[Encoding]) -> Inputs:
    """Rows of equal length. What pads is masked, so its id is of no importance."""
    longest = max(len(encoding.ids) for encoding in encodings)
    inputs = {name: np.zeros((len(encodings), longest), np.int64) for name in INPUTS}
    for row, encoding in enumerate(encodings):
        length = len(encoding.ids)
        inputs["input_ids"][row, :length] = encoding.ids
        inputs["attention_mask"][row, :length] = 1
        inputs["token_type_ids"][row, :length] = encoding.type_ids
    return inputs


def _reading(passage: str, seen: tuple[Window, ...]) -> Reading:
    best = best_answer(seen, 0, len(passage))
    answerable = 0.5 * (1.0 + math.tanh(best.score / 2.0))
    return Reading(best.start, best.end, best.score, answerable, seen)


class _Torch:
    def __init__(self, model: Any) -> None:
        import inspect

        self._model = model.eval()
        self._takes = frozenset(inspect.signature(model.forward).parameters)

    def logits(self, inputs: Inputs) -> tuple[Logits, Logits]:
        import torch

        given = {
            name: torch.from_numpy(values)
            for name, values in inputs.items()
            if name in self._takes and not self._is_foreign(name)
        }
        with torch.inference_mode():
            found = self._model(**given)
        return found.start_logits.float().numpy(), found.end_logits.float().numpy()

    def _is_foreign(self, name: str) -> bool:
        """RoBERTa takes token types but has only one."""
        return name == "token_type_ids" and getattr(self._model.config, "type_vocab_size", 2) < 2


class _Onnx:
    def __init__(self, session: Any) -> None:
        self._session = session
        self._takes = frozenset(one.name for one in session.get_inputs())

    def logits(self, inputs: Inputs) -> tuple[Logits, Logits]:
        given = {name: values for name, values in inputs.items() if name in self._takes}
        starts, ends = self._session.run(["start_logits", "end_logits"], given)
        return starts, ends


def load_question_answering_model(folder: Path, threads: int) -> QuestionAnsweringModel:
    """The model in `folder`.

    Raises ModelError where it holds none, one of another task, or one that does not load. The
    hub is never asked, pickles are never read.
    """
    config = _config(folder)
    tokenizer = _tokenizer(folder)
    positions = int(config.get("max_position_embeddings") or LONGEST_WINDOW)
    if "roberta" in str(config.get("model_type", "")):
        positions -= 2  # taken by its padding offset
    window = min(positions, LONGEST_WINDOW)
    if window < 2 * QUESTION_TOKENS:
        raise ModelError(f"the reader in {str(folder)!r} reads {window} tokens at most: too few")
    exported = next(
        (path for path in (folder / "model.onnx", folder / "onnx/model.onnx") if path.is_file()),
        None,
    )
    backend = _open_onnx(exported, threads) if exported else _open_torch(folder)
    return QuestionAnsweringModel(backend, tokenizer, window)


def _config(folder: Path) -> dict[str, Any]:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        architectures = [str(name) for name in config.get("architectures") or ()]
    except (OSError, ValueError, AttributeError) as error:
        raise ModelError(f"{folder / 'config.json'} cannot be read ({error})") from None
    if not any(name.endswith("ForQuestionAnswering") for name in architectures):
        held = ", ".join(architectures) or "a model of unknown kind"
        raise ModelError(
            f"{str(folder)!r} holds {held}: READER takes a ...ForQuestionAnswering"
            " (a cross-encoder belongs in RERANKER)"
        )
    return dict(config)


def _tokenizer(folder: Path) -> Tokenizer:
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise ModelError(
            f"{str(folder)!r} has no tokenizer.json: save the model's fast tokenizer there"
        )
    try:
        return Tokenizer.from_buffer(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read ({error}): save the tokenizer again") from None


def _open_torch(folder: Path) -> Backend:
    if not any(folder.glob("*.safetensors")):
        raise ModelError(
            f"{str(folder)!r} holds no safetensors weights and no model.onnx:"
            " convert them; pickles are unsafe"
        )
    os.environ["HF_HUB_OFFLINE"] = "1"
    from safetensors import SafetensorError
    from transformers import AutoModelForQuestionAnswering

    try:
        model = AutoModelForQuestionAnswering.from_pretrained(
            str(folder), local_files_only=True, use_safetensors=True, trust_remote_code=False
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise ModelError(f"the reader in {str(folder)!r} cannot be loaded: {reason}") from None
    return _Torch(model)


def _open_onnx(path: Path, threads: int) -> Backend:
    # ONNX Runtime reports usage by default on some systems; only the variable stops it.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as faults

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
    except (
        faults.Fail,
        faults.InvalidArgument,
        faults.InvalidGraph,
        faults.InvalidProtobuf,
        faults.NotImplemented,
        faults.RuntimeException,
        OSError,
    ) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"{path} cannot be loaded ({reason}): export it again") from None
    given = {one.name for one in session.get_outputs()}
    if not {"start_logits", "end_logits"} <= given:
        raise ModelError(
            f"{path} gives {', '.join(sorted(given))}, not start_logits and end_logits:"
            " export it for question answering"
        )
    return _Onnx(session)
