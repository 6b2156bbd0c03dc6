"""Copies share a band and resemble each other; other articles do not."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.near_duplicates import (
    BANDS,
    SAME_STORY,
    SIGNATURE_BYTES,
    bands,
    signature,
    similarity,
)

RNG = random.Random(11)
WORDS = ["".join(RNG.choices("aeiourtnslk", k=RNG.randint(2, 8))) for _ in range(3_000)]


def article(length: int = 300) -> list[str]:
    return RNG.choices(WORDS, k=length)


def edited(words: list[str], share: float) -> list[str]:
    return [RNG.choice(WORDS) if RNG.random() < share else word for word in words]


def test_agency_copy_with_small_edits_is_found() -> None:
    found = 0
    for _ in range(100):
        original = article()
        one, other = signature(" ".join(original)), signature(" ".join(edited(original, 0.04)))
        found += bool(set(bands(one)) & set(bands(other))) and similarity(one, other) >= SAME_STORY
    assert found >= 98


def test_an_updated_version_with_a_new_paragraph_is_found() -> None:
    original = article()
    one = signature(" ".join(original))
    other = signature(" ".join([*original, *article(90)]))
    assert set(bands(one)) & set(bands(other))
    assert similarity(one, other) >= SAME_STORY


def test_other_articles_are_not_compared() -> None:
    seen: dict[int, int] = {}
    for number in range(300):
        for key in bands(signature(" ".join(article()))):
            assert seen.setdefault(key, number) == number


def test_case_punctuation_and_spacing_do_not_matter() -> None:
    assert signature("The crane fell, he said.") == signature("the CRANE fell he  said")


def test_scripts_without_spaces() -> None:
    one, other = "部长说边境是安全的，没有人受伤。" * 3, "部长说边境是安全的，没有人受伤！" * 3
    assert similarity(signature(one), signature(other)) == 1.0
    assert similarity(signature(one), signature("天气很好，我们去公园散步。" * 3)) < 0.2


@settings(deadline=None)
@given(st.text(max_size=200))
def test_signatures_have_one_size_and_resemble_themselves(text: str) -> None:
    signed = signature(text)
    assert len(signed) in (0, SIGNATURE_BYTES)
    assert len(bands(signed)) in (0, BANDS)
    assert similarity(signed, signed) == (1.0 if signed else 0.0)
