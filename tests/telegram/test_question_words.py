"""Filters written into questions, in three languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.holdings import Holdings
from bot.telegram.limits import NO_LIMITS, Limits, read_limits
from bot.telegram.outlet_words import TakenOutlet, take_outlet
from bot.telegram.question_words import read_question, read_since, time_ahead
from bot.telegram.texts import ENGLISH, RUSSIAN, UKRAINIAN, Texts

TODAY = date(2024, 8, 28)  # a Wednesday
JUNE, JULY = date(2024, 6, 1), date(2024, 7, 1)
LAST_WEEK = date(2024, 8, 19)
LEDGER, REUTERS, PRAVDA, TIME = "The Eastern Ledger", "reuters.com", "Новая газета", "Time"
WORLD, NATURE = "The World", "nature.com"
HOLDINGS = Holdings((LEDGER, "Ledger", REUTERS, PRAVDA, TIME, WORLD, NATURE), date(2010, 1, 1))


@pytest.mark.parametrize(
    ("text", "left", "since", "until"),
    [
        ("What did Minsk say?", "What did Minsk say?", None, None),
        ("since 2024-06-01 What did Minsk say?", "What did Minsk say?", JUNE, None),
        ("What did Minsk say since 1.6.2024", "What did Minsk say", JUNE, None),
        ("from 2024-06-01 to 2024-07-01: who?", "who?", JUNE, JULY),
        ("who? since 2024-06-01 until 2024-07-01", "who?", JUNE, JULY),
        ("Что сказал Минск с 01.06.2024 по 01.07.2024?", "Что сказал Минск?", JUNE, JULY),
        ("Що сказав Мінськ від 2024-06-01", "Що сказав Мінськ", JUNE, None),
        ("since 2024-13-45 what?", "since 2024-13-45 what?", None, None),
        ("What happened on 2024-06-01?", "What happened on 2024-06-01?", None, None),
    ],
)
def test_dates_in_digits_at_the_ends_are_filters_and_leave_the_question(
    text: str, left: str, since: date | None, until: date | None
) -> None:
    read = read_question(text, HOLDINGS, TODAY)
    assert (read.text, read.limits) == (left, Limits(since, until))


@pytest.mark.parametrize(
    ("text", "left", "since"),
    [
        ("What has changed since June?", "What has changed?", JUNE),
        ("Since June, what has changed?", "what has changed?", JUNE),
        ("Что изменилось с июня?", "Что изменилось?", JUNE),
        ("Що змінилося від червня?", "Що змінилося?", JUNE),
        ("What has Minsk said since June about Kyiv?", None, JUNE),
        ("What did Minsk say last week?", None, LAST_WEEK),
        ("Что сказал Минск на прошлой неделе?", None, LAST_WEEK),
        ("Що сказав Мінськ минулого тижня?", None, LAST_WEEK),
        ("What was said two days ago?", None, date(2024, 8, 26)),
        ("Who has been president since 1994?", None, None),
        ("What was moved before 2024-07-01 to the border and why?", None, None),
        ("Who won in 2022?", None, None),
        ("What did he say in June?", None, None),
        ("since June", None, JUNE),
    ],
)
def test_times_in_words_keep_out_what_is_too_old_to_tell(
    text: str, left: str | None, since: date | None
) -> None:
    read = read_question(text, HOLDINGS, TODAY)
    assert (read.text, read.limits) == (left or text, Limits(since))


@pytest.mark.parametrize(
    ("text", "left", "outlet"),
    [
        ("eastern ledger: who won?", "who won?", LEDGER),
        ("Who won according to the Eastern Ledger?", "Who won?", LEDGER),
        ("from Reuters, who won?", "who won?", REUTERS),
        ("Who won (from reuters.com)?", "Who won?", REUTERS),
        ("What was said in the Ledger about Minsk?", "What was said about Minsk?", "Ledger"),
        ("Кто победил по данным «Новой газеты»?", "Кто победил?", PRAVDA),
        ("За даними Новой газети, хто переміг?", "хто переміг?", PRAVDA),
        ("What changes from time to time?", "What changes from time to time?", None),
        ("Who is in Reutersville?", "Who is in Reutersville?", None),
        ("What does Reuters say?", "What does Reuters say?", None),
        ("Who won from Reuters?", "Who won?", REUTERS),
        ("Who won from reuters?", "Who won from reuters?", None),
        ("Who won in Reuters?", "Who won?", REUTERS),
        ("Who won (by Time)?", "Who won?", TIME),
        ("In The World, who won?", "who won?", WORLD),
        ("Who won in nature.com?", "Who won?", NATURE),
        ("Кто победил в «Новой газете»?", "Кто победил?", PRAVDA),
    ],
)
def test_an_outlet_named_as_the_source_is_a_filter(
    text: str, left: str, outlet: str | None
) -> None:
    taken = take_outlet(text, HOLDINGS.outlets)
    assert (taken.text, taken.outlet) == (left, outlet)
    sources = frozenset({outlet} if outlet else ())
    assert read_question(text, HOLDINGS, TODAY).limits == Limits(sources=sources)


@pytest.mark.parametrize(
    "text",
    [
        "Were the soldiers evacuated in time?",
        "In time, were they evacuated?",
        "WERE THEY EVACUATED IN TIME?",
        "Which country is the largest in the world?",
        "Where is it found in nature?",
        "Что пишут в новой газете?",
        "Що пишуть у новій газеті?",
    ],
)
def test_an_ordinary_word_after_in_names_no_outlet(text: str) -> None:
    assert take_outlet(text, HOLDINGS.outlets) == TakenOutlet(text)


@pytest.mark.parametrize(
    "text",
    [
        "Сколько людей уехало из страны?",
        "Какие выводы следуют из фактов?",
        "Скільки людей виїхало з України?",
        "What is left when water is taken from time?",
        "From nature, what can be learnt?",
    ],
)
def test_an_ordinary_word_or_a_state_after_from_names_no_outlet(text: str) -> None:
    outlets = ("Страна", "Факты", "Україна", TIME, NATURE)
    assert take_outlet(text, outlets) == TakenOutlet(text)


@pytest.mark.parametrize(
    ("text", "left", "certain"),
    [
        ("How far is the Earth from the Sun?", "How far is the Earth?", False),
        ("From the Sun, how far is the Earth?", "how far is the Earth?", False),
        ("How far from the Sun is the Earth?", "How far is the Earth?", False),
        ("Who won according to the Sun?", "Who won?", True),
        ("the sun: who won?", "who won?", True),
        ("Who won from “The Sun”?", "Who won?", True),
        ("Кто победил из «страны»?", "Кто победил?", True),
        ("Хто переміг, з «України»?", "Хто переміг?", True),
        ("Who won from reuters.com?", "Who won?", True),
        ("Who won, from the eastern ledger?", "Who won?", True),
    ],
)
def test_one_word_with_a_capital_after_from_may_be_something_else(
    text: str, left: str, certain: bool
) -> None:
    outlets = ("The Sun", "Страна", "Україна", REUTERS, LEDGER)
    taken = take_outlet(text, outlets)
    assert (taken.text, taken.certain) == (left, certain)
    assert taken.outlet is not None
    holdings = Holdings(outlets, date(2010, 1, 1))
    assert read_question(text, holdings, TODAY).whole == (None if certain else text)
    since = read_since(f"2024-06-01 {text}", holdings, TODAY)
    assert since is not None
    assert since.limits.since == JUNE


@pytest.mark.parametrize(
    ("text", "left", "since", "until"),
    [
        ("2024-06-01 who?", "who?", JUNE, None),
        ("2024-06-01 until 2024-07-01 who?", "who?", JUNE, JULY),
        ("June who said it?", "who said it?", JUNE, None),
        ("from 1 June 2024: who?", "who?", JUNE, None),
        ("last week who?", "who?", LAST_WEEK, None),
        ("yesterday who?", "who?", date(2024, 8, 27), None),
        ("июнь кто?", "кто?", JUNE, None),
        ("на прошлой неделе, кто?", "кто?", LAST_WEEK, None),
        ("червень хто?", "хто?", JUNE, None),
        ("минулого тижня хто?", "хто?", LAST_WEEK, None),
        ("who? since June", "who?", JUNE, None),
        ("June", "", JUNE, None),
    ],
)
def test_since_begins_with_a_time_in_any_words(
    text: str, left: str, since: date, until: date | None
) -> None:
    read = read_since(text, HOLDINGS, TODAY)
    assert read is not None
    assert (read.text, read.limits) == (left, Limits(since, until))


@pytest.mark.parametrize("text", ["", "who?", "2024-13-45 who?", "2031-01-01 who?", "x" * 5000])
def test_since_without_a_time_that_is_past_is_not_understood(text: str) -> None:
    assert read_since(text, HOLDINGS, TODAY) is None
    assert time_ahead(text, TODAY) == ("2031-01-01" if text.startswith("2031") else None)


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("tomorrow what will Minsk do?", "tomorrow"),
        ("завтра что?", "завтра"),
        ("завтра що?", "завтра"),
        ("next year who?", "next year"),
        ("tomorrows who?", None),
        ("yesterday who?", None),
    ],
)
def test_a_time_still_to_come_is_told_from_the_question(text: str, ahead: str | None) -> None:
    assert time_ahead(text, TODAY) == ahead


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert len(read_question(text, HOLDINGS, TODAY).text) <= len(text)
    read = read_since(text, HOLDINGS, TODAY)
    assert read is None or len(read.text) <= len(text)


DATES = st.none() | st.dates()


@given(DATES, DATES, st.frozensets(st.text(min_size=1)))
def test_limits_are_read_back_as_they_were(
    since: date | None, until: date | None, sources: frozenset[str]
) -> None:
    limits = Limits(since, until, sources)
    assert read_limits(limits.written()) == limits
    assert read_limits("{}") == NO_LIMITS


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (ENGLISH, "Only articles from 1 June 2024 on · Reuters"),
        (RUSSIAN, "Только статьи с 1 июня 2024 · Reuters"),
        (UKRAINIAN, "Лише статті від 1 червня 2024 · Reuters"),
    ],
)
def test_limits_are_told_to_the_reader(texts: Texts, words: str) -> None:
    assert Limits(JUNE, None, frozenset({"Reuters"})).in_words(texts) == words
