"""Measures the passage reader on the held-out articles of the open `squad` set, beside embeddings.

    python -m tests.benchmarks.reader_quality DATA_DIR [--reader DIR] [--most N] [--json FILE]

Two tasks, each question seen with

- its own paragraph: is the span right (EM, F1), is the best sentence a gold sentence, and does
  the score tell answerable questions from those written to look answerable;
- the five paragraphs of its article that are most like it by embedding: the same, end to end.

`closely` is with a second look, as retrieval.evidence.close_look takes it: the four best sentences
are read again with their neighbours only. The sum of both looks chooses the sentence, the best
close-up tells what is answered.

The baseline is the cosine of question and paragraph, and of question and sentence.
"""

from __future__ import annotations

import argparse
import json
import re
import string
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sentence_transformers import SentenceTransformer

from corpus.sentences import split_sentences
from retrieval.reading.reader import PACKAGED_READER, PassageReader
from retrieval.training.reader_corpus import Asked, OpenSet, held_out_apart, load_set, overlaps
from retrieval.training.reader_sets import SQUAD_HELD_OUT, base_folder
from tests.benchmarks.close_ups import look_closely

BEST_PARAGRAPHS = 5
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a held-out article, its sentences within it, and their vectors."""

    article: str
    start: int
    text: str
    sentences: list[tuple[int, int]]
    vector: Vectors
    sentence_vectors: Vectors


@dataclass(frozen=True, slots=True)
class Seen:
    """One question as one task saw it."""

    answerable: bool
    score: float
    baseline_score: float
    hit: bool
    baseline_hit: bool
    close_score: float
    close_hit: bool
    exact: float = 0.0
    overlap: float = 0.0


def normalised(text: str) -> list[str]:
    """Words as SQuAD compares them."""
    return _ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split()


def match(found: str, accepted: Sequence[str]) -> tuple[float, float]:
    """Exact match and F1 against the best of the accepted answers."""
    words, exact, best = normalised(found), 0.0, 0.0
    for answer in accepted:
        gold = normalised(answer)
        common = sum((Counter(words) & Counter(gold)).values())
        exact = max(exact, float(words == gold))
        if common:
            best = max(best, 2 * common / (len(words) + len(gold)))
    return exact, best


def auroc(questions: Sequence[Seen], scores: Sequence[float]) -> float:
    """Chance that an answerable question scores above an unanswerable one."""
    labels = np.array([seen.answerable for seen in questions])
    values = np.array(scores)
    wins = values[labels][:, None] - values[~labels][None, :]
    return float(np.mean((wins > 0) + 0.5 * (wins == 0)))


def paragraphs_of(held_out: OpenSet, encoder: SentenceTransformer) -> list[Paragraph]:
    """Every paragraph that a held-out question was written for."""
    spots = sorted({(q.article_id, *q.paragraph) for q in held_out.questions if q.paragraph})
    result = []
    for article, start, end in spots:
        text = held_out.articles[article].text[start:end]
        sentences = [(span.start, span.end) for span in split_sentences(text)]
        vectors = encode(encoder, [text, *(text[first:last] for first, last in sentences)])
        result.append(Paragraph(article, start, text, sentences, vectors[0], vectors[1:]))
    return result


def encode(encoder: SentenceTransformer, texts: list[str]) -> Vectors:
    """Unit vectors."""
    return np.asarray(encoder.encode(texts, normalize_embeddings=True), dtype=np.float32)


def see(reader: PassageReader, asked: Asked, vector: Vectors, shown: Sequence[Paragraph]) -> Seen:
    """Read some paragraphs for a question; the sentence with the highest score is the answer."""
    readings = reader.read(asked.question, [paragraph.text for paragraph in shown])
    looked = look_closely(reader, asked.question, shown, readings)
    scores = [
        (read.score, paragraph.start + first, paragraph.start + last)
        for paragraph, reading in zip(shown, readings, strict=True)
        for read, (first, last) in zip(
            reading.sentences(paragraph.sentences), paragraph.sentences, strict=True
        )
    ]
    cosines = [
        (float(cosine), paragraph.start + first, paragraph.start + last)
        for paragraph in shown
        for cosine, (first, last) in zip(
            paragraph.sentence_vectors @ vector, paragraph.sentences, strict=True
        )
    ]
    best = max(range(len(shown)), key=lambda i: readings[i].score)
    found = shown[best].text[readings[best].start : readings[best].end]
    exact, overlap = match(found, asked.accepted)
    return Seen(
        bool(asked.evidence),
        readings[best].score,
        max(cosines)[0],
        holds(asked, max(scores)[1:]),
        holds(asked, max(cosines)[1:]),
        max(one.close_up for one in looked),
        holds(asked, max(looked, key=lambda one: one.score).spot),
        exact,
        overlap,
    )


def holds(asked: Asked, spot: tuple[int, int]) -> bool:
    """Whether a place in the article is in a gold sentence."""
    return any(overlaps(spot, evidence) for evidence in asked.evidence)


def figures(questions: Sequence[Seen]) -> dict[str, float]:
    """What is reported of a task. `f1_squad2` counts a refusal as right where nothing answers."""
    answered = [seen for seen in questions if seen.answerable]
    with_refusal = [
        (seen.overlap if seen.answerable else 0.0) if seen.score > 0 else float(not seen.answerable)
        for seen in questions
    ]
    return {
        "questions": float(len(questions)),
        "answerable": float(len(answered)),
        "exact": mean([seen.exact for seen in answered]),
        "f1": mean([seen.overlap for seen in answered]),
        "f1_squad2": mean(with_refusal),
        "sentence_hit": mean([float(seen.hit) for seen in answered]),
        "sentence_hit_closely": mean([float(seen.close_hit) for seen in answered]),
        "sentence_hit_embedding": mean([float(seen.baseline_hit) for seen in answered]),
        "auroc": auroc(questions, [seen.score for seen in questions]),
        "auroc_closely": auroc(questions, [seen.close_score for seen in questions]),
        "auroc_embedding": auroc(questions, [seen.baseline_score for seen in questions]),
    }


def mean(values: Sequence[float]) -> float:
    """The mean, as a plain number."""
    return float(np.mean(values))


def speed(reader: PassageReader, paragraphs: Sequence[Paragraph]) -> float:
    """Passages a second."""
    texts = [paragraph.text[:900] for paragraph in paragraphs[:40]]
    reader.read("Who said so?", texts[:4])
    started = time.perf_counter()
    reader.read("Who said that the works had been delayed?", texts)
    return len(texts) / (time.perf_counter() - started)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("data", type=Path, help="folder of the open sets")
    parser.add_argument("--reader", type=Path, default=PACKAGED_READER)
    parser.add_argument("--encoder", type=Path, help="folder of the encoder it takes words from")
    parser.add_argument("--most", type=int, default=400, help="questions of the second task")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    given = parser.parse_args()
    _, held_out = held_out_apart(load_set(given.data / "squad"), SQUAD_HELD_OUT)
    encoder = SentenceTransformer(str(base_folder()), device="cpu")
    paragraphs = paragraphs_of(held_out, encoder)
    reader = PassageReader(given.reader, threads=2, encoder=given.encoder)
    questions = [asked for asked in held_out.questions if asked.paragraph]
    vectors = encode(encoder, [asked.question for asked in questions])
    every = max(1, len(questions) // given.most)
    own, whole = [], []
    for i, (asked, vector) in enumerate(zip(questions, vectors, strict=True)):
        article = [each for each in paragraphs if each.article == asked.article_id]
        article.sort(key=lambda each: -float(each.vector @ vector))
        written_for = [
            each for each in article if asked.paragraph and each.start == asked.paragraph[0]
        ]
        own.append(see(reader, asked, vector, written_for))
        if i % every == 0:
            whole.append(see(reader, asked, vector, article[:BEST_PARAGRAPHS]))
    results = {"own_paragraph": figures(own), "five_of_article": figures(whole)}
    results["passages_per_second"] = {
        f"{threads}_threads": speed(
            PassageReader(given.reader, threads=threads, encoder=given.encoder), paragraphs
        )
        for threads in (1, 2)
    }
    table = Table("figure", *results)
    for name in dict.fromkeys(name for task in results.values() for name in task):
        cells = (f"{task[name]:.3f}" if name in task else "" for task in results.values())
        table.add_row(name, *cells)
    Console().print(table)
    if given.json:
        given.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
