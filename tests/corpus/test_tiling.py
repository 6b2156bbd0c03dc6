"""Sentences and passages of any text at all: nothing lost, nothing twice, nothing too long."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Span
from corpus.decoding import clean_characters
from corpus.importer import Importer
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


LINES = st.one_of(
    WILD.map(lambda text: text.replace("\n", " ")),
    st.sampled_from(
        [
            "", " ", "A crane fell into the water.", "Read also: Ten cranes", "Advertisement",
            "By Ann Ek", "7/2/2024", "Updated:", "0:00", "(Photo by Bo Li/Reuters)", "\u200e«أهلا»",
            "👩‍🚀 lands 🇺🇦", "e\u0301te\u0301", "12 South Quay Ave.", "Port Essling, VT 05009",
        ]
    ),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(LINES, max_size=15), st.one_of(st.none(), WILD), st.booleans())
def test_what_is_imported_are_given_lines_in_order_and_its_passages_tile_it(
    lines: list[str], title: str | None, as_json: bool
) -> None:
    text = "\n".join(lines)
    content = json.dumps({"title": title, "text": text}) if as_json else text
    name = "a.json" if as_json else "a.txt"
    file = Importer().read_content(name, content.encode("utf-8", "surrogatepass"))
    for article in file.articles:
        left = iter(clean_characters(text).split("\n"))
        assert all(line in left for line in article.text.split("\n") if line.strip())
        sentences = split_sentences(article.text, article.language)
        passages = split_passages(article.text, sentences, words, 60)
        assert "".join(article.text[one.start : one.end] for one in passages) == article.text


def test_a_text_without_stops_is_cut() -> None:
    text = "word " * 200_000
    sentences = split_sentences(text)
    assert all(end - start <= LONGEST_SENTENCE for start, end in sentences)
    assert " ".join(Span(*one).of(text) for one in sentences).split() == text.split()


@pytest.mark.parametrize("text", ["", " \n\t ", "\n"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == []
