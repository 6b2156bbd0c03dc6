"""OnRecord's index beside txtai's: the same model, the same passages, one run.

    python -m venv /tmp/txtai && /tmp/txtai/bin/pip install torch==2.13.0 txtai faiss-cpu
    python -m tests.benchmarks.peer_txtai ARTICLES.jsonl QUESTIONS.jsonl \
        --txtai /tmp/txtai/bin/python --cache data/models --articles 120 \
        --index INDEX --passages 10000

Prints one Markdown table; both files may be packed (.xz). txtai: all-MiniLM-L6-v2 by its default
(sentence embeddings on torch), hybrid search, content stored. OnRecord: the packaged int8 export,
both searches, passages with their articles; reading, cleaning and splitting the articles is within
its indexing time, while txtai is handed the passages that came of it. Each works in a process of
its own with the same number of threads. Seconds by the clock and, where the machine is busy, by
the processor. A search is the same work in both: two searches, fused, and ten texts.
OnRecord's ranking of passages, and answers with quotes, have no like in txtai: they stand apart.

Indexing is measured on the articles; a first passage is embedded before by both. Questions are
asked of these too or, with `--index`, of as many passages of an index that is there, and to these
an article is added, and asked for until it is found; txtai is then given their vectors as they are
stored, since making them again would take it a quarter of an hour and changes no search. Its
clients take turns: two searches at once fail on the one cursor of its content ("Recursive use of
cursors not allowed"). Over two processes, each side has its index open in both, with one thread in
each for the model where it has two in one process.
"""

from __future__ import annotations

import argparse
import json
import lzma
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import markdown, most_resident, resident
from tests.benchmarks.peer_clients import (
    PROCESSES,
    Figures,
    alone,
    over_processes,
    serve_one_round,
    timed,
    together,
)
from tests.benchmarks.peer_sides import MODEL, OnRecord, Side, Txtai

MADE = "Zarnowek"
LONGEST_WAIT = 60.0
READERS = {"none": "an answer with quotes, no reader", "packaged": "an answer with quotes, reader"}
SEARCH = "search"


def side_of_onrecord(given: argparse.Namespace) -> Figures:
    """Measure OnRecord, and leave the passages for txtai."""
    one = OnRecord(given.folder / "data", given.cache, given.threads)
    one.sync(given.folder / "first.jsonl")
    spent = timed(lambda: one.sync(given.folder / "articles.jsonl"))
    one.open()
    passages = one.passages()
    result = _indexed(len(passages), spent)
    (given.folder / "passages.json").write_text(json.dumps(passages), "utf-8")
    if given.index is not None:
        one = OnRecord(given.folder / "many", given.cache, given.threads)
        one.take(given.index, given.passages)
        one.open()
        passages = one.passages()
        (given.folder / "many.json").write_text(json.dumps(passages), "utf-8")
        _save(given.folder / "many.npy", one.vectors())
    questions = _questions(given.folder)
    result |= alone(SEARCH, one.search, questions) | together(SEARCH, one.search, questions)
    result |= _memory()
    there = len(passages)
    [file] = (given.folder / "added").iterdir()
    result |= _until_found(one, lambda: one.take_in(file), given.asked)
    passages = one.passages()
    added = [text for text in passages if MADE in text]
    if len(passages) != there + len(added):
        raise SystemExit("adding one article has changed others")
    (given.folder / "added.json").write_text(json.dumps(added), "utf-8")
    # Other questions each time: what was read for a question is remembered a while.
    parts = [questions[first :: len(READERS) + 1] for first in range(len(READERS) + 1)]
    result |= alone("search, ranked as GET /search does", one.ranked, parts[0])
    for part, (reader, name) in zip(parts[1:], READERS.items(), strict=True):
        result |= alone(name, one.answering(reader), part)
    return result


def side_of_txtai(given: argparse.Namespace) -> Figures:
    """Measure txtai on the same passages."""
    one = Txtai(given.folder / "txtai", given.model_folder, given.threads)
    passages = _read(given.folder / "passages.json")
    one.index(passages[:1])
    result = _indexed(len(passages), timed(lambda: one.index(passages)))
    if given.index is not None:
        import numpy as np

        one = Txtai(given.folder / "txtai", given.model_folder, given.threads)
        one.index(_read(given.folder / "many.json"), np.load(given.folder / "many.npy"))
    one.save()
    questions = _questions(given.folder)
    result |= alone(SEARCH, one.search, questions) | together(SEARCH, one.search, questions)
    result |= _memory()
    added = _read(given.folder / "added.json")
    return result | _until_found(one, lambda: one.add(added), given.asked)


def _indexed(passages: int, spent: tuple[float, float]) -> Figures:
    wall, processor = spent
    return {
        "indexing, passages/s": passages / wall,
        "indexing, passages/CPU s": passages / processor,
    }


