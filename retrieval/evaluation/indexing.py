"""The articles of a data set in a store of their own, made once and then reused."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.imported import ImportedFile
from index.diff import file_digest
from index.embedding.embedder import Embedder
from index.opening import open_writer
from index.sync import sync
from index.sync_report import Progress
from retrieval.evaluation.data_set import DataSet


def index_data_set(
    data: DataSet, work: Path, embedder: Embedder, progress: Progress | None = None
) -> Path:
    """Bring the store of a data set in line and return its folder, to be opened for reading.

    Under `work` every data set and model has a folder of its own. Articles are taken as the file
    has them: what it holds counts as cleaned. Raises StoreError, UnreadableFile.
    """
    folder = work / _folder_name(data, embedder.key)
    folder.mkdir(parents=True, exist_ok=True)
    with open_writer(folder, embedder.key, embedder.dimension) as store:
        sync([data.articles_file], store, embedder, _DataSetImporter(data), progress)
    return folder


def _folder_name(data: DataSet, embedder_key: str) -> str:
    distinct = f"{data.articles_file}\n{embedder_key}".encode("utf-8", "surrogateescape")
    return f"{data.name}-{hashlib.sha256(distinct).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class _DataSetImporter:
    """Gives sync the articles of a data set, which are read already."""

    data: DataSet

    def find(self, folders: Sequence[Path]) -> Sequence[Path]:
        """The one file of the data set."""
        return [self.data.articles_file]

    def read(self, path: Path) -> ImportedFile:
        """All articles of the data set."""
        return ImportedFile(path, file_digest(path), self.data.articles)
