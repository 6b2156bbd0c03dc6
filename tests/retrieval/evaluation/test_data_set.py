"""Reading a folder of articles and questions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import UnreadableFile
from retrieval.evaluation.data_set import read_data_set
from tests.retrieval.evaluation.evaluation_data import (
    ARTICLES,
    QUESTIONS,
    write_data_set,
    write_lines,
)


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.xz", "jsonl.gz"])
def test_everything_is_read_however_it_is_compressed(tmp_path: Path, ending: str) -> None:
    data = read_data_set(write_data_set(tmp_path / "town", ending))
    assert data.name == "town"
    assert [article.id for article in data.articles] == [row["id"] for row in ARTICLES]
    assert [article.text for article in data.articles] == [row["text"] for row in ARTICLES]
    assert data.articles[0].published == date(2023, 5, 4)
    cost, *_, age = data.questions
    assert cost.answers == ("14 million euros",)
    assert cost.asked == date(2023, 5, 7)
    assert cost.article_ids == frozenset({"bridge"})
    assert not age.answerable


def test_a_question_without_a_day_is_asked_on_that_of_the_newest_article(tmp_path: Path) -> None:
    data = read_data_set(write_data_set(tmp_path))
    assert {question.asked for question in data.questions[1:]} == {date(2023, 5, 6)}


def test_what_is_not_given_is_derived(tmp_path: Path) -> None:
    write_lines(tmp_path, "articles", [{"id": 7, "text": "Some words."}])
    rows = [{"question": "What?", "answers": ["words"]}, "", {"question": "Why?", "id": 12}]
    write_lines(tmp_path, "questions", rows)
    first, second = read_data_set(tmp_path).questions
    assert (first.id, first.answerable, first.kind) == ("line 1", True, "all")
    assert (second.id, second.answerable) == ("12", False)


def test_the_filters_of_a_question_are_read(tmp_path: Path) -> None:
    write_lines(tmp_path, "articles", [{"id": 7, "text": "Some words."}])
    limited = {"since": "2024-06-01", "until": "2024-06-30T09:00", "sources": ["Courier"]}
    write_lines(tmp_path, "questions", [{"question": "What?"}, {"question": "Why?", **limited}])
    free, bound = read_data_set(tmp_path).questions
    assert (free.since, free.until, free.sources) == (None, None, frozenset())
    assert (bound.since, bound.until) == (date(2024, 6, 1), date(2024, 6, 30))
    assert bound.sources == frozenset({"Courier"})


def test_a_limit_takes_questions_from_all_over_the_file(tmp_path: Path) -> None:
    data = read_data_set(write_data_set(tmp_path))
    assert [question.id for question in data.limited(3).questions] == ["cost", "yard", "age"]
    assert len(data.limited(1).questions) == 1
    assert data.limited(99) == data


@pytest.mark.parametrize(
    ("stem", "line", "named"),
    [
        ("questions", "{not json", "questions.jsonl line 2"),
        ("questions", '["a list"]', "questions.jsonl line 2"),
        ("questions", '{"question": "Who?", "answers": "Reyl"}', "answers"),
        ("questions", '{"question": ""}', "question"),
        ("questions", '{"question": "Who?", "answerable": null}', "answerable is null"),
        ("questions", '{"question": "Who?", "date": "yesterday"}', "date"),
        ("questions", '{"question": "Who?", "id": "cost"}', "'cost' is taken by line 1"),
        ("articles", '{"id": "x"}', "text"),
        ("articles", '{"id": "bridge", "text": "Other."}', "'bridge' is taken by line 1"),
        ("articles", '{"id": "x", "text": "\\ud800"}', "articles.jsonl line 2"),
        ("articles", '{"id": "x", "text": ', "articles.jsonl line 2"),
    ],
)
def test_a_malformed_line_is_named(tmp_path: Path, stem: str, line: str, named: str) -> None:
    write_data_set(tmp_path)
    rows = {"articles": ARTICLES, "questions": QUESTIONS}[stem]
    write_lines(tmp_path, stem, [rows[0], line])
    with pytest.raises(UnreadableFile) as caught:
        read_data_set(tmp_path)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"articles\.jsonl"):
        read_data_set(tmp_path)
    write_data_set(tmp_path)
    (tmp_path / "questions.jsonl").write_text("\n\n")
    with pytest.raises(UnreadableFile, match="empty"):
        read_data_set(tmp_path)


@pytest.mark.parametrize("ending", ["jsonl.xz", "jsonl.gz"])
def test_a_damaged_file_is_refused(tmp_path: Path, ending: str) -> None:
    write_data_set(tmp_path, ending)
    path = tmp_path / f"articles.{ending}"
    content = bytearray(path.read_bytes())
    for place in range(20, len(content) - 20):
        content[place] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_data_set(tmp_path)


@pytest.mark.parametrize("ending", ["jsonl.xz", "jsonl.gz"])
def test_a_torn_file_is_refused(tmp_path: Path, ending: str) -> None:
    write_data_set(tmp_path, ending)
    path = tmp_path / f"articles.{ending}"
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_data_set(tmp_path)