def _until_found(one: Side, add: Callable[[], object], asked: str) -> Figures:
    """From the beginning of adding a made article until it is found."""

    def added_and_found() -> None:
        add()
        deadline = time.monotonic() + LONGEST_WAIT
        while not any(MADE in text for text in one.search(asked)):
            if time.monotonic() > deadline:
                raise SystemExit("the added article was not found")

    wall, processor = timed(added_and_found)
    return {"one article added and found, s": wall, "one article added and found, CPU s": processor}


def _memory() -> Figures:
    return {"memory after searching, MB": sum(resident()), "most memory, MB": most_resident()}


def opened(given: argparse.Namespace) -> Side:
    """One side with what the measuring process has left."""
    data = given.folder / ("data" if given.index is None else "many")
    one: Side = (
        OnRecord(data, given.cache, given.threads)
        if given.side == "onrecord"
        else Txtai(given.folder / "txtai", given.model_folder, given.threads)
    )
    one.open()
    return one


def _save(path: Path, vectors: Any) -> None:
    import numpy as np

    np.save(path, vectors)


def _read(path: Path) -> list[str]:
    texts: list[str] = json.loads(path.read_text("utf-8"))
    return texts


def _questions(folder: Path) -> list[str]:
    return _read(folder / "questions.json")


def _lines(path: Path) -> list[str]:
    opened_file = lzma.open if path.suffix == ".xz" else open
    with opened_file(path, "rt", encoding="utf-8") as file:
        return [line for line in file if line.strip()]


def prepare(given: argparse.Namespace, folder: Path) -> str:
    """The articles, one to begin with, a made one to add, and the questions; what to ask of that.

    The made one is of no collection, so that it can be in no index already.
    """
    from tests.benchmarks.adding_one import write_article

    first, *articles = _lines(given.articles_file)[: given.articles + 1]
    (folder / "first.jsonl").write_text(first, "utf-8")
    (folder / "articles.jsonl").write_text("".join(articles), "utf-8")
    asked = [json.loads(line)["question"] for line in _lines(given.questions_file)]
    (folder / "questions.json").write_text(json.dumps(asked[: given.questions]), "utf-8")
    (folder / "added").mkdir()
    return write_article(folder / "added", 7)[1]


def run_sides(given: argparse.Namespace) -> dict[str, Figures]:
    """Both sides, each in its own processes."""
    from index.embedding.model_folder import find_model

    model = find_model(MODEL, allow_downloads=False).path
    results = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = prepare(given, folder)
        for side, python in (("onrecord", sys.executable), ("txtai", given.txtai)):
            command = [python, "-m", "tests.benchmarks.peer_txtai", "-", "-", "--side", side]
            command += ["--folder", str(folder), "--cache", str(given.cache.absolute())]
            command += ["--model-folder", str(model), "--asked", asked]
            if given.index is not None:
                command += ["--index", str(given.index), "--passages", str(given.passages)]
            alone_in_it = [*command, "--threads", str(given.threads)]
            done = subprocess.run(alone_in_it, check=True, stdout=subprocess.PIPE)
            shared = max(given.threads // PROCESSES, 1)
            results[side] = json.loads(done.stdout.splitlines()[-1]) | over_processes(
                SEARCH, [*command, "--threads", str(shared), "--worker"]
            )
    return results


def table(results: dict[str, Figures]) -> str:
    """Both, and how many times better OnRecord does."""
    ours, theirs = results["onrecord"], results["txtai"]
    better = {}
    for name in ours.keys() & theirs.keys():
        if name.endswith("cores busy"):
            continue
        ratio = ours[name] / theirs[name]
        better[name] = f"{ratio if '/s' in name or '/CPU' in name else 1 / ratio:.2f}"
    columns = {
        side: {name: _figure(value) for name, value in figures.items()}
        for side, figures in results.items()
    }
    return markdown("", {**columns, "times better": better})


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def main() -> None:
    """Measure one side, or both and print."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("articles_file", type=Path)
    arguments.add_argument("questions_file", type=Path)
    arguments.add_argument("--txtai", default=sys.executable, help="a Python that has txtai")
    arguments.add_argument("--cache", type=Path, default=Path("data/models"))
    arguments.add_argument("--articles", type=int, default=200)
    arguments.add_argument("--questions", type=int, default=200)
    arguments.add_argument("--index", type=Path, help="a data folder to take passages from")
    arguments.add_argument("--passages", type=int, default=10_000)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--side", choices=("onrecord", "txtai"))
    arguments.add_argument("--worker", action="store_true", help="wait for the word, and be asked")
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--model-folder")
    arguments.add_argument("--asked")
    given = arguments.parse_args()
    if given.side is None:
        sys.stdout.write(table(run_sides(given)))
    elif given.worker:
        serve_one_round(opened(given).search, _questions(given.folder))
    else:
        result = (side_of_onrecord if given.side == "onrecord" else side_of_txtai)(given)
        sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
