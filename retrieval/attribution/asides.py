"""What may stand between a subject and its verb: a day, a time, a parenthesis."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.words.sentence_tokens import Token, words

_WHICH_TIME = frozenset({"last", "this", "earlier", "late", "early"})
_TIMES = frozenset({"week", "month", "year", "night", "morning", "afternoon", "evening", "spring"})


def before_asides(tokens: Sequence[Token], last: int) -> int:
    """The token that a subject ends with, where asides may follow up to token `last`."""
    return _skip_parenthesis(tokens, _skip_day(tokens, last))


def _skip_day(tokens: Sequence[Token], last: int) -> int:
    """ "President Joe Biden on Monday said", "last month said": the day is no part of the name."""
    if last < 1:
        return last
    before = tokens[last - 1].lower
    if tokens[last].lower in _TIMES and (before in words("calendar") or before in _WHICH_TIME):
        last -= 1
        if tokens[last].lower in _WHICH_TIME:
            return _skip_mark(tokens, last - 1)
    if last < 1 or tokens[last].lower not in words("calendar"):
        return last
    return last - 2 if tokens[last - 1].lower in {"on", "late", "early"} else last - 1


def _skip_mark(tokens: Sequence[Token], last: int) -> int:
    return last - 1 if last > 0 and tokens[last].text == "," else last


def _skip_parenthesis(tokens: Sequence[Token], last: int) -> int:
    if last < 0 or tokens[last].text != ")":
        return last
    while last >= 0 and tokens[last].text != "(":
        last -= 1
    return last - 1
