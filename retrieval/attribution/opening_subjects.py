"""Subjects that only their place gives away: "The dye works denied", "Its chair, Olav Berge, said".

Elsewhere a speaker is told by a name or by a word for those who speak. At the start of a sentence,
between an article and the verb of saying, any noun is the speaker; and a name between commas
after such a phrase is whom the phrase describes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.article import Span
from retrieval.attribution.appositions import is_apposition
from retrieval.attribution.mentions import Kind, Mention, closes_possessive, mention_of
from retrieval.attribution.person_names import opens_sentence
from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import (
    Token,
    is_adverb,
    is_name_word,
    is_past_form,
    is_possessive,
    words,
)

LONGEST_DESCRIPTION = 9
LONGEST_NAME = 5
LONGEST_PLURAL = 4

_OPENS = frozenset({"the", "a", "an", "his", "her", "its", "their", "former", "some", "several"})
_LEADS_IN = frozenset({"but", "and", "yet", "the", "so", "meanwhile", "then", "later"})
_NO_NOUNS = frozenset({"other", "such", "same", "own", "several", "various", "any", "every"})
_JOIN_NAMES = frozenset({"and", "of", "or"})
_OPEN_DESCRIPTIONS = frozenset(
    {"the", "a", "an", "who", "whose", "former", "now", "then", "one"}
) | {"aged"}


def opening_subject(text: str, tokens: Sequence[Token], end: int) -> Mention | None:
    """Who speaks where nothing but a noun phrase stands before the verb at token `end`."""
    if not 1 < end <= LONGEST_DESCRIPTION:
        return None
    if not (is_description(tokens[:end]) or is_bare_plural(tokens[:end])):
        return None
    first_name = end
    while first_name > 0 and is_name_word(tokens[first_name - 1]):
        first_name -= 1
    described = tokens[:first_name]
    if first_name == end:
        return mention_of(text, described) if is_plain_noun(described[-1]) else None
    if any(token.lower in words("prepositions") for token in described):
        return None
    if described and described[-1].lower.endswith("s"):
        return None  # "The things Anna said": a clause of their own
    mention = mention_of(text, tokens[first_name:end])
    if mention is None or not described:
        return mention
    role = text[described[0].start : described[-1].end]
    return replace(mention, role=f"{role} {mention.role}".strip())


def named_apposition(text: str, tokens: Sequence[Token], comma: int) -> tuple[Mention, int] | None:
    """ "The owner of the ferry, Bela Marsh, denied": the name before `comma`, and its start.

    The phrase before it must open the clause with an article or a possessive: items of a list do
    not.
    """
    opening = next((i for i in range(comma - 1, 0, -1) if tokens[i].text == ","), 0)
    name = tokens[opening + 1 : comma]
    if not opening or not 1 <= len(name) <= LONGEST_NAME:
        return None
    if not (is_name_word(name[-1]) and all(map(_in_name, name))):
        return None
    start = opening
    while start > 0 and tokens[start - 1].text not in {",", ";", ":"}:
        if tokens[start - 1].is_quotation:
            break
        start -= 1
    phrase = tokens[start:opening]
    if not phrase or len(phrase) > LONGEST_DESCRIPTION or not is_description(phrase):
        return None
    mention = mention_of(text, name)
    if mention is None:
        return None
    role = text[phrase[0].start : phrase[-1].end]
    return replace(mention, role=f"{role} {mention.role}".strip()), start


def _in_name(token: Token) -> bool:
    return is_name_word(token) or token.lower in words("titles") | {"and", "of", "&"}


def is_description(phrase: Sequence[Token]) -> bool:
    """Words that an article, a possessive or "former" opens, without any verb or mark."""
    opens = phrase[0].lower in _OPENS or any(
        is_possessive(token) or closes_possessive(phrase, place)
        for place, token in enumerate(phrase[:3])
    )
    return opens and all(
        (token.is_word or token.text in {"’s", "'s", "’", "'", "&"})
        and token.lower not in words("verb_forms")
        and token.lower not in words("blocking")
        and token.lower not in words("subordinators")
        for token in phrase
    )


def is_bare_plural(phrase: Sequence[Token]) -> bool:
    """ "Residents", "Environmental groups": several who speak, with nothing before them."""
    return (
        0 < len(phrase) <= LONGEST_PLURAL
        and phrase[0].text[0].isupper()
        and phrase[-1].lower.endswith("s")
        and is_plain_noun(phrase[-1])
        and phrase[-1].lower not in words("documents")
        and all(token.is_word and not _binds(token) for token in phrase)
        and not any(token.text[0].isupper() for token in phrase[1:])
    )


def _binds(token: Token) -> bool:
    """Words that no plain noun phrase has in it."""
    bound = ("verb_forms", "blocking", "subordinators", "prepositions", "not_names", "calendar")
    return any(token.lower in words(kind) for kind in bound)


def is_plain_noun(token: Token) -> bool:
    """A lower-case word that can be what a phrase is about; no adverb, no "others of"."""
    return (
        token.is_word
        and token.text.isalpha()
        and not is_adverb(token)
        and token.lower not in _NO_NOUNS
        and token.lower not in words("prepositions")
        and token.lower not in words("not_names")
        and token.lower not in words("between")
    )


def plain_subject(text: str, tokens: Sequence[Token]) -> Mention | None:
    """Who a sentence is about that nobody speaks in; None where no name opens it.

    "United’s coach, Andre Kohl, complained" is about Kohl.
    """
    start = past_lead(tokens)
    commas = [place for place, token in enumerate(tokens) if token.text == "," and place >= start]
    described = named_apposition(text, tokens, commas[1]) if len(commas) > 1 else None
    if described is not None:
        return described[0]
    end = start
    while end < len(tokens) and is_name_word(tokens[end]):
        end += 1
    if end == start or is_possessive(tokens[end - 1]) or opens_sentence(text, tokens[start]):
        return None
    if not (_goes_on_plainly(tokens[end:]) or _is_described(tokens[end:])):
        return None
    titled = mention_of(text, tokens[start:end])
    if titled is not None and titled.role and titled.kind == "person":
        return titled
    span = Span(tokens[start].start, tokens[end - 1].end)
    return Mention(span.of(text), span, _kind_of(span.of(text)))


def past_lead(tokens: Sequence[Token]) -> int:
    """Where a sentence begins after "But", "Meanwhile" or "On Monday"."""
    place = 0
    while place < len(tokens):
        if tokens[place].lower in _LEADS_IN or (place and tokens[place].text == ","):
            place += 1
        elif tokens[place].lower == "on" and place + 1 < len(tokens):
            if tokens[place + 1].lower not in words("calendar"):
                break
            place += 2
        else:
            break
    return place


def _goes_on_plainly(after: Sequence[Token]) -> bool:
    """A lower-case word after a name: it is the subject, no list, heading or credit."""
    return bool(after) and after[0].text[0].islower() and after[0].lower not in _JOIN_NAMES


def subject_acts(tokens: Sequence[Token], subject: Mention) -> bool:
    """Whether a verb follows a subject, or what it is: in "Capitol officers left" it only says
    which."""
    after = [token for token in tokens if token.start >= subject.span.end]
    first = after[0]
    return (
        first.text == ","
        or is_past_form(first)
        or is_adverb(first)
        or first.lower.endswith(("n’t", "n't"))
        or first.lower in words("blocking") | words("between") | words("verb_forms")
        or (first.lower.endswith("s") and not (len(after) > 1 and is_past_form(after[1])))
    )


def _is_described(after: Sequence[Token]) -> bool:
    """ "Anna Berg, a lawyer for Emil Lund, took": the subject, and what it is."""
    if len(after) < 2 or after[0].text != ",":
        return False
    if after[1].lower in _OPEN_DESCRIPTIONS or after[1].text.isdigit():
        return True
    stop = next((place for place, token in enumerate(after) if place and token.text == ","), 0)
    return stop > 1 and is_apposition(after[1:stop]) and _goes_on_plainly(after[stop + 1 :])


@lru_cache(maxsize=4096)
def _kind_of(name: str) -> Kind:
    parts = [word.lower() for word in name.split()]
    if len(parts) == 1 and len(name) > 1 and name.isupper():
        return "organisation"
    if words("organisations").intersection(parts) or country_named(name) is not None:
        return "organisation"
    if parts[-1].endswith("s") and country_named(parts[-1]) is not None:  # a people
        return "organisation"
    person = 2 <= len(parts) <= 3 and parts[-1] not in words("places")
    return "person" if person else "unknown"
