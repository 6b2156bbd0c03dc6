"""JSON (one article, a list, or a list under a key) and JSON Lines (one article a line)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from corpus.cleaning.wrapped_lines import unwrapped
from corpus.decoding import clean_characters, decode
from corpus.draft import Draft
from corpus.errors import CorpusError, NoArticleText, UnreadableFile
from corpus.readers.fields import body_of, draft_from_fields, named
from corpus.readers.marked_text import without_markup
from corpus.readers.reading import Flaw, Source

_LIST_KEYS = (
    "articles", "items", "documents", "data", "results", "entries", "news", "records", "posts",
    "stories", "docs", "hits", "@graph",
)  # fmt: skip
_WRAPPINGS = ("response", "hits", "data", "result", "feed", "channel")
_INNER_FIELDS = ("_source", "fields", "attributes")
"""Objects of a record that hold its fields: of Elasticsearch, the Guardian and JSON:API."""
_DEEPEST = 3


def read_json_lines(source: Source) -> Iterator[Draft | Flaw]:
    """One draft a line; a line that is none of JSON is a flaw and the others go in."""
    text = decode(source.content, "utf-8")
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = f"not valid JSON ({_cause(error)}); write one object a line"
            yield Flaw(where, reason, torn=number == len(lines))
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
    records = _records(document)
    if isinstance(records, Mapping):
        yield _draft(records, "")
        return
    if not isinstance(records, list) or not records:
        raise NoArticleText("the JSON holds no article; give an object with title and text")
    for number, record in enumerate(records, start=1):
        yield _draft(record, f"record {number}")


def _records(document: object, depth: int = 0) -> object:
    """The list of articles in a document, or the one that it is."""
    if not isinstance(document, Mapping) or body_of(_fields(document)):
        return document
    for key in _LIST_KEYS:
        listed = document.get(key)
        if isinstance(listed, list):
            return _articles_of_graph(listed) if key == "@graph" else listed
    for key in _WRAPPINGS:
        if isinstance(document.get(key), (Mapping, list)) and depth < _DEEPEST:
            return _records(document[key], depth + 1)
    return document


def _articles_of_graph(listed: list[object]) -> list[object]:
    """Of what a page says of itself, its outlet and its authors, the articles, if there are any."""
    articles = [one for one in listed if isinstance(one, Mapping) and body_of(_fields(one))]
    return [*articles] or listed


def _draft(record: object, where: str) -> Draft | Flaw:
    if not isinstance(record, Mapping):
        return Flaw(where, "not an object; each article is an object with title and text")
    draft = draft_from_fields(_fields(record), where)
    try:
        # Archives of mail and wires keep the lines of their time, whatever they are packed in.
        draft.text = unwrapped(clean_characters(without_markup(draft.text)))
        draft.title = without_markup(draft.title) if draft.title else None
    except CorpusError as error:
        return Flaw(where, str(error))
    return draft


def _fields(record: Mapping[str, object]) -> dict[str, object]:
    fields = named(record)
    for key in _INNER_FIELDS:
        inner = record.get(key)
        if isinstance(inner, Mapping):
            fields |= named(inner)
    return fields


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _cause(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else "number too long"
