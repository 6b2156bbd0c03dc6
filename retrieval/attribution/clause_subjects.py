"""Subjects told by the clause that they fill: "…, her family said", "But experts say that …".

A noun that is no known speaker, and a name with a calling that no list has, can still be the
subject where nothing else stands between the beginning of the clause and the verb of saying.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.attribution.mentions import Mention, calls, closes_possessive, mention_of
from retrieval.attribution.opening_subjects import is_description, is_plain_noun
from retrieval.attribution.sources import described
from retrieval.words.sentence_tokens import Token, ends_said, is_name_word, is_past_form, words

LONGEST_CLAUSE_SUBJECT = 14
LONGEST_BARE = 4
"""Words of a subject without an article: "international human rights organizations"."""

_LEADS = frozenset(
    {"but", "and", "yet", "meanwhile", "however", "then", "later", "also", "as", "so", "still"}
    | {"instead", "now", "today", "yesterday", "where", "whom", "while", "though", "although"}
    | {"because", "since"}
)
_TIMES = frozenset({"week", "month", "year", "night", "summer", "winter", "spring", "autumn"})
_WHEN = frozenset({"last", "this", "earlier", "late", "early", "on", "in", "next"})
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_MARKS = frozenset({"’s", "'s", "&"})


def clause_subject(text: str, tokens: Sequence[Token], end: int) -> tuple[Mention, int] | None:
    """Who speaks where a noun phrase fills the clause before the verb at token `end`.

    Returns the mention and the token that it starts with. None where the words are no noun
    phrase, or may be more than one.
    """
    opening = _clause_start(text, tokens, end)
    if opening is None:
        return None
    start = _past_leads(tokens, opening, end)
    phrase = tokens[start:end]
    if not phrase or len(phrase) > LONGEST_CLAUSE_SUBJECT or not _is_one_phrase(phrase):
        return None
    if not is_name_word(phrase[-1]):
        return _noun(text, tokens, start, end)
    name = end
    while name > start and is_name_word(tokens[name - 1]):
        name -= 1
    if name == start or (name == start + 1 and _is_determiner(phrase[0])):
        mention = mention_of(text, phrase)
        return None if mention is None else (mention, start)
    if any(token.lower in words("prepositions") for token in phrase):
        return _noun(text, tokens, start, end) if is_description(phrase) else None
    return _with_calling(text, tokens, start, name, end)


def _is_determiner(token: Token) -> bool:
    return token.lower in _DETERMINERS


def _clause_start(text: str, tokens: Sequence[Token], end: int) -> int | None:
    """The token after the last mark before `end`; None after a quotation that is part of a
    phrase: "those who ate “soup” at the bar say"."""
    start = end
    while start > 0 and (tokens[start - 1].is_word or _ties(tokens, start - 1)):
        start -= 1
    if start > 0 and tokens[start - 1].is_quotation and not ends_said(text, tokens[start - 1]):
        return None
    return start


def _ties(tokens: Sequence[Token], place: int) -> bool:
    return tokens[place].text in _MARKS or closes_possessive(tokens, place)


def _past_leads(tokens: Sequence[Token], start: int, end: int) -> int:
    """Past "But", "Additionally", "On Monday" and "Last year"."""
    while start < end - 1:
        lower, following = tokens[start].lower, tokens[start + 1].lower
        if lower in _WHEN and (following in words("calendar") or following in _TIMES):
            start += 2
        elif lower in _LEADS or lower in words("calendar") or _is_leading_adverb(tokens, start):
            start += 1
        else:
            break
    return start


def _is_leading_adverb(tokens: Sequence[Token], place: int) -> bool:
    """ "Additionally the mayor said": no name, since an article or a name of its own follows."""
    return place == 0 and tokens[place].lower.endswith("lly") and len(tokens[place].text) > 6


def _is_one_phrase(phrase: Sequence[Token]) -> bool:
    """Whether no verb, no relative and no second noun phrase is among these words."""
    for place, token in enumerate(phrase):
        lower = token.lower
        bound = ("verb_forms", "blocking", "subordinators")
        if token.text[0].islower() and any(lower in words(kind) for kind in bound):
            return False
        inner = place > 0 and lower in _DETERMINERS
        if inner and phrase[place - 1].lower not in words("prepositions"):
            return False
        if place and is_past_form(token) and not _is_adjective(phrase, place):
            return False
    return phrase[0].lower not in words("prepositions")


def _is_adjective(phrase: Sequence[Token], place: int) -> bool:
    """ "the retired teacher", "engineers hired by the city"."""
    if not phrase[place].lower.endswith("ed"):
        return False
    following = phrase[place + 1].lower if place + 1 < len(phrase) else ""
    return phrase[place - 1].lower in _DETERMINERS or following in {"by", "in", "with"}


def _noun(text: str, tokens: Sequence[Token], start: int, end: int) -> tuple[Mention, int] | None:
    """A description: what an article opens, or several without one."""
    phrase = tokens[start:end]
    opened = is_description(phrase)
    if not (opened or _is_bare_plural(phrase)):
        return None
    if not (is_plain_noun(phrase[-1]) or is_name_word(phrase[-1])):
        return None
    if not opened and phrase[-1].lower in words("documents"):
        return None  # "reports say": nobody in particular
    return described(text, phrase), start


def _is_bare_plural(phrase: Sequence[Token]) -> bool:
    return (
        len(phrase) <= LONGEST_BARE
        and phrase[-1].lower.endswith("s")
        and all(token.is_word and _is_plain(token) for token in phrase)
    )


def _is_plain(token: Token) -> bool:
    """No word that only other phrases have; "officials and economists" are one."""
    if token.lower in {"and", "some", "many", "most", "other", "his", "her", "its", "their"}:
        return True
    bound = ("prepositions", "not_names", "calendar", "between")
    return not any(token.lower in words(kind) for kind in bound)


def _with_calling(
    text: str, tokens: Sequence[Token], start: int, name: int, end: int
) -> tuple[Mention, int] | None:
    """ "Bardea co-owner Scott Stein": the name, and what stands before it as the role."""
    calling = tokens[start:name]
    last = calling[-1].lower
    if last.endswith(("s", "ly", "thing")) or not calling[-1].text[0].islower():
        return None  # "The things Anna said": a clause of their own
    mention = mention_of(text, tokens[name:end])
    if mention is None:
        return None
    role = text[calling[0].start : calling[-1].end]
    if mention.kind == "description":
        return _noun(text, tokens, start, end)
    if _is_determiner(calling[0]) and not calls(calling[-1]):
        role = ""  # "a claim Twitter denies"
    kind = "person" if end - name > 1 and mention.kind == "unknown" else mention.kind
    return Mention(mention.name, mention.span, kind, f"{role} {mention.role}".strip()), start
