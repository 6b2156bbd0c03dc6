"""The bodies that an article names, so that "the ministry" finds the whole name."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from itertools import takewhile

from corpus.article import Span
from retrieval.words.sentence_tokens import POSSESSIVE, Token

ARTICLES = frozenset({"the", "a", "an"})
_TIES = frozenset({"of", "for", "on", "in"})
_LEGAL_FORMS = frozenset({"inc", "inc.", "corp", "corp.", "co.", "ltd", "llc"})
_OF_POLICE = frozenset({"department", "service", "force", "bureau"})


class KnownBodies:
    """Bodies in the order of the text."""

    def __init__(self) -> None:
        """None yet."""
        self._bodies: list[tuple[int, str, frozenset[str]]] = []

    def add(self, text: str, tokens: Sequence[Token]) -> None:
        """A body that these words name."""
        body = Span(tokens[0].start, tokens[-1].end).of(text)
        parts = frozenset(POSSESSIVE.sub("", token.lower) for token in tokens)
        insort(self._bodies, (tokens[0].start, POSSESSIVE.sub("", body), parts - ARTICLES))

    def fuller(self, name: str, position: int) -> str | None:
        """The last body named before whose name holds all words of this one, and is of its kind.

        "Oslo Police" is so for "Police", and "Oslo Police Bomb Squad" is something else.
        """
        wanted = {word.lower() for word in name.split()}
        head = _heads(name)[0]
        complete = len(wanted) > 1
        same: str | None = None
        for _, body, parts in reversed(self._bodies[: bisect_left(self._bodies, (position,))]):
            # "White House for Capitol": what is told of a whole name is no part of it.
            tied = complete and wanted == set(_before_tie(body))
            if wanted < parts and head in _heads(body) and not tied:
                return body
            if wanted == parts:
                same = body
        return same


def _heads(name: str) -> list[str]:
    """The word that tells what kind of body a name is of: "Ministry" of "Ministry of Defence".

    The police are also their department.
    """
    before = _before_tie(name)
    while len(before) > 1 and before[-1] in _LEGAL_FORMS:
        before.pop()
    if len(before) > 1 and before[-2] == "police" and before[-1] in _OF_POLICE:
        return [before[-1], before[-2]]
    return [before[-1]]


def _before_tie(name: str) -> list[str]:
    plain = [POSSESSIVE.sub("", word.lower()) for word in name.split()]
    return list(takewhile(lambda word: word not in _TIES, plain)) or plain
