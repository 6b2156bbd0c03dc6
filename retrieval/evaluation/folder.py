"""`onrecord evaluate DIR`: from a folder to a report."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.embedding.embedder import Embedder
from index.opening import open_store
from index.sync_report import Progress
from retrieval.evaluation.data_set import read_data_set
from retrieval.evaluation.evaluate import Watcher, evaluate
from retrieval.evaluation.indexing import index_data_set
from retrieval.evaluation.report import Report
from retrieval.evaluation.steps import CloserLook, pipeline_steps, whole_pipeline


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to evaluate. `limit` takes so many questions, evenly spaced; `stages` every step."""

    closed: bool = False
    limit: int | None = None
    stages: bool = False


def evaluate_folder(
    folder: Path,
    work: Path,
    embedder: Embedder,
    closer: CloserLook,
    wanted: Wanted,
    *,
    threshold: float,
    indexing: Progress | None = None,
    watcher: Watcher | None = None,
) -> Report:
    """Index the folder's articles under `work`, where they are not yet, and ask its questions.

    Raises UnreadableFile for a malformed folder; StoreError, ModelError from the parts.
    """
    data = read_data_set(folder)
    if wanted.limit is not None:
        data = data.limited(wanted.limit)
    with closing(open_store(index_data_set(data, work, embedder, indexing))) as store:
        variants = (
            pipeline_steps(store, embedder, closer)
            if wanted.stages
            else [whole_pipeline(store, embedder, closer)]
        )
        return evaluate(
            data, store, variants, threshold=threshold, closed=wanted.closed, watcher=watcher
        )
