"""Evidence of the contrary: asked why rents fell, the text tells that they rose.

A question whose premise is false finds what is true of the matter. Where the sentence has the
opposite of a word of the question and not the word itself, it most likely answers another question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.evidence.features import Asked
from retrieval.evidence.ranked import RankedSentence
from retrieval.question.answer_kinds import AnswerKind
from retrieval.question.yes_or_no import has_question_word
from retrieval.words.opposites import opposites, tells_contrary
from retrieval.words.question_terms import term_set

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

    Never for a question that wants a yes or a no, nor for a statement: the contrary answers it.
    """
    if asked.kind is AnswerKind.POLAR or not has_question_word(asked.text):
        return False
    if sentence.candidate.passage.article.language != "en":
        return False
    return tells_contrary(_asked_words(asked), sentence.text)


def may_be_contradicted(asked: Asked) -> bool:
    """Whether the question has any word that has an opposite."""
    return not opposites().keys().isdisjoint(term_set(_asked_words(asked)))


def _asked_words(asked: Asked) -> str:
    """The question without the time that it names: "last year" is not the opposite of "first"."""
    return asked.text if asked.undated is None else asked.undated.text
