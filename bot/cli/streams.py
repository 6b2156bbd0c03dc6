"""What the program reads and writes, whatever characters the locale can tell."""

from __future__ import annotations

import io
import json
import sys


def take_any_character() -> None:
    """For people: a character that the terminal's encoding lacks is told by its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_json(document: object, *, indent: int | None = None) -> None:
    """For programs: JSON on a line or several, in UTF-8 as its standard says."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=indent) + "\n")


def read_text() -> str:
    """Standard input, which other programs write in UTF-8. Raises UnicodeDecodeError."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        return str(sys.stdin.buffer.read(), "utf-8")
    return sys.stdin.read()
