"""Where the time of an import goes, stage by stage.

    python -m tests.benchmarks.corpus.import_stages FILE ...

Each stage is timed by itself over the same articles, in seconds of processor time (one core), so
that other programs do not count; "whole" is the importer as it is used.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.progress import track

from corpus.cleaning.captions import captions
from corpus.cleaning.contact import contact_lines
from corpus.cleaning.doubled import doubled_lines, doubled_title
from corpus.cleaning.furniture import furniture
from corpus.cleaning.repeated_lines import RepeatedLines
from corpus.dates import parse_date
from corpus.decoding import clean_characters
from corpus.draft import Draft
from corpus.files import read_content
from corpus.imported import ImportSettings
from corpus.importer import Importer
from corpus.language import detect_language
from corpus.near_duplicates import bands, signature
from corpus.outlets import outlet_of_text
from corpus.passages import split_passages
from corpus.readers.formats import drafts_of
from corpus.readers.reading import Source
from corpus.sentences import split_sentences

Stage = Callable[[Draft], object]


def words(texts: Sequence[str]) -> list[int]:
    return [len(text) // 4 for text in texts]


def cleaned(draft: Draft) -> None:
    lines = draft.text.split("\n")
    for find in (contact_lines, captions, furniture, doubled_lines):
        find(lines)
    doubled_title(lines, draft.title)


def stages() -> dict[str, Stage]:
    repeated = RepeatedLines()
    return {
        "characters": lambda draft: clean_characters(draft.text),
        "cleaning of lines": cleaned,
        "repeated lines, learning": lambda draft: repeated.observe(
            draft.source, draft.key, draft.text.split("\n")
        ),
        "repeated lines, finding": lambda draft: repeated.repeated(
            draft.source, draft.key, draft.text.split("\n")
        ),
        "dates": lambda draft: parse_date(draft.published),
        "outlets": lambda draft: outlet_of_text(draft.text),
        "language": lambda draft: detect_language(draft.text),
        "sentences": lambda draft: split_sentences(draft.text, "en"),
        "sentences and passages": lambda draft: split_passages(
            draft.text, split_sentences(draft.text, "en"), words, 200
        ),
        "signature": lambda draft: bands(signature(draft.text)),
    }


def main() -> None:
    settings = ImportSettings()
    paths = [Path(name) for name in sys.argv[1:]]
    started = time.process_time()
    drafts = [
        draft
        for path in paths
        for draft in drafts_of(
            Source(path.name, read_content(path, settings.largest_file), settings)
        )
        if isinstance(draft, Draft)
    ]
    seconds = {"reading": time.process_time() - started}
    for name, stage in stages().items():
        started = time.process_time()
        for draft in track(drafts, description=name, transient=True):
            stage(draft)
        seconds[name] = time.process_time() - started
    started = time.process_time()
    importer = Importer()
    articles = [one for file in importer.read_all(paths) for one in file.articles]
    seconds["whole"] = time.process_time() - started
    for name, took in seconds.items():
        sys.stdout.write(
            f"{name:26} {took:6.2f} s {1000 * took / len(drafts):7.3f} ms an article\n"
        )
    sys.stdout.write(f"{len(articles):,} articles\n")


if __name__ == "__main__":
    main()
