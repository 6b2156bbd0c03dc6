"""Which index answers, and the model that questions go through to be compared with its vectors.

A rebuild may bring another model. A question's vector must meet vectors of its own model, so the
two change together: an edition is loaded whole, in a thread of its own, and then takes the place
of the one before at one moment. Questions under way end with the edition that they began with.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from corpus.errors import OnRecordError

if TYPE_CHECKING:
    from index.embedding.batching import BatchingEmbedder
    from index.embedding.embedder import Embedder
    from index.store import OpenStore
    from retrieval.answer import MadeBy
    from retrieval.answerer import Answerer

logger = structlog.get_logger(__name__)

SECONDS_TO_RETRY = 30.0
"""A model that could not be loaded is tried again after this long."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An opened index, its model, and what answers from them.

    Nobody closes one that is replaced: its files are let go when the last question that uses it
    has ended.
    """

    model: Embedder
    embedder: BatchingEmbedder
    store: OpenStore
    answerer: Answerer
    made_by: MadeBy


class Editions:
    """The edition in use. Safe to call from several threads."""

    def __init__(
        self,
        first: Edition,
        load: Callable[[], Edition],
        replaced: Callable[[Edition], None],
    ) -> None:
        """`load` makes an edition of the index in use; `replaced` is told of each new one."""
        self._current = first
        self._load = load
        self._replaced = replaced
        self._loading = threading.Lock()
        self._not_before = 0.0

    @property
    def current(self) -> Edition:
        """What to answer with now. Keep it while one question is answered; never waits."""
        edition = self._current
        if edition.store.superseded and time.monotonic() >= self._not_before:
            self._begin(edition)
        return edition

    def close(self) -> None:
        """Wait for an edition that is being loaded, and stop replacing."""
        self._not_before = float("inf")
        with self._loading:
            pass

    def _begin(self, outdated: Edition) -> None:
        if not self._loading.acquire(blocking=False):
            return
        if self._current is not outdated:
            self._loading.release()
            return
        threading.Thread(target=self._replace, name="edition", daemon=True).start()

    def _replace(self) -> None:
        try:
            edition = self._load()
            self._current = edition
            self._replaced(edition)
            logger.info("another model answers now", model=edition.model.key)
        except OnRecordError as error:
            self._not_before = time.monotonic() + SECONDS_TO_RETRY
            logger.warning("the rebuilt index is not in use yet", reason=str(error))
        finally:
            self._loading.release()
