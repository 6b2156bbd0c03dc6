"""From text to the terms of the keyword index; questions and passages go the same way.

Case is folded, Latin letters lose their accents, English and Russian words their endings
(Snowball stemmers, chosen by script). A compound with a number is a term of its own beside its
parts, so that "S-400", "S400" and "COVID-19" are found however they are spelt.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])"  # 1,084  12,500.75
    r"|\d+(?:[.,]\d+)+"  # 3.4  10.30
    r"|(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)"  # U.S.  e.g.
    r"|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"  # written without spaces
    r"|[^\W_]+(?:['’\-‐‑][^\W_]+)*"  # words, Ukraine's, state-owned, S-400
)
_HYPHENS = re.compile(r"[\-‐‑]")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DIGIT = re.compile(r"\d")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")

LONGEST_TERM = 40
"""Longer runs of letters (codes, addresses) are cut: nobody types them in full."""

_local = threading.local()


def terms(text: str) -> list[str]:
    """The terms of a text, in order, repeated as often as they occur."""
    found: list[str] = []
    for token in _TOKEN.findall(_fold(text)):
        found.extend(_terms_of_token(token))
    return found


@lru_cache(maxsize=200_000)
def _terms_of_token(token: str) -> tuple[str, ...]:
    if token[0].isdigit() and "-" not in token and not token.isalnum():
        return (token.replace(",", "") if _THOUSANDS.fullmatch(token) else token.replace(",", "."),)
    if "." in token:
        return (token.replace(".", ""),)
    parts = _HYPHENS.split(token)
    stems = tuple(
        _stem(part) for part in parts if len(part) > 1 or part.isdigit() or len(parts) == 1
    )
    if len(parts) > 1 and _DIGIT.search(token):
        return ("".join(parts)[:LONGEST_TERM], *stems)
    return stems


def _fold(text: str) -> str:
    folded = text.casefold().replace("’", "'").replace("ё", "е")
    if folded.isascii():
        return folded
    return _strip_accents(unicodedata.normalize("NFKC", folded))


def _strip_accents(text: str) -> str:
    """Take marks from Latin letters only: Cyrillic й is a letter, not an и with a breve."""
    if not any("\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff" for letter in text):
        return text
    return "".join(_PLAIN.get(letter) or _plain(letter) for letter in text)


_PLAIN: dict[str, str] = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i"}


def _plain(letter: str) -> str:
    plain = letter
    if "\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff":
        plain = unicodedata.normalize("NFD", letter)[0]
    _PLAIN[letter] = plain
    return plain


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
