"""Whether two spellings are one name: "Лукашенко" and "Lukashenko", "Halloran" and "Халлоран".

What stays the same from script to script and from case to case are the consonants, roughly. A
name's skeleton is its classes of consonants, without doubles, and whether it opens with a vowel.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from retrieval.words.parties import countries_in
from retrieval.words.question_language import language_of
from retrieval.words.question_terms import CAPITALISED, names_as_written
from retrieval.words.state_names import states_in

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")

_CLASSES = (
    "shch S,sch S,tch K,sh S,ch K,kh H,zh S,ts K,tz K,th T,ph F,ck K,gh H,qu KV,dj S,"
    "b B,c K,d T,f F,g H,h H,j S,k K,l L,m M,n N,p P,q K,r R,s S,t T,v V,w V,x KS,z S,"
    "а ,б B,в V,г H,ґ H,д T,дж S,ж S,з S,й ,к K,кс KS,л L,м M,н N,п P,р R,с S,т T,ф F,х H,ц K,ч K,"
    "ш S,щ S,ў V"
)
"""Sounds that scripts and languages write differently are one class: г is g or h, ц is ts or c."""

_SOUND = dict(pair.split(" ") for pair in _CLASSES.split(","))
_SOUNDS = re.compile("|".join(sorted(_SOUND, key=len, reverse=True)))
_SILENT = re.compile("(?<=[aeiou])h(?=[bcdfgklmnpqrstvwxz])")  # Johnson
_VOWEL = re.compile("[aeiouyаеёиіїоуыэюяє]")
_DOUBLES = re.compile(r"(.)\1+")

SHORTEST_SKELETON = 2
"""Of a single sound anything might be a name."""

SHORTEST_WITHIN_A_SCRIPT = 3
"""Two languages of one script mostly spell a name alike; less in common is chance."""

NOUNS_IN_CAPITALS = frozenset({"de"})
BY_CLDR = frozenset({"de", "fr", "es"})
"""Languages whose names of states are not among those of `retrieval.words.parties`."""


@lru_cache(maxsize=8192)
def skeleton(name: str) -> str:
    """The consonants of a name by class, after v where a vowel opens it; digits as they are."""
    folded = _SILENT.sub("", name.casefold())
    if folded.isdigit():
        return folded
    opening = "v" if _VOWEL.match(folded) else ""
    return opening + _DOUBLES.sub(r"\1", "".join(_SOUND[s] for s in _SOUNDS.findall(folded)))


def sound_alike(one: str, other: str) -> bool:
    """Whether two words, in different scripts, may be one name.

    A consonant more at the end of the one in Cyrillic may be that of its case ("Ковачем").
    """
    if bool(_CYRILLIC.search(one)) == bool(_CYRILLIC.search(other)):
        return False
    first, second = skeleton(one), skeleton(other)
    inflected, plain = (first, second) if _CYRILLIC.search(one) else (second, first)
    if len(plain) < SHORTEST_SKELETON:
        return False
    return inflected == plain or (inflected[:-1] == plain and inflected[-1] in "MVH")


def spelled_alike(one: str, other: str) -> bool:
    """Whether two words in Latin letters may be one name: "Boulègue" and "Boulegue"."""
    if _CYRILLIC.search(one) or _CYRILLIC.search(other):
        return False
    first, second = skeleton(_plain(one)), skeleton(_plain(other))
    return first == second and len(first) >= SHORTEST_WITHIN_A_SCRIPT


@lru_cache(maxsize=8192)
def _plain(word: str) -> str:
    """A word without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def names_missing_across(question: str, text: str) -> float:
    """Share (0 to 1) of a question's names that a text in another language does not hold.

    A state is held in any of its names, a number in figures, any other name as it sounds. The
    first word of a question is capitalised whatever it is, and not counted. NaN where capitals do
    not tell names, as in German.
    """
    asked_in = language_of(question)
    if asked_in in NOUNS_IN_CAPITALS:
        return math.nan
    names = list(names_as_written(question))
    if not names:
        return 0.0
    held, states = _held(text)
    known = {
        word: state
        for written, state in _states_named(question, asked_in)
        for word in written.split()
    }
    missing = [
        name
        for name in names
        if name not in held
        and known.get(name) not in states
        and not states.intersection(countries_in(name))
        and not any(sound_alike(name, other) or spelled_alike(name, other) for other in held)
    ]
    return len(missing) / len(names)


def _states_named(text: str, language: str | None) -> list[tuple[str, str]]:
    return states_in(text, language) if language in BY_CLDR else []


@lru_cache(maxsize=1024)
def _held(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The capitalised words and the figures of a text, and the states it names."""
    held = frozenset(match.group() for match in CAPITALISED.finditer(text))
    named = (state for _, state in _states_named(text, language_of(text)))
    return held, frozenset([*countries_in(text), *named])
