from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from retrieval.words.question_language import is_foreign, language_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who won the chess open?", "en"),
        ("Сколько солдат на границе?", "ru"),
        ("Кто выиграл этот турнир?", "ru"),
        ("Скільки солдатів на кордоні?", "uk"),
        ("Хто переміг?", "uk"),
        ("Wie lange dauerte der Streik?", "de"),
        ("Combien de postes seront supprimés ?", "fr"),
        ("¿Cuántos puestos se pierden?", "es"),
        ("Osterberg", None),
        ("", None),
        ("为什么", None),
    ],
)
def test_the_language_of_a_question(question: str, language: str | None) -> None:
    assert language_of(question) == language


def article(text: str, language: str | None) -> Article:
    return Article("a", "t", text, "h", language=language)


def test_an_article_in_another_language_is_foreign() -> None:
    english = article("The bridge was closed.", "en")
    assert not is_foreign("Why was the bridge closed?", english)
    assert is_foreign("Почему закрыли мост?", english)
    assert is_foreign("Warum wurde die Brücke geschlossen?", english)


def test_without_a_known_language_the_letters_decide() -> None:
    assert is_foreign("Почему закрыли мост?", article("The bridge was closed.", None))
    assert not is_foreign("Warum ist die Brücke zu?", article("The bridge was closed.", None))
    assert not is_foreign("Osterberg?", article("Мост закрыт.", "ru"))


@given(st.text(max_size=80))
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert language_of(text) in {None, "en", "de", "fr", "es", "ru", "uk", "be"}
