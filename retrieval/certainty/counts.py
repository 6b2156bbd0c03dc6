"""Evidence that counts nothing, which cannot tell how many.

"How many aircraft were sent?" finds "on August 19 it sent aircraft", or that the border is 1,084
kilometres long: the right subject, and a figure. A figure of a date, of money or of a measure
counts no things; words that count loosely do: "several", "twice", "most". What denies counts, too:
that there are none, or that it is as somebody says.

Of 475 questions for a count in the open sets 2 have an answer whose sentence counts nothing, of
sentences at random two in five do; of 108 for a share 1 has an answer without one (`python -m
tests.benchmarks.counting DATA`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.evidence.ranked import RankedSentence
from retrieval.question.answer_fit import counted_noun, negates
from retrieval.question.answer_kinds import AnswerKind, answers_of_kind
from retrieval.question.units import (
    measures,
    names_a_measure,
    share_asked,
    strictly_asked,
    unit_asked,
)
from retrieval.words.question_language import language_of

_LOOSELY = re.compile(
    r"(?<![\w-])(?:ones?|once|twice|thrice|single|sole|lone|both|each|every|all|most|many|much|zero"
    r"|several|multiple|few(?:er)?|more|less|some|various|numerous|countless"
    r"|uncountabl[ey]|infinite(?:ly)?|majority|minority|pairs?|couple|double|triple|trio|triplicate"
    r"|duo|quartet|dozens?|handful|lots|plenty|\w+fold)(?!\w|\s+than\b|\s+\w+ly\b)",
    re.IGNORECASE,
)
_UNTOLD = re.compile(
    r"(?<!\w)(?:declin\w+|refus\w+|undisclosed|unknown|unclear|(?:not|n[’']t|never|no one|nobody)"
    r"\s+(?:\w+\s+){0,2}(?:disclos|reveal|known?|releas|publi|sa(?:y|id)|tell|told|pa(?:y|id)|cost|gave|give)"
    r"\w*|no\s+(?:price|money|fee|sum|figure|amount|cost))(?!\w)",
    re.IGNORECASE,
)
"""That a sum or a measure is not told, or not paid, is an answer too."""

_LETTERED = re.compile(r"(?<![\w.])[IVX]{2,}(?!\w)")  # Roman


HOW_MUCH_TOO = frozenset({"ru", "uk"})
"""Languages whose word for "how many" asks for how much as well."""


def counting(question: str, sentences: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The sentences that may tell how many, how much or how tall, in order.

    All of them where no figure is asked for, and the others than the English.
    """
    tells = telling(question)
    if tells is None:
        return list(sentences)
    return [
        one
        for one in sentences
        if one.candidate.passage.article.language != "en" or tells(one.text)
    ]


def telling(question: str) -> Callable[[str], bool] | None:
    """What tells sentences that may answer a question for a number; None where it asks for none."""
    share, measure = share_asked(question), strictly_asked(question)
    if share is not None:
        return lambda sentence: share.search(sentence) is not None or negates(sentence)
    if measure is not None:
        return lambda sentence: bool(measure.search(sentence) or _UNTOLD.search(sentence))
    if asks_for_a_count(question):
        any_figure = language_of(question) in HOW_MUCH_TOO
        return lambda sentence: counts(sentence, any_figure=any_figure)
    return None


def asks_for_a_count(question: str) -> bool:
    """Whether things are to be counted: "how many ships", but not "how many miles"."""
    return (
        bool(counted_noun(question))
        and unit_asked(question) is None
        and not names_a_measure(question)
    )


def counts(sentence: str, *, any_figure: bool = False) -> bool:
    """Whether a word of it counts loosely or denies, or a number is one of things, or any is."""
    if _LOOSELY.search(sentence) or _LETTERED.search(sentence) or negates(sentence):
        return True
    numbers = answers_of_kind(AnswerKind.QUANTITY, sentence)
    return any(any_figure or not measures(sentence, one.start, one.end) for one in numbers)
