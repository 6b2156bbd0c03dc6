"""How a caller watches an answer being made, and stops it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from index.store import StoredPassage
from retrieval.answer import Quote


class Cancelled(Exception):
    """The asker went away; nobody waits for this answer any more."""


class Progress(Protocol):
    """Told what becomes true while an answer is made. Called from a worker thread."""

    def retrieved(self, passages: Sequence[StoredPassage]) -> None:
        """Candidates were found, best first."""

    def quoted(self, quote: Quote) -> None:
        """This quote will be in the answer."""

    def check(self) -> None:
        """Raise Cancelled where nobody waits any more."""


class Unwatched:
    """Nobody watches."""

    def retrieved(self, passages: Sequence[StoredPassage]) -> None:
        """Nothing to tell."""

    def quoted(self, quote: Quote) -> None:
        """Nothing to tell."""

    def check(self) -> None:
        """Never cancelled."""
