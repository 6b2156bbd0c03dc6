"""Opening the store that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from index.store import OpenStore, OpenWriter

if TYPE_CHECKING:
    from index.embedded.reader import EmbeddedReader
    from index.embedded.writer import EmbeddedWriter
    from index.milvus.settings import MilvusSettings

EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Where the store is: in the folder `data`, or on a server."""

    data: Path
    milvus: MilvusSettings | None = None

    @property
    def is_shared(self) -> bool:
        """Whether several processes may open it at once."""
        return self.milvus is None or not self.milvus.is_file

    @property
    def layout(self) -> str:
        """The kind of store and the version of how it lies there: "embedded/4"."""
        if self.milvus is not None:
            from index.milvus.schema import FORMAT

            return f"milvus/{FORMAT}"
        from index.embedded.schema import SCHEMA_VERSION

        return f"embedded/{SCHEMA_VERSION}"

    @property
    def name(self) -> str:
        """What to call it when talking to people."""
        return str(self.data) if self.milvus is None else self.milvus.uri


@overload
def open_store(place: Path) -> EmbeddedReader: ...
@overload
def open_store(place: StorePlace) -> OpenStore: ...
def open_store(place: Path | StorePlace) -> OpenStore:
    """The store for reading; a path is the data folder of an embedded one.

    Raises IndexMissing where nothing is indexed, IndexMismatch for another version,
    StoreUnavailable where a server does not answer.
    """
    if isinstance(place, StorePlace) and place.milvus is not None:
        from index.milvus.reader import MilvusReader

        return MilvusReader(place.milvus)
    from index.embedded.reader import EmbeddedReader

    return EmbeddedReader(folder_of(place))


@overload
def open_writer(
    place: Path,
    embedder_key: str,
    dimension: int,
    *,
    wait_seconds: float = 10.0,
    rebuild: bool = False,
) -> EmbeddedWriter: ...
@overload
def open_writer(
    place: StorePlace,
    embedder_key: str,
    dimension: int,
    *,
    wait_seconds: float = 10.0,
    rebuild: bool = False,
) -> OpenWriter: ...
def open_writer(
    place: Path | StorePlace,
    embedder_key: str,
    dimension: int,
    *,
    wait_seconds: float = 10.0,
    rebuild: bool = False,
) -> OpenWriter:
    """The store for writing, created where there is none. Use it as a context manager.

    With `rebuild` an empty one is made beside the one in use, and takes its place when the
    context ends without an error; readers answer from the old one until then.

    Raises StoreBusy where another process writes for longer than `wait_seconds`, IndexMismatch
    where the index was made with another model.
    """
    if isinstance(place, StorePlace) and place.milvus is not None:
        from index.milvus.writer import MilvusWriter

        return MilvusWriter(
            place.milvus, embedder_key, dimension, wait_seconds=wait_seconds, rebuild=rebuild
        )
    from index.embedded.writer import EmbeddedWriter

    return EmbeddedWriter(
        folder_of(place), embedder_key, dimension, wait_seconds=wait_seconds, rebuild=rebuild
    )


def folder_of(place: Path | StorePlace) -> Path:
    """The data folder."""
    return place if isinstance(place, Path) else place.data
