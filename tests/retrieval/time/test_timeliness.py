"""Which days a question may speak of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from index.store import Filter
from retrieval.time.time_expressions import read_time
from retrieval.time.timeliness import RECENT_DAYS, Timeliness

ASKED = date(2024, 8, 28)


@pytest.mark.parametrize(
    "question",
    [
        "Who won?",
        "Will the bridge be finished by December?",
        "Is the airport closed until Sunday?",
        "How many cars will be electric by 2030?",
    ],
)
def test_an_end_yet_to_come_leaves_the_newest_articles_first(question: str) -> None:
    time = Timeliness(ASKED, read_time(question, ASKED))
    recent = time.recent(Filter())
    assert recent is not None
    assert recent.since == ASKED - timedelta(days=RECENT_DAYS)
    assert time.suits(ASKED) > 0


def test_an_end_that_has_come_reaches_back_before_it() -> None:
    recent = Timeliness(ASKED, read_time("Who led it before July?", ASKED)).recent(Filter())
    assert recent is not None
    assert (recent.since, recent.until) == (None, date(2024, 7, 7))
