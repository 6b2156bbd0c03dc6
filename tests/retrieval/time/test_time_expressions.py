from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.time.calendar_times import calendar_times
from retrieval.time.time_expressions import read_time, without_time

ASKED = date(2024, 8, 28)  # a Wednesday


def stretch(question: str, asked: date = ASKED) -> tuple[date | None, date | None] | None:
    reference = read_time(question, asked)
    return None if reference is None else (reference.since, reference.until)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What happened this week?", date(2024, 8, 22), ASKED),
        ("Who ruled before the fall of 2023?", None, date(2023, 8, 31)),
        ("Who voted before the May elections?", None, date(2024, 4, 30)),
        ("Who fled between December and February 2024?", date(2023, 12, 1), date(2024, 2, 29)),
        ("Who fled between November and January?", date(2023, 11, 1), date(2024, 1, 31)),
        ("What was written before 0001-01-01?", None, date.min),
        ("Who resigned last week?", date(2024, 8, 19), date(2024, 8, 25)),
        ("What did Minsk say yesterday?", date(2024, 8, 27), date(2024, 8, 27)),
        ("Who won last month?", date(2024, 7, 1), date(2024, 7, 31)),
        ("What happened this year?", date(2024, 1, 1), ASKED),
        ("What did the ministry say in June?", date(2024, 6, 1), date(2024, 6, 30)),
        ("What happened in September?", date(2023, 9, 1), date(2023, 9, 30)),
        ("What was signed in june 2022?", date(2022, 6, 1), date(2022, 6, 30)),
        ("What did Peskov say on 2 July 2024?", date(2024, 7, 2), date(2024, 7, 2)),
        ("Who spoke on July 2-5, 2024?", date(2024, 7, 2), date(2024, 7, 5)),
        ("Who spoke on Feb. 22, 2022?", date(2022, 2, 22), date(2022, 2, 22)),
        ("What was found on 2024-07-02?", date(2024, 7, 2), date(2024, 7, 2)),
        ("What was found on 7/2/2024?", date(2024, 7, 2), date(2024, 7, 2)),
        ("What was found on 22/7/2024?", date(2024, 7, 22), date(2024, 7, 22)),
        ("Who arrived on Tuesday?", date(2024, 8, 27), date(2024, 8, 27)),
        ("Who arrived last Wednesday?", date(2024, 8, 21), date(2024, 8, 21)),
        ("What changed since March?", date(2024, 3, 1), None),
        ("What was built after 5 May 2022?", date(2022, 5, 6), None),
        ("Who led the bank before 2023?", None, date(2022, 12, 31)),
        ("What was promised by June 2024?", None, date(2024, 6, 30)),
        ("What happened between 2 June and 5 July 2024?", date(2024, 6, 2), date(2024, 7, 5)),
        ("What happened between June and August 2022?", date(2022, 6, 1), date(2022, 8, 31)),
        ("Who governed from 2019 to 2021?", date(2019, 1, 1), date(2021, 12, 31)),
        ("How dry was it in the summer of 2022?", date(2022, 6, 1), date(2022, 8, 31)),
        ("How cold was it last winter?", date(2023, 12, 1), date(2024, 2, 29)),
        ("What was sold in Q3 2023?", date(2023, 7, 1), date(2023, 9, 30)),
        ("What burned in late June?", date(2024, 6, 21), date(2024, 6, 30)),
        ("Who left three days ago?", date(2024, 8, 25), date(2024, 8, 25)),
        ("What closed in the last 3 months?", date(2024, 5, 28), ASKED),
        ("Who sang in the 2000s?", date(2000, 1, 1), date(2009, 12, 31)),
        ("Who sang in the 1700s?", date(1700, 1, 1), date(1799, 12, 31)),
        ("Who sang in the 1990s?", date(1990, 1, 1), date(1999, 12, 31)),
        ("Что случилось на прошлой неделе?", date(2024, 8, 19), date(2024, 8, 25)),
        ("Что заявил Минск в июне 2022 года?", date(2022, 6, 1), date(2022, 6, 30)),
        ("Что изменилось с марта?", date(2024, 3, 1), None),
        ("Кто правил до 2023 года?", None, date(2022, 12, 31)),
        ("Что горело летом 2022 года?", date(2022, 6, 1), date(2022, 8, 31)),
        ("Кто приехал 2 июля 2024 года?", date(2024, 7, 2), date(2024, 7, 2)),
        ("Що сталося цього тижня?", date(2024, 8, 22), ASKED),
        ("Що заявив Мінськ у червні?", date(2024, 6, 1), date(2024, 6, 30)),
        ("Що сталося вчора?", date(2024, 8, 27), date(2024, 8, 27)),
        ("Was geschah letzte Woche?", date(2024, 8, 19), date(2024, 8, 25)),
        ("Was geschah am 2. Juli 2024?", date(2024, 7, 2), date(2024, 7, 2)),
        ("Was gilt seit März?", date(2024, 3, 1), None),
        ("Was geschah vor drei Tagen?", date(2024, 8, 25), date(2024, 8, 25)),
        ("Who died due to the floods in July?", date(2024, 7, 1), date(2024, 7, 31)),
        ("Who voted before the end of 2023?", None, date(2023, 12, 31)),
        ("Кто правил до конца 2023 года?", None, date(2023, 12, 31)),
        ("Who left before the end of last week?", None, date(2024, 8, 25)),
        ("Who ruled before late 2023?", None, date(2023, 8, 31)),
        ("What changed after the start of 2022?", date(2022, 1, 1), None),
        ("What was planned until the start of 2022?", None, date(2022, 1, 1)),
        ("What was said in March last year?", date(2023, 3, 1), date(2023, 3, 31)),
        ("What was said in January of last year?", date(2023, 1, 1), date(2023, 1, 31)),
        ("Что сказали в январе прошлого года?", date(2023, 1, 1), date(2023, 1, 31)),
        ("Що сказали у січні минулого року?", date(2023, 1, 1), date(2023, 1, 31)),
        ("Was geschah im März letzten Jahres?", date(2023, 3, 1), date(2023, 3, 31)),
        ("Who left before March last year?", None, date(2023, 2, 28)),
        ("What did Minsk say on Monday last week?", date(2024, 8, 19), date(2024, 8, 19)),
        ("What did Minsk say on Monday, 3 July 2023?", date(2023, 7, 3), date(2023, 7, 3)),
        ("Who won in May or June 2022?", date(2022, 5, 1), date(2022, 6, 30)),
        ("Who won in December and February 2022?", date(2021, 12, 1), date(2022, 2, 28)),
        ("Did prices fall last year?", date(2023, 1, 1), date(2023, 12, 31)),
        ("What may this year bring?", date(2024, 1, 1), ASKED),
        ("Who fell in the last 24 hours?", date(2024, 8, 27), ASKED),
        ("Who fell in the past 48 hours?", date(2024, 8, 26), ASKED),
        ("Who fell in the last fortnight?", date(2024, 8, 14), ASKED),
        ("Кто погиб за последние 24 часа?", date(2024, 8, 27), ASKED),
        ("Кто погиб за последние сутки?", date(2024, 8, 27), ASKED),
        ("Хто загинув за останню добу?", date(2024, 8, 27), ASKED),
        ("Who governed in 2019-2021?", date(2019, 1, 1), date(2021, 12, 31)),
        ("Who governed from 2019-2021?", date(2019, 1, 1), date(2021, 12, 31)),
    ],
)
def test_times_are_resolved_against_the_day_of_asking(
    question: str, since: date | None, until: date | None
) -> None:
    reference = read_time(question, ASKED)
    assert reference is not None
    assert (reference.since, reference.until) == (since, until)
    assert reference.explicit
    assert not reference.latest


