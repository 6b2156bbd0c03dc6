"""Words that look like a relative pronoun, and relatives that look like a clause of their own."""

from __future__ import annotations

import pytest

from tests.retrieval.articles import speaker_of, spoken


@pytest.mark.parametrize(
    "sentence",
    [
        "The WHO said the virus is spreading.",
        "“It is spreading,” the WHO said.",
        "The virus is spreading, the WHO said on Monday.",
        "The virus is spreading, according to the WHO.",
        "“It is spreading,” said the WHO.",
    ],
)
def test_the_who_speaks(sentence: str) -> None:
    assert speaker_of(sentence) == "WHO"


def test_the_who_is_no_other_agency() -> None:
    found = spoken(
        "The FDA said the vaccine works.",
        "The WHO said on Monday that it does not.",
        "“It is not safe,” it added.",
    )
    assert [one.speaker if one else None for one in found] == ["FDA", "WHO", "WHO"]
    assert speaker_of("The virus spreads, WHO Director-General Anna Berg said.") == "Anna Berg"


@pytest.mark.parametrize("sentence", ["Who said so?", "The man who left said nothing."])
def test_who_is_still_a_pronoun(sentence: str) -> None:
    assert speaker_of(sentence) != "WHO"


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Lund said this was a kind of “power politics” that Norway rejected.", "Lund"),
        ("Lund said it was a “crime” Norway denied.", "Lund"),
        ("Lund blamed Norway for what Berg said was “a crime”.", "Lund"),
        ("“It was a crime,” that minister said.", "that minister"),
        ("“It was a crime,” Norway said.", "Norway"),
    ],
)
def test_a_clause_about_a_quotation_is_not_who_speaks(sentence: str, speaker: str) -> None:
    found = speaker_of(sentence)
    assert found is not None
    assert speaker.endswith(found)
