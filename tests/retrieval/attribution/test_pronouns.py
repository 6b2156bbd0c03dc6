"""A pronoun is traced to a name only where the text leaves one person."""

from __future__ import annotations

import pytest

from tests.retrieval.articles import spoken


def last_speaker(*sentences: str) -> str | None:
    found = spoken(*sentences)[-1]
    return found.speaker if found else None


@pytest.mark.parametrize(
    "between",
    [
        "Vendt has signed for Oslo.",
        "Vendt denied that he would leave.",
        "In their talks on Monday, Vendt accused the league of delay.",
        "Vendt doesn’t want to leave.",
    ],
)
def test_a_pronoun_does_not_pass_somebody_of_whom_the_text_has_one_name(between: str) -> None:
    first = "“It is late,” club chairman Arne Lund told reporters."
    assert last_speaker(first, between, "“I stay,” he said.") is None


def test_a_plain_word_at_the_start_of_a_sentence_is_nobody() -> None:
    told = ("Director Arne Lund said the cases had doubled.", "Cases have been found in Oslo.")
    assert last_speaker(*told, "“We are worried,” he said.") == "Arne Lund"
    told = ("Director Arne Lund said it was late.", "Clearly nobody was ready.")
    assert last_speaker(*told, "“We are worried,” he said.") == "Arne Lund"


def test_a_surname_that_two_bear_is_still_who_speaks() -> None:
    told = ("Marit Lund was there.", "Ida Lund came.", "Lund said the bridge was safe.")
    assert last_speaker(*told, "“It will stand,” she said.") == "Lund"


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        ("The plan of Berg’s council is ready.", None),
        ("The letter came from Berg.", None),
        ("The letter came from Lund.", "Arne Lund"),
        ("The letter came from Spokeswoman Berg.", None),
    ],
)
def test_a_surname_alone_names_somebody_else_too(between: str, speaker: str | None) -> None:
    first = "Mayor Bo Berg met engineers."
    told = (first, "Engineer Arne Lund said the bridge was old.", between)
    assert last_speaker(*told, "“It leaks,” he said.") == speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Mayor Bo Berg has not seen it, but he said it leaked.", "Bo Berg"),
        ("The plan of Mayor Bo Berg is bad, he said.", "Arne Lund"),
        ("Mayor Bo Berg was at home then, he said.", None),
        ("After a talk with Mayor Bo Berg, he said that it leaked.", None),
        ("Berg opened the bridge because he said it was safe.", None),
    ],
)
def test_a_pronoun_is_whoever_its_own_sentence_is_about(sentence: str, speaker: str | None) -> None:
    first = "Engineer Arne Lund said the bridge was old."
    assert last_speaker(first, sentence) == speaker


@pytest.mark.parametrize(
    ("asking", "speaker"),
    [
        ("Jon Vale asked Senator Bo Berg whether he would run again.", None),
        ("Jon Vale asked Senator Bo Berg to resign.", None),
        ("Jon Vale asked why the bridge was closed.", None),
        ("“Is it safe?” host Jon Vale asked.", None),
        ("Jon Vale asked the city council for more time.", "Jon Vale"),
        ("Jon Vale was asked whether the bridge was closed.", "Jon Vale"),
    ],
)
def test_after_a_question_nobody_can_tell_who_answers(asking: str, speaker: str | None) -> None:
    assert last_speaker(asking, "“It is not decided,” he said.") == speaker


def test_a_guess_at_whether_somebody_is_a_man_is_never_held_for_another() -> None:
    told = (
        "Engineer Arne Lund said the bridge was old.",
        "“It leaks,” he said.",
        "Teacher Kim Berg said it was late.",
        "“I wait,” he said.",
        "Kim Berg was tired.",
    )
    assert last_speaker(*told) is None
    assert last_speaker(*told, "“I go home,” she said.") is None


def test_his_wife_is_not_he() -> None:
    told = "Engineer Arne Lund said the house was cold."
    wife = "His wife, Ida Moe Lund, was ill, and although poor he said he would stay."
    assert last_speaker(told, wife) == "Arne Lund"


@pytest.mark.parametrize("opener", ["Following", "Amid", "Clearly", "Including"])
def test_what_opens_a_sentence_is_no_first_name(opener: str) -> None:
    told = ("Kylian Vendt plays for Oslo.", f"{opener} Vendt’s goal, the fans sang.")
    assert last_speaker(*told, "“I stay,” Vendt said.") == "Kylian Vendt"


def test_a_first_name_that_ends_like_an_adverb_stays() -> None:
    assert last_speaker("Kimberly Lund came.", "“I stay,” Lund said.") == "Kimberly Lund"
    assert last_speaker("Emily Lund came.", "“I stay,” Lund said.") == "Emily Lund"
