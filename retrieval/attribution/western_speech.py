"""Attribution in German, French and Spanish: "sagte X", "X a déclaré", "según X"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpus.article import Span
from retrieval.attribution.mentions import Kind, Mention
from retrieval.words.sentence_tokens import Token
from retrieval.words.word_lists import by_word, word_lists

if TYPE_CHECKING:
    from retrieval.attribution.speech_verbs import Polarity

LONGEST_PHRASE = 9
PARTICLE_REACH = 14
"""Words after "teilte" among which its "mit" stands."""

PRONOUNS = frozenset({"er", "sie", "il", "elle", "ils", "elles", "él", "ella", "ellos", "ellas"})
LONG_WORD = 12
"""Letters from which a capital word before two others is taken for a calling."""

_PREPOSITIONS = frozenset({"von", "zu", "de", "du", "del", "des", "vom", "à"})
_GENITIVES = frozenset({"der", "des", "du", "del"})
_MAY_FOLLOW_A_NAME = frozenset(
    {"ministre", "ministra", "ministro", "von", "van", "zu", "der", "des", "de", "du", "del", "la"}
    | {"y", "et", "und"}
)
_LEADS = frozenset(
    {"und", "et", "y", "aber", "mais", "pero", "wie", "comme", "como", "ahora", "ayer", "hoy"}
    | {"también", "además", "alors", "ainsi"}
)
_INVERTED = re.compile(r"(?P<verb>.+?)-(?:t-)?(?P<pronoun>ils?|elles?)$")


def western_speech(text: str, tokens: Sequence[Token]) -> Iterator[tuple[Mention, Polarity]]:
    """Speakers of a German, French or Spanish sentence, in order."""
    for place, token in enumerate(tokens):
        inverted = _INVERTED.match(token.lower)
        said = _said(tokens, place, inverted["verb"] if inverted else token.lower)
        if said is not None:
            polarity, first = said
            mention = (
                _pronoun(token, inverted["pronoun"])
                if inverted
                else _before(text, tokens, first) or _inverted(text, tokens, first, place)
            )
            if mention is not None:
                yield mention, polarity
        source = _source(text, tokens, place)
        if source is not None:
            yield source, "says"


@cache
def western_cues() -> frozenset[str]:
    """Words without which nobody is said to speak there: "affirme" of "affirme-t-il"."""
    return frozenset(
        {*_verbs(), *_participles(), *_lists("with_particle"), *_lists("sources")}
        | {phrase.split()[0] for phrase in _lists("long_sources")}
        | {*_lists("after_source"), "dit"}
    )


@cache
def _lists(name: str) -> frozenset[str]:
    return frozenset(word_lists("western_speech")[name])


@cache
def _title_endings() -> tuple[str, ...]:
    return tuple(word_lists("western_speech")["title_endings"])


@cache
def _body_endings() -> tuple[str, ...]:
    return tuple(word_lists("western_speech")["body_endings"])


@cache
def _verbs() -> dict[str, Polarity]:
    return by_word(word_lists("western_speech")["verbs"])  # type: ignore[return-value]


@cache
def _participles() -> dict[str, Polarity]:
    return by_word(word_lists("western_speech")["participles"])  # type: ignore[return-value]


def _said(tokens: Sequence[Token], place: int, word: str) -> tuple[Polarity, int] | None:
    """How the word at `place` says something, and the token that its verb starts with."""
    if not tokens[place].text[0].islower():
        return None  # "Versicherte" are insured
    if word in _verbs() or (word == "dit" and "-" in tokens[place].text):
        return _verbs().get(word, "says"), place
    before = tokens[place - 1].lower if place else ""
    if word in _participles():
        inverted = _INVERTED.match(before)
        auxiliary = inverted["verb"] if inverted else before
        return (_participles()[word], place - 1) if auxiliary in _lists("auxiliaries") else None
    particle = word_lists("western_speech")["with_particle"].get(word)
    following = [token.lower for token in tokens[place + 1 : place + 1 + PARTICLE_REACH]]
    if particle is not None and particle[0] in following:
        polarity: Polarity = particle[1]
        return polarity, place
    return None


def _source(text: str, tokens: Sequence[Token], place: int) -> Mention | None:
    """Whom "laut", "nach Angaben der", "selon" or "zufolge" at `place` names."""
    if tokens[place].lower in _lists("after_source"):
        return _before(text, tokens, place)
    for count in (4, 3):
        phrase = " ".join(token.lower for token in tokens[place : place + count])
        if phrase in _lists("long_sources"):
            return _after(text, tokens, place + count)
    if tokens[place].lower not in _lists("sources"):
        return None
    # "selon" within a clause is "depending on".
    if tokens[place].lower != "laut" and place and tokens[place - 1].is_word:
        return None
    return _after(text, tokens, place + 1)


def _pronoun(token: Token, word: str) -> Mention:
    start = token.end - len(word)
    return Mention(token.text[-len(word) :], Span(start, token.end), "pronoun")


def _before(text: str, tokens: Sequence[Token], verb: int) -> Mention | None:
    """The subject between the beginning of its clause and the verb, where it stands there."""
    last = verb - 1
    if last >= 0 and tokens[last].text == ")":
        while last >= 0 and tokens[last].text != "(":
            last -= 1
        last -= 1
    if last >= 0:
        inverted = _INVERTED.match(tokens[last + 1].lower)
        if inverted and inverted["verb"] in _lists("auxiliaries"):
            return _pronoun(tokens[last + 1], inverted["pronoun"])
    start = last + 1
    while start > 0 and tokens[start - 1].is_word:
        start -= 1
    phrase = tokens[start : last + 1]
    while len(phrase) > 1 and phrase[0].lower in _LEADS:
        phrase = phrase[1:]
    if not phrase or len(phrase) > LONGEST_PHRASE:
        return None
    if len(phrase) == 1 and phrase[0].lower in PRONOUNS:
        return Mention(phrase[0].text, Span(phrase[0].start, phrase[0].end), "pronoun")
    if any(token.lower in _lists("stops") for token in phrase) or _has_a_verb(phrase):
        return None
    return _named(text, phrase)


def _has_a_verb(phrase: Sequence[Token]) -> bool:
    """Whether a lower-case word follows a capital one, or a second article comes: a clause."""
    return any(
        (_is_name(before) and not _is_name(token) and token.lower not in _MAY_FOLLOW_A_NAME)
        or (_is_determiner(token) and token.lower not in _lists("joining"))
        for before, token in itertools.pairwise(phrase)
    )


def _inverted(text: str, tokens: Sequence[Token], first: int, verb: int) -> Mention | None:
    """The subject after a verb; none where the verb only goes on: "left and says"."""
    if first and tokens[first - 1].lower in {"und", "oder", "et", "ou", "y", "o"}:
        return None
    return _after(text, tokens, verb + 1)


def _after(text: str, tokens: Sequence[Token], start: int) -> Mention | None:
    """The noun phrase that starts at token `start`."""
    if start < len(tokens) and tokens[start].lower in PRONOUNS:
        return Mention(tokens[start].text, Span(tokens[start].start, tokens[start].end), "pronoun")
    end = start
    while end < len(tokens) and end - start < LONGEST_PHRASE and tokens[end].is_word:
        lower = tokens[end].lower
        if lower in _lists("stops") or _is_finite(lower) or lower[0].isdigit():
            break
        if lower == "von" and end + 1 < len(tokens) and _is_determiner(tokens[end + 1]):
            break
        named = end > start and _is_name(tokens[end - 1])
        if named and not _is_name(tokens[end]) and lower not in _lists("joining"):
            break  # "laut Polizei verletzt"
        end += 1
    while end > start and tokens[end - 1].lower in _lists("joining"):
        end -= 1
    return _named(text, tokens[start:end])


def _is_finite(word: str) -> bool:
    return word in _verbs() or word in _lists("auxiliaries")


def _is_determiner(token: Token) -> bool:
    return token.lower in _lists("determiners")


def _is_name(token: Token) -> bool:
    return (
        token.text[0].isupper()
        and token.lower not in _lists("determiners")
        and token.lower not in _lists("calendar")
        and token.lower not in _lists("stops")
    )


def is_western_title(token: Token) -> bool:
    """Whether a German, French or Spanish word says what the person named after it is."""
    return token.lower in _lists("titles") or token.lower.endswith(_title_endings())


def opens_a_clause(name: Sequence[Token]) -> bool:
    """Whether capital words begin with one that is no part of a name: "Laut Lindum", "Ahora Lund",
    or a calling before two names."""
    first = name[0].lower
    if first in _lists("openers"):
        return True
    return len(name) == 3 and "-" in name[0].text


def _is_body(token: Token) -> bool:
    return token.lower in _lists("bodies") or token.lower.endswith(_body_endings())


def _named(text: str, phrase: Sequence[Token]) -> Mention | None:
    """The name at the end of a phrase with what stands before it as the role, or a description.

    German writes all nouns with a capital: only two such words on end are taken for a person's.
    """
    if not phrase or phrase[0].lower in _PREPOSITIONS:
        return None
    first = len(phrase)
    while first > 0 and _belongs(phrase, first - 1):
        first -= 1
    while first < len(phrase) and (is_western_title(phrase[first]) or not _is_name(phrase[first])):
        first += 1
    names = phrase[first:]
    titled = first > 0 and is_western_title(phrase[first - 1])
    opened = _is_determiner(phrase[0])
    if first > 1 and phrase[first - 1].lower in _GENITIVES:
        return _described(text, phrase)
    if len(names) > 3 or (len(names) == 3 and _is_compound(names[0])):
        names = names[len(names) - 2 :]
    if not names or (len(names) == 1 and opened and not titled):
        return _described(text, phrase) if opened and _ends_in_noun(phrase) else None
    span = Span(names[0].start, names[-1].end)
    kind: Kind = "person" if titled or len(names) > 1 else "unknown"
    if any(map(_is_body, names)):
        kind = "organisation"
    opening = phrase[1:] if opened else phrase
    role = text[opening[0].start : span.start].strip() if opening else ""
    return Mention(span.of(text), span, kind, role)


def _belongs(phrase: Sequence[Token], place: int) -> bool:
    """Whether a word can stand within a name: "von" only between two capitals."""
    if _is_name(phrase[place]):
        return True
    joins = phrase[place].lower in {"von", "van", "zu", "de", "du", "la", "del"}
    after = place + 1 < len(phrase) and _is_name(phrase[place + 1])
    return joins and after and place > 0 and _is_given_name(phrase, place - 1)


def _is_given_name(phrase: Sequence[Token], place: int) -> bool:
    """Whether the word before "von" is a name itself, and no office: "der Chef von Lindum"."""
    known = is_western_title(phrase[place]) or _is_body(phrase[place])
    return _is_name(phrase[place]) and not known and not _is_determiner(phrase[0])


def _is_compound(word: Token) -> bool:
    """ "Tennis-Olympiasieger", "Arbeitsrechtlerin": what somebody is, in one long word."""
    return "-" in word.text or len(word.text) >= LONG_WORD


def _ends_in_noun(phrase: Sequence[Token]) -> bool:
    last = phrase[-1]
    return len(phrase) > 1 and last.text[0].isalpha() and not last.lower.endswith("lich")


def _described(text: str, phrase: Sequence[Token]) -> Mention:
    shown = phrase[1:] if phrase[0].lower in _lists("indefinite") else phrase
    span = Span(shown[0].start, shown[-1].end)
    return Mention(span.of(text), span, "description", span.of(text))
