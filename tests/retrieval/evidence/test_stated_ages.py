"""Whose age is asked for, and whose age a sentence states."""

from __future__ import annotations

import pytest

from retrieval.evidence.stated_ages import Belongs, asked_age, belonging

BERG = "How old is Anna Berg?"


@pytest.mark.parametrize(
    ("question", "who", "is_name", "now"),
    [
        (BERG, ("anna", "berg"), True, True),
        ("How old was Anna Berg when she won?", ("anna", "berg"), True, False),
        ("What is the age of Berg?", ("berg",), True, True),
        ("How old is the minister?", ("minist",), False, True),
        ("How old is Berg's daughter?", ("daughter",), False, True),
        ("How old was the driver in Halvern?", ("driver",), False, False),
        ("Сколько лет Анне Берг?", ("ан", "берг"), True, True),
    ],
)
def test_who_is_asked_about(question: str, who: tuple[str, ...], is_name: bool, now: bool) -> None:
    asked = asked_age(question)
    assert asked is not None
    assert (asked.who, asked.is_name, asked.now) == (who, is_name, now)


@pytest.mark.parametrize(
    "question",
    ["How old must one be to vote?", "Who is Anna Berg?", "How long is the bridge?", "How old?"],
)
def test_other_questions_ask_for_no_age(question: str) -> None:
    assert asked_age(question) is None


@pytest.mark.parametrize(
    ("question", "sentence", "best"),
    [
        (BERG, "Berg, 47, leads the council.", Belongs.CERTAINLY),
        ("How old is the skeleton?", "A 5,000-year-old skeleton was found.", Belongs.CERTAINLY),
        ("How old is the fossil?", "It is a 66 million-year-old fossil.", Belongs.CERTAINLY),
        (BERG, "Police arrested Anna Berg (47) on Monday.", Belongs.CERTAINLY),
        (BERG, "The award went to 47-year-old harbour pilot Anna Berg.", Belongs.CERTAINLY),
        (BERG, "Anna Berg, a 47-year-old Norwegian engineer, won.", Belongs.CERTAINLY),
        (BERG, "Berg is 47 and lives in Halvern.", Belongs.CERTAINLY),
        (BERG, "Anna Berg, the first woman to lead it, turned 47 in May.", Belongs.PERHAPS),
        (BERG, "Anna Berg was born on 3 May 1977 in Halvern.", Belongs.PERHAPS),
        (BERG, "A 47-year-old newcomer, Berg beat the champion.", Belongs.PERHAPS),
        (BERG, "Erik Lund, a 23-year-old student, had met Anna Berg.", Belongs.NOT),
        (BERG, "Hours after Berg spoke, 23-year-old Erik Lund was arrested.", Belongs.NOT),
        (BERG, "The 96-year-old monarch greeted Berg at the gate.", Belongs.NOT),
        (BERG, "A man and his three-year-old granddaughter waited for Berg.", Belongs.NOT),
        (BERG, "Lund died with Anna Berg at his side, at the age of 91.", Belongs.NOT),
        (BERG, "Berg went to school when she was 6 years old.", Belongs.NOT),
        (BERG, "In 1991 the 14-year-old Berg won her first race.", Belongs.NOT),
        (BERG, "Berg is the third minister in three years.", Belongs.NOT),
        ("How old was Anna Berg when she won?", "Berg won when she was 14.", Belongs.PERHAPS),
        ("How old was Anna Berg in 1991?", "In 1991 the 14-year-old Berg won.", Belongs.CERTAINLY),
        ("How old is the minister?", "The 47-year-old minister resigned.", Belongs.CERTAINLY),
        ("How old is the minister?", "A 10-year-old boy met the minister.", Belongs.NOT),
        ("How old is the Sund Bridge?", "The Sund Bridge was built in 1901.", Belongs.PERHAPS),
        ("How old is the Sund Bridge?", "On the Sund Bridge pilot Lund, 23, fell.", Belongs.NOT),
        ("Сколько лет Анне Берг?", "47-летняя Берг победила.", Belongs.CERTAINLY),
    ],
)
def test_whose_age_a_sentence_states(question: str, sentence: str, best: Belongs) -> None:
    asked = asked_age(question)
    assert asked is not None
    told = [belongs for _, belongs in belonging(asked, sentence, "", 2024)]
    assert min(told, default=Belongs.NOT) is best


def test_a_description_stands_for_the_one_who_was_named_before() -> None:
    asked = asked_age(BERG)
    assert asked is not None
    sentence = "The 47-year-old engineer remains in hospital."
    assert [one for _, one in belonging(asked, sentence, "Anna Berg hurt in a fall\n")] == [
        Belongs.PERHAPS
    ]
    assert [one for _, one in belonging(asked, sentence, "Erik Lund hurt in a fall\n")] == [
        Belongs.NOT
    ]


def test_an_age_beside_a_name_is_that_of_the_day_of_writing_whatever_years_are_told() -> None:
    asked = asked_age(BERG)
    assert asked is not None
    sentence = "Berg, 47, had led the council between 2017 and 2020."
    assert [one for _, one in belonging(asked, sentence, "", 2025)] == [Belongs.CERTAINLY]
    sentence = "In 2017 Berg was 39 and led the council."
    assert not list(belonging(asked, sentence, "", 2025))


@pytest.mark.parametrize(
    ("question", "sentence", "previous", "belongs"),
    [
        ("How old is Olav Berge?", "Her 24-year-old fiancé, Olav Berge, came.", "", "CERTAINLY"),
        ("How old is Berge?", "The 24-year-old driver, Olav Berge said.", "", "PERHAPS"),
        ("How old is Anna Moor?", "Thirty-two-year-old Anna Moor left.", "", "CERTAINLY"),
        ("How old was Anna Moor?", "She was 65.", "Anna Moor died on Sunday.", "CERTAINLY"),
        ("How old was Anna Moor?", "She was 65.", "Ida Berg, once Anna Moor, died.", "PERHAPS"),
    ],
)
def test_who_stands_beside_or_just_before_an_age(
    question: str, sentence: str, previous: str, belongs: str
) -> None:
    asked = asked_age(question)
    assert asked is not None
    found = [one.name for _, one in belonging(asked, sentence, previous, None, previous)]
    assert found == [belongs]
