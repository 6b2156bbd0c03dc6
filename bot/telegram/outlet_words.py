"""Outlets named in a question as where its answer is to come from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.words.parties import countries_in

_SAYING = (
    "according to", "as reported by", "по данным", "по сообщению", "согласно",
    "за даними", "за повідомленням", "згідно з",
)  # fmt: skip
_FROM = (
    "only from", "from", "только из", "из", "от", "тільки з", "лише з", "з", "із", "від",
)  # fmt: skip
"""What stands before places and things as well: "from the sun" names no outlet."""
_IN = ("in", "by", "в", "у")
"""What stands before times and places as well: "evacuated in time" names no outlet."""


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SOURCE = _any_of(_SAYING)
_ORIGIN = _any_of((*_FROM, *map(str.capitalize, _FROM)))
_PLACE = _any_of((*_IN, *map(str.capitalize, _IN)))
_ARTICLE = r"(?:[Tt]he\s+)?"
_MARK = r"[«»“”„\"']"
_OPEN, _CLOSE = r"[«“„\"']?", r"[»”“\"']?"
_HOST = re.compile(r"([\w-]{3,})(?:\.[a-z]{2,}){1,2}", re.IGNORECASE)
_CYRILLIC = re.compile(r"[а-яіїєґё]{5,}", re.IGNORECASE)
_BEGINNING = 3
_INFLECTED = 2  # letters at the end of a Cyrillic word that its case changes


@dataclass(frozen=True, slots=True)
class TakenOutlet:
    """A text without the outlet that it asks to hear, and that outlet; None where it names none.

    `certain` is whether nothing else can be meant: "from the Sun" may speak of the star.
    """

    text: str
    outlet: str | None = None
    certain: bool = True


def take_outlet(text: str, outlets: Iterable[str]) -> TakenOutlet:
    """Take out the outlet that a text asks to hear; the longest name wins.

    "Reuters: …" and "according to Reuters, …" before the question, "… according to Reuters?"
    after it, in any case of letters; after "from", "in" and "by", and inside the question, with
    the outlet's own capitals only, for an outlet may be called "Time".
    """
    folded = text.casefold()
    likely = [outlet for outlet in outlets if _beginning(outlet) in folded]
    for outlet in sorted(likely, key=len, reverse=True):
        name = rf"{_OPEN}{_ARTICLE}{_name_pattern(outlet)}{_CLOSE}"
        own = rf"{_OPEN}{_ARTICLE}{_own_pattern(outlet)}{_CLOSE}"
        in_it = rf"(?:{_PLACE})\s+{own}"
        from_it = rf"(?:{_ORIGIN})\s+{_from_pattern(outlet)}"
        at_end = rf"(?:(?i:(?:{_SOURCE})\s+{name})|{from_it}|{in_it})"
        inside = rf"(?:(?:{_SOURCE})\s+(?:{name}|{own})|{from_it}|{in_it})"
        match = (
            re.search(rf"^\s*{name}\s*:\s*", text, re.IGNORECASE)
            or re.search(rf"^\s*{at_end}\s*[,:;]\s*", text)
            or re.search(rf"[\s,;(]+{at_end}\)?(?=\s*[?.!]*\s*$)", text)
            or re.search(rf"\s{inside}(?=[\s,])", text)
        )
        if match:
            left = (text[: match.start()] + text[match.end() :]).strip()
            return TakenOutlet(left, outlet, not match.groupdict().get("doubtful"))
    return TakenOutlet(text)


def _from_pattern(outlet: str) -> str:
    """An outlet as it is named after "from", where people, places and things are named too.

    A name of several words, a host and a name in quotation marks mean nothing else, in any case of
    letters. One word with the outlet's own capital may; the name of a state does.
    """
    name, written = _without_article(outlet), _name_pattern(outlet)
    sure = [rf"{_MARK}{_ARTICLE}{written}{_MARK}"]
    if len(name.split()) > 1:
        sure.append(rf"{_ARTICLE}{written}")
    elif _HOST.fullmatch(name):
        sure.append(rf"{re.escape(name)}(?!\w)")
    certain = f"(?i:{'|'.join(sure)})"
    if len(name.split()) > 1 or countries_in(name):
        return certain
    return rf"(?:{certain}|(?P<doubtful>{_ARTICLE}{_own_pattern(outlet)}))"


def _beginning(outlet: str) -> str:
    """A few letters by which most outlets are ruled out: patterns for thousands take seconds."""
    return _without_article(outlet).casefold()[:_BEGINNING]


def _without_article(outlet: str) -> str:
    return re.sub(r"^the\s+", "", outlet.strip(), flags=re.IGNORECASE)


def _name_pattern(outlet: str) -> str:
    """An outlet's name as people write it: without "The" and ".com", in any Cyrillic case."""
    name = _without_article(outlet)
    host = _HOST.fullmatch(name)
    words = [_word_pattern(word) for word in name.split()]
    whole = r"\s+".join(words)
    either = f"(?:{whole}|{re.escape(host[1])})" if host else whole
    return rf"{either}(?!\w)"


def _own_pattern(outlet: str) -> str:
    """An outlet's name with its own capitals; one that has none begins with a capital.

    Of a host ("time.com") the first part is a name only so, the whole in any case of letters.
    """
    name = _without_article(outlet)
    host = _HOST.fullmatch(name)
    if host is None:
        words = [_word_pattern(word) for word in _capitalised(name).split()]
        whole = r"\s+".join(words)
        return rf"{whole}(?!\w)"
    short = _any_of({_capitalised(host[1]), host[1].upper()})
    return rf"(?:(?i:{re.escape(name)})|{short})(?!\w)"


def _capitalised(name: str) -> str:
    return name if name != name.lower() else name[:1].upper() + name[1:]


def _word_pattern(word: str) -> str:
    if not _CYRILLIC.fullmatch(word):
        return re.escape(word)
    return re.escape(word[:-_INFLECTED]) + r"\w{0,3}"
