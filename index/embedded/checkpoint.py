"""The vectors' structures on disk, so that a start need not build them again.

A checkpoint is one line of JSON, then the segments one after the other. The line says which
generation of which index it is of, how long each part is, and the checksum of all that follows.
A checkpoint that is missing, torn, altered or of something else is not used: the vectors are
read from the database instead.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import faiss
import numpy as np
import structlog
from numpy.typing import NDArray

from corpus.errors import StoreUnavailable
from index.embedded.location import sync_folder
from index.embedded.mapping import map_file, mapped_structure
from index.embedded.schema import SCHEMA_VERSION, read_meta, read_number
from index.embedded.segments import Segment, Segments

log = structlog.get_logger(__name__)

FORMAT = 2
"""Those of format 1 could refer to the file that they replaced."""
LONGEST_HEADER = 1 << 20
BYTES_AT_ONCE = 1 << 20
BLOCKS = 4
"""So many blocks make a segment."""

LARGEST = 1 << 63
"""No number of the header is larger."""

_faiss: Any = faiss
"""FAISS's type stubs do not know its writers."""

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Identity:
    """What a checkpoint must be of to be used: this database file, this model."""

    database: str
    embedder_key: str
    dimension: int


def identity_of(connection: sqlite3.Connection) -> Identity:
    """What a checkpoint of this database must be of."""
    return Identity(
        database=read_meta(connection, "uuid") or "",
        embedder_key=read_meta(connection, "embedder") or "",
        dimension=read_number(connection, "dimension"),
    )


def checkpoint_path(database: Path) -> Path:
    """Where the checkpoint of a database lies."""
    return database.with_suffix(".vectors")


def write_checkpoint(database: Path, identity: Identity, segments: Segments) -> None:
    """Write all segments; the old checkpoint stays until the new one is on the disk.

    Raises StoreUnavailable where it cannot be written; nothing is lost then.
    """
    target = checkpoint_path(database)
    draft = target.with_suffix(".vectors-draft")
    header = {
        "format": FORMAT,
        "schema": SCHEMA_VERSION,
        "database": identity.database,
        "embedder": identity.embedder_key,
        "dimension": identity.dimension,
        "generation": segments.generation,
        "newest": segments.newest,
        "rows": len(segments),
    }
    # What it says of the body is not known yet: it takes the room of the largest numbers.
    unknown = [LARGEST] * (BLOCKS * len(segments.parts))
    room = len(_line({**header, "sizes": unknown, "checksum": LARGEST}, 0))
    try:
        with draft.open("wb") as file:
            file.write(bytes(room))
            body = _Body(file)
            for part in segments.parts:
                body.write_segment(part)
            file.seek(0)
            file.write(_line({**header, "sizes": body.sizes, "checksum": body.checksum}, room))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreUnavailable(
            f"cannot write {target} ({error.strerror}); free some space: nothing is lost"
        ) from None


def _line(header: dict[str, Any], room: int) -> bytes:
    """The first line, filled up with spaces to `room` bytes."""
    line = json.dumps(header).encode().ljust(room - len(" 00000000\n"))
    return b"%s %08x\n" % (line, zlib.crc32(line))


class _Body:
    """Writes blocks as they come, so that no copy of them lies in memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = 0
        self.sizes: list[int] = []
        self.checksum = 0

    def write_segment(self, part: Segment) -> None:
        """Four blocks: ids, articles, which rows are alive (as bits), the structure."""
        for numbers in (part.ids, part.articles):
            self._write(numbers.astype("<i8", copy=False).data)
            self._end()
        self._write(np.packbits(part.alive).data)
        self._end()
        _faiss.write_index(part.structure, _faiss.PyCallbackIOWriter(self._write, BYTES_AT_ONCE))
        self._end()

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self.checksum = zlib.crc32(data, self.checksum)
        self._size += memoryview(data).nbytes

    def _end(self) -> None:
        self.sizes.append(self._size)
        self._size = 0


def read_checkpoint(database: Path, identity: Identity) -> Segments | None:
    """The segments as they were written, or None where they cannot be trusted."""
    path = checkpoint_path(database)
    try:
        content = map_file(path)
    except OSError:
        return None
    header, body = _header(content)
    if header is None or not _is_of(header, identity):
        log.warning("the checkpoint is not usable and is made again", path=str(path))
        return None
    if sum(header["sizes"]) != len(body) or zlib.crc32(body.data) != header["checksum"]:
        log.warning("the checkpoint is torn and is made again", path=str(path))
        return None
    ends = np.cumsum([len(content) - len(body), *header["sizes"]]).tolist()
    parts = tuple(
        _segment(content, ends[first : first + BLOCKS + 1])
        for first in range(0, len(ends) - 1, BLOCKS)
    )
    return Segments(identity.dimension, header["generation"], header["newest"], parts)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a checkpoint says of itself."""

    generation: int
    newest: int
    rows: int


def read_saved(database: Path, identity: Identity) -> Saved | None:
    """The first line alone: enough to know how far behind a checkpoint is."""
    try:
        with checkpoint_path(database).open("rb") as file:
            first = np.frombuffer(file.readline(LONGEST_HEADER), np.uint8)
    except OSError:
        return None
    header, _ = _header(first)
    if header is None or not _is_of(header, identity):
        return None
    return Saved(header["generation"], header["newest"], header["rows"])


def _segment(content: Bytes, ends: list[int]) -> Segment:
    """The segment whose four blocks end where `ends` says; the vectors stay in the file."""
    ids, articles, alive_bits = (content[start:end] for start, end in pairwise(ends[:4]))
    alive = np.unpackbits(alive_bits, count=len(ids) // 8).astype(np.bool_)
    return Segment(
        ids=np.frombuffer(ids.tobytes(), "<i8"),
        articles=np.frombuffer(articles.tobytes(), "<i8"),
        structure=mapped_structure(content, ends[3], ends[4] - ends[3]),
        alive=alive,
        removed=int(len(alive) - np.count_nonzero(alive)),
    )


def _header(content: Bytes) -> tuple[dict[str, Any] | None, Bytes]:
    first, mark, _ = content[:LONGEST_HEADER].tobytes().partition(b"\n")
    line, _, checksum = first.rpartition(b" ")
    if not mark or b"%08x" % zlib.crc32(line) != checksum:
        return None, content
    header: dict[str, Any] = json.loads(line)
    return header, content[len(first) + 1 :]


def _is_of(header: dict[str, Any], identity: Identity) -> bool:
    found = (header["format"], header["schema"], header["database"], header["embedder"])
    wanted = (FORMAT, SCHEMA_VERSION, identity.database, identity.embedder_key)
    return found == wanted and header["dimension"] == identity.dimension
