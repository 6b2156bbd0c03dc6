"""Checksums over rows, by which a check sees any value that is not what was written."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence

COLUMNS = {
    "articles": (
        "number",
        "title, text, content_hash, author, source, source_folded, published, updated, url, "
        "language, story, signature, passages, characters, fingerprint, id",
    ),
    "passages": ("id", 'article, ordinal, start, "end", sentences, vector'),
    "vectors": ("number", "key, passage, sentences"),
}
"""The tables that answers are made from: the key of each, and what its checksum is over."""


def row_checksum(values: Sequence[object]) -> int:
    """CRC-32 of a row: every changed bit changes it."""
    return zlib.crc32(repr(tuple(values)).encode("utf-8", "surrogatepass"))


def add_checksums(connection: sqlite3.Connection, table: str) -> None:
    """Give every row of a table its checksum as it is now."""
    _, columns = COLUMNS[table]
    connection.create_function("row_checksum", -1, lambda *row: row_checksum(row))
    connection.execute(f"UPDATE {table} SET checksum = row_checksum({columns})")  # noqa: S608
