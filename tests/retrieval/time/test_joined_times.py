"""Several times in one question, and days counted back: "in May or June", "two Fridays ago"."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.time.time_expressions import named_times, read_time

ASKED = date(2024, 8, 28)  # a Wednesday


def read(question: str, asked: date = ASKED) -> tuple[date | None, date | None, str] | None:
    time = read_time(question, asked)
    return None if time is None else (time.since, time.until, time.span.of(question))


@pytest.mark.parametrize(
    ("question", "since", "until", "named"),
    [
        ("In May or June, who won?", (5, 1), (6, 30), "In May or June"),
        ("Who won in May, June or July?", (5, 1), (7, 31), "in May, June or July"),
        ("Who won in late May or early June?", (5, 21), (6, 10), "in late May or early June"),
        ("Who won on Monday or Tuesday?", (8, 26), (8, 27), "on Monday or Tuesday"),
        ("Кто победил в мае или в июне?", (5, 1), (6, 30), "в мае или в июне"),
        ("Хто переміг у травні чи червні?", (5, 1), (6, 30), "у травні чи червні"),
        ("Wer gewann im Mai oder Juni?", (5, 1), (6, 30), "im Mai oder Juni"),
        ("Who left between 3 and 5 May?", (5, 3), (5, 5), "between 3 and 5 May"),
        ("Who left from 3rd to 5th of May?", (5, 3), (5, 5), "from 3rd to 5th of May"),
        ("Who left between May 3 and 5?", (5, 3), (5, 5), "between May 3 and 5"),
        ("Who left on 3 or 4 May 2024?", (5, 3), (5, 4), "on 3 or 4 May 2024"),
        ("Кто уехал между 3 и 5 мая?", (5, 3), (5, 5), "между 3 и 5 мая"),
        ("Кто уехал с 3 по 5 мая?", (5, 3), (5, 5), "с 3 по 5 мая"),
        ("Хто поїхав з 3 по 5 травня?", (5, 3), (5, 5), "з 3 по 5 травня"),
        ("Wer kam zwischen dem 3. und 5. Mai?", (5, 3), (5, 5), "zwischen dem 3. und 5. Mai"),
    ],
)
def test_times_side_by_side_are_one_stretch(
    question: str, since: tuple[int, int], until: tuple[int, int], named: str
) -> None:
    assert read(question) == (date(2024, *since), date(2024, *until), named)
    assert len(list(named_times(question, ASKED))) == 1


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Did she run in May or win in June?", "in May"),
        ("Was he born in May or in 1990?", "in May"),
        ("Did they meet in April or march to the palace?", "in April"),
        ("Did they meet in April and may they meet again?", "in April"),
        ("On May 3 and 5 people died, didn’t they?", "On May 3"),
        ("What has changed since May or June?", "since May"),
    ],
)
def test_what_is_no_other_time_adds_nothing(question: str, named: str) -> None:
    found = read(question)
    assert found is not None
    assert found[2] == named


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What happened the weekend before last?", (2024, 8, 17), (2024, 8, 18)),
        ("What happened at the weekend before last?", (2024, 8, 17), (2024, 8, 18)),
        ("What happened the week before last?", (2024, 8, 12), (2024, 8, 18)),
        ("What happened the month before last?", (2024, 6, 1), (2024, 6, 30)),
        ("What happened the year before last?", (2022, 1, 1), (2022, 12, 31)),
        ("What was said in March of the year before last?", (2022, 3, 1), (2022, 3, 31)),
        ("Who left two Fridays ago?", (2024, 8, 16), (2024, 8, 16)),
        ("Who left on the Friday before last?", (2024, 8, 16), (2024, 8, 16)),
        ("Who left two Wednesdays ago?", (2024, 8, 14), (2024, 8, 14)),
        ("Who left two weekends ago?", (2024, 8, 17), (2024, 8, 18)),
        ("Что было на позапрошлой неделе?", (2024, 8, 12), (2024, 8, 18)),
        ("Что было в прошлые выходные?", (2024, 8, 24), (2024, 8, 25)),
        ("Что было в позапрошлые выходные?", (2024, 8, 17), (2024, 8, 18)),
        ("Кто уехал две пятницы назад?", (2024, 8, 16), (2024, 8, 16)),
        ("Кто уехал в позапрошлую пятницу?", (2024, 8, 16), (2024, 8, 16)),
        ("Що сталося позаминулих вихідних?", (2024, 8, 17), (2024, 8, 18)),
        ("Що сталося позаторік?", (2022, 1, 1), (2022, 12, 31)),
        ("Хто поїхав дві п’ятниці тому?", (2024, 8, 16), (2024, 8, 16)),
        ("Хто поїхав минулої п’ятниці?", (2024, 8, 23), (2024, 8, 23)),
        ("Was geschah vorletzte Woche?", (2024, 8, 12), (2024, 8, 18)),
        ("Что было в первых числах июня?", (2024, 6, 1), (2024, 6, 10)),
    ],
)
def test_times_counted_back_from_the_day_of_asking(
    question: str, since: tuple[int, int, int], until: tuple[int, int, int]
) -> None:
    found = read(question)
    assert found is not None
    assert found[:2] == (date(*since), date(*until))


def test_a_weekend_counted_back_on_a_saturday_is_over() -> None:
    saturday = date(2024, 8, 31)
    found = read("Who left two weekends ago?", saturday)
    assert found is not None
    assert found[:2] == (date(2024, 8, 17), date(2024, 8, 18))
