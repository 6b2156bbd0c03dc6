"""Building the whole index again while the old one keeps answering."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import structlog

from corpus.errors import CorpusError, IndexDamaged, IndexMissing, StoreError
from index.embedding.embedder import Embedder
from index.indexed_besides import files_besides
from index.opening import StorePlace, open_store, open_writer
from index.reading import Importer
from index.sync import sync
from index.sync_report import Progress, SyncReport

FOLDERS_TOLD = 10

log = structlog.get_logger(__name__)


def rebuild(
    place: StorePlace,
    roots: Sequence[Path],
    embedder: Embedder,
    importer: Importer,
    progress: Progress | None = None,
    *,
    besides: bool = False,
) -> SyncReport:
    """Read, embed and store everything under `roots` from nothing, then put it into use.

    With `besides` also the files elsewhere that the index in use was made of, and that are there.
    The model may be another one than before. Where anything is raised (CorpusError, StoreError)
    the old index stays as it was; so it does where no article was found in place of those it has.
    """
    with open_writer(place, embedder.key, embedder.dimension, rebuild=True) as store:
        others = files_besides(place, roots) if besides else []
        if others:
            folders = sorted({str(path.parent) for path in others})
            log.info(
                "files indexed besides the article folders are indexed again",
                files=len(others),
                folders=folders[:FOLDERS_TOLD],
            )
        report = sync([*roots, *others], store, embedder, importer, progress)
        if not report.added:
            _refuse_to_wipe(place, roots)
    return report


def _refuse_to_wipe(place: StorePlace, roots: Sequence[Path]) -> None:
    """Raise CorpusError where the index in use holds articles, or may: it cannot be asked.

    A mistyped or unmounted folder must not replace a good index by an empty one.
    """
    try:
        with closing(open_store(place)) as store:
            held = f"{store.status().articles} articles"
            if not store.status().articles:
                return
    except (IndexMissing, IndexDamaged):
        return
    except StoreError:
        held = "articles of another version"
    raise CorpusError(
        f"there is no article in {', '.join(map(str, roots))}, but the index in use holds {held}, "
        "which are kept; check ARTICLES, or take them out with onrecord remove"
    )
