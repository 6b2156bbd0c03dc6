"""Which changed figure is the one that a question asks for."""

from __future__ import annotations

import re
from functools import cache

from index.keywords import terms
from retrieval.disputes.asked_matter import matter_words
from retrieval.disputes.figures import (
    Revision,
    answers_otherwise,
    numbers_in,
    of_others,
    superseded,
    years_in,
)
from retrieval.question.answer_fit import counted_noun
from retrieval.question.answer_kinds import WITH_NAMES, AnswerKind
from retrieval.selection.distinct import Statement, is_of_a_rival
from retrieval.words.sentence_tokens import words

_HOW_MANY = re.compile(r"\W*how\s+many\s+(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_TO_COME = re.compile(r"\W*when\s+(?:will|would|is|are)\s+(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def revision_asked_for(
    question: str, kind: AnswerKind, newer: Statement, older: Statement, likely: bool
) -> Revision | None:
    """What a later sentence says otherwise, where it is what the question asks for.

    `likely` tells that both sentences are likely answers. A question for a day is answered by no
    sum of money, and one for a name by no figure; another's figure revises none of the asked one's.
    """
    if kind is AnswerKind.TIME:
        return _other_year(question, newer, older) if likely else None
    if kind in WITH_NAMES or is_of_a_rival(newer, older):
        return None
    changed = superseded(newer.text, older.text)
    if changed is not None and _is_answer(changed, kind, newer, older):
        return changed
    if kind is not AnswerKind.QUANTITY or not likely or not (newer.answer and older.answer):
        return None
    both = _tells_of(question, _HOW_MANY, newer) and _tells_of(question, _HOW_MANY, older)
    counted = counted_noun(question) if both else frozenset[str]()
    return answers_otherwise(newer.text, older.text, newer.answer, older.answer, counted)


def _is_answer(changed: Revision, kind: AnswerKind, newer: Statement, older: Statement) -> bool:
    """Whether the changed figures are those that answer, where it is known what does."""
    if kind is not AnswerKind.QUANTITY or not (newer.answer and older.answer):
        return True
    return all(
        not numbers_in(figure).isdisjoint(numbers_in(answer))
        for figure, answer in ((changed.newer, newer.answer), (changed.older, older.answer))
    )


def _other_year(question: str, newer: Statement, older: Statement) -> Revision | None:
    """Another year for what is still to come: what has happened may have happened twice."""
    if not (newer.answer and older.answer) or of_others(newer.text, older.text):
        return None
    if not (_tells_of(question, _TO_COME, newer) and _tells_of(question, _TO_COME, older)):
        return None
    fresh, stale = years_in(newer.answer), years_in(older.answer)
    if len(fresh) != 1 or len(stale) != 1 or fresh == stale:
        return None
    return Revision(*fresh, *stale)


def _tells_of(question: str, form: re.Pattern[str], told: Statement) -> bool:
    """Whether a sentence has all that the question asks about, up to where or when it was."""
    match = form.match(question)
    if match is None:
        return False
    core: list[str] = []
    for found in _WORD.finditer(match["rest"]):
        if core and found.group().lower() in words("prepositions"):
            break
        core.append(found.group())
    asked = _deaths_alike(matter_words(" ".join(core)))
    return bool(asked) and asked <= _deaths_alike(matter_words(told.text))


def _deaths_alike(stems: frozenset[str]) -> frozenset[str]:
    """Who was killed has died: the count that news revise most often has many words."""
    return stems - _deaths() | {"die"} if stems & _deaths() else stems


@cache
def _deaths() -> frozenset[str]:
    return frozenset(terms("die died killed dead deaths toll fatalities fatal perished"))
