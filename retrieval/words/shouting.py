"""Questions in capitals throughout, which mean what they say in small letters.

Where all is shouted no word is a name by its capitals; the states are known without them.
"""

from __future__ import annotations

import re

from retrieval.words.parties import country_named
from retrieval.words.question_language import language_of
from retrieval.words.turn_names import conversation_words, is_stop_word

LONGEST_ACRONYM_OF_A_STATE = 3
"""Letters: the UK, the UAE."""

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def unshouted(question: str) -> str:
    """The question in small letters where it is all in capitals; unchanged where it is not.

    Acronyms alone ("NATO EU") shout nothing, and "the WHO" stays one.
    """
    if not question.isupper():
        return question
    words = _WORD.findall(question)
    says_little = not any(is_stop_word(word) for word in words) and language_of(question) is None
    if len(words) < 2 or says_little:
        return question
    plain = _WORD.sub(lambda match: _plain(question, match), question)
    first = _WORD.search(plain)
    start = first.start() if first else 0
    return f"{plain[:start]}{plain[start : start + 1].upper()}{plain[start + 1 :]}"


def _plain(question: str, match: re.Match[str]) -> str:
    word = match.group()
    if is_stop_word(word) or word.casefold() in conversation_words("ambiguous_lower_case"):
        # "The WHO", "in the US": no pronoun follows an article.
        return word if question[: match.start()].endswith("THE ") else word.lower()
    if country_named(word) is None:
        return word.lower()
    return word if len(word) <= LONGEST_ACRONYM_OF_A_STATE else word.capitalize()
