"""What the turn before was about, put behind a question that is too short to be about anything."""

from __future__ import annotations

import re

from retrieval.conversation.turn_base import is_cyrillic
from retrieval.conversation.turn_focus import focus_of, is_past, noun_of
from retrieval.conversation.turn_topic import as_clause, topic_of
from retrieval.words.turn_names import content_words, conversation_words, is_stop_word

_UKRAINIAN = re.compile(r"[іїєґ]|(?<!\w)(?:хто|де|коли|чому)(?!\w)", re.IGNORECASE)
_OF_ONE_THING = re.compile(
    r"why\s+(?:is|are|was|were)(?!\w)"
    r"|how\s+(?!many(?!\w)|much(?!\w))\w+\s+(?:do|does|did|is|are|was|were|has|have|had|will|can)(?!\w)",
    re.IGNORECASE,
)
_COUNTING = re.compile(r"how\s+(?:many|much)(?!\w)", re.IGNORECASE)
_COUNTED = re.compile(r"how\s+many\s+(?P<what>[^\W\d_]+)\s+\w", re.IGNORECASE)
_AUXILIARIES = frozenset({"do", "does", "did", "is", "are", "was", "were", "has", "have", "had"})


def regarding(body: str, previous: str) -> str:
    """ "Who scored, regarding the National Cup": a question with what the one before was about."""
    topic = topic_of(previous)
    matter = topic.of(previous) if topic else as_clause(previous)
    if matter is None:
        matter = noun_of(previous) or _matter(previous)
    return f"{body}, {_word_for_regarding(body)} {matter}"


def those_counted(question: str) -> str | None:
    """ "people evacuated from Halvern" of "How many people were evacuated from Halvern"."""
    counted = _COUNTED.match(question)
    return None if counted is None or is_past(counted["what"]) else _matter(question)


def _word_for_regarding(body: str) -> str:
    """In the language of the question, so far as its letters tell it."""
    if not is_cyrillic(body):
        return "regarding"
    return "щодо" if _UKRAINIAN.search(body) else "насчёт"


def _matter(previous: str) -> str:
    """The question before without the words that ask, nor what happened to those counted.

    "the fire" is left of "How many died in the fire", "bread cost" of "How much does bread cost".
    """
    if _OF_ONE_THING.match(previous) and (focus := focus_of(previous)):
        return focus
    parts = previous.split()
    counts = bool(_COUNTING.match(previous))
    parts = _without_opening(parts)
    if counts and parts and is_past(parts[0]) and content_words(" ".join(parts[1:])):
        parts = _without_opening(parts[1:])
    if len(parts) > 1 and parts[-1].casefold() in conversation_words("saying"):
        parts = parts[:-1]
    return " ".join(part for part in parts if part.casefold() not in _AUXILIARIES)


def _without_opening(parts: list[str]) -> list[str]:
    """Without the words that say nothing, but with the article of the first that does."""
    place = 0
    while place < len(parts) and (
        is_stop_word(parts[place].strip(",")) or _is_happening(parts[place])
    ):
        place += 1
    if place and parts[place - 1].casefold() in {"the", "a", "an"}:
        place -= 1
    return parts[place:]


def _is_happening(word: str) -> bool:
    return word.casefold() in conversation_words("happening")
