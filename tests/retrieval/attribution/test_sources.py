"""What "according to" names, and documents that say something."""

from __future__ import annotations

import pytest

from tests.retrieval.articles import speaker_of


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The club was valued at 9 million, according to the lawsuit.", "the lawsuit"),
        ("One in four stayed at home, according to data from the Health Agency.", "Health Agency"),
        ("Half would leave, according to a poll released last week by Quill House.", "Quill House"),
        ("It will cost more, according to a report commissioned by Lindum.", "report"),
        ("She was arrested, according to court documents filed on Monday.", "court documents"),
        ("A man was charged, according to court proceedings Lindum obtained.", "court proceedings"),
        ("It was warm, according to Lindum meteorologist Ida Foss.", "Ida Foss"),
        ("Two farms are closed, according to the state.", "the state"),
        ("He is ill, according to his manager, Robbie Kass.", "his manager"),
        ("Data from the Health Agency shows that visits fell.", "Health Agency"),
        ("Exports fell, according to Chinese customs statistics.", "Chinese customs statistics"),
        ("It was so, according to Dutch newspaper accounts.", "Dutch newspaper accounts"),
        ("It rained, according to New Lindum weather data.", "New Lindum weather data"),
        ("It rained, according to Lindum parents.", "Lindum parents"),
        ("Prices rose, according to Health Agency data.", "Health Agency"),
        ("Prices rose, according to Pollmetric data.", "Pollmetric"),
        ("Prices rose, according to NHA data.", "NHA"),
        ("“It is over,” The Courier editor in chief Ida Foss wrote.", "Ida Foss"),
        ("Commander in chief Jon Vale said it was over.", "Jon Vale"),
    ],
)
def test_a_document_is_told_by_who_made_it_or_by_itself(sentence: str, speaker: str) -> None:
    assert speaker_of(sentence) == speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The lawsuit said that no expert had been asked.", "The lawsuit"),
        ("The fund fell short, the complaint alleges.", "the complaint"),
        ("A 2018 study found that vitamins do not help.", "2018 study"),
        ("The law allows it in May, the bill states.", "the bill"),
        ("The Health Agency found that half were at risk.", "Health Agency"),
    ],
)
def test_documents_and_bodies_say_and_find(sentence: str, speaker: str) -> None:
    assert speaker_of(sentence) == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "According to plan, the bridge opened.",
        "According to reports, the bridge is old.",
        "Reports say the bridge is old.",
        "Police found a bag that was empty.",
    ],
)
def test_nobody_in_particular_is_no_source(sentence: str) -> None:
    assert speaker_of(sentence) is None
