"""The names in a question, typed with or without capitals."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.article import Span
from retrieval.words.acronyms import is_acronym
from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import words as speech_words
from retrieval.words.word_lists import word_lists

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'.\-‑][^\W_]+)*")
_LINK = re.compile(r"\s+(?:of\s+(?:the\s+)?|de\s+|van\s+|von\s+|al-)?")
_POSSESSIVE = re.compile(r"[’']s$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a question, without its possessive ending."""

    text: str
    span: Span
    kind: Literal["state", "person", "other"]


@cache
def conversation_words(name: str) -> frozenset[str]:
    """One of the word lists of `conversation_words`."""
    return frozenset(word_lists("conversation_words")[name])


def is_stop_word(word: str) -> bool:
    """Whether a word asks or binds rather than says something."""
    return word.casefold() in conversation_words("stop")


def content_words(text: str) -> list[str]:
    """The words of a question that say something, casefolded."""
    return [word.casefold() for word in _WORD.findall(text) if not is_stop_word(word)]


def says_something(text: str) -> bool:
    """Whether a text has words of its own besides those of courtesy: not "hi", "?", "thanks"."""
    return not conversation_words("courtesy").issuperset(content_words(text))


def names_in(text: str, known_names: Collection[str] = ()) -> list[Name]:
    """Names in order. Words that ask ("What") are none; states are known in any case."""
    known = {name.casefold() for name in known_names}
    shouted = text.isupper()
    found: list[Name] = []
    for match in _WORD.finditer(text):
        plain = _POSSESSIVE.sub("", match.group())
        if not _is_name(plain, known) and (shouted or not is_acronym(plain)):
            continue
        span = Span(match.start(), match.start() + len(plain))
        last = found[-1] if found else None
        if last is not None and plain[0].isupper() and last.text[0].isupper():
            gap = text[last.span.end : span.start]
            both = country_named(last.text) is not None and country_named(plain) is not None
            if _LINK.fullmatch(gap) and not both:
                whole = Span(last.span.start, span.end)
                found[-1] = Name(whole.of(text), whole, _kind(whole.of(text)))
                continue
        found.append(Name(plain, span, _kind(plain)))
    return found


def _is_name(word: str, known: Collection[str]) -> bool:
    folded = word.casefold()
    if is_stop_word(word) or folded in conversation_words("asking"):
        return False
    if word[0].isupper():
        return folded not in speech_words("calendar")
    if folded in known:
        return True
    return folded not in conversation_words("ambiguous_lower_case") and (
        country_named(word) is not None
    )


def _kind(name: str) -> Literal["state", "person", "other"]:
    if country_named(name) is not None:
        return "state"
    parts = {part.casefold() for part in name.split()}
    if parts & speech_words("organisations") or not 1 <= len(parts) <= 3 or name.isupper():
        return "other"
    return "person"
