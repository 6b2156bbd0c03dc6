from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.answer_kinds import AnswerKind, answer_kind, answers_of_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who signed the agreement?", AnswerKind.PERSON),
        ("Who was accused of the murder?", AnswerKind.PERSON),
        ("Which company was denied a licence?", AnswerKind.NAME),
        ("When was the claim made?", AnswerKind.TIME),
        ("Was sagte Berg zum Streik?", AnswerKind.SPEECH),
        ("Did prices fall when the tariff was lifted?", AnswerKind.POLAR),
        ("Did Orla send ships, which Lindum denies?", AnswerKind.POLAR),
        ("Do you know when the bridge opened?", AnswerKind.TIME),
        ("Did the police say how many were hurt?", AnswerKind.QUANTITY),
        ("Did he say why he left?", AnswerKind.REASON),
        ("Will it rain", AnswerKind.POLAR),
        ("War crimes tribunal", AnswerKind.OTHER),
        ("May election results", AnswerKind.OTHER),
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
        ("Какова длина границы?", AnswerKind.QUANTITY),
        ("Як довго тривав страйк?", AnswerKind.QUANTITY),
        ("В каком году основан клуб?", AnswerKind.TIME),
        ("Чи відправила Україна солдатів?", AnswerKind.POLAR),
        ("Wie lange dauerte der Streik?", AnswerKind.QUANTITY),
        ("Was kostet das Brot?", AnswerKind.QUANTITY),
        ("Hat die Ukraine Soldaten geschickt?", AnswerKind.POLAR),
        ("Combien coûte le pain ?", AnswerKind.QUANTITY),
        ("L'Ukraine a-t-elle envoyé des soldats ?", AnswerKind.POLAR),
        ("¿Cuándo cerró el puente?", AnswerKind.TIME),
        ("¿Quién ganó el torneo?", AnswerKind.PERSON),
        ("¿Por qué cerró el puente?", AnswerKind.REASON),
        ("Was the bridge closed?", AnswerKind.POLAR),
        ("The harbour", AnswerKind.OTHER),
        ("What did Lund tell the council?", AnswerKind.SPEECH),
        ("What did the WHO say about the fever?", AnswerKind.SPEECH),
        ("What did the team say?", AnswerKind.SPEECH),
        ("How many troops did Kyiv say it had sent?", AnswerKind.QUANTITY),
        ("What year did Lund say the bridge was built?", AnswerKind.TIME),
        ("War in Orla: how many soldiers died?", AnswerKind.QUANTITY),
        ("Will Holt: why did he slap Berg?", AnswerKind.REASON),
        ("May elections: who won?", AnswerKind.PERSON),
        ("Was beschloss der Bundestag?", AnswerKind.OTHER),
        ("Was passierte in Kiew?", AnswerKind.OTHER),
        ("Was fordert die Gewerkschaft?", AnswerKind.OTHER),
        ("Was Anna Berg elected?", AnswerKind.POLAR),
        ("Was oil found in Orla?", AnswerKind.POLAR),
        ("Could you list the states that joined the league?", AnswerKind.OTHER),
        ("Could Orla join the league?", AnswerKind.POLAR),
        ("Can I ask how many people died?", AnswerKind.QUANTITY),
        ("Can you tell me who won?", AnswerKind.PERSON),
        ("Can you tell me whether rents fell?", AnswerKind.POLAR),
        ("Can you cross the border?", AnswerKind.POLAR),
        ("Would you say it failed?", AnswerKind.POLAR),
        ("Is there any information on how many died?", AnswerKind.QUANTITY),
        ("Has it been confirmed how many died?", AnswerKind.QUANTITY),
        ("Was the deal confirmed when Berg came?", AnswerKind.POLAR),
        ("Tell me whether rents fell in Lorn", AnswerKind.POLAR),
        ("True or false: rents fell in Lorn", AnswerKind.POLAR),
        ("I'd like to know if rents fell in Lorn", AnswerKind.POLAR),
        ("Rents fell in Lorn, right?", AnswerKind.POLAR),
        ("Аренда упала, верно?", AnswerKind.POLAR),
        ("Who won, right?", AnswerKind.PERSON),
        ("Who knows whether rents fell?", AnswerKind.PERSON),
        ("How do I know if rents fell?", AnswerKind.OTHER),
        ("Rents fell in Lorn", AnswerKind.OTHER),
    ],
)
def test_the_question_word_decides(question: str, kind: AnswerKind) -> None:
    assert answer_kind(question) is kind


@pytest.mark.parametrize(
    ("kind", "sentence", "found"),
    [
        (AnswerKind.TIME, "It closed on March 3, 2021 for good.", "March 3, 2021"),
        (AnswerKind.TIME, "They may march again.", None),
        (AnswerKind.PLACE, "it sank on Thursday off Halvern, again.", "Halvern"),
        (AnswerKind.PERSON, "it was closed in June 2021.", None),
        (AnswerKind.QUANTITY, "The bridge is 1,240 metres long.", "1,240 metres"),
        (AnswerKind.QUANTITY, "It cost $3.5 million.", "$3.5 million"),
        (AnswerKind.PERSON, "the prize went to Ada Holt of Veldmoor", "Ada Holt of Veldmoor"),
        (AnswerKind.TIME, "Мост закрыли 3 марта 2021 года.", "3 марта 2021"),
        (AnswerKind.TIME, "El puente cerró el 3 de marzo.", "3 de marzo"),
        (AnswerKind.TIME, "Le pont a fermé en août 2021.", "août 2021"),
        (AnswerKind.QUANTITY, "Вилікувано 212 людей.", "212"),
        (AnswerKind.QUANTITY, "Es waren zwanzig Leute.", "zwanzig"),
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
