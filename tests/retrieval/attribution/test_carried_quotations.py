"""Quotations that stand alone in a paragraph: whose they are, and when nobody can tell."""

from __future__ import annotations

import pytest

from tests.retrieval.articles import spoken


def who(*sentences: str) -> list[str | None]:
    return [one.speaker if one else None for one in spoken(*sentences)]


@pytest.mark.parametrize(
    ("asking", "speaker"),
    [
        ("“Did you take the money?” prosecutor Anna Berg asked.", "Anna Berg"),
        ("“Will you resign?” a reporter asked Lund.", "reporter"),
        ("“Will you resign?” asked Anna Berg.", "Anna Berg"),
    ],
)
def test_the_paragraph_after_a_question_is_not_by_who_asked(asking: str, speaker: str) -> None:
    assert who(asking, "¶“I never did.”") == [speaker, None]
    assert who(asking, "“And why?”", "¶“I never did.”") == [speaker, speaker, None]
    assert who(asking, "“It is late.”") == [speaker, speaker]


def test_a_quotation_that_asks_nobody_goes_on() -> None:
    said = "“Who would not be glad?” Anna Berg said."
    assert who(said, "¶“We all are.”") == ["Anna Berg", "Anna Berg"]


def test_a_signed_quotation_is_by_who_signs_it() -> None:
    said = "“I like it,” said Anna Berg, a teacher."
    found = spoken(said, "¶“I hate it.", "It smells.”", "¶— Bo Lund, shop owner")
    assert [one.speaker if one else None for one in found] == [
        "Anna Berg",
        "Bo Lund",
        "Bo Lund",
        None,
    ]
    assert found[1] is not None
    assert found[1].role == "shop owner"


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("— Bo Lund", None),
        ("— Bo Lund, Harbour Times", None),
        ("— a passer-by", None),
        ("-- Bo Lund, shop owner", "Bo Lund"),
        ("-- Bo Lund", "Anna Berg"),
    ],
)
def test_a_line_that_may_be_who_reports_signs_nothing(line: str, speaker: str | None) -> None:
    said = "“I like it,” said Anna Berg, a teacher."
    assert who(said, "¶“I hate it.”", f"¶{line}")[1] == speaker
