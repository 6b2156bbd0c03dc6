"""How often splitters leave the sentences whole that data sets give as evidence.

    python -m tests.benchmarks.corpus.sentence_agreement FOLDER ... [--limit N] [-v]

A folder holds `articles.jsonl` and `questions.jsonl` (or `.xz`), whose `evidence` are verbatim
sentences of the articles. Whoever made the sets cut these sentences, so they know nothing of our
rules; where they cut wrongly, all splitters lose alike. Of each distinct sentence it is counted
whether it comes out whole, is cut inside, or is joined to what stands before or after it.
Libraries that are not installed are left out.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.corpus.sentence_splitting import SPLITTERS, Splitter

AROUND = 1_500
"""Code points of the paragraph that a splitter sees before and after a sentence."""


def records(folder: Path, name: str) -> Iterator[Any]:
    packed = folder / f"{name}.jsonl.xz"
    if packed.exists():
        with lzma.open(packed, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def gold(folder: Path, limit: int) -> list[tuple[str, int, int]]:
    """Paragraphs, and where in them a sentence of evidence stands."""
    texts = {one["id"]: one["text"] for one in records(folder, "articles")}
    found: dict[tuple[str, int], tuple[str, int, int]] = {}
    for question in records(folder, "questions"):
        for sentence in question.get("evidence", []):
            if "\n" in sentence:
                continue
            for article_id in question["article_ids"]:
                text = texts.get(article_id, "")
                start = text.find(sentence)
                if start < 0:
                    continue
                first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
                last = text.find("\n", start + len(sentence))
                last = min(len(text) if last < 0 else last, start + len(sentence) + AROUND)
                place = start - first
                found[article_id, start] = (text[first:last], place, place + len(sentence))
    return list(found.values())[:limit]


def spans(text: str, sentences: list[str]) -> list[tuple[int, int]]:
    """Where the sentences stand, whatever white space a splitter adds or drops."""
    places: list[tuple[int, int]] = []
    place = 0
    for sentence in sentences:
        wanted = sum(not mark.isspace() for mark in sentence)
        start = None
        while wanted and place < len(text):
            if not text[place].isspace():
                start = place if start is None else start
                wanted -= 1
            place += 1
        if start is not None:
            places.append((start, place))
    return places


def verdict(cut: list[tuple[int, int]], start: int, end: int) -> str:
    if (start, end) in cut:
        return "whole"
    inside = any(start < edge < end for one in cut for edge in one)
    return "cut" if inside else "joined"


def measure(name: str, split: Splitter, cases: list[tuple[str, int, int]], verbose: bool) -> str:
    counts: Counter[str] = Counter()
    started = time.perf_counter()
    for text, start, end in cases:
        told = verdict(spans(text, split(text, "en")), start, end)
        counts[told] += 1
        if verbose and told != "whole" and name == "ours":
            sys.stdout.write(f"  {told}: …{text[max(0, start - 60):start]}⟦{text[start:end]}⟧"
                             f"{text[end:end + 60]}…\n")  # fmt: skip
    shares = " ".join(f"{one} {counts[one] / len(cases):.3f}" for one in ("whole", "cut", "joined"))
    return f"  {name:10} {shares} {time.perf_counter() - started:6.1f} s\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=1_000)
    parser.add_argument("-v", action="store_true", dest="verbose")
    arguments = parser.parse_args()
    for folder in arguments.folders:
        cases = gold(folder, arguments.limit)
        sys.stdout.write(f"{folder.name}: {len(cases)} sentences\n")
        for name, split in SPLITTERS.items():
            try:
                sys.stdout.write(measure(name, split, cases, arguments.verbose))
            except ImportError:
                sys.stdout.write(f"  {name:10} not installed\n")


if __name__ == "__main__":
    main()
