"""The words, marks and quotations of a sentence, and which of the words can be names."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from corpus.article import Span
from retrieval.words.word_lists import alternatives, irregular_verbs, word_lists

LONGEST_SENTENCE = 2000
"""So many characters of a sentence are read; what is longer is a table that lost its lines."""


class Token(NamedTuple):
    """A word, a punctuation mark, or a whole quotation ("\\0"), with its place in the text."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """In lower case."""
        return self.text.lower()

    @property
    def is_word(self) -> bool:
        """Neither a mark nor a quotation."""
        return self.text[0].isalnum()

    @property
    def is_quotation(self) -> bool:
        """A quotation as a whole."""
        return self.text[0] == "\0"


_ENDS_SAID = re.compile(r"[,.?!…—–-]\W?$")


def ends_said(text: str, quotation: Token) -> bool:
    """Whether a quotation ends as what somebody said does, and not as a title: “…,” he said."""
    return bool(_ENDS_SAID.search(text[quotation.start : quotation.end]))


@cache
def words(name: str) -> frozenset[str]:
    """One of the word lists of `speech_words`."""
    return frozenset(word_lists("speech_words")[name])


@cache
def _token_pattern() -> re.Pattern[str]:
    abbreviations = alternatives(word for word in words("titles") if word.endswith("."))
    return re.compile(
        rf"\0+|(?<!\w)(?i:{abbreviations})|(?:[^\W\d_]\.){{1,4}}(?=\s+[^\W\d_]|[^\W\d_]|\s*,)"
        r"|[^\W_]+(?:[’'&./\-‑][^\W_]+)*\+?|n[’']t\b|[^\w\s]"
    )


def tokens_of(masked_text: str, span: Span) -> list[Token]:
    """Tokens of one sentence, as far as it is read; places are those of the whole text."""
    end = min(span.end, span.start + LONGEST_SENTENCE)
    return [
        Token(match.group(), match.start(), match.end())
        for match in _token_pattern().finditer(masked_text, span.start, end)
    ]


_ACRONYMS = frozenset({"WHO"})


def is_acronym(token: Token) -> bool:
    """The name of a body that is an ordinary word in small letters: the WHO."""
    return token.text in _ACRONYMS


def is_name_word(token: Token) -> bool:
    """A capitalised word that is no ordinary opener, weekday or month, nor "London-based"."""
    return (
        token.text[0].isupper()
        and not _ADJECTIVE.search(token.text)
        and (token.lower not in words("not_names") or is_acronym(token))
        and token.lower not in words("calendar")
    )


POSSESSIVE = re.compile(r"[’']s$")
GENITIVE = re.compile(r"[’']s?$")
"""Of the plural as well: "Berg’s", "the Bergs’"."""

_ADJECTIVE = re.compile(r"[-‑][a-z]+$")


def is_possessive(token: Token) -> bool:
    """ "Oslo’s", and also "boys’"."""
    return token.lower.endswith(("'s", "’s", "s’", "s'"))


_NOUNS_IN_LY = frozenset(
    {
        "family",
        "assembly",
        "ally",
        "monopoly",
        "supply",
        "reply",
        "bully",
        "anomaly",
        "fly",
        "belly",
    }
)


def is_adverb(token: Token) -> bool:
    """ "clearly", "independently", and no "family"."""
    lower = token.lower
    return token.text[0].islower() and lower.endswith("ly") and lower not in _NOUNS_IN_LY


def is_past_form(token: Token) -> bool:
    """A verb of what somebody did: "promised", "won", "has"."""
    lower = token.lower
    if not token.text[0].islower():
        return False
    return lower in words("verb_forms") or lower in irregular_verbs() or lower.endswith("ed")
