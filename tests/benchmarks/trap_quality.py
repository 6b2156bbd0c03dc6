"""Measures the passage reader on questions that only seem to be answered, sort by sort.

    python -m tests.benchmarks.trap_quality DATA_DIR [--reader DIR]

`questions_held_out.txt` of `retrieval.training` asks of 199 passages of `news` what they answer and
what they do not: another person or thing is asked about (entity), the opposite (antonym), who did
it to whom is turned round (role), a circumstance is changed (condition), something untrue is taken
for granted (premise), or the detail is not told (absent). No reader has learned from them. Each
question is seen with its own passage, and the reader as it is shipped, in int8; `closely`, the four
best sentences are seen again with their neighbours only.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.metrics import roc_auc_score

from corpus.sentences import split_sentences
from retrieval.reading.reader import PACKAGED_READER, PassageReader
from retrieval.training.reader_corpus import Asked
from retrieval.training.reader_sets import news_articles
from retrieval.training.written_questions import HELD_OUT, located, named_articles
from tests.benchmarks.close_ups import look_closely
from tests.benchmarks.reader_quality import holds

ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the reader made of one question; `hit`: its best sentence holds the answer."""

    score: float
    hit: bool
    close_score: float


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage begins in its article, and the places of its sentences within it."""

    start: int
    text: str
    sentences: list[tuple[int, int]]


def see(reader: PassageReader, asked: Asked, passage: str, start: int) -> Seen:
    """Read the passage of a question, which begins at `start` of its article."""
    sentences = [(span.start, span.end) for span in split_sentences(passage)]
    [reading] = reader.read(asked.question, [passage])
    scores = [one.score for one in reading.sentences(sentences)]
    first, last = sentences[int(np.argmax(scores))]
    shown = Passage(start, passage, sentences)
    looked = look_closely(reader, asked.question, [shown], [reading])
    hit = holds(asked, (start + first, start + last))
    return Seen(reading.score, hit, max(one.close_up for one in looked))


def seen_by_sort(reader: PassageReader, data: Path) -> Iterator[tuple[str, Seen]]:
    """Each question's sort, `answered` among them, and what the reader made of it."""
    articles = news_articles(data, named_articles(HELD_OUT))
    lines = HELD_OUT.read_text(encoding="utf-8").splitlines()
    for asked in located(lines, articles):
        if asked.paragraph is not None:
            start, end = asked.paragraph
            text = articles[asked.article_id].text
            yield asked.sort or ANSWERED, see(reader, asked, text[start:end], start)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of the open sets")
    parser.add_argument("--reader", type=Path, default=PACKAGED_READER)
    given = parser.parse_args()
    found = defaultdict[str, list[Seen]](list)
    for sort, seen in seen_by_sort(PassageReader(given.reader, threads=2), given.data):
        found[sort].append(seen)
    answered = found.pop(ANSWERED)
    hits = np.mean([seen.hit for seen in answered])
    table = Table("sort", "questions", "believed answered", "AUROC against the answered", "closely")
    believed = np.mean([seen.score > 0 for seen in answered])
    table.add_row(ANSWERED, str(len(answered)), f"{believed:.2f}", "", "")
    every = [seen for traps in found.values() for seen in traps]
    for sort, traps in [*sorted(found.items()), ("all", every)]:
        labels = [True] * len(answered) + [False] * len(traps)
        every_one = [*answered, *traps]
        area = roc_auc_score(labels, [seen.score for seen in every_one])
        closely = roc_auc_score(labels, [seen.close_score for seen in every_one])
        believed = np.mean([seen.score > 0 for seen in traps])
        table.add_row(sort, str(len(traps)), f"{believed:.2f}", f"{area:.3f}", f"{closely:.3f}")
    Console().print(table)
    Console().print(f"The best sentence holds the answer: {hits:.3f} of the answered.")


if __name__ == "__main__":
    main()
