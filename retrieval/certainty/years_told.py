"""Evidence from before the year asked about, which cannot tell of it.

"Who won the contest in 2024?" finds those who won it two years earlier: the same words, and no
date among the words. What was written before a year tells of it only where it names that year, or
speaks of the year to come.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from corpus.article import Article
from retrieval.evidence.ranked import RankedSentence
from retrieval.time.time_expressions import named_times
from retrieval.words.word_lists import alternatives, word_lists

_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20|21)\d{2}(?!\d)")


def asked_years(question: str, asked: date) -> range | None:
    """The first years that a question asks about; None where it names none, or all before one."""
    for time in named_times(question, asked):
        if time.since is not None and _YEAR.search(time.span.of(question)):
            return range(time.since.year, (time.until or date.max).year + 1)
    return None


def telling_of(years: range, sentences: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The sentences whose articles may tell of those years, in order."""
    return [one for one in sentences if _may_tell(years, one)]


def _may_tell(years: range, sentence: RankedSentence) -> bool:
    passage = sentence.candidate.passage
    written = _last_written(passage.article)
    if written is None or written.year >= years.start:
        return True
    said = f"{passage.article.title}\n{passage.text}"
    if any(int(named) in years for named in _YEAR.findall(said)):
        return True
    return written.year + 1 in years and bool(_year_to_come().search(said))


def _last_written(article: Article) -> date | None:
    dates = [one for one in (article.published, article.updated) if one is not None]
    return max(dates, default=None)


@cache
def _year_to_come() -> re.Pattern[str]:
    words = alternatives(word_lists("time_words")["next_year"])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
