"""Markdown, with YAML front matter where there is some."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

import yaml

from corpus.decoding import clean_characters, decode
from corpus.draft import Draft
from corpus.errors import UnreadableFile
from corpus.readers.fields import draft_from_fields
from corpus.readers.reading import Flaw, Source

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_HEADING = re.compile(r"\A\s*#[ \t]+(\S[^\n]*?)[ \t]*#*[ \t]*(?:\n|\Z)")
_LARGEST_FRONT_MATTER = 64_000
_OWN_LINE = re.compile(r"\s*(?:[-*+•>|#]|\d{1,3}[.)]\s|```|~~~|=+\s*$)|\s{4,}\S|\t")
_ENDED = re.compile(r"(?:[.!?…:;|]|[.!?…][”\"»’')\]*_]+|\\| {2})$")
_LONG_LINE = 50


def read_markdown(source: Source) -> Iterator[Draft | Flaw]:
    """One draft. A first heading is the title where the front matter names none."""
    text = clean_characters(decode(source.content, source.encoding))
    fields, body = split_front_matter(text)
    draft = draft_from_fields({key: value for key, value in fields.items() if key != "text"})
    heading = _HEADING.match(body)
    if draft.title is None and heading:
        draft.title = heading.group(1)
        body = body[heading.end() :]
    draft.text = soft_breaks_joined(body.strip("\n"))
    draft.url = draft.url or source.url
    draft.as_given = bool(fields)
    yield draft


def soft_breaks_joined(text: str) -> str:
    """`text` with the line breaks inside paragraphs as spaces, one for one, as Markdown reads them.

    A break after the end of a sentence may stay: it cuts nothing. A short line before a capital
    stays alone too, since headings are often written without their mark.
    """
    lines = text.split("\n")
    parts: list[str] = []
    for line, following in pairwise(lines):
        parts += [line, " " if _is_soft_break(line, following) else "\n"]
    return "".join([*parts, lines[-1]])


def _is_soft_break(line: str, following: str) -> bool:
    if not line.strip() or not following.strip() or _ENDED.search(line):
        return False
    if _OWN_LINE.match(line) or _OWN_LINE.match(following):
        return False
    first = following.lstrip()[0]
    return first.islower() or first.isdigit() or len(line) >= _LONG_LINE


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Front matter as a mapping, and the text after it. Raises UnreadableFile if it is broken."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    if match.end() > _LARGEST_FRONT_MATTER:
        raise UnreadableFile("the front matter is longer than 64,000 characters; shorten it")
    try:
        fields = yaml.safe_load(match.group(1))
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise UnreadableFile(
            f"the front matter is not valid YAML (line {line}); correct it, with quotation marks "
            "around values that hold a colon"
        ) from None
    except (ValueError, RecursionError):
        raise UnreadableFile(
            "the front matter holds a value that cannot be read; put it in quotation marks"
        ) from None
    if fields is None:
        return {}, text[match.end() :]
    if not isinstance(fields, dict):
        # Two rules with prose between them, not front matter.
        return {}, text
    return fields, text[match.end() :]
