"""Reads a question and a passage together: where the answer stands, and whether it does.

The model gives each word piece of the passage a start and an end logit, and the same for "not in
this passage". Every score here is a log-odds against that: above 0, the reader would answer.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from retrieval.reading.reader_tokens import (
    QUESTION_TOKENS,
    Pieces,
    ReaderTokenizer,
    passage_position,
    windows,
)
from retrieval.reading.word_vectors import WordVectors

Logits = NDArray[np.float32]

ANSWER_PIECES = 48
"""An answer within a sentence is at most this many word pieces long."""

NOTHING = -30.0
"""The score of what holds no words to read; below any that the model gives."""

NETWORK = "reader.onnx"
TOKENIZER = "tokenizer.json"
FACTS = "reader.json"
PACKAGED_READER = Path(__file__).parent.parent / "models" / "reader"
MULTILINGUAL_READER = Path(__file__).parent.parent / "models" / "reader_multilingual"


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """The best answer inside one sentence: its score, and where it stands in the passage."""

    score: float
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A stretch of a passage: log-odds against "not here" of starting and ending at a piece."""

    pieces: Pieces
    starts: Logits
    ends: Logits


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the reader found in one passage. `start` and `end` are its code points.

    `score` is the log-odds of the best answer against none, `answerable` the probability that
    the passage answers.
    """

    start: int
    end: int
    score: float
    answerable: float
    _windows: tuple[Window, ...] = ()

    def sentences(self, spans: Sequence[tuple[int, int]]) -> list[SentenceReading]:
        """The best answer inside each of `spans`, which are code points of the passage.

        A span without words scores `NOTHING`, and its answer is the span itself.
        """
        return [best_answer(self._windows, start, end) for start, end in spans]


class PassageReader:
    """The extractive reader in a folder of `reader.onnx`, `tokenizer.json` and `reader.json`.

    One whose `reader.json` says `"encoder": NAME` has no tokenizer and no vectors of words: it
    takes those of that encoder, whose folder is given.

    Constructing it verifies the checksums; the model is loaded by the first question. Safe to
    share between threads. A passage is read on its own and by one core, so what is found in it
    does not depend on which others are read with it; `threads` passages are read side by side.
    Raises ModelError where a file is missing, damaged or does not fit.
    """

    def __init__(
        self, folder: Path = PACKAGED_READER, *, threads: int = 1, encoder: Path | None = None
    ) -> None:
        self._folder = folder
        self._encoder = encoder
        self._threads = threads
        facts = _read_facts(folder)
        if facts.get("encoder") and encoder is None:
            raise ModelError(
                f"the reader in {folder} needs {facts['encoder']}: set EMBEDDING_MODEL to it"
            )
        try:
            self._window_tokens = int(facts["max_tokens"])
            self._scale = float(facts["calibration"]["scale"])
            self._bias = float(facts["calibration"]["bias"])
            files = (NETWORK, TOKENIZER) if encoder is None else (NETWORK,)
            expected = {name: str(facts["sha256"][name]) for name in files}
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                f"{folder / FACTS} lacks or garbles {error}: install the reader again"
            ) from None
        for name, checksum in expected.items():
            _verify(folder / name, checksum)
        if self._window_tokens < 2 * QUESTION_TOKENS:
            raise ModelError(f"{folder}: a window of {self._window_tokens} tokens is too small")
        self._loading = threading.Lock()
        self._session: Any = None
        self._tokenizer: ReaderTokenizer | None = None
        self._words: WordVectors | None = None
        self._pool: ThreadPoolExecutor | None = None

    @property
    def languages(self) -> frozenset[str] | None:
        """English: what it was trained on; or all that its encoder knows."""
        return frozenset({"en"}) if self._encoder is None else None

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read every passage for the question: one reading for each, in order.

        Takes any text. A question is read to its 64th word piece; a passage of any length is
        read whole, in overlapping windows.
        """
        tokenizer = self._load()
        asked = tokenizer.pieces(question)
        room = self._window_tokens - passage_position(asked) - 1
        parts = [
            (i, window)
            for i, passage in enumerate(passages)
            for window in windows(tokenizer.pieces(passage), room)
            if len(window)
        ]

        def run(part: tuple[int, Pieces]) -> Window:
            return self._run(tokenizer, asked, part[1])

        pool = self._pool if len(parts) > 1 else None
        results = list(pool.map(run, parts) if pool is not None else map(run, parts))
        found: list[list[Window]] = [[] for _ in passages]
        for (i, _), window in zip(parts, results, strict=True):
            found[i].append(window)
        return [
            self._reading(passage, tuple(seen))
            for passage, seen in zip(passages, found, strict=True)
        ]

    def _reading(self, passage: str, seen: tuple[Window, ...]) -> Reading:
        best = best_answer(seen, 0, len(passage))
        answerable = _sigmoid(self._scale * best.score + self._bias)
        return Reading(best.start, best.end, best.score, answerable, seen)

    def _run(self, tokenizer: ReaderTokenizer, asked: Pieces, window: Pieces) -> Window:
        ids = tokenizer.pair(asked, window)
        first = passage_position(asked)
        segments = (np.arange(len(ids)) >= first).astype(np.int64)
        given: dict[str, NDArray[Any]] = {"token_type_ids": segments[None, :]}
        if self._words is None:
            given["input_ids"] = ids[None, :]
        else:
            given["word_vectors"] = self._words.of(ids)[None, :, :]
        starts, ends = self._session.run(None, given)
        inside = slice(first, first + len(window))
        return Window(window, starts[0, inside] - starts[0, 0], ends[0, inside] - ends[0, 0])

    def _load(self) -> ReaderTokenizer:
        with self._loading:
            if self._tokenizer is None:
                try:
                    tokenizer = ReaderTokenizer((self._encoder or self._folder) / TOKENIZER)
                    if self._encoder is not None:
                        self._words = WordVectors(self._encoder)
                    self._session = _open_session(self._folder / NETWORK)
                # Neither library says which of its errors a damaged file raises; what else
                # could raise them was ruled out by the checksums.
                except (RuntimeError, ValueError, OSError) as error:
                    reason = str(error).splitlines()[0]
                    raise ModelError(f"the reader cannot be loaded ({reason})") from None
                if self._threads > 1:
                    self._pool = ThreadPoolExecutor(self._threads, "reader")
                self._tokenizer = tokenizer
            return self._tokenizer


