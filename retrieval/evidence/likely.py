"""Which sentences are likely an answer by themselves."""

from __future__ import annotations

import math

from retrieval.evidence.ranked import RankedSentence

LIKELY = 0.3
"""Sentences that are each about as likely to answer as not speak of the same thing.

Over 48 questions for a quantity on two articles that no reader had learned from, .53 of the
answering sentences reach it (.72 at .2, .28 at .5), and at no value from .05 to .6 do two sentences
of one article have other figures for what is asked (python -m tests.benchmarks.side_thresholds)."""

LIKELY_LOG_ODDS = math.log(LIKELY / (1 - LIKELY))


def is_likely(sentence: RankedSentence) -> bool:
    """Whether a sentence has the probability from which on it speaks of what is asked."""
    return sentence.log_odds >= LIKELY_LOG_ODDS
