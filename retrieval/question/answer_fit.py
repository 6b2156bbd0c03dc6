"""Whether a sentence can hold the answer at all: what is counted, said of it, or denied.

A reader finds words that look like an answer in any sentence about the right subject. These
features say what it overlooks; what each is worth is learned.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from corpus.article import Span
from retrieval.question.answer_kinds import WITH_NAMES, AnswerKind, answers_of_kind
from retrieval.question.units import REACH
from retrieval.words.question_terms import QuestionTerms, term_set
from retrieval.words.turn_names import is_stop_word

NEGATION_REACH = 4
"""Words after a negation that it may be about: "has not yet been approved"."""

_COUNTED = re.compile(
    r"(?<!\w)(?:how\s+many|what\s+number\s+of|(?:what|which)\s+(?:is|was|are|were)\s+the\s+number\s+of"
    r"|сколько|скільки|wie\s+viele|combien\s+d[e’']|cu[aá]nt[oa]s)(?!\s+(?:стоит|стоил|коштує|коштува|cost|времени|часу|temps))"
    r"\s*(?P<counted>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_CLAUSE_END = re.compile(r"[,;:]")
_NEGATION = re.compile(
    r"(?<!\w)(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|denied|denies|refused"
    r"|rejected|ruled\s+out|declined|не|нет|ни|никогда|никто|нікого|ні|ніколи|немає|без|nicht"
    r"|kein\w{0,2}|nie|niemand|ne|pas|jamais|aucun\w?|nunca|ningun\w?)(?!\w)|n[’']t(?!\w)",
    re.IGNORECASE,
)
_WITH_FIGURES = frozenset({AnswerKind.QUANTITY, AnswerKind.TIME})


@lru_cache(maxsize=256)
def counted_noun(question: str) -> frozenset[str]:
    """Terms of what "how many" asks for: "vessels" of "How many fishing vessels sank?".

    The words up to the first that only binds. Empty where nothing countable is asked for.
    """
    match = _COUNTED.search(question)
    if match is None:
        return frozenset()
    counted: list[str] = []
    for word in _WORD.findall(match["counted"]):
        if is_stop_word(word) or len(counted) == 3:
            break
        counted.append(word)
    return term_set(" ".join(counted))


def counted_found(question: str, sentence: frozenset[str]) -> float:
    """1 where the sentence names what is to be counted, 0 where not, NaN where nothing is."""
    counted = counted_noun(question)
    if not counted:
        return math.nan
    return 1.0 if counted & sentence else 0.0


def answer_fits(kind: AnswerKind, unit: re.Pattern[str] | None, text: str, answer: Span) -> float:
    """1 where the answering words hold something of the kind asked for, 0 where not.

    `answer` is their place in `text`. NaN for the kinds that any words may answer.
    """
    if kind not in _WITH_FIGURES and kind not in WITH_NAMES:
        return math.nan
    words = answer.of(text)
    if unit is not None and not unit.search(text[max(0, answer.start - 2) : answer.end + REACH]):
        return 0.0
    return 1.0 if next(answers_of_kind(kind, words), None) else 0.0


def rest_found(asked: QuestionTerms, present: frozenset[str]) -> float:
    """Weight share (0 to 1) of the question's terms besides names that are `present`.

    NaN where the question has none: what is asked about a name is what tells questions apart.
    """
    rest = [
        (term, weight)
        for term, weight in zip(asked.terms, asked.weights, strict=True)
        if term not in asked.names
    ]
    whole = sum(weight for _, weight in rest)
    if not whole:
        return math.nan
    return sum(weight for term, weight in rest if term in present) / whole


def negates(sentence: str) -> bool:
    """Whether anything in it is negated or denied."""
    return _NEGATION.search(sentence) is not None


def negated(question: str, asked: QuestionTerms, sentence: str) -> float:
    """1 where the sentence negates a word of the question that the question does not, else 0."""
    if negates(question):
        return 0.0
    rest = frozenset(asked.terms) - asked.names
    for match in _NEGATION.finditer(sentence):
        clause = _CLAUSE_END.split(sentence[match.end() :], maxsplit=1)[0]
        following = _WORD.findall(clause)[:NEGATION_REACH]
        if rest & term_set(" ".join(following)):
            return 1.0
    return 0.0
