"""What makes evidence surer than its words: the very speaker asked for, or that person's own age.

"What did Berg say about the budget?" has no answering words for a reader to find, and so it
believes little. Where the text itself tells that Berg speaks, and of the budget, that counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from retrieval.certainty.asked_speaker import asked_speaker, matter_said, speaks
from retrieval.evidence.features import Asked
from retrieval.evidence.quotes import ReadArticle
from retrieval.evidence.ranked import RankedSentence
from retrieval.evidence.stated_ages import asked_age, surely_tells, time_of_age
from retrieval.words.question_terms import term_set, term_sets

LIFT = 1.4
"""Log-odds that such evidence adds where all that was asked of the matter stands around it: one
chance in five becomes an even one. Over 295 questions made from 250 news articles, of the 168 for
what somebody said 138 are then answered (56 without), and of 127 for what the same speakers said
of another article's matter 4 (2 without)."""


def own_evidence(
    asked: Asked, sentence: RankedSentence, read: Callable[[RankedSentence], ReadArticle]
) -> float:
    """How much surer (log-odds, 0 to LIFT) the best sentence is for whom it tells of.

    `read` gives a sentence's article. 0 where neither somebody's words nor an age is asked for,
    or where the text does not say that they are the ones asked for.
    """
    matter = _matter(asked, sentence, read)
    return 0.0 if matter is None else LIFT * _share_around(asked, sentence, matter)


def _matter(
    asked: Asked, sentence: RankedSentence, read: Callable[[RankedSentence], ReadArticle]
) -> str | None:
    """What else is asked of the speaker's words or of the age; None where they are not that."""
    speaker = asked_speaker(asked.text)
    if speaker is not None:
        return matter_said(asked.text) if speaks(speaker, sentence, read(sentence)) else None
    age = asked_age(asked.text)
    # An age beside a name is that of the day of writing: "when he learned to swim" asks another.
    if (
        age is not None
        and not time_of_age(asked.text).strip(" ?.!")
        and surely_tells(age, sentence)
    ):
        return ""
    return None


def _share_around(asked: Asked, sentence: RankedSentence, matter: str) -> float:
    """Weight (0 to 1) of the words of `matter` in the sentence, its neighbours and the title."""
    passage = sentence.candidate.passage
    wanted = asked.wording(passage.article).terms.within(matter)
    if not wanted.terms:
        return 1.0
    return wanted.share(term_set(passage.article.title).union(*_near(sentence)))


def _near(sentence: RankedSentence) -> Sequence[frozenset[str]]:
    sets = term_sets(sentence.candidate.passage.sentence_texts())
    return sets[max(0, sentence.index - 1) : sentence.index + 2]
