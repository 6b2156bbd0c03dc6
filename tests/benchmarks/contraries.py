"""How often the best sentence tells the contrary of what is asked, where it answers and where not.

    python -m tests.benchmarks.contraries INDEX DATA/squad DATA/train/squadshifts_newwiki

INDEX holds the articles of the sets. Each question is asked of its own article. What comes out at
the end, the log of how much rarer it is where the sentence answers, is CONTRARY of
`retrieval.certainty.contraries`.
"""

from __future__ import annotations

import argparse
import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.composition import compose
from bot.settings import Settings
from retrieval.answer import Question
from retrieval.answerer import Answerer, Stopwatch
from retrieval.certainty.contraries import CONTRARY, is_contrary
from retrieval.evaluation.data_set import KnownQuestion, read_data_set
from retrieval.evaluation.matching import holds_answer
from retrieval.evidence.features import Asked
from retrieval.evidence.ranked import RankedSentence
from retrieval.progress import Unwatched

UNHURRIED_MS = 1e6


def as_ranked_before(asked: Asked, sentences: Sequence[RankedSentence]) -> RankedSentence:
    """The best sentence as if the contrary had not been set back."""
    return max(
        sentences, key=lambda one: one.log_odds - (CONTRARY if is_contrary(asked, one) else 0.0)
    )


def outcome(answerer: Answerer, known: KnownQuestion) -> tuple[str, bool] | None:
    """What the best sentence is, and whether it tells the contrary; None where there is none."""
    question = Question(known.text, known.asked, article_ids=known.article_ids)
    ranked = answerer.rank(question, Stopwatch(), Unwatched())
    if not ranked.sentences:
        return None
    best = as_ranked_before(ranked.asked, ranked.sentences)
    kind = "no answer is in the article"
    if known.answerable:
        kind = "answers" if holds_answer(best.text, known.answers) else "does not answer"
    return kind, is_contrary(ranked.asked, best)


def main() -> None:
    """Count, and take the log of the ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--limit", type=int, default=1500, help="questions of each set")
    given = parser.parse_args()
    parts = compose(Settings(data=given.index, rerank_budget_ms=UNHURRIED_MS))
    asked: Counter[str] = Counter()
    contrary: Counter[str] = Counter()
    for folder in given.sets:
        questions = list(read_data_set(folder).questions)
        chosen = random.Random(1).sample(questions, min(given.limit, len(questions)))
        for known in chosen:
            found = outcome(parts.answerer, known)
            if found is not None:
                asked[found[0]] += 1
                contrary[found[0]] += found[1]
    parts.close()
    table = Table("the best sentence", "questions", "tells the contrary")
    for kind, count in asked.items():
        table.add_row(kind, str(count), str(contrary[kind]))
    Console().print(table)
    rates = [
        (contrary[kind] + 0.5) / (asked[kind] + 1)
        for kind in ("answers", "no answer is in the article")
    ]
    Console().print(f"log-odds {math.log(rates[0] / rates[1]):.2f}")


if __name__ == "__main__":
    main()
