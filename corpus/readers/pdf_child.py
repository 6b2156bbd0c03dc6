"""Reads PDFs that come by standard input, in a process of its own: `pdf_process` starts it.

PDFium ends the process that it runs in where memory fails it, and a small file can make it want
any amount. Limits are given as arguments: seconds for a file, bytes, pages and characters.
Standard output has one JSON object for each file. Both ways, eight bytes of length come first.

Run by its path, so it imports nothing of the project.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

Line = dict[str, Any]
"""The fields of a line of text; `pdf_lines` says what they are."""

_PAGE_SIZE = resource.getpagesize()
_HYPHENS = ("\x02", "\ufffe")
"""What PDFium gives for a hyphen at the end of a line, in place of hyphen and line break."""
_HYPHEN_MARKS = ("-", "\u2010", "\u00ad")


def main() -> None:
    """Read files until there are no more. Ends by SIGALRM where one takes too long."""
    memory, pages, characters = (int(argument) for argument in sys.argv[2:])
    seconds = float(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started this one decides
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = _memory_now() + memory
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    given, told = sys.stdin.buffer, sys.stdout.buffer
    while size := given.read(8):
        signal.setitimer(signal.ITIMER_REAL, seconds)
        content = given.read(int.from_bytes(size, "big"))
        reply = json.dumps(_read(content, pages, characters), ensure_ascii=False)
        signal.setitimer(signal.ITIMER_REAL, 0)
        packed = reply.encode("utf-8", "surrogatepass")
        told.write(len(packed).to_bytes(8, "big") + packed)
        told.flush()


def _memory_now() -> int:
    """Bytes of address space that the interpreter and the library take; 0 where nobody tells."""
    counts = Path("/proc/self/statm")
    return int(counts.read_text("ascii").split()[0]) * _PAGE_SIZE if counts.exists() else 0


def _read(content: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    """`pages` with their lines and `metadata`, or what is wrong as `fault`."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return {"fault": "password" if "password" in str(error).lower() else "torn"}
    try:
        if len(document) > most_pages:
            return {"fault": "pages"}
        pages: list[list[Line]] = []
        room = most_characters
        for number in range(len(document)):
            pages.append(_lines_of(document, number))
            room -= sum(len(line["text"]) for line in pages[-1])
            if room < 0:
                return {"fault": "characters"}
        metadata = {key: str(value) for key, value in document.get_metadata_dict().items()}
    except pypdfium2.PdfiumError:
        return {"fault": "damaged"}
    finally:
        document.close()
    return {"pages": pages, "metadata": metadata}


def _lines_of(document: Any, number: int) -> list[Line]:
    """The lines in the order of the page's content, without those outside of what it shows."""
    page = document[number]
    text = page.get_textpage()
    try:
        left, bottom, right, top = page.get_bbox()
        return [
            line
            for line in _lines(text, number)
            if line["right"] >= left and line["left"] <= right and bottom <= line["bottom"] <= top
        ]
    finally:
        text.close()
        page.close()


def _lines(text: Any, page: int) -> Iterator[Line]:
    marks = _marks(text)
    start = 0
    for place, mark in enumerate(marks):
        if mark in _HYPHENS or mark in "\r\n":
            yield from _line(text, marks, start, place, page, mark in _HYPHENS)
            start = place + 1
    yield from _line(text, marks, start, len(marks), page, False)


def _marks(text: Any) -> Sequence[str]:
    """The characters of a page, by the numbers that PDFium counts them with."""
    count = text.count_chars()
    whole = str(text.get_text_range()) if count else ""
    if len(whole) == count:
        return whole
    # Where it leaves some out or gives some in halves, one by one: slow.
    return [chr(raw.FPDFText_GetUnicode(text, place)) for place in range(count)]


def _line(
    text: Any, marks: Sequence[str], start: int, end: int, page: int, hyphenated: bool
) -> Iterator[Line]:
    """The line of these characters; none where they show nothing."""
    while start < end and marks[start].isspace():
        start += 1
    while end > start and marks[end - 1].isspace():
        end -= 1
    if start == end:
        return
    words = _whole("".join(marks[start:end]))
    if words.endswith(_HYPHEN_MARKS) and len(words) > 1 and words[-2].isalnum():
        words, hyphenated = words[:-1], True
    word_end = next((one for one in range(start, end) if marks[one].isspace()), end)
    first = text.get_charbox(start, loose=True)
    last = text.get_charbox(end - 1, loose=True)
    of_word = text.get_charbox(word_end - 1, loose=True)
    yield {
        "text": words,
        "page": page,
        "left": min(first[0], last[0]),
        "right": max(first[2], last[2]),
        "bottom": min(first[1], last[1]),
        "first_height": first[3] - first[1],
        "last_height": last[3] - last[1],
        "first_word": abs(of_word[2] - first[0]),
        "hyphenated": hyphenated,
    }


def _whole(text: str) -> str:
    """Characters beyond the first 65,536 as one each: they may come in halves."""
    if not any("\ud800" <= mark <= "\udfff" for mark in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


if __name__ == "__main__":
    main()
