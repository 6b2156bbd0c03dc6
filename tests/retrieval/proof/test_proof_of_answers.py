"""Whatever is answered can be proven, and no single change of it can."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer_json import answer_json
from bot.composition import Parts
from corpus.article import Article
from index.embedding.embedder import Embedder
from index.opening import open_store
from index.store import Filter, OpenStore
from retrieval.answer import Question
from retrieval.evaluation.data_set import read_data_set
from retrieval.evaluation.indexing import index_data_set
from retrieval.proof.proving import failures, prove
from retrieval.words.turn_names import names_in

Json = dict[str, Any]
TODAY = date(2024, 9, 10)
DISPUTED = (
    "Did Ukraine send 120,000 troops to the border?",
    "Are Belarusian troops being moved to the border?",
    "Did the company spill oil in the bay?",
    "Who is right about the border, Minsk or Kyiv?",
)
PLAIN = (
    "Who won the Essling Chess Open?",
    "How long is the border between Ukraine and Belarus?",
    "What did Lukashenko say?",
    "How many soldiers are at the border?",
    "How do I bake sourdough bread?",
)


def asked(parts: Parts, question: str) -> Json:
    """The answer as every face has it, by way of JSON."""
    answer = parts.answerer.answer(Question(question, TODAY))
    document: Json = json.loads(json.dumps(answer_json(answer, None)))
    return document


@pytest.fixture(scope="module")
def answers(sample_parts: Parts) -> Callable[[str], Json]:
    """Answers over the sample articles, a fresh copy each."""
    once = cache(lambda question: asked(sample_parts, question))
    return lambda question: copy.deepcopy(once(question))


@pytest.fixture(scope="module")
def disputed(answers: Callable[[str], Json]) -> list[str]:
    """Questions to which there are two sides."""
    found = [question for question in DISPUTED if len(answers(question)["sides"]) > 1]
    assert found
    return found


def titles(parts: Parts) -> list[str]:
    return [summary.title for summary in parts.store.articles(Filter(), 0, 1000)[0]]


def test_every_answer_is_proven_with_its_sides(
    sample_parts: Parts, answers: Callable[[str], Json]
) -> None:
    for question in (*DISPUTED, *PLAIN, *titles(sample_parts)):
        answer = answers(question)
        assert not list(failures(prove(answer, sample_parts.store))), question


def other_text(quote: Json, article: Article, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(quote["text"]) - 1))
    mark = data.draw(st.characters(exclude_characters=quote["text"][at], codec="utf-8"))
    quote["text"] = quote["text"][:at] + mark + quote["text"][at + 1 :]


def other_place(quote: Json, article: Article, data: st.DataObject) -> None:
    by = data.draw(st.integers(-quote["start"], len(article.text)).filter(bool))
    moved = article.text[quote["start"] + by : quote["end"] + by]
    quote["start"] += by
    quote["end"] += by
    if moved == quote["text"]:  # the same words may stand twice
        quote["start"] = quote["end"]


def other_end(quote: Json, article: Article, data: st.DataObject) -> None:
    quote[data.draw(st.sampled_from(["start", "end"]))] += data.draw(st.sampled_from([-1, 1]))


def other_article(quote: Json, article: Article, data: st.DataObject) -> None:
    quote["article"]["id"] = data.draw(st.text(min_size=1).filter(lambda name: name != article.id))


def other_version(quote: Json, article: Article, data: st.DataObject) -> None:
    quote["article"]["content_hash"] = data.draw(st.text("0123456789abcdef", min_size=64))


def other_speaker(quote: Json, article: Article, data: st.DataObject) -> None:
    """Somebody else of the same article, or anybody."""
    others = {name.text for name in names_in(article.text)}
    others -= {name for name in others if name in quote["text"] or name == quote["speaker"]}
    quote["speaker"] = data.draw(
        st.sampled_from(sorted(others | {"Nobody Whatever"})) | st.just(f"{quote['speaker']} Xyz")
    )


def other_marks(quote: Json, article: Article, data: st.DataObject) -> None:
    quote["direct"] = not quote["direct"]


CHANGES = (other_text, other_place, other_end, other_article, other_version)
OF_SPEAKERS = (other_speaker, other_marks)


@given(st.data())
def test_any_change_of_a_quote_of_an_answer_is_named(
    sample_parts: Parts, answers: Callable[[str], Json], data: st.DataObject
) -> None:
    answer = answers(data.draw(st.sampled_from(DISPUTED + PLAIN)))
    kind = "quotes" if answer["quotes"] else "nearest"
    number = data.draw(st.integers(0, len(answer[kind]) - 1))
    quote = answer[kind][number]
    article = sample_parts.store.article(quote["article"]["id"])
    assert article is not None
    spoken = OF_SPEAKERS if quote["speaker"] else ()
    data.draw(st.sampled_from(CHANGES + spoken))(quote, article, data)
    failed = list(failures(prove(answer, sample_parts.store)))
    assert f"{kind}[{number}]" in {finding.place for finding in failed}
    assert all("\n" not in finding.detail for finding in failed)


@given(st.data())
def test_any_change_of_a_side_is_named(
    sample_parts: Parts,
    answers: Callable[[str], Json],
    disputed: list[str],
    data: st.DataObject,
) -> None:
    answer = answers(data.draw(st.sampled_from(disputed)))
    number = data.draw(st.integers(0, len(answer["sides"]) - 1))
    side = answer["sides"][number]
    others = [one for one in answer["sides"] if one is not side]
    change = data.draw(st.sampled_from(["speaker", "swapped", "quotes", "unknown", "quote"]))
    if change == "speaker":
        side["speaker"] = data.draw(
            st.text(min_size=1).filter(lambda name: name != side["speaker"])
        )
    elif change == "swapped":
        side["speaker"] = data.draw(st.sampled_from(others))["speaker"]
    elif change == "quotes":
        side["quotes"] = [data.draw(st.sampled_from(others))["quotes"][0], *side["quotes"]]
    elif change == "unknown":
        numbers = {quote["number"] for quote in answer["quotes"]}
        unknown = st.integers() | st.text() | st.none()
        side["quotes"].append(data.draw(unknown.filter(lambda one: one not in numbers)))
    else:
        quote = next(one for one in answer["quotes"] if one["number"] == side["quotes"][0])
        quote["text"] = f"N{quote['text'][1:]}" if quote["text"][0] != "N" else "M"
    failed = {finding.place for finding in failures(prove(answer, sample_parts.store))}
    assert f"sides[{number}]" in failed


@pytest.mark.parametrize("sides", ["both", 7, [None], [{"speaker": "Kyiv"}], [{"quotes": [1]}]])
def test_what_is_no_side_is_a_finding_and_no_error(
    sample_parts: Parts, answers: Callable[[str], Json], sides: object
) -> None:
    answer = answers(PLAIN[1]) | {"sides": sides}
    assert any(
        finding.place.startswith("sides") for finding in failures(prove(answer, sample_parts.store))
    )


def test_sides_are_seen_through_what_a_face_wraps_them_in(
    sample_parts: Parts, answers: Callable[[str], Json], disputed: list[str]
) -> None:
    answer = answers(disputed[0])
    answer["sides"][0]["speaker"] = "Somebody Else"
    for wrapped in ({"onrecord": answer}, {"structuredContent": answer}, [answer]):
        failed = failures(prove(wrapped, sample_parts.store))
        assert any(finding.place.endswith("sides[0]") for finding in failed)


def test_figures_of_a_remark_stand_in_their_quotes(
    sample_parts: Parts, answers: Callable[[str], Json]
) -> None:
    answer = answers(PLAIN[1])
    first = answer["quotes"][0]
    later = copy.deepcopy(first) | {"number": 2}
    answer |= {"quotes": [first, later], "answer": ""}
    for note, wanted in (
        ("[2] is later and says 9,999,999 where [1] says 1,084", "does not say"),
        ("[2] is later and says 1,084 where [1] says 1,084", "not after"),
    ):
        failed = list(failures(prove(answer | {"notes": [note]}, sample_parts.store)))
        assert [(one.place, wanted in one.detail) for one in failed] == [("notes[0]", True)]
    remarks = {"notes": ["[1] agrees with Eastern Ledger", "[1] is later and says so", 7]}
    assert not list(failures(prove(answer | remarks, sample_parts.store)))


WITHDRAWN = "The troops were withdrawn, Belarusian President Alexander Lukashenko said on Monday."
NONE_LEFT = "No soldiers are left at the border, Belarusian Defence Minister Viktor Khrenin said."


@pytest.mark.parametrize(
    ("label", "proven"),
    [
        ("Belarus (Alexander Lukashenko, Viktor Khrenin)", True),
        ("Ukraine (Alexander Lukashenko, Viktor Khrenin)", False),
        ("Norway (Alexander Lukashenko, Viktor Khrenin)", False),
        ("Belarus (Alexander Lukashenko)", False),
        ("Viktor Khrenin", False),
    ],
)
def test_several_of_one_state_are_called_by_that_state(
    embedder: Embedder, tmp_path: Path, label: str, proven: bool
) -> None:
    text = f"{WITHDRAWN} {NONE_LEFT} Ukraine has not confirmed it."
    with closing(store_of(embedder, tmp_path, text)) as store:
        article = store.article("a")
        assert article is not None
        source = {"id": "a", "content_hash": article.content_hash}
        quotes: list[Json] = []
        for number, (words, speaker) in enumerate(
            ((WITHDRAWN, "Alexander Lukashenko"), (NONE_LEFT, "Viktor Khrenin")), start=1
        ):
            start = article.text.index(words)
            place = {"number": number, "text": words, "start": start, "end": start + len(words)}
            quotes.append({**place, "speaker": speaker, "article": source})
        sides = [{"speaker": label, "quotes": [1, 2]}]
        failed = list(failures(prove({"quotes": quotes, "sides": sides}, store)))
    assert [finding.place for finding in failed] == ([] if proven else ["sides[0]"])


def store_of(embedder: Embedder, folder: Path, text: str) -> OpenStore:
    """A store with one article, "a"."""
    (folder / "set").mkdir()
    article = {"id": "a", "title": "Troops", "date": "2024-09-01", "text": text}
    (folder / "set" / "articles.jsonl").write_text(json.dumps(article), "utf-8")
    question = {"id": "1", "question": "Why?", "answers": []}
    (folder / "set" / "questions.jsonl").write_text(json.dumps(question), "utf-8")
    data = read_data_set(folder / "set")
    return open_store(index_data_set(data, folder / "work", embedder))
