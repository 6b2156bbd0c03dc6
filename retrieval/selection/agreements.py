"""Where else an answer stands: in copies of its story, and in other outlets' own words."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.article import Article
from index.store import StoredPassage
from retrieval.disputes.asked_matter import matter_words
from retrieval.disputes.claims import COVERED, share_of
from retrieval.disputes.distinctions import are_told_apart
from retrieval.evidence.likely import is_likely
from retrieval.evidence.ranked import RankedSentence
from retrieval.notes import Note, agrees
from retrieval.question.answer_fit import negates
from retrieval.selection.distinct import SAME_WORDING, Statement, resemblance, same_answer
from retrieval.selection.particulars import are_of_like_days, particulars
from retrieval.words.turn_names import names_in


def agreements(
    question: str,
    ranked: Sequence[RankedSentence],
    statements: Sequence[Statement],
    chosen: Sequence[int],
) -> list[Note]:
    """Other outlets that answer the same in another story, told once for each quote.

    Only what speaks of the matter agrees: "two" beside "two weeks" is else found in what is about
    something else. An outlet that is quoted with the same is seen to agree.
    """
    matter = _matter(question)
    speaking = [place for place, one in enumerate(ranked) if _speaks_of(matter, one)]
    notes = []
    for number, place in enumerate(chosen, start=1):
        if place not in speaking:
            continue
        own = ranked[place].candidate.passage
        same = [
            ranked[other].candidate.passage
            for other in speaking
            if same_answer(statements[place], statements[other])
        ]
        quoted = {
            _outlet(ranked[other].candidate.passage)
            for other in chosen
            if same_answer(statements[place], statements[other])
        }
        outlets: dict[str, str] = {}
        for other in same:
            if other.story != own.story and other.article.source is not None:
                outlets.setdefault(_outlet(other), other.article.source)
        told = sorted(outlets[outlet] for outlet in outlets.keys() - quoted)
        if told:
            notes.append(agrees(number, ", ".join(told)))
    return notes


def _outlet(passage: StoredPassage) -> str:
    """What an outlet goes by, however its name is written; empty where none is known."""
    return (passage.article.source or "").casefold()


def _matter(question: str) -> frozenset[str]:
    """What a question is about, its names apart: those stand in all that is told of them."""
    named = frozenset[str]().union(*(matter_words(name.text) for name in names_in(question)))
    return matter_words(question) - named


def _speaks_of(matter: frozenset[str], sentence: RankedSentence) -> bool:
    """Whether a sentence is likely the answer, or has most of what the question is about."""
    return is_likely(sentence) or share_of(matter, matter_words(sentence.text)) > COVERED


def copies_of(
    sentence: RankedSentence,
    ranked: Sequence[RankedSentence],
    quoted: Sequence[RankedSentence],
) -> tuple[Article, ...]:
    """Articles among the ranked that carry a sentence's story, and nearly its words.

    What is `quoted` itself stands in the answer already.
    """
    own = sentence.candidate.passage
    shown = {one.candidate.passage.article.id for one in quoted} | {own.article.id}
    others: dict[str, Article] = {}
    for other in ranked:
        article = other.candidate.passage.article
        if other.candidate.passage.story != own.story or article.id in shown:
            continue
        if sentence.text in article.text or _is_worded_alike(sentence.text, other.text):
            others.setdefault(article.id, article)
    return tuple(others.values())


def _is_worded_alike(first: str, second: str) -> bool:
    if resemblance(first, second) < SAME_WORDING or negates(first) != negates(second):
        return False
    if particulars(first) != particulars(second) or not are_of_like_days(first, second):
        return False
    return not are_told_apart(first, second)
