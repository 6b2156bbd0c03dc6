"""Copies share a band and resemble each other; other articles do not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.near_duplicates import (
    BANDS,
    LARGEST_SKETCH,
    LEAD_BANDS,
    SAME_STORY,
    SIGNATURE_BYTES,
    bands,
    is_cut_copy,
    same_story,
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


def is_found(one: str, other: str) -> bool:
    first, second = signature(one), signature(other)
    return bool(set(bands(first)) & set(bands(second))) and same_story(first, second)


@pytest.mark.parametrize("kept", [45, 90, 150, 300, 600])
def test_a_copy_cut_after_some_paragraphs_is_found(kept: int) -> None:
    found = 0
    for _ in range(100):
        original = article(900)
        dateline = article(RNG.randint(0, 6))
        copy = [*dateline, *edited(original[:kept], 0.02)]
        found += is_found(" ".join(original), " ".join(copy))
    assert found >= 90


def test_a_common_beginning_or_a_quoted_piece_makes_no_copy() -> None:
    for _ in range(50):
        one, other, shared = article(300), article(300), article(40)
        assert not is_found(" ".join([*shared, *one]), " ".join([*shared, *other]))
        # A digest that holds a whole short article among others is not that article's copy.
        digest = [*article(200), *one[:80], *article(200)]
        assert not is_found(" ".join(one[:80]), " ".join(digest))


def test_a_long_notice_before_other_articles_makes_no_copies() -> None:
    notice, one, other = article(280), article(500), article(700)
    assert not is_found(" ".join([*notice, *one]), " ".join([*notice, *other]))


def test_a_few_words_are_never_called_a_cut_copy() -> None:
    words = article(12)
    assert not is_cut_copy(signature(" ".join(words)), signature(" ".join([*words, *article(90)])))


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
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=200))
def test_any_text_has_a_signature_that_resembles_itself(text: str) -> None:
    signed = signature(text)
    assert not signed or SIGNATURE_BYTES <= len(signed) <= SIGNATURE_BYTES + 4 * LARGEST_SKETCH
    assert len(bands(signed)) in (0, BANDS + LEAD_BANDS)
    assert similarity(signed, signed) == (1.0 if signed else 0.0)


QUAKE = (
    "A magnitude {size} earthquake struck {far} km {side} of {place} on {day}, the Essling Office "
    "of Geology said. The quake hit at a depth of {deep} km at {clock} local time, it said. There "
    "were no immediate reports of damage or casualties, and no warning of a wave was issued by the "
    "Northern Warning Centre. Earthquakes are common in the region, which lies between two plates "
    "of the crust that slide past one another by some centimetres in every year."
)
LAE = {"size": "5.6", "far": "47", "side": "north", "place": "Lae in Papua New Guinea",
       "day": "Monday", "deep": "80", "clock": "03:14"}  # fmt: skip
HONIARA = {"size": "6.1", "far": "112", "side": "west", "place": "Honiara in the Solomon Islands",
           "day": "Friday", "deep": "33", "clock": "18:40"}  # fmt: skip


def test_reports_of_one_form_are_not_copies_where_figures_and_names_differ() -> None:
    one, other = signature(QUAKE.format(**LAE)), signature(QUAKE.format(**HONIARA))
    assert not same_story(one, other)
    # However much of the form they share.
    filler = " ".join(article(300))
    one, other = (signature(f"{QUAKE.format(**facts)} {filler}") for facts in (LAE, HONIARA))
    assert similarity(one, other) >= SAME_STORY
    assert not same_story(one, other)


def test_a_copy_with_a_later_figure_and_other_words_is_one() -> None:
    text = QUAKE.format(**LAE)
    edited_copy = f"(Wire) - {text}".replace("struck", "hit").replace("5.6", "5.7")
    assert same_story(signature(text), signature(edited_copy))


def test_a_signature_stored_before_facts_were_signed_is_compared_by_its_words() -> None:
    text = QUAKE.format(**LAE)
    whole = signature(text)
    count = int.from_bytes(whole[SIGNATURE_BYTES - 4 : SIGNATURE_BYTES], "little")
    facts, shingles = count >> 24, count & 0xFFFFFF
    before = whole[: SIGNATURE_BYTES - 4] + shingles.to_bytes(4, "little")
    before += whole[SIGNATURE_BYTES : len(whole) - 4 * facts]
    assert facts
    assert bands(before) == bands(whole)
    assert same_story(before, whole)
    assert similarity(before, whole) == 1
