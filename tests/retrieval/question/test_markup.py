"""Questions that were pasted with the marks of a page around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.markup import without_markup


@pytest.mark.parametrize(
    ("pasted", "asked"),
    [
        ("<b>Who won?</b><br/>", "Who won?"),
        ('<p class="lead">Who <em>won</em>?</p>', "Who  won ?"),
        ("<a href='x'>Who won?</a>", "Who won?"),
        ("Is a<b and c>d?", "Is a<b and c>d?"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("  Who won? ", "  Who won? "),
    ],
)
def test_marks_that_shape_text_are_not_asked(pasted: str, asked: str) -> None:
    assert without_markup(pasted) == asked


@given(st.text())
def test_a_question_without_tags_is_unchanged(text: str) -> None:
    if "<" not in text:
        assert without_markup(text) == text