@pytest.mark.parametrize(
    "question",
    [
        "What may happen to the bridge?",
        "Who ruled Orla before the fall of Berg?",
        "What did organisers say before the march?",
        "What happened after Jan Novak resigned?",
        "Who saw a play by August Wilson?",
        "Did the strike last two weeks?",
        "What happened after 9999-12-31?",
        "Who will march to the palace?",
        "Will prices fall?",
        "Did Ukraine send 120,000 troops to the border?",
        "Were 2000 troops sent?",
        "Who ruled before the invasion?",
        "What will happen next week?",
        "Will it open in 2030?",
        "What was found on 2020-13-45?",
        "How many of the 2100 employees were laid off?",
        "Who had to pay a fine of 2100 euros?",
        "Who was jailed for 2020 days?",
        "Did the strike last 24 hours?",
        "What will happen in December?",
        "What is planned for this weekend?",
        "What is planned for December?",
        "Is the market open this Friday?",
        "",
    ],
)
def test_other_words_and_times_to_come_are_no_times(question: str) -> None:
    assert read_time(question, ASKED) is None


@pytest.mark.parametrize(
    "question",
    [
        "What is the latest news on Belarus?",
        "What is the most recent figure?",
        "Какие последние новости о мосте?",
        "Які найновіші дані?",
        "Was ist die neueste Zahl?",
    ],
)
def test_the_newest_word_is_asked_for(question: str) -> None:
    reference = read_time(question, ASKED)
    assert reference is not None
    assert reference.latest
    assert not reference.explicit
    assert (reference.since, reference.until) == (None, None)


