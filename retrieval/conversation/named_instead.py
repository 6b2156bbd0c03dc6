"""The question before, asked of another: "And Minsk?", "And in Syria?", "And about the tanks?"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from retrieval.conversation.turn_topic import topic_with_marker
from retrieval.words.turn_names import Name, conversation_words, names_in
from retrieval.words.word_lists import alternatives

_PLACES = frozenset({"in", "at", "on", "near", "в", "во", "у", "на", "en", "à"})


def asked_of(name: Name, body: str, previous: str, known: Collection[str]) -> str | None:
    """Put a name in the place of another; the two change places if both are there.

    That is the one after the same preposition, where the name has one ("And in Syria?" after "Did
    Russia lose soldiers in Ukraine?"), else the first of its kind.
    """
    there = names_in(previous, known)
    others = [one for one in there if one.text.casefold() != name.text.casefold()]
    if not others:
        return None if there else _with_place(name, body, previous)
    led = _preposition().search(body[: name.span.start])
    if led is not None:
        after_the_same = _after(led["word"], others, previous)
        if after_the_same:
            return _exchanged(name, after_the_same[0], there, previous)
        if led.start() == 0 and not _may_stand_for(led["word"], others, previous):
            return f"{previous} {body[:1].lower()}{body[1:]}"
    replaced = next((one for one in others if one.kind == name.kind), others[0])
    return _exchanged(name, replaced, there, previous)


def asked_about(body: str, previous: str) -> str | None:
    """ "And about the tanks?": what the question before was about, replaced."""
    own, replaced = topic_with_marker(body), topic_with_marker(previous)
    if own is None or own.start > 0 or replaced is None or not replaced.start:
        return None
    about = f"{body[:1].lower()}{body[1:]}"
    return f"{previous[: replaced.start]}{about}{previous[replaced.end :]}"


def _with_place(name: Name, body: str, previous: str) -> str | None:
    """ "And in Russia?" after a question without names: the same question, asked of there."""
    return f"{previous} {body}" if body[: name.span.start].strip() else None


@cache
def _preposition() -> re.Pattern[str]:
    words = alternatives(conversation_words("prepositions"))
    return re.compile(rf"(?<!\w)(?P<word>{words})\s+(?:the\s+)?$", re.IGNORECASE)


def _after(preposition: str, names: Sequence[Name], text: str) -> list[Name]:
    found = []
    for name in names:
        led = _preposition().search(text[: name.span.start])
        if led is not None and led["word"].casefold() == preposition.casefold():
            found.append(name)
    return found


def _may_stand_for(preposition: str, names: Sequence[Name], text: str) -> bool:
    """Whether a name may be in the place of one of `names` though that has another preposition.

    "And in Spain?" after "What is the capital of France?" asks for Spain's.
    """
    return preposition.casefold() in _PLACES and any(
        _preposition().search(text[: name.span.start]) for name in names
    )


def _exchanged(name: Name, replaced: Name, there: Sequence[Name], previous: str) -> str:
    changed = previous
    for one in reversed(there):
        if one.text.casefold() == replaced.text.casefold():
            new = name.text
        elif one.text.casefold() == name.text.casefold():
            new = replaced.text
        else:
            continue
        changed = f"{changed[: one.span.start]}{new}{changed[one.span.end :]}"
    return changed
