"""Lines that date an article, with weekdays, times and labels in the languages of news."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.cleaning.header_lines import dated, pieces
from corpus.cleaning.weekdays import LANGUAGES, weekday_names
from corpus.dates import parse_date
from tests.corpus.test_cleaning import imported

DAY = date(2024, 7, 2)


@pytest.mark.parametrize(
    "line",
    [
        "Published July 2, 2024 5:31pm",
        "Jul 2, 2024, 10:00am EDT",
        "Updated July 2, 2024 3:05PM",
        "2 July 2024, 9:00am",
        "Tuesday, July 2, 2024, 9am ET",
        "July 2, 2024 9 a.m.",
        "mardi 2 juillet 2024",
        "Publié le mardi 2 juillet 2024 à 14h30",
        "Mise à jour le 2 juillet 2024 à 14 h",
        "Martes, 2 de julio de 2024",
        "Publicado el 2 de julio del 2024 a las 14:30 h",
        "Di., 2. Juli 2024, 9 Uhr",
        "Zuletzt aktualisiert am Dienstag, 2. Juli 2024 um 14.30 Uhr",
        "Pubblicato il 2 luglio 2024 alle 14:30",
        "terça-feira, 2 de julho de 2024 às 14h30",
        "wtorek, 2 lipca 2024",
        "Вівторок, 2 липня 2024, 14:30",
        "Опубліковано 2 липня 2024 року о 14:30",
        "Опубликовано: вторник, 2 июля 2024 года, 14:30 МСК",
        "2 липня 2024 р.",
    ],
)
def test_a_line_is_a_date_and_nothing_else(line: str) -> None:
    found = dated(line)
    assert found is not None
    assert parse_date(found[0]) == DAY


@pytest.mark.parametrize(
    ("line", "update"),
    [
        ("Mise à jour le 2 juillet 2024", True),
        ("Zuletzt aktualisiert: 2. Juli 2024", True),
        ("Publié le 2 juillet 2024", False),
        ("Veröffentlicht am 2. Juli 2024", False),
    ],
)
def test_a_label_tells_an_update(line: str, update: bool) -> None:
    found = dated(line)
    assert found is not None
    assert found[1] is update


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("By Jane Doe, Tuesday, July 2, 2024", ["By Jane Doe", "July 2, 2024"]),
        ("Par Anne Roux, mardi 2 juillet 2024", ["Par Anne Roux", "2 juillet 2024"]),
        (
            "Published 9:00 a.m. ET July 2, 2024 Updated 5:31 p.m. ET July 3, 2024",
            ["Published 9:00 a.m. ET July 2, 2024", "Updated 5:31 p.m. ET July 3, 2024"],
        ),
        (
            "Erstellt 2. Juli 2024 14 Uhr Aktualisiert 3. Juli 2024",
            ["Erstellt 2. Juli 2024 14 Uhr", "Aktualisiert 3. Juli 2024"],
        ),
        ("The Sun, 2 July 2024", ["The Sun", "2 July 2024"]),
    ],
)
def test_a_line_of_several_facts_falls_into_them(line: str, parts: list[str]) -> None:
    assert pieces(line) == parts


@pytest.mark.parametrize(
    "line",
    [
        "The crane fell on 2 July 2024",
        "2 July 2024 in Essling",
        "Mardi gras, 2 juillet 2024",
        "El 2 de julio de 2024 cerró el puerto",
        "В порту 2 июля 2024 года",
        "2 июля 2024 рухнул кран",
        "9am on 2 July 2024 was when it fell",
    ],
)
def test_a_line_that_tells_more_is_no_date(line: str) -> None:
    assert dated(line) is None


BODIES = {
    "fr": (
        "Le port a été fermé lundi après la chute d'une grue, a annoncé l'autorité portuaire. "
        "Personne n'a été blessé, mais deux navires n'ont pas pu partir avant mercredi."
    ),
    "es": (
        "El puerto fue cerrado el lunes tras la caída de una grúa, anunció la autoridad del "
        "puerto. Nadie resultó herido, pero dos barcos no pudieron zarpar antes del miércoles."
    ),
    "uk": (
        "Порт закрили в понеділок, бо у воду впав кран, повідомила адміністрація порту. Ніхто не "
        "постраждав, але два кораблі не могли вийти до середи."
    ),
    "ru": (
        "Порт закрыли в понедельник, потому что в воду упал кран, сообщила администрация порта. "
        "Никто не пострадал, но два корабля не могли выйти до среды."
    ),
}


@pytest.mark.parametrize(
    ("language", "title", "line"),
    [
        ("fr", "Une grue tombe dans le port", "Publié le 2 juillet 2024 à 14h30"),
        ("fr", "Une grue tombe dans le port", "mardi 2 juillet 2024"),
        ("es", "Una grúa cae en el puerto", "Martes, 2 de julio de 2024"),
        ("uk", "У порту впав кран", "Вівторок, 2 липня 2024, 14:30"),
        ("ru", "В порту упал кран", "2 июля 2024 года"),
    ],
)
def test_the_date_above_a_text_is_taken_from_it(language: str, title: str, line: str) -> None:
    body = BODIES[language]
    (article,) = imported(f"{title}\n{line}\n\n{body}").articles
    assert (article.title, article.published, article.text) == (title, DAY, body)


def test_weekdays_are_known_in_every_language() -> None:
    some = {"úterý", "dienstag", "tuesday", "martes", "mardi", "martedì", "dinsdag", "wtorek"}
    assert some | {"terça-feira", "вторник", "tisdag", "вівторок"} <= weekday_names()
    assert {"п'ятниця", "п’ятниця", "пʼятниця"} <= weekday_names()
    assert len(LANGUAGES) == len(set(LANGUAGES))
