"""Who speaks in German, French and Spanish sentences."""

from __future__ import annotations

import pytest

from tests.retrieval.articles import spoken


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("„Die Brücke ist zu“, sagte Anna Berg.", "Anna Berg"),
        ("„Die Brücke ist zu“, sagte Bürgermeisterin Anna Berg am Montag.", "Anna Berg"),
        (
            "„Die Brücke ist zu“, sagte die Sprecherin der Stadt, Anna Berg.",
            "die Sprecherin der Stadt",
        ),
        ("Anna Berg sagte, die Brücke sei zu.", "Anna Berg"),
        ("Am Montag sagte Anna Berg, die Brücke sei zu.", "Anna Berg"),
        ("Bundeskanzlerin Anna Berg (ABC) erklärte, sie werde gehen.", "Anna Berg"),
        ("Die Polizei teilte am Sonntag mit, zwei Männer seien verletzt.", "Die Polizei"),
        ("Wie die Polizei mitteilte, wurden zwei Männer verletzt.", "die Polizei"),
        ("Zwei Männer wurden laut Polizei verletzt.", "Polizei"),
        ("Nach Angaben der Polizei wurden zwei Männer verletzt.", "Polizei"),
        ("Laut einer Studie sinkt der Pegel.", "Studie"),
        ("Der Sprecher des Ministeriums bestritt die Vorwürfe.", "Der Sprecher des Ministeriums"),
        ("Das Ministerium wies die Vorwürfe zurück.", "Das Ministerium"),
        ("« Le pont est fermé », a déclaré Anna Berg.", "Anna Berg"),
        ("« Le pont est fermé », a déclaré la ministre Anna Berg lundi.", "Anna Berg"),
        ("Le ministre de l'Intérieur Jean Lund a affirmé que le pont est fermé.", "Jean Lund"),
        ("La police a indiqué que deux hommes étaient blessés.", "La police"),
        ("Selon le ministère, deux hommes ont été blessés.", "le ministère"),
        ("Le gouvernement a démenti ces accusations.", "Le gouvernement"),
        ("«El puente está cerrado», dijo Ana Berg.", "Ana Berg"),
        ("El presidente Juan Lund dijo que el puente está cerrado.", "Juan Lund"),
        ("La policía informó que dos hombres están heridos.", "La policía"),
        ("Según la policía, dos hombres están heridos.", "la policía"),
        ("El Gobierno negó las acusaciones.", "El Gobierno"),
        ("Ahora Lund asegura que no lo vio.", "Lund"),
        ("Das Amt des Kreises Linden bestätigte den Verstoß.", "Das Amt des Kreises Linden"),
        ("„Es ist still“, sagte der FWR-Vorsitzende Friedrich Lund.", "Friedrich Lund"),
        ("Zwei Männer wurden nach Angaben der Agentur Lindum verletzt.", "Agentur Lindum"),
        ("Medienberichten zufolge ist die Brücke zu.", "Medienberichten"),
    ],
)
def test_the_speaker_of_a_sentence(sentence: str, speaker: str) -> None:
    (found,) = spoken(sentence)
    assert found is not None
    assert found.speaker == speaker


@pytest.mark.parametrize(
    ("sentence", "polarity"),
    [
        ("Der Sprecher des Ministeriums bestritt die Vorwürfe.", "denies"),
        ("Das Ministerium wies die Vorwürfe zurück.", "denies"),
        ("Le gouvernement a démenti ces accusations.", "denies"),
        ("El Gobierno negó las acusaciones.", "denies"),
        ("Anna Berg warf der Stadt Untätigkeit vor.", "accuses"),
        ("Anna Berg forderte einen Neubau.", "urges"),
        ("Anna Berg a confirmé la nouvelle.", "confirms"),
    ],
)
def test_how_it_is_said(sentence: str, polarity: str) -> None:
    (found,) = spoken(sentence)
    assert found is not None
    assert found.verb_polarity == polarity


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Brücke ist zu.",
        "Das wies den Weg in die Stadt.",
        "Le pont a été fermé lundi.",
        "El puente está cerrado.",
        "Darüber wurde am Montag berichtet.",
        "Privat Versicherte haben keinen Anspruch.",
        "Der Lohn hängt davon ab, wie von den Autoren behauptet wird.",
        "Le salaire varie selon les professions et le sexe.",
        "Das Amt kontrollierte den Angaben zufolge den Hof.",
    ],
)
def test_nobody_speaks_where_the_text_does_not_say_so(sentence: str) -> None:
    assert spoken(sentence) == [None]


def test_pronouns_and_surnames_find_the_whole_name() -> None:
    german = spoken(
        "„Die Brücke ist zu“, sagte Minister Jan Lund.",
        "„Sie ist alt“, sagte Lund.",
        "Er sagte auch, sie werde abgerissen.",
    )
    assert [one and one.speaker for one in german] == ["Jan Lund"] * 3
    french = spoken(
        "« Le pont est fermé », a déclaré le ministre Jean Lund.",
        "« Il est vieux », a-t-il ajouté.",
        "Il sera détruit, affirme-t-il.",
    )
    assert [one and one.speaker for one in french] == ["Jean Lund"] * 3