@pytest.mark.parametrize(
    ("question", "until"),
    [
        ("Will the bridge be finished by December?", date(2024, 12, 31)),
        ("Will the bridge be finished before December?", date(2024, 11, 30)),
        ("What did NATO say ahead of Friday’s summit?", date(2024, 8, 29)),
        ("Is the airport closed until Sunday?", date(2024, 9, 1)),
        ("Будет ли мост закрыт до 1 декабря?", date(2024, 11, 30)),
        ("Чи буде міст закритий до 1 грудня?", date(2024, 11, 30)),
        ("Закрыт ли мост до 1 декабря?", date(2024, 11, 30)),
        ("Мост закроют до 1 декабря?", date(2024, 11, 30)),
        ("Что сказал Киев до 1 декабря?", date(2023, 11, 30)),
        ("Що сказав Мінськ до 1 грудня?", date(2023, 11, 30)),
        ("What is due before December?", date(2024, 11, 30)),
        ("Wird die Brücke bis Dezember fertig?", date(2024, 12, 31)),
        ("Le pont sera-t-il fermé jusqu’au 1er décembre ?", date(2024, 12, 1)),
        ("¿Estará cerrado el puente hasta diciembre?", date(2024, 12, 31)),
        ("How many had fled by Friday?", date(2024, 8, 23)),
        ("What did Kyiv say before July?", date(2024, 6, 30)),
        ("Is it true that Kyiv left before last December?", date(2023, 11, 30)),
    ],
)
def test_an_end_is_the_next_one_where_it_is_yet_to_come(question: str, until: date) -> None:
    assert stretch(question) == (None, until)


def test_a_weekend_that_is_over_stays_so() -> None:
    over = (date(2024, 8, 24), date(2024, 8, 25))
    assert stretch("What happened this weekend?") == over
    assert stretch("What will the storm of last weekend cost?") == over


@pytest.mark.parametrize(
    "question",
    [
        "Who won in 2019 elections?",
        "Who won the 2030 games in 2019?",
        "What changed in 2019 in Lorn?",
    ],
)
def test_a_year_before_other_words_stays_a_year(question: str) -> None:
    assert stretch(question) == (date(2019, 1, 1), date(2019, 12, 31))


@given(st.sampled_from(["31 December", "29 February", "winter", "Sunday", "this weekend"]))
def test_the_next_of_the_last_days_of_all_is_none_beyond_them(named: str) -> None:
    for time in calendar_times(named, date.max):
        assert time.since <= time.next_one().since <= date.max


def test_a_year_in_a_name_is_only_a_hint() -> None:
    reference = read_time("Who won the 2022 World Cup?", ASKED)
    assert reference is not None
    assert not reference.explicit
    assert reference.since == date(2022, 1, 1)


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("Qu'a dit le maire le 18 août 2023 ?", date(2023, 8, 18), date(2023, 8, 18)),
        ("Qui a gagné en novembre 2023 ?", date(2023, 11, 1), date(2023, 11, 30)),
        ("¿Qué dijo el alcalde el 18 de agosto de 2023?", date(2023, 8, 18), date(2023, 8, 18)),
        ("¿Quién ganó en noviembre de 2023?", date(2023, 11, 1), date(2023, 11, 30)),
    ],
)
def test_french_and_spanish_dates(question: str, since: date, until: date) -> None:
    assert stretch(question, ASKED) == (since, until)


def test_last_week_in_french_and_spanish() -> None:
    expected = stretch("What happened last week?", ASKED)
    assert stretch("Que s'est-il passé la semaine dernière ?", ASKED) == expected
    assert stretch("¿Qué pasó la semana pasada?", ASKED) == expected


def test_a_planet_is_no_month() -> None:
    assert read_time("What did they find on Mars?", ASKED) is None


def test_this_week_reaches_back_on_a_monday() -> None:
    assert stretch("What happened this week?", date(2024, 8, 26)) == (
        date(2024, 8, 20),
        date(2024, 8, 26),
    )


def test_the_span_covers_the_words_that_name_the_time() -> None:
    question = "What did Minsk say in June 2022 about drones?"
    reference = read_time(question, ASKED)
    assert reference is not None
    assert reference.span.of(question) == "in June 2022"


PIECES = (
    "in June 2022 since between and last 31 February week 9999 the summer ago 7/2/2024"
    " 0000-00-00 years летом до года - 999"
)
pieces = st.sampled_from(PIECES.split())


@given(
    st.one_of(st.text(max_size=200), st.lists(pieces, max_size=12).map(" ".join)),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)),
)
def test_any_text_is_read_and_spans_are_valid(question: str, asked: date) -> None:
    reference = read_time(question, asked)
    if reference is None:
        return
    assert 0 <= reference.span.start < reference.span.end <= len(question)
    if reference.since is not None:
        assert reference.since <= asked
    if reference.since is not None and reference.until is not None:
        assert reference.since <= reference.until
    assert reference.latest or reference.since is not None or reference.until is not None


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("Who won the regatta in 2024?", "Who won the regatta?"),
        (
            "What did the mayor say on 3 May about the bridge?",
            "What did the mayor say about the bridge?",
        ),
        ("In June, who resigned?", "who resigned?"),
        ("Who won the 2022 World Cup?", "Who won the World Cup?"),
        ("Кто выиграл регату в 2024 году?", "Кто выиграл регату?"),
    ],
)
def test_a_question_without_its_time(question: str, rest: str) -> None:
    time = read_time(question, date(2025, 6, 20))
    assert time is not None
    assert without_time(question, time) == rest
