from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.composition import Parts
from retrieval.answer import Question
from retrieval.certainty.ends_told import asked_end, names_time_before

ASKED = date(2024, 9, 10)


@pytest.mark.parametrize(
    ("question", "end"),
    [
        ("What did Kyiv say before July?", date(2024, 6, 30)),
        ("How many had fled by February 3, 2024?", date(2024, 2, 3)),
        ("Who led the club until 2021?", date(2021, 12, 31)),
        ("What did Kyiv say in July?", None),
        ("What has happened since July?", None),
        ("How many cars will be electric by 2030?", None),
        ("Who was hurt by the fire?", None),
        ("Will the bridge be finished by July?", None),
        ("What did NATO say ahead of Friday’s summit?", None),
        ("Is the airport closed until Sunday?", None),
        ("Who led the club before the end of 2021?", date(2021, 12, 31)),
    ],
)
def test_only_an_end_that_has_come_is_one(question: str, end: date | None) -> None:
    assert asked_end(question, ASKED) == end


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He was arrested on February 17.", True),
        ("She left in March.", True),
        ("The talks of 2019 had failed.", True),
        ("The visit is planned for December 1.", False),
        ("They met on June 2.", False),
        ("They met at the border.", False),
    ],
)
def test_a_later_text_must_name_the_time(text: str, names: bool) -> None:
    assert names_time_before(date(2024, 2, 29), text, date(2024, 6, 3)) == names


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(1, 400))
def test_a_day_named_in_full_counts_up_to_the_end(end: date, days: int) -> None:
    written = end + timedelta(days=500)
    before, after = end - timedelta(days=days), end + timedelta(days=days + 1)
    assert names_time_before(end, f"It was on {before.isoformat()}.", written)
    assert not names_time_before(end, f"It was on {after.isoformat()}.", written)


def test_what_was_said_later_is_not_quoted(sample_parts: Parts) -> None:
    question = "What did Lukashenko say about Ukraine before July 2024?"
    quotes = sample_parts.answerer.answer(Question(question, ASKED)).quotes
    dates = [one.article.published for one in quotes]
    assert all(one is None or one < date(2024, 8, 1) for one in dates)
