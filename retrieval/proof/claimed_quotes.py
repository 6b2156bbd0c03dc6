"""The quotes that an answer claims, whichever face it comes from.

Each face wraps the same quotes differently: the Answer itself (terminal, HTTP, the page, Telegram's
proof), a chat completion or its chunks, the result of a tool, the events of a stream. A quote by
itself, or a list of any of these, counts too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

LISTS = ("quotes", "nearest")
WRAPPINGS = ("onrecord", "answer", "result", "structuredContent", "structured_content")
DEEPEST = 6
"""Levels of wrapping that are looked through; no face has more than three."""

_LINE_END = re.compile(r"\r\n|\n|\r")


class ClaimedQuote(NamedTuple):
    """Something that stands where a quote belongs, and where in the answer that is."""

    place: str
    quote: object


def claimed_quotes(answer: object) -> Iterator[ClaimedQuote]:
    """Every quote of an answer, in order.

    What is no list of quotes is a claim by itself, and so is what is wrapped too deep to be seen.
    """
    yield from _claims(answer, "", DEEPEST)


def _claims(value: object, place: str, levels: int) -> Iterator[ClaimedQuote]:
    if levels == 0:
        if isinstance(value, list | Mapping):
            yield ClaimedQuote(place, None)
        return
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _claims(one, f"{place}[{number}]", levels - 1)
    if not isinstance(value, Mapping):
        return
    before = f"{place}." if place else ""
    if "text" in value and "article" in value:
        yield ClaimedQuote(place or "quote", value)
    for field in LISTS:
        if field in value:
            yield from _listed(value[field], before + field)
    for number, annotation in enumerate(_annotations(value)):
        yield ClaimedQuote(f"{before}annotations[{number}]", annotation)
    for field in WRAPPINGS:
        if isinstance(value.get(field), Mapping):
            yield from _claims(value[field], before + field, levels - 1)


def _listed(quotes: object, place: str) -> Iterator[ClaimedQuote]:
    if not isinstance(quotes, list):
        yield ClaimedQuote(place, quotes)
        return
    for number, quote in enumerate(quotes):
        yield ClaimedQuote(f"{place}[{number}]", quote)


def _annotations(completion: Mapping[str, Any]) -> Iterator[object]:
    """The quotes behind the citations of a chat completion or of a chunk of one."""
    choices = completion.get("choices")
    for choice in choices if isinstance(choices, list) else ():
        if not isinstance(choice, Mapping):
            continue
        for part in (choice.get("message"), choice.get("delta")):
            cited = part.get("annotations") if isinstance(part, Mapping) else None
            for annotation in cited if isinstance(cited, list) else ():
                yield annotation.get("onrecord") if isinstance(annotation, Mapping) else annotation


def answer_of_text(text: str) -> object:
    """An answer as any face writes it: JSON, or the events of a stream as a list.

    Raises ValueError where the text is neither, or names a field of an object twice.
    """
    text = text.lstrip("\ufeff \t\r\n")
    if not text.startswith(("event:", "data:", ":")):
        return _parsed(text)
    return [_parsed(event) for event in _events(text) if event != "[DONE]"]


def _events(text: str) -> Iterator[str]:
    """The data of each event. Only LF and CR end a line: JSON may hold what else Python splits."""
    data: list[str] = []
    for line in [*_LINE_END.split(text), ""]:
        field, _, value = line.partition(":")
        if field == "data":
            data.append(value.removeprefix(" "))
        elif not line and data:
            yield "\n".join(data)
            data = []


def _parsed(text: str) -> object:
    return json.loads(text, object_pairs_hook=_with_each_field_once)


def _with_each_field_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Readers disagree on which of two counts, so that each could be shown another quote."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"an object has the field {twice[:60]!r} twice")
    return fields
