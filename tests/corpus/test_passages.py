"""Passages: whole sentences, no quotation cut from its speaker."""

from collections.abc import Sequence

from corpus.passages import LARGEST_CHARACTERS, TARGET_CHARACTERS, split_passages
from corpus.sentences import split_sentences


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def passages(text: str, window: int = 250) -> list[str]:
    found = split_passages(text, split_sentences(text, "en"), words, window)
    return [text[one.start : one.end] for one in found]


def test_paragraphs_are_kept_together_where_they_fit() -> None:
    paragraph = "The council met on Monday. " * 12
    text = "\n\n".join([paragraph.strip()] * 6)
    for passage in passages(text):
        assert len(passage) <= TARGET_CHARACTERS
        assert passage.strip().startswith("The council met")


def test_a_quotation_keeps_its_speaker() -> None:
    filler = "The ministry published its yearly report on the harbour. " * 15
    quotation = (
        "“We are ready for whatever comes from over there and we will not move,” Ann Ek said."
    )
    text = f"{filler}{quotation} “The moment they do that, it ends.” Others were silent."
    holding = [passage for passage in passages(text) if "Ann Ek" in passage]
    assert "The moment they do that" in holding[0]
    assert all(len(passage) <= LARGEST_CHARACTERS for passage in passages(text))


def test_a_sentence_longer_than_the_window_is_split_and_nothing_is_lost() -> None:
    text = "word " * 1_000 + "end."
    found = split_passages(text, split_sentences(text), words, 50)
    assert all(words([text[one.start : one.end]])[0] <= 50 for one in found)
    assert "".join(text[one.start : one.end] for one in found) == text


def test_empty_text_has_no_passages_and_blank_text_one_without_sentences() -> None:
    assert split_passages("", [], words, 10) == []
    (blank,) = split_passages(" \n ", [], words, 10)
    assert (blank.start, blank.end, blank.sentences) == (0, 3, ())
