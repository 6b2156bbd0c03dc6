from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer_kinds import AnswerKind, answer_kind, answers_of_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who signed the agreement?", AnswerKind.PERSON),
        ("When did the strike end?", AnswerKind.TIME),
        ("In which year was the line opened?", AnswerKind.TIME),
        ("Where was the drone shot down?", AnswerKind.PLACE),
        ("How many people were hurt?", AnswerKind.QUANTITY),
        ("How long is the bridge?", AnswerKind.QUANTITY),
        ("Why was the summit cancelled?", AnswerKind.REASON),
        ("What did the minister say about it?", AnswerKind.SPEECH),
        ("Did the army withdraw?", AnswerKind.POLAR),
        ("Which airline cancelled its flights?", AnswerKind.NAME),
        ("Сколько солдат на границе?", AnswerKind.QUANTITY),
        ("Коли почався страйк?", AnswerKind.TIME),
        ("The harbour", AnswerKind.OTHER),
    ],
)
def test_the_question_word_decides(question: str, kind: AnswerKind) -> None:
    assert answer_kind(question) is kind


@pytest.mark.parametrize(
    ("kind", "sentence", "found"),
    [
        (AnswerKind.TIME, "It closed on March 3, 2021 for good.", "March 3, 2021"),
        (AnswerKind.TIME, "They may march again.", None),
        (AnswerKind.QUANTITY, "The bridge is 1,240 metres long.", "1,240 metres"),
        (AnswerKind.QUANTITY, "It cost $3.5 million.", "$3.5 million"),
        (AnswerKind.PERSON, "the prize went to Ada Holt of Veldmoor", "Ada Holt of Veldmoor"),
        (AnswerKind.OTHER, "Anything at all.", None),
    ],
)
def test_words_of_the_kind_are_found(kind: AnswerKind, sentence: str, found: str | None) -> None:
    first = next(answers_of_kind(kind, sentence), None)
    assert (first.of(sentence) if first else None) == found


@given(st.sampled_from(AnswerKind), st.text(max_size=300))
def test_places_lie_inside_any_text(kind: AnswerKind, text: str) -> None:
    answer_kind(text)
    for span in answers_of_kind(kind, text):
        assert 0 <= span.start < span.end <= len(text)
