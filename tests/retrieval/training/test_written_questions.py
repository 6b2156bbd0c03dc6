"""Questions written over passages of the open sets: how their files are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from retrieval.training.reader_corpus import open_article
from retrieval.training.written_questions import (
    FOLDER,
    HELD_OUT,
    located,
    named_articles,
)

TEXT = (
    "The lighthouse of Orm was built in 1861. Its keeper, Tove Brandt, stayed for 40 years."
    " The lamp was replaced in 1934."
)
ARTICLES = {"orm": open_article(TEXT)}
PASSAGE = "@ orm 0-86"
FILES = sorted(FOLDER.glob("*.txt"))


def test_an_answer_is_found_in_its_passage_with_its_sentence() -> None:
    [asked] = located([PASSAGE, "+ Who kept the light of Orm? | Tove Brandt"], ARTICLES)
    [(start, end)] = asked.answers
    assert TEXT[start:end] == "Tove Brandt"
    [(first, last)] = asked.evidence
    assert TEXT[first:last] == "Its keeper, Tove Brandt, stayed for 40 years."
    assert asked.paragraph == (0, 86)


def test_what_a_passage_does_not_answer_has_neither_answer_nor_evidence() -> None:
    [asked] = located([PASSAGE, "- When did Tove Brandt die? | absent"], ARTICLES)
    assert not asked.answers
    assert not asked.evidence
    assert not asked.accepted
    assert asked.paragraph == (0, 86)


def test_questions_over_articles_that_are_held_out_are_left_out() -> None:
    lines = ["@ other 0-5", "- Who? | absent", PASSAGE, "- When did Tove die? | absent"]
    assert [asked.article_id for asked in located(lines, ARTICLES)] == ["orm"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("+ When was the lamp replaced? | 1934", "line 2: the passage does not have its answer"),
        ("+ When was it built?", "line 2 is neither"),
        ("@ orm 3", "line 2 is neither"),
        ("When was it built? | 1861", "line 2 is neither"),
    ],
)
def test_a_faulty_line_is_named(line: str, fault: str) -> None:
    with pytest.raises(ValueError, match=re.escape(fault)):
        list(located([PASSAGE, line], ARTICLES))


@given(st.data())
def test_every_answer_stands_where_it_is_said_to(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    answer = TEXT[start:end]
    if answer != answer.strip() or not answer:
        return
    [asked] = located([f"@ orm 0-{len(TEXT)}", f"+ What is told? | {answer}"], ARTICLES)
    assert [TEXT[slice(*span)] for span in asked.answers] == [answer]
    assert all(TEXT[slice(*span)].strip() for span in asked.evidence)
    assert asked.evidence


def test_the_sort_of_each_trap_is_told_in_the_order_of_the_questions() -> None:
    lines = [PASSAGE, "- When did Tove die? | absent", "+ Who kept the light? | Tove Brandt"]
    asked = list(located(lines, ARTICLES))
    assert [each.sort for each in asked] == ["absent", None]
    assert [bool(each.evidence) for each in asked] == [False, True]


def test_no_reader_learns_from_an_article_that_is_held_out_to_measure_on() -> None:
    held_out = named_articles(HELD_OUT)
    assert len(held_out) > 150
    assert not any(held_out & named_articles(path) for path in FILES)


@pytest.mark.parametrize("path", [*FILES, HELD_OUT], ids=lambda path: path.stem)
def test_a_file_asks_of_each_passage_what_it_answers_and_what_it_does_not(path: Path) -> None:
    blocks = re.split(r"(?m)^@ ", path.read_text(encoding="utf-8"))[1:]
    passages = [block.splitlines()[1:] for block in blocks]
    assert len(blocks) > 1
    assert all(line[:2] in ("+ ", "- ") for lines in passages for line in lines)
    both = [{line[0] for line in lines} == {"+", "-"} for lines in passages]
    assert sum(both) > 0.8 * len(both)
    assert all(len(lines) == len(set(lines)) for lines in passages)


def test_the_words_of_a_question_do_not_give_away_whether_it_is_answered() -> None:
    """A reader could else learn to tell without reading."""
    questions, answered, passages, passage = [], [], [], 0
    for path in FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            passage += line.startswith("@")
            if line[:2] in ("+ ", "- "):
                questions.append(line[2:].rpartition(" | ")[0])
                answered.append(line[0] == "+")
                passages.append(passage)
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=3).fit_transform(questions)
    told = cross_val_predict(
        LogisticRegression(class_weight="balanced"),
        words,
        answered,
        groups=passages,
        cv=GroupKFold(5),
        method="predict_proba",
    )
    assert roc_auc_score(answered, told[:, 1]) < 0.55