def best_answer(seen: Sequence[Window], start: int, end: int) -> SentenceReading:
    """The best answer of all windows between two code points of the passage."""
    best = SentenceReading(NOTHING, start, end)
    for window in seen:
        pieces = window.pieces
        # Pieces are in order, so those that touch the range are neighbours.
        first = int(np.searchsorted(pieces.ends, start, side="right"))
        last = int(np.searchsorted(pieces.starts, end, side="left"))
        if first >= last or start >= end:
            continue
        begin, length, score = _best_pair(window.starts[first:last], window.ends[first:last])
        if score > best.score:
            low = int(pieces.starts[first + begin])
            high = int(pieces.ends[first + begin + length])
            best = SentenceReading(score, max(low, start), min(high, end))
    return best


def _best_pair(starts: Logits, ends: Logits) -> tuple[int, int, float]:
    """Start, further pieces and score of the best span."""
    width = min(ANSWER_PIECES, len(starts))
    padded = np.concatenate((ends, np.full(width - 1, -np.inf, dtype=np.float32)))
    scores = starts[:, None] + np.lib.stride_tricks.sliding_window_view(padded, width)
    begin, length = divmod(int(scores.argmax()), width)
    return begin, length, float(scores[begin, length])


def _sigmoid(log_odds: float) -> float:
    return 0.5 * (1.0 + math.tanh(log_odds / 2.0))


def _read_facts(folder: Path) -> dict[str, Any]:
    path = folder / FACTS
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelError(f"no reader in {folder}: {path.name} is missing") from None
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read ({error}): install the reader again") from None
    if not isinstance(facts, dict):
        raise ModelError(f"{path} is not a table of facts: install the reader again")
    return facts


def _verify(path: Path, expected: str) -> None:
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}): install it again") from None
    if found != expected:
        raise ModelError(
            f"{path} is damaged: its SHA-256 is {found[:12]}…, not {expected[:12]}…;"
            " install the reader again"
        )


def _open_session(path: Path) -> Any:
    # ONNX Runtime reports usage by default on some systems; only the variable stops it.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
