"""The packaged reader, with its real weights."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ModelError
from retrieval.reading.reader import NOTHING, PACKAGED_READER, PassageReader

PASSAGE = (
    "The new harbour bridge was opened on Tuesday by Mayor Anna Keller."
    " Some 3,000 people came to see it. Heavy rain had delayed the works twice."
)
SENTENCES = ((0, 66), (67, 100), (101, len(PASSAGE)))
OFF_TOPIC = (
    "Mix two eggs with a cup of flour and a pinch of salt."
    " Let the dough rest for an hour, then bake it until the crust is brown."
)


@pytest.fixture(scope="module")
def reader() -> PassageReader:
    return PassageReader()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "reader"
    shutil.copytree(PACKAGED_READER, folder)
    return folder


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Who opened the bridge?", 0, "Anna Keller"),
        ("How many people came to see the bridge?", 1, "3,000"),
        ("What delayed the works on the bridge?", 2, "rain"),
    ],
)
def test_finds_what_answers(
    reader: PassageReader, question: str, sentence: int, answer: str
) -> None:
    (reading,) = reader.read(question, [PASSAGE])
    assert answer in PASSAGE[reading.start : reading.end]
    found = reading.sentences(SENTENCES)
    best = max(found, key=lambda one: one.score)
    assert found.index(best) == sentence
    assert best.score == pytest.approx(reading.score)
    assert (best.start, best.end) == (reading.start, reading.end)


def test_scores_a_passage_about_something_else_lower(reader: PassageReader) -> None:
    on_topic, off_topic = reader.read("Who opened the bridge?", [PASSAGE, OFF_TOPIC])
    assert on_topic.score > off_topic.score
    assert on_topic.answerable > 0.5 > off_topic.answerable


def test_reads_a_passage_the_same_in_any_company(reader: PassageReader) -> None:
    (alone,) = reader.read("Who opened the bridge?", [PASSAGE])
    with_others = PassageReader(threads=2).read(
        "Who opened the bridge?", [OFF_TOPIC, PASSAGE, OFF_TOPIC * 3]
    )
    assert alone.score == with_others[1].score


def test_reads_a_long_passage_to_its_end(reader: PassageReader) -> None:
    passage = OFF_TOPIC * 20 + " " + PASSAGE
    (reading,) = reader.read("Who opened the bridge?", [passage])
    assert reading.start >= len(OFF_TOPIC) * 20
    assert "Anna Keller" in passage[reading.start : reading.end]


def test_reads_the_beginning_of_an_endless_question(reader: PassageReader) -> None:
    (reading,) = reader.read("Who opened the bridge? " + "Please tell me. " * 500, [PASSAGE])
    assert 0 <= reading.start < reading.end <= len(PASSAGE)


def test_offsets_count_code_points(reader: PassageReader) -> None:
    passage = "🌉\ud800 “Déjà-vu” 🎉🎉 — " + PASSAGE
    (reading,) = reader.read("Who opened the bridge?", [passage])
    assert "Anna Keller" in passage[reading.start : reading.end]


@pytest.mark.parametrize("passage", ["", " \n\t", "\u200b"])
def test_nothing_is_read_in_a_passage_without_words(reader: PassageReader, passage: str) -> None:
    (reading,) = reader.read("Who opened the bridge?", [passage])
    assert reading.score == NOTHING
    assert [one.score for one in reading.sentences([(0, 0)])] == [NOTHING]


def test_no_passages_no_readings(reader: PassageReader) -> None:
    assert reader.read("Who?", []) == []


# Words that some tokenizers take as commands, halves of surrogate pairs, letters that change
# their length when folded.
ODD_WORDS = ["[SEP]", "[CLS]", "\ud83d", "\udc00", "ß", "İ", "漢字", "e\u0301", "\u200b"]
ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(codec=None), max_size=30),
    st.lists(st.sampled_from(ODD_WORDS)).map(" ".join),
)


@settings(max_examples=40, deadline=None)
@given(question=ANY_TEXT, passage=ANY_TEXT, data=st.data())
def test_takes_any_text(
    reader: PassageReader, question: str, passage: str, data: st.DataObject
) -> None:
    (reading,) = reader.read(question, [passage])
    assert 0 <= reading.start <= reading.end <= len(passage)
    assert 0.0 <= reading.answerable <= 1.0
    start = data.draw(st.integers(0, len(passage)))
    end = data.draw(st.integers(start, len(passage)))
    (sentence,) = reading.sentences([(start, end)])
    assert start <= sentence.start <= sentence.end <= end
    assert NOTHING <= sentence.score <= reading.score


def test_refuses_damaged_weights(copied: Path) -> None:
    weights = copied / "reader.onnx"
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        PassageReader(copied)


@pytest.mark.parametrize("name", ["reader.onnx", "reader.json", "tokenizer.json"])
def test_names_the_file_that_is_missing(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=name):
        PassageReader(copied)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"max_tokens": "many"}'])
def test_refuses_garbled_facts(copied: Path, content: str) -> None:
    (copied / "reader.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"reader\.json"):
        PassageReader(copied)


def test_weights_are_small_and_described() -> None:
    facts = json.loads((PACKAGED_READER / "reader.json").read_text(encoding="utf-8"))
    assert facts["licence"]
    assert facts["held_out"]
    assert sum(path.stat().st_size for path in PACKAGED_READER.iterdir()) <= 30_000_000
