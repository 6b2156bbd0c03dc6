"""Both sides over written disputes: few are invented, most are found.

The rules were written with these cases in view, so the figures are a floor to keep, no forecast.
"""

from __future__ import annotations

from index.embedding.embedder import Embedder
from tests.retrieval.disputes import disputes, names_all, stances


def test_what_nobody_disputes_gets_no_sides(embedder: Embedder) -> None:
    undisputed = [case for case in disputes() if not case.sides]
    assert len(undisputed) >= 40
    invented = [case.question for case in undisputed if stances(case, embedder)]
    assert len(invented) <= 1, invented


def test_most_disputes_show_their_sides(embedder: Embedder) -> None:
    disputed = [case for case in disputes() if case.sides]
    found = [case for case in disputed if names_all(stances(case, embedder), case.sides)]
    assert len(found) >= 0.55 * len(disputed)
