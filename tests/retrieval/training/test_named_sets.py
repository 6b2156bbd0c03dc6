"""Which questions the training commands take from the sets that they are given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retrieval.training.named_sets import named_questions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four articles with two questions each, one of which nothing answers."""
    articles, questions = [], []
    for number in range(1, 5):
        articles.append({"id": f"a{number}", "text": f"The mill of Orm {number} is closed."})
        for asked, answers in (("closed", [f"Orm {number}"]), ("sold", [])):
            questions.append(
                {
                    "question": f"Which mill, of number {number}, is {asked}?",
                    "answers": answers,
                    "article_ids": [f"a{number}"],
                }
            )
    for name, records in (("articles", articles), ("questions", questions)):
        lines = "\n".join(json.dumps(one) for one in records)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_a_set_is_asked_openly_and_whole(folder: Path) -> None:
    [named] = named_questions([str(folder)], [], 100)
    assert len(named.questions) == 8
    assert not named.closed
    assert named.index is None
    assert [one.answerable for one in named.questions[:2]] == [True, False]


def test_every_second_article_in_another_index(folder: Path) -> None:
    [named] = named_questions([f"{folder}:closed:every=2@elsewhere"], [], 100)
    assert {one for known in named.questions for one in known.article_ids} == {"a2", "a4"}
    assert named.closed
    assert named.index == Path("elsewhere")


def test_a_limit_is_kept(folder: Path) -> None:
    [named] = named_questions([str(folder)], [], 3)
    assert len(named.questions) == 3


def test_nothing_answers_strangers(folder: Path) -> None:
    own, strangers = named_questions([str(folder)], [str(folder)], 8)
    assert any(one.answerable for one in own.questions)
    assert len(strangers.questions) == 2
    assert not strangers.closed
    for known in strangers.questions:
        assert not known.answerable
        assert not known.article_ids
