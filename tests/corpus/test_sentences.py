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


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["The mayor said the work would go on.", "Police closed the bridge."]),
        ("en", ["The spill is near 5 Fa. Berg's farm."]),
        ("en", ["She has long worked at BP.", "Analysts were surprised."]),
        ("en", ["His round was far below par.", "20 players did better."]),
        ("en", ["The clock stood at 5 p.m. EST.", "20 people had left."]),
        ("ru", ["Он ответил им.", "Полиция начала проверку."]),
        ("en", ["Он ответил им.", "Полиция начала проверку."]),
        ("ru", ["Учёные описали новый ген.", "Врачи ждут лекарства."]),
        ("ru", ["На складе хранили рис.", "20 мешков пропали."]),
        ("en", ["Сгорели книги, карты и пр.", "Пожарные приехали поздно."]),
        ("ru", ["Горел театр им. Чехова на ул. Ленина.", "Это видно на плане (рис. 3)."]),
        ("ru", ["Он учился в МГУ им. Ломоносова.", "Школа № 5 им. Гагарина закрыта."]),
        ("de", ["Er sprach gestern mit einer Frau.", "Danach ging er."]),
        ("de", ["Die Fa. Müller liefert an Hr. Roth.", "Er zahlt bar."]),
        ("it", ["Lo ha detto on. Rossi al sig. Bianchi.", "Poi è partito."]),
        ("it", ["Il decreto cita l’art. 20 e il num. 3.", "Nessuno lo sa."]),
        ("fr", ["Le vent souffle de l’est.", "20 bateaux sont rentrés."]),
        ("pl", ["Był tam gen. Nowak i bp. Zieliński.", "Mówi o tym art. 20 ustawy."]),
        ("en", ["Gen. Smith met Sen. Berg and Const. Lowe.", "They saw vol. 3 and Art. 20."]),
        ("sv", ["De måste dra.", "Polisen kom sent."]),
    ],
)
def test_a_word_that_is_an_abbreviation_elsewhere_ends_a_sentence(
    language: str, sentences: list[str]
) -> None:
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
