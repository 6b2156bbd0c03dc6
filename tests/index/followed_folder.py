"""A folder of made articles and an index that is told what changes in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.importer import Importer
from index.embedding.embedder import PassageText, PassageVectors, Vectors
from index.fingerprints import vector_key
from index.opening import open_writer
from index.sync import sync, sync_changed
from index.sync_report import SyncReport
from tests.index.collections_of_articles import DIMENSION, MODEL, unit_rows, vectors_of


class RandomVectors:
    """Vectors that follow from the text: an `Embedder` that costs nothing."""

    key = MODEL
    dimension = DIMENSION
    window = 256

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        return np.concatenate([unit_rows(1, len(one)) for one in questions])

    def embed_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        return [vectors_of(vector_key(MODEL, one), one) for one in passages]


EMBEDDER = RandomVectors()


class Followed:
    """A folder, and an index that is told what changes in it."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "articles"
        self.data = root / "data"
        self.folder.mkdir()
        with open_writer(self.data, MODEL, DIMENSION) as writer:
            sync([self.folder], writer, EMBEDDER, Importer())

    def take(self, *changed: Path) -> SyncReport:
        with open_writer(self.data, MODEL, DIMENSION) as writer:
            return sync_changed(changed, [self.folder], writer, EMBEDDER, Importer())

    def write(self, name: str, *numbers: int) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(article(one)) + "\n" for one in numbers))
        return path

    def holds(self) -> dict[str, frozenset[str]]:
        return state_of(self.data)


def article(number: int) -> dict[str, str]:
    text = f"The town hall number {number} has {number + 3} towers. Nobody knows who built it."
    return {"id": f"hall-{number}", "title": f"Hall {number}", "text": text}


def state_of(data: Path) -> dict[str, frozenset[str]]:
    """Which files gave each stored article."""
    with open_writer(data, MODEL, DIMENSION) as writer:
        stored, files = writer.versions(), writer.origins()
        givers = writer.givers(stored)
        given = {one for origin in files.values() for one in origin.article_ids}
        assert given == set(stored)
        return {one: givers.get(one, frozenset()) for one in stored}
