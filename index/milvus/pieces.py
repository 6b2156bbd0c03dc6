"""Values that may be longer than a VARCHAR, as pieces that are not."""

from __future__ import annotations

import base64
from collections.abc import Sequence

BYTES_IN_A_PIECE = 60_000


def cut(text: str) -> list[str]:
    """A text as pieces of at most `BYTES_IN_A_PIECE` bytes of UTF-8, cut between characters."""
    if len(text) * 4 <= BYTES_IN_A_PIECE:
        return [text] if text else []
    encoded = text.encode("utf-8")
    pieces, place = [], 0
    while place < len(encoded):
        end = min(place + BYTES_IN_A_PIECE, len(encoded))
        while end < len(encoded) and encoded[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(encoded[place:end].decode("utf-8"))
        place = end
    return pieces


def join(pieces: Sequence[str]) -> str:
    """The inverse of `cut`."""
    return "".join(pieces)


def cut_bytes(content: bytes) -> list[str]:
    """Bytes as pieces of text."""
    return cut(base64.b64encode(content).decode("ascii"))


def join_bytes(pieces: Sequence[str]) -> bytes:
    """The inverse of `cut_bytes`."""
    return base64.b64decode("".join(pieces))
