"""From text to the terms of the keyword index; questions and passages go the same way.

Letters are folded (see `folding`), English and Russian words lose their endings (Snowball
stemmers, chosen by script), French and Italian ones the article or pronoun before an apostrophe.
A compound with a number is a term of its own beside its parts, so that "S-400", "S400" and
"COVID-19" are found however they are spelt.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache
from itertools import chain

import Stemmer

from index.folding import MARKS_IN_WORDS, fold


def _tokens(letters: str, first: str = "") -> re.Pattern[str]:
    return re.compile(
        first + r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])"  # 1,084  12,500.75
        r"|\d+(?:[.,]\d+)+"  # 3.4  10.30
        r"|(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)"  # U.S.  e.g.
        r"|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"  # written without spaces
        rf"|{letters}(?:['’\-‐‑]{letters})*"  # words, Ukraine's, state-owned, S-400
    )


# Most words of a text, tried before all else: no other kind of token starts with two letters.
_ASCII_TOKEN = _tokens("[a-z0-9]+", r"[a-z][a-z0-9]+(?:['\-][a-z0-9]+)*|")
# Letters, and between or after them the marks that their script cannot do without.
_TOKEN = _tokens(rf"[^\W_]+(?:[{MARKS_IN_WORDS}][^\W_]*)*")
_HYPHENS = re.compile(r"[\-‐‑]")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DIGIT = re.compile(r"\d")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ELISION = re.compile(
    r"(?:^|(?<=[\-‐‑]))"
    r"(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu"  # French
    r"|(?:a|be|co|da|de|ne|que|su)ll|(?:a|da|de|ne|su)?gl|un|quest|sant)"  # Italian
    r"'(?=[aeiouyhæœ\d])"
)

LONGEST_TERM = 40
"""Longer runs of letters (codes, addresses) are cut: nobody types them in full."""

TERM_RULES = 2
"""The version of what terms a text gives: raised where words stored before would not be found."""

SATURATION = 1.2
LENGTH_WEIGHT = 0.75
"""The constants of BM25, as in Robertson and Zaragoza, "The Probabilistic Relevance Framework"
(2009); each store ranks by them."""

_local = threading.local()


def terms(text: str) -> list[str]:
    """The terms of a text, in order, repeated as often as they occur."""
    folded = fold(text if text.isascii() else _plain_marks(text))
    pattern = _ASCII_TOKEN if folded.isascii() else _TOKEN
    # Without a step of the interpreter for each word: every sentence that may answer comes by here.
    return list(chain.from_iterable(map(_terms_of_token, pattern.findall(folded))))


def _plain_marks(text: str) -> str:
    """Quotation marks and dashes, which no term holds, as one of ASCII: most texts that are not
    ASCII are so for these alone, and ASCII is read twice as fast."""
    for mark in "“”‘–—":
        text = text.replace(mark, '"')
    return text.replace("…", "...")


@lru_cache(maxsize=200_000)
def _terms_of_token(token: str) -> tuple[str, ...]:
    if token[0].isdigit() and "-" not in token and not token.isalnum():
        return (token.replace(",", "") if _THOUSANDS.fullmatch(token) else token.replace(",", "."),)
    if "." in token:
        return (token.replace(".", ""),)
    parts = _HYPHENS.split(_ELISION.sub("", token) if "'" in token else token)
    stems = tuple(
        _stem(part) for part in parts if len(part) > 1 or part.isdigit() or len(parts) == 1
    )
    if len(parts) > 1 and _DIGIT.search(token):
        return ("".join(parts)[:LONGEST_TERM], *stems)
    return stems


def _stem(word: str) -> str:
    if len(word) > LONGEST_TERM:
        return word[:LONGEST_TERM]
    if _DIGIT.search(word):
        return word.replace("'", "")
    language = "russian" if _CYRILLIC.search(word) else "english"
    stem: str = _stemmer(language).stemWord(word)
    return stem.replace("'", "") or word


def _stemmer(language: str) -> Stemmer.Stemmer:
    """A stemmer is not safe to share between threads, so each thread has its own."""
    stemmers: dict[str, Stemmer.Stemmer] = _local.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(language, 0)
    return stemmers[language]
