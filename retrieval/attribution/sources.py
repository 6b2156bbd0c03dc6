"""Whom or what "according to" names: people, bodies, and documents with whoever made them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.article import Span
from retrieval.attribution.following_mentions import mention_after
from retrieval.attribution.mentions import Mention, calls
from retrieval.attribution.opening_subjects import is_plain_noun
from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import Token, is_acronym, is_name_word, is_past_form, words

LONGEST_SOURCE = 8
MAKER_REACH = 6
"""Words between a document and who made it: "a poll released last week by Quill"."""

_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "this", "that", "one"})
_MARKS = frozenset({"’s", "'s", "&", "’", "'"})
_MADE = frozenset(
    {"released", "published", "conducted", "compiled", "collected", "issued", "written", "filed"}
    | {"made", "gathered", "provided", "prepared", "maintained", "out"}
)
_KINDS = ("speakers", "documents", "organisations", "titles", "callings", "settlements")


def source_after(text: str, tokens: Sequence[Token], start: int) -> tuple[Mention, int] | None:
    """The source that starts at token `start`, and the token just past it.

    A document is told by who made it, where that is said: "data from the Space Agency". None for
    what is no source: "according to plan".
    """
    stop = _phrase_end(tokens, start)
    phrase = tokens[start:stop]
    named = mention_after(text, tokens, start)
    if named is not None and _goes_on(tokens, *named, stop):
        return described(text, phrase), stop
    if named is not None and not _is_inside(phrase, named[0]):
        return named
    if not phrase or not any(phrase[-1].lower in words(kind) for kind in _KINDS):
        return None
    maker = _maker(text, tokens, stop) if phrase[-1].lower in words("documents") else None
    if maker is not None:
        return maker
    if len(phrase) == 1:
        return None  # "according to reports": whose is not told
    return described(text, phrase), stop


def noun_after(text: str, tokens: Sequence[Token], verb: int) -> tuple[Mention, int] | None:
    """ "said an eyewitness", "said the camper, who": whatever noun an article opens there."""
    stop = _phrase_end(tokens, verb + 1)
    phrase = tokens[verb + 1 : stop]
    if len(phrase) < 2 or phrase[0].lower not in _DETERMINERS or not is_plain_noun(phrase[-1]):
        return None
    return described(text, phrase), stop


def described(text: str, phrase: Sequence[Token]) -> Mention:
    """A description in the text's own words, without "a"."""
    shown = phrase[1:] if phrase[0].lower in {"a", "an"} and len(phrase) > 1 else phrase
    span = Span(shown[0].start, shown[-1].end)
    return Mention(span.of(text), span, "description", span.of(text))


def _phrase_end(tokens: Sequence[Token], start: int) -> int:
    stop = start
    while stop < len(tokens) and stop - start < LONGEST_SOURCE and _belongs(tokens, start, stop):
        stop += 1
    return stop


def _belongs(tokens: Sequence[Token], start: int, place: int) -> bool:
    """Whether a word can stand within the noun phrase that began at `start`."""
    token = tokens[place]
    if place == start and token.lower in _DETERMINERS:
        return True
    if token.text in _MARKS or is_acronym(token):
        return True
    bound = ("prepositions", "subordinators", "verb_forms", "blocking", "calendar", "not_names")
    if not token.is_word or any(token.lower in words(kind) for kind in bound):
        return False
    if is_past_form(token) and place > start + 1:
        return False
    if place == start or not is_name_word(token) or place + 1 == len(tokens):
        return True
    # "court proceedings CNN obtained": a name that a verb follows begins a clause of its own.
    return not is_past_form(tokens[place + 1])


def _goes_on(tokens: Sequence[Token], named: Mention, end: int, stop: int) -> bool:
    """ "the Suffolk district attorney's office", "Chinese customs statistics", "Oslo parents": a
    name is only the beginning of the phrase.

    A body's data are told by the body, and so are those of a name that stands right before them.
    """
    if end >= stop or is_name_word(tokens[end]):
        return False
    last = tokens[stop - 1]
    if calls(last):
        return True
    if last.lower in words("documents"):
        of_a_state = country_named(named.name) is not None
        makes = named.kind == "organisation" or (named.kind == "unknown" and end + 1 == stop)
        return of_a_state or not makes
    return is_plain_noun(last) and last.text.islower() and last.lower.endswith("s")


def _is_inside(phrase: Sequence[Token], named: Mention) -> bool:
    """Whether a name stands past the phrase: it is the subject of what is told of the phrase."""
    return bool(phrase) and named.span.start >= phrase[-1].end and named.kind != "description"


def _maker(text: str, tokens: Sequence[Token], place: int) -> tuple[Mention, int] | None:
    """Who made a document: the name after "from" or "by"; whoever reviewed it did not."""
    for at in range(place, min(place + MAKER_REACH, len(tokens) - 1)):
        if not tokens[at].is_word:
            return None
        made = at == place or any(token.lower in _MADE for token in tokens[place:at])
        if tokens[at].lower == "from" or (tokens[at].lower == "by" and made):
            found = source_after(text, tokens, at + 1)
            if found is not None and any(map(is_name_word, tokens[at + 1 : found[1]])):
                return found
    return None
