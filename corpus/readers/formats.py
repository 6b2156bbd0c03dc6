"""Which reader reads which file, and files that are compressed as a whole."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from corpus.errors import ImportRefused, UnreadableFile
from corpus.imported import ImportSettings
from corpus.readers.html import read_html
from corpus.readers.json_records import read_json, read_json_lines
from corpus.readers.markdown import read_markdown
from corpus.readers.plain import read_plain
from corpus.readers.reading import Reader

READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}
COMPRESSIONS = frozenset({".gz", ".xz", ".bz2"})


def reader_of(name: str) -> Reader | None:
    """The reader for a file of this name, compressed or not; None where there is none."""
    return READERS.get(PurePath(uncompressed_name(name)).suffix.lower())


def uncompressed_name(name: str) -> str:
    """`news.jsonl` for `news.jsonl.xz`; other names as they are."""
    path = PurePath(name)
    return path.stem if path.suffix.lower() in COMPRESSIONS else path.name


def unpacked(name: str, content: bytes, settings: ImportSettings) -> bytes:
    """The bytes, unpacked if the name says they are packed, up to the limit.

    Raises ImportRefused above the limit and UnreadableFile where the packing is torn.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in COMPRESSIONS:
        return content
    limit = settings.largest_unpacked
    try:
        with _opened(suffix, content) as stream:
            plain = stream.read(limit + 1)
    except (OSError, EOFError, lzma.LZMAError, zlib.error):
        raise UnreadableFile("the packed file is torn or of another kind; pack it anew") from None
    if len(plain) > limit:
        raise ImportRefused(f"unpacks to more than {limit:,} bytes; split it into smaller files")
    return plain


def _opened(suffix: str, content: bytes) -> BinaryIO:
    stream = BytesIO(content)
    if suffix == ".gz":
        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]
    if suffix == ".xz":
        return lzma.LZMAFile(stream)  # type: ignore[return-value]
    return bz2.BZ2File(stream)  # type: ignore[return-value]
