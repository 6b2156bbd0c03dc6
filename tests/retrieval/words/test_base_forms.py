from __future__ import annotations

import pytest

from index.keywords import terms
from retrieval.words.base_forms import base_terms
from retrieval.words.question_terms import term_set


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Which blocs does Moscow lead?", "blocs led from Moscow"),
        ("When did the ship sink?", "the ship sank"),
        ("Who writes?", "written"),
        ("Who leaves?", "They left"),
    ],
)
def test_a_question_meets_the_past_of_its_verb(asked: str, told: str) -> None:
    assert len(term_set(asked) & term_set(told)) > len(set(terms(asked)) & set(terms(told)))


def test_what_is_founded_is_not_found() -> None:
    assert not term_set("founded") & term_set("find")


def test_each_term_has_one_base_form_in_its_place() -> None:
    text = "The 1,084 ships that sank were lost in a U-boat's wake"
    assert len(base_terms(text)) == len(terms(text))
    assert base_terms("sank sink sinks") == ["sink"] * 3
