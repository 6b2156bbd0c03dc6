"""Main text of real pages: which segments that belong are kept, and which that do not are gone.

    python -m tests.benchmarks.corpus.html_extraction PATH/TO/html [-v]

The folder holds `expected.jsonl` (`file`, `url`, `with`, `without`) and `pages/`. Counted as in
trafilatura's own evaluation: a `with` segment that is in the text is a true positive, one that is
not a false negative, a `without` segment in the text a false positive.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from corpus.importer import Importer

Extract = Callable[[bytes, str], str]


def ours(page: bytes, url: str) -> str:
    file = Importer().read_content("page.html", page, url=url)
    return "\n".join(article.text for article in file.articles)


def by_trafilatura(page: bytes, url: str) -> str:
    return trafilatura.extract(page, url=url, include_comments=False) or ""


def by_trafilatura_precision(page: bytes, url: str) -> str:
    return trafilatura.extract(page, include_comments=False, favor_precision=True) or ""


def by_trafilatura_recall(page: bytes, url: str) -> str:
    return trafilatura.extract(page, include_comments=False, favor_recall=True) or ""


EXTRACTORS: dict[str, Extract] = {
    "ours": ours,
    "trafilatura": by_trafilatura,
    "trafilatura, precision": by_trafilatura_precision,
    "trafilatura, recall": by_trafilatura_recall,
}


def measure(folder: Path, name: str, extract: Extract, verbose: bool) -> str:
    kept = lost = intruding = absent = 0
    seconds = 0.0
    for line in (folder / "expected.jsonl").read_text().splitlines():
        expected = json.loads(line)
        page = (folder / expected["file"]).read_bytes()
        started = time.perf_counter()
        text = extract(page, expected["url"])
        seconds += time.perf_counter() - started
        missing = [segment for segment in expected["with"] if segment not in text]
        present = [segment for segment in expected["without"] if segment in text]
        kept, lost = kept + len(expected["with"]) - len(missing), lost + len(missing)
        intruding += len(present)
        absent += len(expected["without"]) - len(present)
        if verbose and (missing or present):
            sys.stdout.write(f"{expected['file']} -{missing} +{present}\n")
    precision, recall = kept / (kept + intruding), kept / (kept + lost)
    f1 = 2 * precision * recall / (precision + recall)
    accuracy = (kept + absent) / (kept + absent + lost + intruding)
    return (
        f"{name:24} P {precision:.3f} R {recall:.3f} F1 {f1:.3f} accuracy {accuracy:.3f} "
        f"{seconds:.1f} s\n"
    )


def main() -> None:
    folder = Path(sys.argv[1])
    for name, extract in EXTRACTORS.items():
        verbose = "-v" in sys.argv and name == "ours"
        sys.stdout.write(measure(folder, name, extract, verbose))


if __name__ == "__main__":
    main()
