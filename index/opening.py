"""Opening the store that the settings name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.embedded.reader import EmbeddedReader
    from index.embedded.writer import EmbeddedWriter


def open_store(data: Path) -> EmbeddedReader:
    """The store for reading. Its `embedder_key` says which model questions must go through.

    Raises IndexMissing where nothing is indexed, IndexMismatch for another version.
    """
    from index.embedded.reader import EmbeddedReader

    return EmbeddedReader(data)


def open_writer(
    data: Path,
    embedder_key: str,
    dimension: int,
    *,
    wait_seconds: float = 10.0,
    rebuild: bool = False,
) -> EmbeddedWriter:
    """The store for writing, created where there is none. Use it as a context manager.

    With `rebuild` an empty one is made beside the one in use, and takes its place when the
    context ends without an error; readers answer from the old one until then.

    Raises StoreBusy where another process writes for longer than `wait_seconds`, IndexMismatch
    where the index was made with another model.
    """
    from index.embedded.writer import EmbeddedWriter

    return EmbeddedWriter(data, embedder_key, dimension, wait_seconds=wait_seconds, rebuild=rebuild)
