"""Noun phrases that can speak: names, and descriptions such as "the ministry"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.article import Span
from retrieval.attribution.asides import before_asides
from retrieval.words.parties import country_named
from retrieval.words.sentence_tokens import POSSESSIVE, Token, is_name_word, words

Kind = Literal["person", "organisation", "description", "pronoun", "unknown"]
LONGEST_PHRASE = 10
MOST_PLACES = 3
"""How many "in Oslo", "at the ministry" may stand between a speaker and the verb."""

DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "these", "those"}
    | {"one", "two", "three", "four", "some", "many", "several", "most", "other", "another"}
    | {"both", "all"}
)
"""Words that open a noun phrase."""

_OWN = frozenset({"his", "her", "its", "their", "our", "my", "your"})
PRONOUNS = frozenset({"he", "she", "it", "they"})
_PLACED = frozenset({"in", "at", "from", "with"})
_PERSONAL_ENDINGS = ("ist", "ian", "man", "woman", "person", "lor")
RANKS = frozenset({"prime", "vice", "deputy", "assistant", "acting", "interim", "chief"})
_KEEPS_TITLE = frozenset({"pope", "king", "queen", "prince", "princess", "lady"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that speaks. `name` is without titles and articles; `role` is what they say."""

    name: str
    span: Span
    kind: Kind
    role: str = ""


def mention_before(
    text: str, tokens: Sequence[Token], end: int, places: int = MOST_PLACES
) -> tuple[Mention, int] | None:
    """The noun phrase that ends just before token `end`, and the token that it starts with.

    None where what stands there cannot be a subject: an object, an unknown word, a relative.
    """
    last = before_asides(tokens, end - 1)
    if last < 0 or not tokens[last].is_word:
        return None
    if tokens[last].lower in PRONOUNS:
        token = tokens[last]
        return Mention(token.text, Span(token.start, token.end), "pronoun"), last
    start = _phrase_start(tokens, last)
    if start is None:
        return None
    before = tokens[start - 1] if start else None
    if before is not None and before.is_word:
        if is_in_chief(tokens, start - 1):
            office = _phrase_start(tokens, start - 2)
            mention = None if office is None else mention_of(text, tokens[office : last + 1])
            return None if mention is None or office is None else (mention, office)
        if before.lower in _PLACED:
            if not places:
                return None
            outer = mention_before(text, tokens, start - 1, places - 1)
            if outer is None or outer[0].kind == "pronoun":
                return None
            if before.lower == "from" and outer[0].name.lower() in words("documents"):
                maker = mention_of(text, tokens[start : last + 1])
                return None if maker is None else (maker, outer[1])
            place = text[before.start : tokens[last].end]
            return replace(outer[0], role=f"{outer[0].role} {place}".strip()), outer[1]
        if not _opens_clause(before):
            return None
    mention = mention_of(text, tokens[start : last + 1])
    return None if mention is None else (as_paper(text, tokens, start, mention), start)


def as_paper(text: str, tokens: Sequence[Token], start: int, mention: Mention) -> Mention:
    """ "The Times" within a sentence is the name of a paper, article included."""
    if start == 0 or tokens[start].text != "The":
        return mention
    if not set(mention.name.lower().split()) <= words("papers"):
        return mention
    span = Span(tokens[start].start, mention.span.end)
    return replace(mention, name=span.of(text), span=span)


def _opens_clause(token: Token) -> bool:
    return (
        token.lower in {"and", "but", "or", "that", "yet", "so", "however", "then", "later"}
        or token.lower in words("subordinators")
        or token.lower in words("calendar")
        or token.text.isdigit()
    )


def _phrase_start(tokens: Sequence[Token], last: int) -> int | None:
    """Walk left from the head as long as the words can belong to it."""
    if not _can_head(tokens[last]):
        return None
    start = last
    while start > 0 and last - start < LONGEST_PHRASE:
        before = tokens[start - 1]
        if (
            before.text in {"&", "’s", "'s"}
            or (before.is_word and is_name_word(before))
            or closes_possessive(tokens, start - 1)
        ):
            start -= 1
        elif before.lower in DETERMINERS:
            start -= 1
            if not (start > 1 and tokens[start - 1].lower in {"of", "for"}):
                break
        elif _joins(tokens, start - 1) or _modifies_within(tokens, start, last):
            start -= 1
        else:
            break
    return start


def closes_possessive(tokens: Sequence[Token], place: int) -> bool:
    """Whether the mark at `place` makes a plural a possessive: "the miners' union"."""
    return (
        place > 0
        and tokens[place].text in {"’", "'"}
        and tokens[place - 1].lower.endswith("s")
        and tokens[place - 1].end == tokens[place].start
    )


def is_title(phrase: Sequence[Token], place: int) -> bool:
    """Whether a word says what the person named after it is: "President", "Striker".

    A calling may also be a family name, so that two names must follow it.
    """
    word = phrase[place].lower
    if word in words("titles") or (word in words("callings") and place + 2 < len(phrase)):
        return True
    first, _, last = word.partition("-")  # "Director-General", "Vice-President"
    return last in words("titles") and first in words("titles") | RANKS


