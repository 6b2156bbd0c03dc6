"""A whole evaluation by the real engine over a small data set."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.console import Console

from index.embedded.reader import EmbeddedReader
from index.embedding.embedder import Embedder
from index.opening import open_store
from retrieval.answer import Answer, Question
from retrieval.evaluation.data_set import DataSet, read_data_set
from retrieval.evaluation.evaluate import Variant, evaluate
from retrieval.evaluation.folder import Wanted, evaluate_folder
from retrieval.evaluation.indexing import index_data_set
from retrieval.evaluation.plot import risk_coverage_svg
from retrieval.evaluation.report import Report, report_json
from retrieval.evaluation.steps import CloserLook, pipeline_steps, whole_pipeline
from retrieval.evaluation.table import report_tables
from retrieval.progress import Progress
from tests.retrieval.evaluation.evaluation_data import (
    ARTICLES,
    QUESTIONS,
    write_data_set,
    write_lines,
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataSet:
    return read_data_set(write_data_set(tmp_path_factory.mktemp("sets") / "town"))


@pytest.fixture(scope="module")
def store(
    data: DataSet, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmbeddedReader]:
    folder = index_data_set(data, tmp_path_factory.mktemp("work"), embedder)
    with closing(open_store(folder)) as opened:
        yield opened


@pytest.fixture(scope="module")
def report(data: DataSet, store: EmbeddedReader, embedder: Embedder) -> Report:
    steps = pipeline_steps(store, embedder, CloserLook())
    return evaluate(data, store, steps, threshold=0.5)


def test_plain_questions_over_four_articles_are_answered(report: Report) -> None:
    """What any working engine finds: each question shares its words with one article alone."""
    for variant in report.variants:
        assert variant.measures["article_hits_4"].value == 1.0
        assert variant.measures["answer_in_3"].value == 1.0
        assert variant.measures["article_hits_1"].count == 3
        assert variant.measures["gold_sentence_3"].count == 2
    assert report.broken_quotes == 0


def test_every_step_is_reported(report: Report) -> None:
    assert [variant.name for variant in report.variants] == [
        "vectors",
        "+ keywords",
        "+ rerank",
        "+ sentence scoring",
    ]
    assert list(report.whole.by_kind) == ["stated", "tokenised", "absent"]
    assert report.whole.latencies[-1].stage == "total"
    for latency in report.whole.latencies:
        assert 0.0 <= latency.p50 <= latency.p95


def test_every_measure_lies_in_its_range_and_interval(report: Report) -> None:
    for variant in report.variants:
        for measure in variant.measures.values():
            if measure.value is not None:
                assert 0.0 <= measure.value <= 1.0
                assert measure.low is not None
                assert measure.high is not None
                assert 0.0 <= measure.low <= measure.high <= 1.0


def test_a_limit_of_confidence_that_nothing_reaches_means_abstaining(
    data: DataSet, store: EmbeddedReader, embedder: Embedder
) -> None:
    variant = whole_pipeline(store, embedder, CloserLook())
    report = evaluate(data, store, [variant], threshold=1.1)
    measures = report.whole.measures
    assert measures["coverage"].value == 0.0
    assert measures["abstained_recall"].value == 1.0
    assert measures["abstained_precision"].value == pytest.approx(2 / 5)
    assert measures["answered_precision"].value is None


def test_closed_questions_see_their_own_article_alone(
    data: DataSet, store: EmbeddedReader, embedder: Embedder
) -> None:
    """The question about the comet, closed to the bakery, can only be quoted from there."""
    comet = next(question for question in data.questions if question.id == "comet")
    elsewhere = replace(
        data, questions=(replace(comet, article_ids=frozenset({"bakery"}), answers=("bakery",)),)
    )
    variant = whole_pipeline(store, embedder, CloserLook())
    report = evaluate(elsewhere, store, [variant], threshold=0.0, closed=True)
    assert report.whole.measures["quoted_article_1"].value is None
    assert report.whole.measures["gold_sentence_3"].value == 0.0
    opened = evaluate(elsewhere, store, [variant], threshold=0.0)
    assert opened.whole.measures["gold_sentence_3"].value == 1.0


class Careless:
    """An engine whose offsets are off by one: what the evaluation is there to notice."""

    def __init__(self, engine: Variant) -> None:
        self._engine = engine.answering

    def answer(self, question: Question, progress: Progress) -> Answer:
        answer = self._engine.answer(question, progress)
        moved = tuple(
            replace(quote, start=quote.start + 1, end=quote.end + 1) for quote in answer.quotes
        )
        return replace(answer, quotes=moved)


def test_quotes_that_are_not_in_their_place_are_reported_loudly(
    data: DataSet, store: EmbeddedReader, embedder: Embedder
) -> None:
    careless = Variant("careless", Careless(whole_pipeline(store, embedder, CloserLook())))
    report = evaluate(data, store, [careless], threshold=0.0)
    assert report.broken_quotes >= 3
    assert report.whole.broken_quotes[0].startswith("cost: bridge[")
    assert "DO NOT STAND" in printed(report).splitlines()[0]


def test_the_report_is_json(report: Report) -> None:
    read = json.loads(json.dumps(report_json(report), allow_nan=False))
    assert read["questions"] == len(QUESTIONS)
    assert read["variants"][-1]["measures"]["answer_in_3"]["value"] == 1.0
    assert read["variants"][0]["risk_coverage"]["coverage"][-1] == 1.0


def test_the_plot_is_a_picture_of_every_variant(report: Report) -> None:
    name = 'a "name" & <more>'
    picture = ElementTree.fromstring(risk_coverage_svg(replace(report, data_set=name)))  # noqa: S314
    svg = "{http://www.w3.org/2000/svg}"
    assert len(picture.findall(f"{svg}polyline")) == len(report.variants)
    title = picture.find(f"{svg}title")
    assert title is not None
    assert (title.text or "").startswith(name)


def test_the_table_has_a_line_for_each_measure(report: Report) -> None:
    text = printed(report)
    for words in ("article MRR@10", "expected calibration error", "+ rerank", "tokenised"):
        assert words in text


def printed(report: Report) -> str:
    paper = io.StringIO()
    console = Console(file=paper, width=200)
    for part in report_tables(report):
        console.print(part)
    return paper.getvalue()


def test_a_folder_is_indexed_once_and_again_where_it_changed(
    tmp_path: Path, embedder: Embedder
) -> None:
    folder, work = write_data_set(tmp_path / "town"), tmp_path / "work"
    first = index_data_set(read_data_set(folder), work, embedder)
    with closing(open_store(first)) as store:
        generation = store.status().generation
        assert store.status().articles == len(ARTICLES)
    assert index_data_set(read_data_set(folder), work, embedder) == first
    changed = [{**ARTICLES[0], "text": "Another text. It is short."}, *ARTICLES[2:]]
    write_lines(folder, "articles", changed)
    index_data_set(read_data_set(folder), work, embedder)
    with closing(open_store(first)) as store:
        assert store.status().generation > generation
        assert store.status().articles == len(ARTICLES) - 1
        bridge = store.article("bridge")
        assert bridge is not None
        assert bridge.text == "Another text. It is short."


def test_a_folder_becomes_a_report(tmp_path: Path, embedder: Embedder) -> None:
    told: list[tuple[str, int, int]] = []
    report = evaluate_folder(
        write_data_set(tmp_path / "town", "jsonl.xz"),
        tmp_path / "work",
        embedder,
        CloserLook(),
        Wanted(limit=3),
        threshold=0.5,
        watcher=lambda *step: told.append(step),
    )
    assert report.questions == 3
    assert told == [("onrecord", 1, 3), ("onrecord", 2, 3), ("onrecord", 3, 3)]


class Backwards:
    """A reranker that counts what it is asked for; the longest passage is best."""

    def __init__(self) -> None:
        self.asked = 0

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked += 1
        return [float(len(text)) for text in texts]


def test_a_reranker_of_the_settings_is_measured_too(tmp_path: Path, embedder: Embedder) -> None:
    reranker = Backwards()
    report = evaluate_folder(
        write_data_set(tmp_path / "town", "jsonl.xz"),
        tmp_path / "work",
        embedder,
        CloserLook(reranker=reranker, budget_ms=1.0),
        Wanted(limit=2, stages=True),
        threshold=0.5,
    )
    assert reranker.asked >= 2
    assert report.variants[-1].name == "+ reranker"
