"""Evidence that gives no reason: "why" is not answered by a day or a figure alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.evidence.ranked import RankedSentence
from retrieval.question.answer_kinds import AnswerKind, answers_of_kind, is_only_a_time

_REASON = re.compile(
    r"(?<!\w)(?:because|due to|owing to|thanks to|as|as a result|so that|in order"
    r"|caus(?:e[ds]?|ing)|led to|prompt(?:ed|ing|s)|in (?:response|protest|return|exchange)"
    r"|reasons?|aim(?:ed|ing|s)?"
    r"|blam(?:e[ds]?|ing)|out of|fear(?:s|ed|ing)?)(?!\w)",
    re.IGNORECASE,
)
"""Words that give a reason; "after" and "since" tell a time as often."""

UNCOVERED = 4
"""Characters of the answering words that a figure may leave over: "about", a mark."""


def giving_reasons(kind: AnswerKind, sentences: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The sentences that may tell why, in order; all where no reason is asked for.

    Where the words that a reader finds in a sentence are a day or a figure and nothing in it gives
    a reason, it tells of the matter but not why. Of 166 open questions for a reason one has its
    answer in such a sentence (squad and newwiki, each within its article).
    """
    if kind is not AnswerKind.REASON:
        return list(sentences)
    return [one for one in sentences if not _is_beside_the_point(one)]


def _is_beside_the_point(sentence: RankedSentence) -> bool:
    if sentence.answer is None:
        return False
    words = sentence.answer.of(sentence.candidate.passage.article.text)
    return is_bare(words) and _REASON.search(sentence.text) is None


def is_bare(words: str) -> bool:
    """Whether words are no more than a day, a year or a figure."""
    if is_only_a_time(words):
        return True
    longest = max(
        (span.end - span.start for span in answers_of_kind(AnswerKind.QUANTITY, words)), default=0
    )
    return longest > 0 and len(words) - longest <= UNCOVERED
