"""What the thresholds behind both sides and revised figures find, miss and invent.

    python -m tests.benchmarks.side_thresholds [--set DATA/squad --index INDEX --articles a13 a8]

First the thresholds of what a claim is about, each by itself, on the disputes written for this
project (disputes.txt and disputes_held_out.txt in tests/retrieval/cases, together): how many are
shown with both sides, and how many questions that nobody disputes get sides.

With a set, also `LIKELY`, the probability from which a sentence's figure is one for what is asked:
over questions for a quantity, asked of their own article, how many of the answering sentences among
the three best reach it, and in how many questions two sentences that do have other figures for what
is counted, though one article hardly contradicts itself: what another day or speaker would make a
revision or a dispute of.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from index.embedding.loading import load_embedder
from index.opening import open_store
from retrieval.disputes import claims
from retrieval.disputes.figures import answers_otherwise
from retrieval.disputes.sides import disagreement
from retrieval.evaluation.matching import holds_answer
from retrieval.evidence.linear_model import probability
from retrieval.evidence.ranked import RankedSentence
from retrieval.question.answer_kinds import AnswerKind
from tests.benchmarks.distinct_answers import QUOTES, Case, ranked_cases
from tests.retrieval.disputes.written_disputes import (
    HELD_OUT,
    Dispute,
    claims_of,
    disputes,
    names_all,
)

TRIED = {
    "COVERED": (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7),
    "MOSTLY_COVERED": (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8),
    "ALIKE": (0.5, 0.55, 0.6, 0.65, 0.7, 0.8),
    "RATHER_ALIKE": (0.3, 0.4, 0.45, 0.5, 0.55, 0.6),
}
WRITTEN = ("disputes", HELD_OUT)
LIKELY_TRIED = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)

Heard = tuple[Dispute, Sequence[claims.Claim]]


def of_disputes(heard: Sequence[Heard]) -> Table:
    """Every threshold by itself, the others staying as they are."""
    disputed = sum(bool(case.sides) for case, _ in heard)
    table = Table(
        "threshold",
        "value",
        f"both sides, of {disputed}",
        f"invented, of {len(heard) - disputed}",
    )
    for name, values in TRIED.items():
        packaged = getattr(claims, name)
        for value in values:
            setattr(claims, name, value)
            found = [(case, disagreement(case.question, said)) for case, said in heard]
            both = sum(names_all(shown, case.sides) for case, shown in found if case.sides)
            invented = sum(bool(shown) for case, shown in found if not case.sides)
            table.add_row(name, _marked(value, packaged), str(both), str(invented))
        setattr(claims, name, packaged)
    return table


def of_likely(cases: Sequence[Case]) -> Table:
    """How many answering sentences are likely enough, and how many questions get two figures."""
    counted = [case for case in cases if case[1].asked.kind is AnswerKind.QUANTITY]
    table = Table("LIKELY", "answering sentences", f"other figures, of {len(counted)}")
    for value in LIKELY_TRIED:
        kept = [
            probability(sentence.log_odds) >= value
            for known, ranked in counted
            for sentence in ranked.sentences[:QUOTES]
            if holds_answer(sentence.text, known.answers)
        ]
        other = sum(_has_two_figures(ranked.sentences, value) for _, ranked in counted)
        table.add_row(_marked(value, 0.3), f"{np.mean(kept):.3f}", str(other))
    return table


def _has_two_figures(sentences: Sequence[RankedSentence], least: float) -> bool:
    likely = [
        (one.text, one.answer.of(one.candidate.passage.article.text))
        for one in sentences
        if one.answer is not None and probability(one.log_odds) >= least
    ]
    return any(
        answers_otherwise(text, other, answer, before) is not None
        for (text, answer), (other, before) in itertools.combinations(likely, 2)
    )


def _marked(value: float, packaged: float) -> str:
    return f"{value}{' *' if value == packaged else ''}"


def main() -> None:
    """Measure the disputes, and the figures where a set is given."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--set", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--articles", nargs="+", default=["a13", "a8"])
    parser.add_argument("--reader", default="packaged")
    parser.add_argument("--limit", type=int, default=10_000)
    parser.add_argument(
        "--models", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-models"
    )
    given = parser.parse_args()
    embedder = load_embedder("all-MiniLM-L6-v2", cache=given.models)
    heard = [(case, claims_of(case, embedder)) for name in WRITTEN for case in disputes(name)]
    Console().print(of_disputes(heard))
    if given.set and given.index:
        Console().print(of_likely(ranked_cases(open_store(given.index), given)))


if __name__ == "__main__":
    main()
