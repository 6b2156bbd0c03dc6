"""What an answer shows as one text, held against the quotes that it brings.

Each face writes something of its own around the quotes: who speaks, whence it comes, what a model
connects them with. Only what stands right before a number, “…” [1], is claimed to be that quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from retrieval.proof.claimed_quotes import DEEPEST, WRAPPINGS

_OPENING = '“„«‘"'
_CLOSING = '”“»’"'
_BETWEEN = " \\xa0\\u202f.,;:"
"""Of one line: below stand the sources, each after its number."""
_CITED = re.compile(rf"([{_CLOSING}.!?…])[{_BETWEEN}]?\[(\d{{1,9}})\]")
_PLACE = "\0"
_MISPLACED = re.compile(rf"{_PLACE}(\d+){_PLACE}[{_BETWEEN}]{{0,2}}\[(\d{{1,9}})\]")
_QUOTATION = re.compile("[“„«]([^“”„«»]+)[”“»]")
_LEAST_WORDS = 4
"""A name may stand in quotation marks."""


class Shown(NamedTuple):
    """A text that is shown, where in the answer it is, and the quotes that it may cite.

    `only_quotes` where nothing else may stand in quotation marks, as titles may.
    """

    place: str
    text: str
    quotes: tuple[object, ...]
    only_quotes: bool = False


def shown_texts(answer: object) -> Iterator[Shown]:
    """Every text of an answer, of whichever face, that shows quotes by their numbers."""
    yield from _texts(answer, "", DEEPEST)


def _texts(value: object, place: str, levels: int) -> Iterator[Shown]:
    if levels == 0:
        return
    before = f"{place}." if place else ""
    if isinstance(value, list):
        yield from _streamed(value, place)
        for number, one in enumerate(value):
            yield from _texts(one, f"{place}[{number}]", levels - 1)
    if not isinstance(value, Mapping):
        return
    quotes = _listed(value.get("quotes"))
    written = value.get("written")
    told = written.get("text") if isinstance(written, Mapping) else None
    for name, text in (("answer", value.get("answer")), ("written.text", told)):
        if isinstance(text, str):
            yield Shown(before + name, text, quotes, only_quotes=True)
    for number, message in enumerate(_messages(value, "message")):
        if isinstance(message.get("content"), str):
            cited = tuple(_annotated(message))
            yield Shown(f"{before}choices[{number}]", message["content"], cited)
    yield from _of_a_tool(value, before)
    for field in WRAPPINGS:
        if isinstance(value.get(field), Mapping):
            yield from _texts(value[field], before + field, levels - 1)


def _streamed(chunks: list[Any], place: str) -> Iterator[Shown]:
    """The text whose pieces are in the chunks of a completion."""
    deltas = [delta for chunk in chunks for delta in _messages(chunk, "delta")]
    pieces = [delta["content"] for delta in deltas if isinstance(delta.get("content"), str)]
    if pieces:
        quotes = tuple(quote for delta in deltas for quote in _annotated(delta))
        yield Shown(f"{place}.choices" if place else "choices", "".join(pieces), quotes)


def _of_a_tool(result: Mapping[str, Any], before: str) -> Iterator[Shown]:
    structured = result.get("structuredContent", result.get("structured_content"))
    quotes = _listed(structured.get("quotes")) if isinstance(structured, Mapping) else ()
    for number, part in enumerate(_listed(result.get("content"))):
        if isinstance(part, Mapping) and isinstance(part.get("text"), str):
            yield Shown(f"{before}content[{number}]", part["text"], quotes)


def _messages(completion: object, kind: str) -> Iterator[Mapping[str, Any]]:
    choices = completion.get("choices") if isinstance(completion, Mapping) else None
    for choice in _listed(choices):
        message = choice.get(kind) if isinstance(choice, Mapping) else None
        if isinstance(message, Mapping):
            yield message


def _annotated(message: Mapping[str, Any]) -> Iterator[object]:
    for annotation in _listed(message.get("annotations")):
        yield annotation.get("onrecord") if isinstance(annotation, Mapping) else None


def _listed(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list) else ()


def faults(shown: Shown) -> Iterator[str]:
    """What a text shows otherwise than the quotes are, one line each."""
    numbered: dict[int, str] = {}
    for quote in shown.quotes:
        number, text = _number_and_text(quote)
        if text and numbered.setdefault(number, text) != text:
            yield f"two quotes have the number {number}"
    rest, found = _without_quotes(shown.text, numbered)
    if numbered and not found and shown.text.strip():
        yield "shows none of its quotes"
    for one, digits in _MISPLACED.findall(rest):
        if numbered.get(int(digits)) != numbered[int(one)]:
            yield f"cites [{digits}] after quote {one}"
    for mark, digits in _CITED.findall(rest):
        if int(digits) not in found or mark in _CLOSING:
            yield f"cites [{digits}] after words that are not quote {digits}"
    if shown.only_quotes:
        for words in _QUOTATION.findall(rest):
            if len(words.split()) >= _LEAST_WORDS:
                yield f"shows words that are no quote of it: {words[:60]!r}"


def _without_quotes(text: str, numbered: Mapping[int, str]) -> tuple[str, set[int]]:
    """The text with a place for each quote, its marks with it, and which quotes it shows."""
    found: set[int] = set()
    rest = text.replace(_PLACE, " ")
    for number in sorted(numbered, key=lambda one: -len(numbered[one])):
        words = re.escape(numbered[number].rstrip(" ."))
        marked = rf"[{_OPENING}]?{words}(?: ?\.){{0,3}}[{_CLOSING}]?"
        rest, times = re.subn(marked, f"{_PLACE}{number}{_PLACE}", rest)
        if times:
            found |= {other for other, same in numbered.items() if same == numbered[number]}
    return rest, found


def _number_and_text(quote: object) -> tuple[int, str]:
    if not isinstance(quote, Mapping):
        return 0, ""
    number, text = quote.get("number"), quote.get("text")
    if isinstance(number, int) and isinstance(text, str):
        return number, text
    return 0, ""
