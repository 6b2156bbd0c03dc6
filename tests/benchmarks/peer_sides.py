"""OnRecord's and txtai's index behind the same few calls, for `peer_txtai`.

Runs in the Python of either, so what only one of them has is imported where it is used.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

K = 10
MODEL = "all-MiniLM-L6-v2"


class Side(Protocol):
    """One of the two."""

    def open(self) -> None:
        """Open what is indexed."""

    def search(self, question: str) -> list[str]:
        """The texts of the best passages by both searches."""


class OnRecord:
    """Index and search of this project."""

    def __init__(self, data: Path, cache: Path, threads: int) -> None:
        from index.embedding.batching import BatchingEmbedder
        from index.embedding.loading import load_embedder

        self._data = data
        self._threads = threads
        self._model = load_embedder(MODEL, cache=cache, threads=threads)
        self._embedder = BatchingEmbedder(self._model)
        self._store: Any = None
        self._answerer: Any = None

    def open(self) -> None:
        """Open what is indexed."""
        from index.opening import open_store

        self._store = open_store(self._data)
        self._answerer = self._answerer_with(None)

    def take(self, index: Path, passages: int) -> None:
        """Take so many passages of another index, with their vectors."""
        from tests.benchmarks.adding_one import copy_part

        copy_part(index, self._data, self._model, passages)

    def vectors(self) -> Any:
        """The vectors of all passages, in the order of `passages`."""
        import numpy as np

        from index.opening import open_writer

        with open_writer(self._data, self._model.key, self._model.dimension) as writer:
            stored = writer.stored(self._articles())
        return np.stack([one.passage for article in stored for one in article.vectors])

    def passages(self) -> list[str]:
        """The text of every passage, its title before it."""
        return [
            f"{one.article.title}\n{one.text}"
            for article in self._articles()
            for one in self._store.neighbours(article)
        ]

    def search(self, question: str) -> list[str]:
        """The texts of the best passages of both searches, fused, before they are ranked."""
        from index.store import Filter
        from retrieval.evidence.candidates import Searches, gather

        vector = self._embedder.embed_questions([question])[0]
        found = gather(self._store, question, vector, Filter(), Searches(), k=K)
        return [one.passage.text for one in found[:K]]

    def ranked(self, question: str) -> object:
        """The best passages as `GET /search` gives them: fifty of each search, ranked."""
        from index.store import Filter

        return self._answerer.search(question, K, Filter())

    def answering(self, reader: str) -> Callable[[str], object]:
        """Answers a question as `POST /ask` does, with quotes, sides and confidence."""
        from retrieval.answer import Question
        from retrieval.reading.readers import load_reader

        answerer = self._answerer_with(load_reader(reader, self._threads))
        return lambda question: answerer.answer(Question(question, asked=date.today()))

    def sync(self, path: Path) -> None:
        """Read, clean, split, embed and store the articles of a file."""
        from corpus.importer import Importer
        from index.opening import open_writer
        from index.sync import sync

        with open_writer(self._data, self._model.key, self._model.dimension) as writer:
            sync([path], writer, self._model, Importer())

    def take_in(self, file: Path) -> None:
        """Take in a file that is new in its folder, as following does; all else stays."""
        from corpus.importer import Importer
        from index.opening import open_writer
        from index.sync import sync_changed

        with open_writer(self._data, self._model.key, self._model.dimension) as writer:
            sync_changed([file], [file.parent], writer, self._model, Importer())

    def _answerer_with(self, reader: Any) -> Any:
        from bot.settings import Settings
        from retrieval.assembling import assemble

        defaults = Settings.model_fields
        return assemble(
            self._store,
            self._embedder,
            threshold=defaults["threshold"].default,
            reader=reader,
            budget_ms=defaults["rerank_budget_ms"].default,
        )

    def _articles(self) -> list[str]:
        from index.store import Filter

        return [one.id for one in self._store.articles(Filter(), 0, 1_000_000)[0]]


class Txtai:
    """txtai with the same model."""

    def __init__(self, saved: Path, model: str, threads: int) -> None:
        import torch
        from txtai import Embeddings

        torch.set_num_threads(threads)
        self._saved = saved
        self._embeddings = Embeddings(path=model, content=True, hybrid=True)
        self._number = 0
        self._turn = threading.Lock()

    def open(self) -> None:
        """Open what was saved."""
        self._embeddings.load(str(self._saved))

    def save(self) -> None:
        """Write the index to its folder."""
        self._embeddings.save(str(self._saved))

    def index(self, passages: Sequence[str], vectors: Any = None) -> None:
        """Index the passages, whose vectors may be given."""
        encode = self._embeddings.model.encode
        if vectors is not None:
            import numpy as np

            known = dict(zip(passages, vectors, strict=True))
            self._embeddings.model.encode = lambda texts, *_: np.stack(
                [known[one] for one in texts]
            )
        self._embeddings.index(list(enumerate(passages)))
        self._embeddings.model.encode = encode
        self._number = len(passages)

    def search(self, question: str) -> list[str]:
        """The texts of the best passages."""
        with self._turn:
            return [one["text"] for one in self._embeddings.search(question, K)]

    def add(self, passages: Sequence[str]) -> None:
        """Add the passages of one article."""
        self._embeddings.upsert([(self._number + n, text) for n, text in enumerate(passages)])
        self._number += len(passages)
