"""Whom a sentence tells of instead of the one that a question asks about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.keywords import terms
from retrieval.attribution.speakers import Attribution
from retrieval.words.capitals import NOUNS_ARE_CAPITALISED
from retrieval.words.parties import countries_in, country_named
from retrieval.words.sentence_tokens import words as speech_words
from retrieval.words.turn_names import Name, names_in

_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s+$")
_LONGEST_WORD = 24
_COMMON = ("speakers", "callings", "documents", "organisations", "settlements", "not_names")
_ARTICLES = frozenset({"the", "a", "an"})
_JOINS = frozenset({"by", "and", "or", "but", "nor", "than", "like", "because", "including"})
_NUMBERS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
    | {"dozens", "hundreds", "thousands", "millions", "people"}
)


def rivals_named(
    question: str, text: str, who: Attribution | None, language: str | None = None
) -> frozenset[str]:
    """The names of a sentence, as stems, that may stand for the first name of the question.

    None where that name is in it, or where the question has none. What stands after a preposition
    or an article rivals only what does so in the question: "in Italy" is no rival of Ford, which
    Stellantis is. Nor is who speaks in it: anybody may tell of Ford.
    """
    subject = next(iter(names_in(question)), None)
    if language in NOUNS_ARE_CAPITALISED or subject is None or _tells_of(text, subject.text):
        return frozenset()
    speaker = terms(f"{who.speaker} {who.role} {who.body}") if who else []
    bound = _is_bound(question, subject)
    named = (
        term
        for name in _rivals(text)
        if _is_bound(text, name) == bound
        for term in terms(name.text)
    )
    return frozenset(named).difference(speaker)


def _tells_of(text: str, subject: str) -> bool:
    """Whether a text has a word of a name, or the state that it stands for in other words."""
    state = country_named(subject)
    if state is not None and state in countries_in(text):
        return True
    return not frozenset(terms(subject)).isdisjoint(terms(text))


def _rivals(text: str) -> Iterator[Name]:
    """The names of a text, but for a common word that has its capital from opening it."""
    for name in names_in(text):
        if text[: name.span.start].strip("“”\"'«»‘’ ") or name.text.casefold() not in _openers():
            yield name


@cache
def _openers() -> frozenset[str]:
    return _NUMBERS.union(*(speech_words(group) for group in _COMMON))


def _is_bound(text: str, name: Name) -> bool:
    """Whether a preposition or an article stands right before a name."""
    first = max(0, name.span.start - _LONGEST_WORD)
    before = _WORD_BEFORE.search(text, first, name.span.start)
    word = before[1].casefold() if before else ""
    return word not in _JOINS and (word in speech_words("prepositions") or word in _ARTICLES)
