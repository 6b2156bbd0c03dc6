"""Evidence of the contrary: asked why rents fell, the text tells that they rose.

A question whose premise is false finds what is true of the matter. Where the sentence has the
opposite of a word of the question and not the word itself, it most likely answers another question.
Converses are no contraries: what was sold to somebody, somebody bought.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from retrieval.evidence.features import Asked
from retrieval.evidence.ranking import RankedSentence
from retrieval.question.answer_kinds import AnswerKind
from retrieval.words.question_terms import term_set
from retrieval.words.word_lists import word_lists

CONTRARY = -2.65
"""Log-odds by which such a sentence is less likely to answer: of the best sentences for 740 open
questions that have no answer in their article 38 tell the contrary, of 2,034 that answer 7 do
(`python -m tests.benchmarks.contraries INDEX DATA/squad DATA/train/squadshifts_newwiki`)."""


def set_back(asked: Asked, sentences: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The sentences, best first, those that tell the contrary of what is asked less likely."""
    if not may_be_contradicted(asked):
        return list(sentences)
    weighed = [
        replace(one, log_odds=one.log_odds + CONTRARY) if is_contrary(asked, one) else one
        for one in sentences
    ]
    return sorted(weighed, key=lambda one: -one.log_odds)


def is_contrary(asked: Asked, sentence: RankedSentence) -> bool:
    """Whether an English sentence has an opposite of a word of the question instead of it.

    Never for a question that wants a yes or a no: the contrary answers it.
    """
    if asked.kind is AnswerKind.POLAR or sentence.candidate.passage.article.language != "en":
        return False
    return tells_contrary(asked.terms.terms, term_set(sentence.text))


def may_be_contradicted(asked: Asked) -> bool:
    """Whether the question has any word that has an opposite."""
    return not opposites().keys().isdisjoint(asked.terms.terms)


def tells_contrary(asked: Iterable[str], told: frozenset[str]) -> bool:
    """Whether `told` has an opposite of an asked term, and not that term.

    A question that names both ("rise or fall") leaves open which.
    """
    wanted = frozenset(asked)
    return any(
        term not in told and not wanted & opposites()[term] and told & opposites()[term]
        for term in wanted & opposites().keys()
    )


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Terms of the keyword index by the terms of their opposites."""
    found: dict[str, frozenset[str]] = {}
    for one, other in word_lists("opposites")["pairs"]:
        for term, against in ((one, other), (other, one)):
            for base in term_set(term):
                found[base] = found.get(base, frozenset()) | term_set(against)
    return found
