"""What is said of a file that a reader trips over: damage of the file, or a fault of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from corpus.decoding import decode
from corpus.errors import UnreadableFile
from corpus.readers.damage import damage_told


def test_what_a_library_trips_over_is_damage() -> None:
    not_text: Any = 1
    with pytest.raises(UnreadableFile, match="damaged"), damage_told("a.txt"):
        json.loads(not_text)


def test_what_a_line_of_ours_trips_over_is_our_fault() -> None:
    no_bytes: Any = None
    with pytest.raises(UnreadableFile, match="report"), damage_told("a.txt"):
        decode(no_bytes)


def test_our_own_reasons_stay() -> None:
    with pytest.raises(UnreadableFile, match="binary"), damage_told("a.txt"):
        decode(bytes(range(9)) * 50 + b"\xff")
