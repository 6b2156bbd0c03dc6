"""The body of a page as it comes over the network, unpacked in small pieces.

Only gzip is asked for, and only once around: codings inside one another pack a few bytes into
gigabytes, and a library that unpacks a piece as a whole has no limit in between.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from corpus.errors import UnreadableFile

ACCEPTED = "gzip"
_GZIP = frozenset({"gzip", "x-gzip"})
_NONE = frozenset({"", "identity"})
_PIECE = 1 << 16
_GZIP_WINDOW = zlib.MAX_WBITS | 16


def unpacked(parts: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Pieces of the body. `coding` is the header's content-encoding.

    Raises UnreadableFile where it is another than was asked for, or the packing is torn.
    """
    name = coding.strip().lower()
    if name in _NONE:
        yield from parts
    elif name in _GZIP:
        yield from _unzipped(parts)
    else:
        raise UnreadableFile(
            "the server packs the page in a way that was not asked for; save it from a browser"
        )


def _unzipped(parts: Iterable[bytes]) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(_GZIP_WINDOW)
    try:
        for part in parts:
            waiting = part
            while waiting:
                if unpacking.eof:  # a file may be several, one after the other
                    unpacking = zlib.decompressobj(_GZIP_WINDOW)
                yield unpacking.decompress(waiting, _PIECE)
                waiting = unpacking.unconsumed_tail or unpacking.unused_data
        while piece := unpacking.decompress(b"", _PIECE):
            yield piece
    except zlib.error:
        raise UnreadableFile("the packed page is torn; save it from a browser") from None
