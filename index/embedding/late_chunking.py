"""Vectors of passages and of the sentences in them from one pass of the encoder.

Each sentence vector is the mean of its tokens' embeddings as they stand inside the passage
("late chunking", Günther et al. 2024, arXiv:2409.04701), so that "he" is read with the name
that came before it, and no sentence is encoded twice. (With some models it pays to do so; see
`Recipe.reads_sentences_apart`.) This is done for models that pool by their CLS token too: there is
one CLS token for a passage, none for a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from corpus.article import Span
from index.embedding.embedder import PassageText, PassageVectors, Vectors
from index.embedding.model_folder import Recipe

BATCH_TOKENS = 256
"""Most tokens, padding included, in one pass of several texts. Small batches stay in the cache and
are hardly padded: 256 encode 1.5 times as many passages a second as 4,096 (MiniLM, int8)."""


class Encoder(Protocol):
    """The transformer itself. Safe to call from several threads."""

    def encode(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vectors:
        """Token embeddings (rows, tokens, dimension) of token ids and mask (rows, tokens)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a batch: a text, or the part of a long text that fits the window.

    `offsets` are code points of the passage for tokens of its text; tokens of prompt, header
    and specials have none and are -1.
    """

    text: int
    ids: NDArray[np.int64]
    last_offsets: NDArray[np.int64]
    pooled: NDArray[np.bool_]


class Tokens:
    """Turns texts into rows of token ids for one tokenizer and recipe."""

    def __init__(self, tokenizer: Tokenizer, recipe: Recipe) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._recipe = recipe
        self._opening, self._closing = _special_tokens(tokenizer)
        self._room = max(recipe.window - len(self._opening) - len(self._closing), 8)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without special ones."""
        return [len(encoding.ids) for encoding in self._encode(texts)]

    def of_questions(self, questions: Sequence[str]) -> list[Row]:
        """One row a question; what exceeds the window is cut off."""
        prompt = self._prompt(self._recipe.question_prompt)
        rows = []
        for number, encoding in enumerate(self._encode(questions)):
            content = encoding.ids[: self._room - len(prompt)]
            rows.append(self._row(number, prompt, [], content, [-1] * len(content)))
        return rows

    def of_passages(self, passages: Sequence[PassageText]) -> list[Row]:
        """One row a passage; a passage beyond the window takes several rows."""
        prompt = self._prompt(self._recipe.passage_prompt)
        headers = self._encode([passage.header for passage in passages])
        texts = self._encode([passage.text for passage in passages])
        rows = []
        for number, (head, body) in enumerate(zip(headers, texts, strict=True)):
            header = head.ids[: self._room // 3]
            room = self._room - len(prompt) - len(header)
            last = [end - 1 for _, end in body.offsets]
            for start in range(0, max(len(body.ids), 1), room):
                part = slice(start, start + room)
                rows.append(self._row(number, prompt, header, body.ids[part], last[part]))
        return rows

    def _row(
        self, text: int, prompt: list[int], header: list[int], body: list[int], last: list[int]
    ) -> Row:
        before = len(self._opening) + len(prompt) + len(header)
        ids = [*self._opening, *prompt, *header, *body, *self._closing]
        offsets = np.full(len(ids), -1, np.int64)
        offsets[before : before + len(body)] = last
        pooled = np.ones(len(ids), np.bool_)
        if prompt and not self._recipe.prompt_is_pooled:
            pooled[len(self._opening) : len(self._opening) + len(prompt)] = False
        return Row(text, np.asarray(ids, np.int64), offsets, pooled)

    def _prompt(self, prompt: str) -> list[int]:
        return list(self._encode([prompt])[0].ids) if prompt else []

    def _encode(self, texts: Sequence[str]) -> list[Encoding]:
        wanted = [lower(text) if self._recipe.lower_case else text for text in texts]
        # A lone surrogate cannot be passed to the tokenizer; one code point stands for it.
        clean = [text.encode("utf-8", "replace").decode() for text in wanted]
        return self._tokenizer.encode_batch(clean, add_special_tokens=False)


def _special_tokens(tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """What the tokenizer puts before and after a text."""
    sample = tokenizer.encode("a")
    inner = [place for place, special in enumerate(sample.special_tokens_mask) if not special]
    return sample.ids[: inner[0]], sample.ids[inner[-1] + 1 :]


def lower(text: str) -> str:
    """Lower case without changing the number of code points, so that offsets stay true."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def batches(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of similar length together, the longest first, so that little is padded."""
    result: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: -len(row.ids)):
        if result and (len(result[-1]) + 1) * len(result[-1][0].ids) <= BATCH_TOKENS:
            result[-1].append(row)
        else:
            result.append([row])
    return result


def encode_batch(encoder: Encoder, batch: Sequence[Row]) -> list[Vectors]:
    """Token embeddings of each row, padding removed: arrays (tokens, dimension)."""
    longest = max(len(row.ids) for row in batch)
    ids = np.zeros((len(batch), longest), np.int64)
    mask = np.zeros_like(ids)
    for place, row in enumerate(batch):
        ids[place, : len(row.ids)] = row.ids
        mask[place, : len(row.ids)] = 1
    tokens = encoder.encode(ids, mask)
    return [tokens[place, : len(row.ids)] for place, row in enumerate(batch)]


def pool_text(rows: Sequence[Row], tokens: Sequence[Vectors], pooling: str) -> Vectors:
    """The unit vector of a whole text: the mean of its tokens, or of its rows' CLS tokens."""
    if pooling == "cls":
        return unit(np.mean([part[0] for part in tokens], axis=0))
    kept = [part[row.pooled] for row, part in zip(rows, tokens, strict=True)]
    return unit(np.concatenate(kept).mean(axis=0))


def pool_sentences(
    rows: Sequence[Row], tokens: Sequence[Vectors], sentences: Sequence[Span], passage: Vectors
) -> Vectors:
    """Unit vectors of sentences; one without any token (marks only) takes the passage's."""
    last = np.concatenate([row.last_offsets for row in rows])
    embeddings = np.concatenate(list(tokens))
    result = np.empty((len(sentences), passage.shape[0]), np.float32)
    for place, (start, end) in enumerate(sentences):
        inside = (last >= start) & (last < end)
        result[place] = unit(embeddings[inside].mean(axis=0)) if inside.any() else passage
    return result


def unit(vector: Vectors) -> Vectors:
    """`vector` at length one."""
    length = float(np.linalg.norm(vector))
    return (vector / max(length, 1e-12)).astype(np.float32)


def vectors_of(
    number_of_texts: int, rows: Sequence[Row], tokens: Sequence[Vectors]
) -> list[tuple[list[Row], list[Vectors]]]:
    """Rows and their token embeddings gathered by text, in order."""
    gathered: list[tuple[list[Row], list[Vectors]]] = [([], []) for _ in range(number_of_texts)]
    for row, part in zip(rows, tokens, strict=True):
        gathered[row.text][0].append(row)
        gathered[row.text][1].append(part)
    return gathered


def passage_vectors(
    passage: PassageText, rows: Sequence[Row], tokens: Sequence[Vectors], pooling: str
) -> PassageVectors:
    """What one passage becomes."""
    whole = pool_text(rows, tokens, pooling)
    return PassageVectors(whole, pool_sentences(rows, tokens, passage.sentences, whole))


def both_ways(inside: PassageVectors, apart: Sequence[Vectors]) -> PassageVectors:
    """Each sentence halfway between what it is inside its passage and what it is on its own."""
    if not apart:
        return inside
    sums = inside.sentences + np.stack(apart)
    return PassageVectors(inside.passage, np.stack([unit(one) for one in sums]))