def is_in_chief(tokens: Sequence[Token], place: int) -> bool:
    """Whether "in" at `place` belongs to an office: "the Courier’s editor in chief Anna Berg"."""
    return (
        0 < place < len(tokens) - 2
        and tokens[place].lower == "in"
        and tokens[place + 1].lower == "chief"
        and tokens[place - 1].lower in words("titles")
        and is_name_word(tokens[place + 2])
    )


def _can_head(token: Token) -> bool:
    return is_name_word(token) or token.lower in words("speakers")


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """Whether "of", "and", "de" at `place` ties a speaker before it to the name after it."""
    if tokens[place].lower not in words("joining") or place == 0 or not tokens[place - 1].is_word:
        return False
    before = tokens[place - 1]
    if tokens[place].lower == "and":
        return is_name_word(before) and is_name_word(tokens[place + 1])
    return is_name_word(before) or before.lower in words("speakers")


def modifies(token: Token) -> bool:
    """A lower-case word that may stand between the article and the head."""
    lower = token.lower
    return (
        POSSESSIVE.sub("", lower).replace("-", "").isalpha()
        and not lower.endswith("ly")
        and lower not in words("not_names")
        and lower not in words("blocking")
        and lower not in words("subordinators")
        and lower not in words("verb_forms")
        and lower not in words("prepositions")
    )


def _modifies_within(tokens: Sequence[Token], start: int, last: int) -> bool:
    """Before a name only words of office count: "board chair X", not "things X"."""
    if not tokens[start - 1].is_word or not modifies(tokens[start - 1]):
        return False
    if not is_name_word(tokens[last]):
        return True
    word = tokens[start - 1].lower
    known = any(word in words(kind) for kind in ("speakers", "titles", "organisations"))
    if known or word.endswith(_PERSONAL_ENDINGS):
        return True
    # "foreign secretary X": what stands before an office says which one.
    return (
        tokens[start].lower in words("titles")
        and start < last
        and all(map(is_name_word, tokens[start + 1 : last]))
        and not _opens_clause(tokens[start - 1])
    )


def mention_of(text: str, phrase: Sequence[Token]) -> Mention | None:
    """Part a phrase into name and role, and tell what kind of speaker it is."""
    determiner = phrase[0].lower if phrase[0].lower in DETERMINERS else ""
    body = phrase[1:] if determiner else phrase
    if not body or determiner in _OWN:
        return None
    head = body[-1]
    if not is_name_word(head) or (len(body) == 1 and head.lower in words("titles")):
        plain = len(body) == 1 or not is_name_word(body[0])
        first = phrase[0] if determiner == "the" and plain else body[0]
        span = Span(first.start, head.end)
        return Mention(span.of(text), span, "description", span.of(text))
    name = body if head.lower in words("organisations") else _without_titles(body)
    if name[0].lower == "and":
        return None
    if all(token.lower in words("titles") or token.lower in RANKS for token in name):
        span = Span(phrase[0].start if determiner == "the" else body[0].start, head.end)
        return Mention(span.of(text), span, "description", span.of(text))
    span = Span(name[0].start, head.end)
    role = text[body[0].start : name[0].start].strip()
    titled = bool(role) and name is not body and (determiner != "the" or _is_personal(role))
    return Mention(span.of(text), span, _kind(name, titled, determiner), role)


def _is_personal(role: str) -> bool:
    """ "the geologist Anna Berg", not "the retailer Marks & Moor"."""
    last = role.rsplit(maxsplit=1)[-1].lower()
    return last in words("titles") or last.endswith(_PERSONAL_ENDINGS)


def _without_titles(body: Sequence[Token]) -> Sequence[Token]:
    """The name after the last title: "Belarusian President Alexander Lukashenko".

    After "Secretary of State" the name is the last two words, where there are more than the
    office's own.
    """
    for place in range(len(body) - 2, -1, -1):
        lower = body[place].lower
        if lower in _KEEPS_TITLE:
            return body[place:]
        named = is_name_word(body[place]) or lower in words("joining") or lower == "on"
        if is_title(body, place) or not named:
            name = body[place + 1 :]
            if name[0].lower not in {"of", "for"}:
                return name
            return name[-2:] if sum(map(is_name_word, name)) > 2 else body
    return body


def _kind(name: Sequence[Token], titled: bool, determiner: str) -> Kind:
    if titled:
        return "person"
    whole = " ".join(token.text for token in name)
    if (
        any(token.lower in words("organisations") for token in name)
        or country_named(whole) is not None
        or determiner == "the"
        or (len(name) == 1 and len(whole) > 1 and whole.isupper())
    ):
        return "organisation"
    person = 2 <= len(name) <= 4 and name[-1].lower not in words("places")
    return "person" if person else "unknown"


def calls(token: Token) -> bool:
    """Whether a word says what somebody is: "minister", "company", "geologist"."""
    lower = token.lower
    known = ("speakers", "titles", "organisations", "callings")
    return lower.endswith(_PERSONAL_ENDINGS) or any(lower in words(kind) for kind in known)
