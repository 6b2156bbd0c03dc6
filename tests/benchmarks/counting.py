"""How often the sentence that answers "how many" counts something, and how often any sentence does.

    python -m tests.benchmarks.counting DATA

DATA is the folder of the open sets. What answers and counts nothing is lost to `retrieval.counts`;
what any sentence counts tells how much that tells.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.sentences import split_sentences
from retrieval.counts import asks_for_a_count, counts
from retrieval.evaluation.data_set import DataSet, read_data_set

SETS = ("squad", "train/squadshifts_newwiki", "train/covidqa_200423")
ARTICLES = 8


def told(data: DataSet) -> tuple[int, int]:
    """Answerable questions for a count, and how many of their gold sentences count nothing."""
    gold = [
        " ".join(one.evidence)
        for one in data.questions
        if one.answerable and one.evidence and asks_for_a_count(one.text)
    ]
    return len(gold), sum(not counts(sentence) for sentence in gold)


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
    table = Table("set", "questions for a count", "answered by what counts nothing", "any sentence")
    for name in SETS:
        data = read_data_set(given.data / name)
        asked, nothing = told(data)
        table.add_row(name, str(asked), str(nothing), f"{counting_share(data):.0%} count")
    Console().print(table)


if __name__ == "__main__":
    main()
