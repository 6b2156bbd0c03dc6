"""A guard of SECURITY.md as it stands in the code, and what is there without it."""

from __future__ import annotations

from typing import NamedTuple


class Guard(NamedTuple):
    """A guard: the code that keeps it, the same without it, and the tests that must notice."""

    name: str
    file: str
    kept: str
    removed: str
    tests: tuple[str, ...]
