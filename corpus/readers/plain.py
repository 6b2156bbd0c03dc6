"""Plain text: the whole file is one article, its metadata in its first lines if anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.decoding import decode
from corpus.draft import Draft
from corpus.errors import UnreadableFile
from corpus.readers.reading import Flaw, Source

_MOST_BYTES_EACH = 4
"""Bytes that one character takes at most, in any encoding."""


def read_plain(source: Source) -> Iterator[Draft | Flaw]:
    """One draft: the text as it is."""
    refuse_length(source)
    yield Draft(text=decode(source.content, source.encoding), url=source.url)


def refuse_length(source: Source) -> None:
    """Raises UnreadableFile for more bytes than a text within the limit can have."""
    limit = source.settings.largest_text
    if len(source.content) > _MOST_BYTES_EACH * limit:
        raise UnreadableFile(f"longer than {limit:,} characters; split it into articles")
