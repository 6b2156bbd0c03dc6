"""Names across scripts: told by their consonants, states by any of their names."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.words.name_sounds import names_missing_across, sound_alike, spelled_alike

SAME = [
    ("Лукашенко", "Lukashenko"),
    ("Зеленський", "Zelensky"),
    ("Черчилль", "Churchill"),
    ("Хальден", "Halden"),
    ("Сандлайн", "Sundline"),
    ("Джонсона", "Johnson"),
    ("Ковачем", "Kovac"),
    ("Ілку", "Ilk"),
    ("Хьюстоне", "Houston"),
    ("Вашингтон", "Washington"),
]
OTHER = [
    ("Лукашенко", "Lavrov"),
    ("Малинде", "Malmö"),
    ("Ли", "Lee"),  # one sound is too little
    ("Путин", "Peskov"),
    ("Берг", "Bergman"),
]


@pytest.mark.parametrize(("cyrillic", "latin"), SAME)
def test_one_name_in_two_scripts(cyrillic: str, latin: str) -> None:
    assert sound_alike(cyrillic, latin)
    assert sound_alike(latin, cyrillic)


@pytest.mark.parametrize(("cyrillic", "latin"), OTHER)
def test_two_names(cyrillic: str, latin: str) -> None:
    assert not sound_alike(cyrillic, latin)


@given(one=st.text(max_size=40), other=st.text(max_size=40))
def test_any_two_texts_can_be_compared_either_way(one: str, other: str) -> None:
    assert sound_alike(one, other) == sound_alike(other, one)


@given(name=st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыэюя", min_size=1, max_size=30))
def test_within_one_script_spelling_decides(name: str) -> None:
    assert not sound_alike(name, name)


TEXT = "Bohdan Ilk of Germany met Leila Haddan in Minsk in 2017."


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ("Ілку Хаддан", 0.0),
        ("Германии", 0.0),
        ("Білорусі", 0.0),  # Minsk stands for it
        ("2017", 0.0),
        ("2018", 1.0),
        ("Хаддан Орлунд", 0.5),
        ("Франции", 1.0),
        ("", 0.0),
    ],
)
def test_the_names_that_a_text_lacks(asked: str, missing: float) -> None:
    assert names_missing_across(f"Кто {asked}", TEXT) == missing


def test_the_first_word_of_a_question_is_no_name() -> None:
    assert names_missing_across("Орлунд", TEXT) == 0.0


def test_words_that_are_no_names_are_not_taken_for_them() -> None:
    assert names_missing_across("Что Мост", "They lost most of it.") == 1.0


IN_ENGLISH = "Mathieu Boulegue of Chatham House spoke of Russia, Belarus and the United States."


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ("¿Qué dijo Boulegue de Rusia y Bielorrusia?", 0.0),
        ("Qu'a dit Mathieu Boulègue de la Biélorussie et des États-Unis ?", 0.0),
        ("Quel était le record, et où ?", 0.0),  # small letters with accents are small
        ("¿Cuántas personas murieron en Francia?", 1.0),
        ("Que dit la Pologne de la Russie ?", 0.5),
    ],
)
def test_names_in_other_languages_of_one_script(asked: str, missing: float) -> None:
    assert names_missing_across(asked, IN_ENGLISH) == missing


def test_german_nouns_say_nothing_of_names() -> None:
    asked = "Wie viele Bäckereien sind wegen Streiks geschlossen?"
    assert math.isnan(names_missing_across(asked, IN_ENGLISH))


def test_a_state_in_an_article_of_another_language() -> None:
    assert names_missing_across("What did Germany say?", "L'Allemagne est le pays voisin.") == 0.0


@given(one=st.text(max_size=40), other=st.text(max_size=40))
def test_spellings_are_compared_either_way(one: str, other: str) -> None:
    assert spelled_alike(one, other) == spelled_alike(other, one)
