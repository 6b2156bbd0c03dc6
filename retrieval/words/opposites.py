"""Words that say the contrary of one another: a text that has one of them in the other's stead.

Converses are no opposites: what was sold to somebody, somebody bought.
"""

from __future__ import annotations

import re
from functools import cache

from retrieval.words.question_terms import term_set
from retrieval.words.word_lists import word_lists

_NO_COMMON_WORDS = re.compile(
    r"(?<=[\w,;:’'\"”)–—-]\s)[A-ZÀ-ÖØ-Þ][\w’'.-]*"
    r"|(?i:\bhow\s+(?:old|long)\b|\b(?:year|month|week|day)s?[-\s]olds?\b"
    r"|\blast(?:s|ed|ing)?(?=\s*[?]|\s+(?:for|until|till|longer|beyond|through)\b))"
)
"""Names within a sentence, ages, and the verb "to last"."""


def tells_contrary(question: str, sentence: str) -> bool:
    """Whether a sentence has an opposite of a word of the question, and not that word.

    A question that names both ("rise or fall") leaves open which. Words of names count on neither
    side ("North Korea", "New York"), nor does how old or how long something is.
    """
    wanted, told = term_set(_common_words(question)), term_set(sentence)
    against = term_set(_common_words(sentence))
    return any(
        term not in told and not wanted & opposites()[term] and against & opposites()[term]
        for term in wanted & opposites().keys()
    )


def _common_words(text: str) -> str:
    return _NO_COMMON_WORDS.sub(" ", text)


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Terms of the keyword index by the terms of their opposites."""
    found: dict[str, frozenset[str]] = {}
    for one, other in word_lists("opposites")["pairs"]:
        for term, against in ((one, other), (other, one)):
            for base in term_set(term):
                found[base] = found.get(base, frozenset()) | term_set(against)
    return found
