from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Span
from retrieval.attribution.speakers import mentions_unresolved, self_contained_start
from retrieval.attribution.standing_alone import says_something
from tests.retrieval.articles import article


@pytest.mark.parametrize(
    "sentence",
    [
        "He said the bridge was closed.",
        "It cited a report.",
        "But they left.",
        "This came as a surprise.",
        "The move surprised many.",
        "The ministry said no more.",
        "Their ships sailed at dawn.",
        "“But I doubt it,” he added.",
        "“We have no paint.”",
        "Он сказал, что мост закрыт.",
        "Це сталося вчора.",
    ],
)
def test_leans_on_an_earlier_sentence(sentence: str) -> None:
    assert mentions_unresolved(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Berg said the bridge was closed.",
        "But Anna Berg left.",
        "It is unclear whether the bridge will open.",
        "It was the first time that Oslo lost.",
        "This week, Oslo celebrates.",
        "The decision of the court surprised many.",
        "The two companies, Nordsee and Havn, were not charged.",
        "The minister, Anna Lind, resigned.",
        "“We wait,” Anna Berg said.",
        "Item prices rose.",
        "",
    ],
)
def test_stands_alone(sentence: str) -> None:
    assert not mentions_unresolved(sentence)


def test_a_quote_starts_with_the_sentence_that_names_the_subject() -> None:
    text, spans = article(
        "It rained.",
        "Anna Berg closed the bridge.",
        "She said it was wet.",
        "“It may freeze,” she added.",
    )
    assert self_contained_start(text, spans, 3) == 1
    assert self_contained_start(text, spans, 2) == 1
    assert self_contained_start(text, spans, 1) == 1


def test_a_quote_has_at_most_three_sentences() -> None:
    text, spans = article("Anna Berg left.", *["She said no."] * 4)
    assert self_contained_start(text, spans, 2) == 0
    assert self_contained_start(text, spans, 3) == 3


def test_a_heading_or_caption_is_not_taken_along() -> None:
    text, spans = article("New Iron Curtain", "¶They met at dawn.")
    assert self_contained_start(text, spans, 1) == 1


def test_the_first_sentence_has_nothing_before_it() -> None:
    text, spans = article("They met at dawn.")
    assert self_contained_start(text, spans, 0) == 0


@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=6), st.data())
def test_the_start_is_at_most_two_sentences_before(
    sentences: list[str], data: st.DataObject
) -> None:
    text = " ".join(sentences)
    spans: list[Span] = []
    for sentence in sentences:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(sentence)))
    index = data.draw(st.integers(0, len(spans) - 1))
    assert max(0, index - 2) <= self_contained_start(text, spans, index) <= index


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Ferries stopped on Monday.", True),
        ("Born: Oslo, 1958", True),
        ("大桥已经关闭了", True),
        ("สะพานถูกปิดแล้วตั้งแต่เมื่อวานนี้", True),
        (
            "The mayor, who had left the city in June, came back in July and said nothing more —",
            True,
        ),
        ("The council voted against the plan", True),
        ("Price in Oslo: 40 crowns", True),
        ("Norway Beats Sweden 3-2", True),
        ("Lind said he had contributed to this report by the council.", True),
        ("Anna Lind and News Agency North contributed to this report.", False),
        ("Reporting by Anna Lind; Editing by Bo Berg", False),
        ("Reporting by the Courier showed that the bridge was unsafe.", True),
        ("Correction: An earlier version of this article said that 40 had died.", False),
        ("Council Takes Its Time", False),
        ("Oslo", False),
        ("Mr. Lind", False),
        ("OSLO (NTB) —", False),
        ("Seoul, South Korea CNN – ", False),
        ("", False),
        ("—", False),
    ],
)
def test_some_lines_say_nothing(sentence: str, says: bool) -> None:
    assert says_something(sentence) == says
