"""What a "not" or a "no" in a sentence is of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.disputes.asked_matter import asked_matter
from retrieval.disputes.negations import clause_around, negates, negations

SOLD = "Did the mayor sell the park?"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (SOLD, "I did not sell it."),
        (SOLD, "He cannot sell the park."),
        (SOLD, "The mayor not only kept it: he could not sell the park."),
        (SOLD, "He had never actually sold the park."),
        (SOLD, "Nobody sold the park."),
        (SOLD, "There is no evidence that the mayor sold the park."),
        (SOLD, "It is not true that the mayor had sold the park."),
        (SOLD, "He had not tried to sell the park."),
        (SOLD, "No park was sold."),
        (SOLD, "We didn't sell it."),
        (SOLD, "At no time did we sell the park."),
        (SOLD, "Nothing was sold."),
        (SOLD, "He neither sold nor leased the park."),
        (SOLD, "None of our officers sold the park."),
        (SOLD, "We firmly deny having sold the park."),
        ("Will the mayor sell the park?", "She has no plans to sell the park."),
        ("Will the mayor sell the park?", "She does not intend to sell it."),
        ("Was the clerk ordered to burn the file?", "I gave no order."),
        ("Was the city warned?", "The office had received no warning."),
        ("Did the firm agree to it?", "The firm had reached no agreement."),
        ("Is the tower safe?", "The tower is not safe."),
        ("Are there rebels in the hills?", "There are no rebels."),
        ("Был ли водитель пьян?", "Он не был пьян."),
    ],
)
def test_a_no_is_of_what_is_asked(question: str, said: str) -> None:
    wanted = asked_matter(question)
    assert any(negates(said, negation, wanted) for negation in negations(said))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (SOLD, "I do not regret selling the park."),
        (SOLD, "He could not deny that he had sold the park."),
        (SOLD, "He had not only sold the park but the lake."),
        (SOLD, "He had no choice but to sell the park."),
        (SOLD, "He made no secret of selling the park."),
        (SOLD, "He did not sell the park before May."),
        (SOLD, "He had not sold it willingly."),
        (SOLD, "He had not sold all of the park."),
        (SOLD, "He had not sold the park in May but in June."),
        (SOLD, "He would not sell the park again."),
        (SOLD, "Nobody was hurt when he sold the park."),
        (SOLD, "There is no evidence that the park was ever quiet."),
        (SOLD, "No park had been cleaned."),
        (SOLD, "It was a lie that he had left the park."),
        (SOLD, "She asked whether he had not sold the park."),
        (SOLD, "At no time was the park closed."),
        (SOLD, "Nothing in the park is dear."),
        (SOLD, "We sell nothing but trees."),
        (SOLD, "He would never have sold it without them."),
        ("Will the mayor sell the park?", "The park is no longer sold."),
        ("Did the firm pay too little for milk?", "The firm had no milk to pour."),
        ("Was the guard ordered to open the gate?", "There had been no order for new locks."),
        ("Did the trawler ignore signals?", "We had not signalled by lamp."),
    ],
)
def test_a_no_is_of_something_else(question: str, said: str) -> None:
    wanted = asked_matter(question)
    assert not any(negates(said, negation, wanted) for negation in negations(said))


SAFE = "Is the vaccine safe?"


@pytest.mark.parametrize(
    "said",
    [
        "She had never doubted that the vaccine is safe.",
        "There was no reason to doubt the vaccine is safe.",
        "Parents should not doubt that the vaccine is safe for children.",
        "There is little doubt that the vaccine is safe.",
        "It is beyond any doubt that the vaccine is safe.",
        "It is wrong to doubt that the vaccine is safe.",
        "Nobody doubts that the vaccine is safe.",
        "It was false that the vaccine is not safe.",
        "It is wrong to say the vaccine is not safe.",
        "Nobody should think the vaccine is not safe.",
        "It is not true that the vaccine is not safe.",
        "I don’t believe that the vaccine is not safe.",
        "It is a lie that nobody finds the vaccine safe.",
        "Это ложь, что вакцина не безопасна.",
        "Никто не должен думать, что вакцина не безопасна.",
        "Ніхто не вважає, що вакцина не безпечна.",
    ],
)
def test_what_is_denied_twice_is_affirmed(said: str) -> None:
    questions = (SAFE, "Говорят ли врачи, что вакцина безопасна?", "Чи вакцина безпечна?")
    for question in questions:
        wanted = asked_matter(question)
        assert not any(negates(said, negation, wanted) for negation in negations(said))


@pytest.mark.parametrize(
    "said",
    [
        "I doubt that the vaccine is safe.",
        "Doctors do not sleep well, and many doubt the vaccine is safe.",
        "It is false that the vaccine is safe.",
        "It is not true that the vaccine is safe.",
        "It is wrong to say so: the vaccine is not safe.",
        "Nobody should think that it is over, but the vaccine is not safe.",
        "I think that the vaccine is not safe.",
        "The office did not say why the vaccine is not safe.",
    ],
)
def test_what_is_denied_once_is_denied(said: str) -> None:
    wanted = asked_matter(SAFE)
    assert any(negates(said, negation, wanted) for negation in negations(said))


@given(st.text(max_size=200), st.text(max_size=80))
def test_any_text_is_read(said: str, question: str) -> None:
    for negation in negations(said):
        assert said[negation.start : negation.end]
        assert clause_around(said, negation) in said
        negates(said, negation, asked_matter(question))
