"""From what was seen of each question to the figures of a report, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.data_set import KnownQuestion
from retrieval.evaluation.evaluate import variant_report
from retrieval.evaluation.observation import Observation
from retrieval.evaluation.quality import LABELS, quality


def known(name: str, **given: object) -> KnownQuestion:
    fields: dict[str, object] = {
        "id": name,
        "text": "Who?",
        "answers": ("Reyl",),
        "article_ids": frozenset({"a"}),
        "evidence": ("Reyl found it.",),
        "answerable": True,
        "kind": "all",
        "asked": date(2023, 5, 6),
    }
    return KnownQuestion(**{**fields, **given})  # type: ignore[arg-type]


def unanswerable(name: str) -> KnownQuestion:
    return known(name, answers=(), evidence=(), answerable=False)


FIRST = Observation(
    known("first"),
    confidence=0.9,
    quoted=True,
    article_rank=1,
    quoted_article_rank=1,
    answer_rank=1,
    evidence_rank=1,
    took_ms=10.0,
    stages={"search": 4.0},
)
THIRD = Observation(
    known("third"), confidence=0.6, quoted=True, article_rank=4, answer_rank=3, took_ms=30.0
)
HESITANT = Observation(
    known("hesitant"), confidence=0.4, quoted=True, article_rank=11, answer_rank=2, took_ms=20.0
)
FOOLED = Observation(unanswerable("fooled"), confidence=0.7, quoted=True, took_ms=20.0)
SILENT = Observation(unanswerable("silent"), confidence=0.1, quoted=True, took_ms=20.0)
ALL = (FIRST, THIRD, HESITANT, FOOLED, SILENT)


@pytest.mark.parametrize(
    ("measure", "value", "count"),
    [
        ("article_hits_1", 1 / 3, 3),
        ("article_hits_4", 2 / 3, 3),
        ("article_hits_10", 2 / 3, 3),
        ("article_mrr_10", (1 + 1 / 4) / 3, 3),
        ("quoted_article_1", 1 / 3, 3),
        ("answer_in_1", 1 / 3, 3),
        ("answer_in_3", 1.0, 3),
        ("gold_sentence_1", 1 / 3, 3),
        ("coverage", 3 / 5, 5),
        ("right_of_answered", 2 / 3, 3),
        ("answered_precision", 2 / 3, 3),
        ("answered_recall", 2 / 3, 3),
        ("abstained_precision", 1 / 2, 2),
        ("abstained_recall", 1 / 2, 2),
        ("auroc_answerable", 4 / 6, 5),
        ("brier", (0.1**2 + 0.4**2 + 0.6**2 + 0.7**2 + 0.1**2) / 5, 5),
    ],
)
def test_measures_of_five_questions(measure: str, value: float, count: int) -> None:
    measured = quality(ALL, threshold=0.5)[measure]
    assert measured.value == pytest.approx(value)
    assert measured.count == count


def test_every_measure_has_words_for_people() -> None:
    assert set(quality(ALL, threshold=0.5)) == set(LABELS)


def test_in_a_closed_run_finding_the_article_is_no_merit() -> None:
    closed = [
        Observation(known("closed"), confidence=0.9, quoted=True, closed=True, article_rank=1)
    ]
    assert quality(closed, threshold=0.5)["article_hits_1"].value is None


@pytest.mark.parametrize(
    ("question", "seen", "right"),
    [
        (known("answer alone", evidence=()), {"answer_rank": 2}, True),
        (known("sentence alone", answers=()), {"evidence_rank": 3}, True),
        (known("neither found"), {"quoted_article_rank": 1}, False),
        (known("article alone", answers=(), evidence=()), {"quoted_article_rank": 1}, True),
        (known("other article", answers=(), evidence=()), {}, False),
        (known("nothing known", answers=(), evidence=(), article_ids=frozenset()), {}, True),
        (unanswerable("none"), {"answer_rank": 1, "quoted_article_rank": 1}, False),
    ],
)
def test_when_quotes_count_as_right(
    question: KnownQuestion, seen: dict[str, int], right: bool
) -> None:
    assert Observation(question, confidence=0.9, quoted=True, **seen).right is right  # type: ignore[arg-type]


def test_a_refused_question_counts_as_not_answered() -> None:
    refused = Observation(known("refused"), refused="the question is empty")
    report = variant_report("onrecord", [refused, FIRST], threshold=0.0)
    assert report.refused == 1
    assert report.measures["coverage"].value == 0.5
    assert report.measures["answered_recall"].value == 0.5


def test_latency_is_that_of_the_questions_that_were_timed() -> None:
    refused = Observation(known("refused"), refused="the question is empty")
    times = {one.stage: one for one in variant_report("x", [*ALL, refused], 0.5).latencies}
    assert times["total"].p50 == 20.0
    assert times["search"].p95 == 4.0


observations = st.builds(
    Observation,
    st.sampled_from([known("a"), known("b", kind="other"), unanswerable("c")]),
    confidence=st.floats(0, 1),
    quoted=st.booleans(),
    article_rank=st.none() | st.integers(1, 30),
    answer_rank=st.none() | st.integers(1, 3),
    evidence_rank=st.none() | st.integers(1, 3),
)


@given(st.lists(observations, max_size=12), st.floats(0, 1))
def test_every_measure_of_anything_is_a_share_or_nothing(
    seen: list[Observation], threshold: float
) -> None:
    measured = quality(seen, threshold)
    for one in measured.values():
        assert (one.value is None) == (one.low is None) == (one.high is None)
        if one.value is not None and one.low is not None and one.high is not None:
            assert -1e-9 <= one.low <= one.high <= 1 + 1e-9
            assert -1e-9 <= one.value <= 1 + 1e-9
    hits = [measured[f"article_hits_{cut}"].value for cut in (1, 4, 10)]
    mean = measured["article_mrr_10"].value
    if mean is not None and hits[0] is not None and hits[2] is not None:
        assert hits[0] <= (hits[1] or 0.0) <= hits[2]
        assert hits[0] - 1e-9 <= mean <= hits[2] + 1e-9
