"""What else is said in the articles of the best sentences, for both sides to be heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.store import StoredPassage, StoreReader
from retrieval.evidence.candidates import Candidate
from retrieval.evidence.quotes import ReadArticle
from retrieval.evidence.ranked import RankedSentence

ARTICLES_HEARD = 3
"""In the articles of the best sentences, everything that somebody says may be a side's word."""

BELOW_ALL = -4.7
"""Log-odds of what nothing proposed: a probability of .009, low, yet above the least that is quoted
(`selection.LEAST_PROBABILITY`, .005), which only what competes has to reach."""


def heard_besides(
    store: StoreReader,
    competing: Sequence[RankedSentence],
    read: Callable[[RankedSentence], ReadArticle],
) -> list[RankedSentence]:
    """Sentences in which somebody speaks, besides those that compete, in the best articles.

    A denial may share no word with the question, so no search proposes it. `read` gives the
    article of a sentence. A version of an article other than the one read is left out.
    """
    known = {_place(sentence) for sentence in competing}
    firsts: dict[str, RankedSentence] = {}
    for sentence in competing:
        firsts.setdefault(sentence.candidate.passage.article.id, sentence)
    heard: list[RankedSentence] = []
    for article_id, first in list(firsts.items())[:ARTICLES_HEARD]:
        told = read(first)
        for passage in store.neighbours(article_id):
            if passage.article.content_hash == told.article.content_hash:
                heard.extend(
                    one
                    for one in _sentences(passage)
                    if _place(one) not in known
                    and told.attributions[told.index_of(one.span)] is not None
                )
    return heard


def _sentences(passage: StoredPassage) -> list[RankedSentence]:
    candidate = Candidate(passage, None, None, None, None)
    return [
        RankedSentence(candidate, index, BELOW_ALL, (), None)
        for index in range(len(passage.passage.sentences))
    ]


def _place(sentence: RankedSentence) -> tuple[str, int]:
    return sentence.candidate.passage.article.id, sentence.span.start
