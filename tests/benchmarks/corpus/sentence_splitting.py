"""How well sentence splitters find boundaries that were set by hand.

    python -m tests.benchmarks.corpus.sentence_splitting [-v]

Two sets: `tests/corpus/sentence_cases.py`, against which our rules were written, and
`tests/corpus/sentence_paragraphs.py`, written after them. Prints precision, recall and F1 of inner
boundaries, whole cases right, and speed. Libraries that are not installed are left out; only
sentencex is a dependency.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable

from corpus.sentences import split_sentences
from tests.corpus.sentence_cases import CASES, text_of
from tests.corpus.sentence_paragraphs import PARAGRAPHS

Splitter = Callable[[str, str], list[str]]
Cases = list[tuple[str, list[str]]]


def ours(text: str, language: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text, language)]


def by_sentencex(text: str, language: str) -> list[str]:
    return list(importlib.import_module("sentencex").segment(language, text))


def by_pysbd(text: str, language: str) -> list[str]:
    pysbd = importlib.import_module("pysbd")
    known = language if language in pysbd.languages.LANGUAGE_CODES else "en"
    return list(pysbd.Segmenter(language=known, clean=False).segment(text))


def by_blingfire(text: str, language: str) -> list[str]:
    return str(importlib.import_module("blingfire").text_to_sentences(text)).split("\n")


def by_syntok(text: str, language: str) -> list[str]:
    segmenter = importlib.import_module("syntok.segmenter")
    return [
        "".join(token.spacing + token.value for token in sentence)
        for paragraph in segmenter.process(text)
        for sentence in paragraph
    ]


SPLITTERS: dict[str, Splitter] = {
    "ours": ours, "sentencex": by_sentencex, "pysbd": by_pysbd,
    "blingfire": by_blingfire, "syntok": by_syntok,
}  # fmt: skip


def boundaries(sentences: list[str]) -> set[int]:
    """Inner boundaries, as the number of visible characters before them."""
    ends, count = [], 0
    for sentence in sentences:
        count += sum(not mark.isspace() for mark in sentence)
        ends.append(count)
    return set(ends[:-1])


def measure(name: str, split: Splitter, cases: Cases, verbose: bool) -> str:
    found = right = wanted = whole = 0
    for language, sentences in cases:
        text = text_of(language, sentences)
        expected, got = boundaries(sentences), boundaries(split(text, language))
        found, wanted = found + len(got), wanted + len(expected)
        right += len(expected & got)
        whole += expected == got
        if verbose and expected != got:
            sys.stdout.write(f"  {name} {language}: {split(text, language)}\n")
    long = " ".join(text_of(*case) for case in CASES if case[0] == "en") * 20
    started = time.perf_counter()
    split(long, "en")
    speed = len(long) / (time.perf_counter() - started) / 1e6
    precision, recall = right / max(1, found), right / wanted
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return (
        f"{name:10} P {precision:.3f} R {recall:.3f} F1 {f1:.3f} "
        f"whole {whole}/{len(cases)} {speed:.2f} M characters/s"
    )


def main() -> None:
    for title, cases in (("cases", CASES), ("paragraphs", PARAGRAPHS)):
        sys.stdout.write(f"{title}\n")
        for name, split in SPLITTERS.items():
            try:
                sys.stdout.write(f"  {measure(name, split, cases, '-v' in sys.argv)}\n")
            except ImportError:
                sys.stdout.write(f"  {name:10} not installed\n")


if __name__ == "__main__":
    main()
