"""What a run of capitalised words names: people, bodies, or a body and somebody of its own.

"Oslo Police Chief Anna Lund" names the Oslo Police and Anna Lund, "the Supreme Court Friday" the
Supreme Court alone, "Anna Lund and Bo Berg" two people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.article import Span
from retrieval.attribution.mentions import RANKS
from retrieval.words.sentence_tokens import (
    GENITIVE,
    POSSESSIVE,
    Token,
    is_name_word,
    is_possessive,
    tokens_of,
    words,
)

_RUN = re.compile(
    r"(?<!\w)[^\W\d_a-zа-яіїєґ][\w’'\-‑]*+"
    r"(?:[ \u00a0](?:(?:of|for|and|the|de|van|von|der|al|bin)[ \u00a0]){0,2}"
    r"(?:[A-ZА-ЯЁІЇЄҐ]\.[ \u00a0])?[^\W\d_a-zа-яіїєґ][\w’'\-‑]*+){0,6}"
)
_OF_A_PLACE = re.compile(r"(?<!\w)(?:the|an?|in|at|from|near|into|across|around)\s$", re.IGNORECASE)
"""What stands before the names of places and things, hardly before those of people."""

_BEFORE_REACH = 16
"""Characters before a name in which that, or a title, stands."""

_JOINTS = frozenset({"of", "for", "and", "the", "de", "van", "von", "der", "al", "bin"})
_TIES = frozenset({"of", "for"})
_TIED = frozenset({"of", "for", "the"})
_OF_AN_OFFICE = "press"
"""Names a body, and also what the secretary of another one is for."""


@dataclass(frozen=True, slots=True)
class CapitalRun:
    """Words of one name, or of a name with titles.

    `opening` is where the titles begin. `is_placed` tells that "in" or "the" stands before: then
    hardly a person is named.
    """

    tokens: Sequence[Token]
    is_body: bool
    opening: int
    is_placed: bool = False


@dataclass(frozen=True, slots=True)
class LoneWord:
    """One word with a capital that no other stands beside; `title` is the word before it."""

    word: str
    start: int
    title: str


def capital_runs(blanked: str) -> Iterator[CapitalRun | LoneWord]:
    """The names of a text whose quotations are blanked out, in order."""
    for match in _RUN.finditer(blanked):
        before = blanked[max(0, match.start() - _BEFORE_REACH) : match.start()]
        placed = _OF_A_PLACE.search(before)
        if re.search(r"[ \u00a0]", match.group()):
            for run in _names_in(tokens_of(blanked, Span(*match.span()))):
                yield replace(run, is_placed=placed is not None)
        elif placed is None or placed.group().lower().startswith("from"):
            title = before.split()[-1] if before.split() and before[-1].isspace() else ""
            yield LoneWord(GENITIVE.sub("", match.group()), match.start(), title)


def _names_in(tokens: Sequence[Token]) -> Iterator[CapitalRun]:
    joint = next((at for at in range(1, len(tokens) - 1) if _parts(tokens, at)), None)
    if joint is not None:
        yield from _names_in(tokens[:joint])
        yield from _names_in(_without_joints(tokens[joint:]))
        return
    head = next((at for at, token in enumerate(tokens) if _is_organisation(token)), None)
    if head is None:
        if tokens:
            yield CapitalRun(tokens, False, tokens[0].start)
        return
    day = _first_day(tokens, head + 1)
    person = _person_after(tokens[:day], head)
    body = _without_joints(tokens[: _body_end(tokens, person)] if person else tokens[:day])
    if body:
        yield CapitalRun(body, True, body[0].start)
    if person:
        opening = next((one.start for one in tokens if is_name_word(one)), tokens[0].start)
        yield CapitalRun(tokens[person:day], False, opening)
    if day < len(tokens):
        yield from _names_in(_without_joints(tokens[day:]))


def _parts(tokens: Sequence[Token], joint: int) -> bool:
    """Whether "and", or "of" between a person and a body, parts two names."""
    before, after = tokens[:joint], tokens[joint + 1 :]
    if tokens[joint].lower in _TIES:
        return _ends_in_person(before) and any(map(_is_organisation, after))
    if tokens[joint].lower != "and":
        return False
    bodies = [any(map(_is_organisation, side)) for side in (before, after)]
    if any(bodies):
        return all(bodies) or (bodies[1] and after[0].lower == "the" and len(before) > 1)
    return _is_whole(before) and _is_whole(after)


def _is_whole(tokens: Sequence[Token]) -> bool:
    """ "Anna Berg", "Mr. Berg"; the "Joe" of "Joe and Jill Lund" is none."""
    titled = any(map(_calls, tokens))
    names = [
        one
        for one in tokens
        if is_name_word(one) and not _calls(one) and one.lower[:-1] not in words("titles")
    ]
    return len(names) > (0 if titled else 1)


def _ends_in_person(tokens: Sequence[Token]) -> bool:
    """ "Anna Berg", "Chief Anna Berg": two words that are a name, of a person and no body."""
    named = [
        is_name_word(one) and not (one.text.isupper() or _is_organisation(one) or _calls(one))
        for one in tokens
    ]
    return len(named) > 1 and all(named[-2:]) and (len(named) == 2 or _calls(tokens[-3]))


def _first_day(tokens: Sequence[Token], start: int) -> int:
    """Where a weekday or month stands: when, and no part of a body's name."""
    days = (at for at in range(start, len(tokens)) if tokens[at].lower in words("calendar"))
    return next(days, len(tokens))


def _person_after(tokens: Sequence[Token], head: int) -> int:
    """Where somebody of a body is told, whose first word is at `head`; 0 where nobody is."""
    last = tokens[-1]
    if not is_name_word(last) or _calls(last):
        return 0
    for at in range(head + 1, len(tokens)):
        if any(map(_is_organisation, tokens[at:])):
            continue
        if is_possessive(tokens[at - 1]) and _is_organisation(tokens[at - 1]):
            return at
        if at + 1 < len(tokens) and _calls(tokens[at]) and tokens[at - 1].lower not in _TIED:
            return at
    return 0


def _body_end(tokens: Sequence[Token], person: int) -> int:
    """Where a body's name ends before an office in it: "White House" of its "Press Secretary"."""
    heads = [at for at in range(person) if _is_organisation(tokens[at])]
    if len(heads) > 1 and tokens[heads[-1]].lower == _OF_AN_OFFICE:
        heads.pop()
    end = heads[-1] + 1
    if end == person or tokens[end].lower not in _TIES:
        return end
    office = RANKS | {_OF_AN_OFFICE}
    return next((at for at in range(end, person) if tokens[at].lower in office), person)


def _without_joints(tokens: Sequence[Token]) -> Sequence[Token]:
    """Without weekdays, small words and openers at either end."""
    first, end = 0, len(tokens)
    while first < end and not is_name_word(tokens[first]):
        first += 1
    while end > first and tokens[end - 1].lower in _JOINTS:
        end -= 1
    return tokens[first:end]


def _is_organisation(token: Token) -> bool:
    return POSSESSIVE.sub("", token.lower) in words("organisations")


def _calls(token: Token) -> bool:
    """ "Chief", "Secretary-General", "Constable"."""
    calling = words("titles") | words("callings")
    return token.lower in calling or not calling.isdisjoint(token.lower.split("-"))
