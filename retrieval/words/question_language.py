"""The language of a question, told by its letters and the little words in it.

Statistical identifiers need more text than a question has; the words that ask and bind do not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.article import Article

_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OWN_LETTERS = (("uk", frozenset("іїєґ")), ("be", frozenset("ў")), ("ru", frozenset("ыэъё")))
_LITTLE_WORDS = {
    "ru": "что кто где когда почему зачем сколько какой какая какие это был было",
    "uk": "що хто де коли чому скільки який яка це був було та й",
    "en": "was what who where when why how which did does do is are were the of and has have",
    "de": "was wer wo wann warum wie welche welcher der die das ein eine ist sind war hat und",
    "fr": "qui que quoi où quand pourquoi comment combien quel quelle le la les une est et",
    "es": "qué quién dónde cuándo cómo cuánto cuántos cuál el los las una es son por y",
}
LONGEST_SAMPLE = 400


@lru_cache(maxsize=4096)
def language_of(text: str) -> str | None:
    """ISO 639-1 code of a short text; None where its letters and words do not say."""
    sample = text[:LONGEST_SAMPLE].casefold()
    cyrillic = _is_cyrillic(sample)
    if cyrillic:
        for language, letters in _OWN_LETTERS:
            if letters & set(sample):
                return language
    found = set(_WORD.findall(sample))
    known = ("ru", "uk") if cyrillic else ("en", "de", "fr", "es")
    counts = sorted(
        ((len(found.intersection(_LITTLE_WORDS[one].split())), one) for one in known), reverse=True
    )
    if counts[0][0] > counts[1][0]:
        return counts[0][1]
    return "ru" if cyrillic else None


def _is_cyrillic(sample: str) -> bool:
    return len(_CYRILLIC.findall(sample)) > len(_LATIN.findall(sample))


def is_foreign(question: str, article: Article) -> bool:
    """Whether an article is in another language than a question; False where that is unclear."""
    asked = language_of(question)
    if asked is None:
        return False
    if article.language is not None:
        return article.language != asked
    return _is_cyrillic(article.text[:LONGEST_SAMPLE]) != _is_cyrillic(question[:LONGEST_SAMPLE])
