"""How often the sentence that answers "how many" or "what share" holds one, and how often any does.

    python -m tests.benchmarks.counting DATA

DATA is the folder of the open sets. What answers and counts nothing is lost to
`retrieval.certainty.counts`; what any sentence counts tells how much that tells.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.sentences import split_sentences
from retrieval.certainty.counts import asks_for_a_count, counts, telling
from retrieval.evaluation.data_set import DataSet, read_data_set
from retrieval.question.units import share_asked

SETS = ("squad", "train/squadshifts_newwiki", "train/covidqa_200423")
ARTICLES = 8


def told(data: DataSet, asks: Callable[[str], bool]) -> tuple[int, int]:
    """Answerable questions of a kind, and how many of their gold sentences cannot answer."""
    asked = [one for one in data.questions if one.answerable and one.evidence and asks(one.text)]
    silent = 0
    for one in asked:
        tells = telling(one.text)
        silent += tells is not None and not tells(" ".join(one.evidence))
    return len(asked), silent


def _asks_for_a_share(question: str) -> bool:
    return share_asked(question) is not None


def counting_share(data: DataSet) -> float:
    """Of the sentences of some articles, those that count something."""
    chosen = random.Random(1).sample(data.articles, min(ARTICLES, len(data.articles)))
    sentences = [
        article.text[start:end]
        for article in chosen
        for start, end in split_sentences(article.text)
    ]
    return sum(map(counts, sentences)) / len(sentences)


def main() -> None:
    """Measure each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    given = parser.parse_args()
    table = Table(
        "set", "asked for a count", "of these lost", "for a share", "lost", "any sentence"
    )
    for name in SETS:
        data = read_data_set(given.data / name)
        numbers = (*told(data, asks_for_a_count), *told(data, _asks_for_a_share))
        table.add_row(name, *map(str, numbers), f"{counting_share(data):.0%} count")
    Console().print(table)


if __name__ == "__main__":
    main()
