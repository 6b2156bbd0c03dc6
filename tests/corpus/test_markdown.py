"""Markdown as people write it: broken into lines wherever their editor pleased."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.markdown import soft_breaks_joined
from corpus.sentences import split_sentences


def test_a_sentence_that_goes_on_in_the_next_line_is_one() -> None:
    text = soft_breaks_joined(
        "The new line between the two towns is exactly 1,084\nkilometres long, the ministry said.\n"
        "It opens in June.\n\nA second paragraph."
    )
    assert [span.of(text) for span in split_sentences(text)] == [
        "The new line between the two towns is exactly 1,084 kilometres long, the ministry said.",
        "It opens in June.",
        "A second paragraph.",
    ]


def test_lists_headings_and_tables_keep_their_lines() -> None:
    text = "# Votes\nWho voted\n- Anna for\n- Boris against\n\n| a | b |\n| 1 | 2 |"
    assert soft_breaks_joined(text) == text


@given(st.text(alphabet=st.sampled_from("ab A1.-#|\n\t “”"), max_size=200))
def test_only_line_breaks_change_and_only_to_spaces(text: str) -> None:
    joined = soft_breaks_joined(text)
    assert len(joined) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, joined, strict=True))
