"""Sentences and passages of any text at all: nothing lost, nothing twice, nothing too long."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Span
from corpus.passages import split_passages
from corpus.sentences import LONGEST_SENTENCE, split_sentences

LANGUAGES = st.sampled_from([None, "en", "ru", "uk", "de", "fr", "es", "ar", "zh", "xx"])
WILD = st.text(
    alphabet=st.one_of(
        st.characters(codec=None, exclude_categories=()),
        st.sampled_from(list(' \n.!?…。؟"“”«»()[]-–,:AaЯяß\u0301\u200f\u202e\x00\ud83d\U0001f600')),
    ),
    max_size=400,
)


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) + len(text) // 4 for text in texts]


@settings(deadline=None)
@given(WILD, LANGUAGES)
def test_sentences_cover_every_visible_character_once(text: str, language: str | None) -> None:
    sentences = split_sentences(text, language)
    covered = [place for start, end in sentences for place in range(start, end)]
    assert covered == sorted(set(covered))
    assert {place for place, mark in enumerate(text) if not mark.isspace()} <= set(covered)
    for sentence in sentences:
        assert sentence.of(text) == sentence.of(text).strip() != ""
        assert "\n" not in sentence.of(text)


@settings(deadline=None)
@given(WILD, LANGUAGES, st.integers(1, 60))
def test_passages_tile_and_fit(text: str, language: str | None, window: int) -> None:
    passages = split_passages(text, split_sentences(text, language), words, window)
    place = 0
    for passage in passages:
        assert passage.start == place < passage.end
        place = passage.end
        for start, end in passage.sentences:
            assert passage.start <= start < end <= passage.end
        whole = text[passage.start : passage.end].strip()
        assert words([whole])[0] <= window or len(whole) == 1
    assert place == len(text)


def test_a_text_without_stops_is_cut() -> None:
    text = "word " * 200_000
    sentences = split_sentences(text)
    assert all(end - start <= LONGEST_SENTENCE for start, end in sentences)
    assert " ".join(Span(*one).of(text) for one in sentences).split() == text.split()


@pytest.mark.parametrize("text", ["", " \n\t ", "\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []
