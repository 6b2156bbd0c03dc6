"""Names of the collections. A rebuilt index has another number than the one it replaces."""

from __future__ import annotations

import re
from dataclasses import dataclass

LOG = "onrecord_log"
_OF_INDEX = re.compile(r"onrecord_(\d+)_(?:documents|passages)")


@dataclass(frozen=True, slots=True)
class Names:
    """The collections of one index."""

    number: int

    @property
    def documents(self) -> str:
        """Articles, and the files that they came from."""
        return f"onrecord_{self.number}_documents"

    @property
    def passages(self) -> str:
        """Passages with their vectors and keywords."""
        return f"onrecord_{self.number}_passages"


def index_of(collection: str) -> int | None:
    """The number of the index that a collection belongs to; None for anything else."""
    found = _OF_INDEX.fullmatch(collection)
    return int(found[1]) if found else None
