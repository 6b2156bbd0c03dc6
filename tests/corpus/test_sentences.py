"""Sentences as a reader would cut them."""

import pytest

from corpus.sentences import split_sentences
from tests.corpus.sentence_cases import CASES, text_of
from tests.corpus.sentence_paragraphs import PARAGRAPHS


def cut(text: str, language: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, language)]


def test_most_hand_cut_cases_come_out_whole() -> None:
    whole = sum(cut(text_of(*case), case[0]) == case[1] for case in CASES)
    assert whole >= 0.93 * len(CASES)


def test_most_paragraphs_of_seven_languages_come_out_whole() -> None:
    whole = sum(cut(text_of(*case), case[0]) == case[1] for case in PARAGRAPHS)
    assert whole >= 0.85 * len(PARAGRAPHS)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["Lt. Col. Ann Poe left the U.S. on Feb. 17.", "It rained."]),
        ("en", ["The border is 1,084km (674-mile) long.", "It is open."]),
        ("en", ["“It is not the first time,” he said on July 1.", "“It will not be the last.”"]),
        ("en", ["“Really?” he asked.", "Nobody answered."]),
        ("ru", ["Это сказал В. В. Петров в 2022 г. в Минске.", "Он уехал."]),
        ("de", ["Am 2. Mai kam Dr. Roth.", "Er ging bald."]),
        ("ru", ["Ущерб — 300 тыс. руб.", "Суд идёт."]),
        ("uk", ["«Хто там?» — спитав він.", "Тиша…", "Він пішов."]),
        ("en", ["It sank at 32° S.", "Divers went down."]),
        ("en", ["All of them voted no.", "Reps. Berg and Lowe left."]),
        ("en", ["It was Spc. Berg who spoke.", "Const. Lowe listened at no. 10."]),
        ("ru", ["Там жили книги, карты и т. д.", "Это было давно."]),
        ("zh", ["边境长1084公里。", "他没有回答。"]),
        ("ar", ["هل هذا صحيح؟", "لم يجب أحد."]),
    ],
)
def test_news_sentences(language: str, sentences: list[str]) -> None:
    assert cut(text_of(language, sentences), language) == sentences


def test_lines_end_sentences() -> None:
    text = "New Iron Curtain?\nSince 2022 it grew\n- one item\n- another item\nA headline"
    assert cut(text, "en") == text.split("\n")


def test_lone_surrogates_and_unknown_languages_are_taken() -> None:
    assert cut("One \ud800 two. Three.", "xx") == ["One \ud800 two.", "Three."]


@pytest.mark.parametrize(
    "piece", ["a", "word ", "(a. ", '"A b. ', "?", ". ", "“x” ", "A.B.", "1. "]
)
def test_a_million_odd_characters_are_cut_without_losing_any(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    sentences = split_sentences(text)
    assert sum(len("".join(one.of(text).split())) for one in sentences) == len(
        "".join(text.split())
    )
