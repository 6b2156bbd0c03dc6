"""The articles of a data set in a store of their own, made once and then reused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import structlog

from corpus.imported import ImportSettings
from corpus.importer import Importer
from index.embedding.embedder import Embedder
from index.opening import open_writer
from index.sync import sync
from index.sync_report import Progress
from retrieval.evaluation.data_set import DataSet

log = structlog.get_logger(__name__)


def index_data_set(
    data: DataSet, work: Path, embedder: Embedder, progress: Progress | None = None
) -> Path:
    """Bring the store of a data set in line and return its folder, to be opened for reading.

    Articles go the whole way of an import, cleaning included: what is measured is the product.
    Under `work` every data set and model has a folder of its own. Raises StoreError, CorpusError.
    """
    folder = work / _folder_name(data, embedder.key)
    folder.mkdir(parents=True, exist_ok=True)
    importer = Importer(ImportSettings(url_import=False))
    with open_writer(folder, embedder.key, embedder.dimension) as store:
        report = sync([data.articles_file], store, embedder, importer, progress)
    for reason in report.skipped:
        log.warning("article left out of the evaluation", reason=reason)
    return folder


def _folder_name(data: DataSet, embedder_key: str) -> str:
    distinct = f"{data.articles_file}\n{embedder_key}".encode("utf-8", "surrogateescape")
    return f"{data.name}-{hashlib.sha256(distinct).hexdigest()[:12]}"
