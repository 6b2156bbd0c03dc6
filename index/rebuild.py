"""Building the whole index again while the old one keeps answering."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.embedding.embedder import Embedder
from index.opening import open_writer
from index.reading import Importer
from index.sync import sync
from index.sync_report import Progress, SyncReport


def rebuild(
    data: Path,
    roots: Sequence[Path],
    embedder: Embedder,
    importer: Importer,
    progress: Progress | None = None,
) -> SyncReport:
    """Read, embed and store everything under `roots` from nothing, then put it into use.

    The model may be another one than before. Where anything is raised (CorpusError, StoreError)
    the old index stays as it was.
    """
    with open_writer(data, embedder.key, embedder.dimension, rebuild=True) as store:
        return sync(roots, store, embedder, importer, progress)
