"""JSON (one article, a list, or a list under a key) and JSON Lines (one article a line)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from corpus.decoding import decode
from corpus.draft import Draft
from corpus.errors import NoArticleText, UnreadableFile
from corpus.readers.fields import draft_from_fields
from corpus.readers.reading import Flaw, Source

_LIST_KEYS = ("articles", "items", "documents", "data", "results", "entries", "news", "records")


def read_json_lines(source: Source) -> Iterator[Draft | Flaw]:
    """One draft a line; a line that is none of JSON is a flaw and the others go in."""
    text = decode(source.content, "utf-8")
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Flaw(where, f"not valid JSON ({_cause(error)}); write one object a line")
            continue
        yield _draft(record, where)


def read_json(source: Source) -> Iterator[Draft | Flaw]:
    """The article or articles of one JSON document."""
    text = decode(source.content, "utf-8")
    try:
        document = json.loads(text)
    except ValueError as error:
        if "\n" in text.strip() and _is_object(text.lstrip().partition("\n")[0]):
            yield from read_json_lines(source)
            return
        raise UnreadableFile(f"not valid JSON ({_cause(error)}); correct the file") from None
    except RecursionError:
        raise UnreadableFile("the JSON is nested too deeply; flatten it") from None
    yield from _drafts(document)


def _drafts(document: object) -> Iterator[Draft | Flaw]:
    if isinstance(document, Mapping):
        for key in _LIST_KEYS:
            if isinstance(document.get(key), list):
                document = document[key]
                break
    if isinstance(document, Mapping):
        yield _draft(document, "")
        return
    if not isinstance(document, list):
        raise NoArticleText("the JSON holds no article; give an object with title and text")
    for number, record in enumerate(document, start=1):
        yield _draft(record, f"record {number}")


def _draft(record: object, where: str) -> Draft | Flaw:
    if not isinstance(record, Mapping):
        return Flaw(where, "not an object; each article is an object with title and text")
    return draft_from_fields(record, where)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _cause(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else "number too long"
