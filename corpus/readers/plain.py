"""Plain text: the whole file is one article, its metadata in its first lines if anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.decoding import decode
from corpus.draft import Draft
from corpus.readers.reading import Flaw, Source


def read_plain(source: Source) -> Iterator[Draft | Flaw]:
    """One draft: the text as it is."""
    yield Draft(text=decode(source.content, source.encoding), url=source.url)
