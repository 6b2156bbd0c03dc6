"""Sets of questions as the training commands name them: SET[:closed][:every=N][@INDEX].

`closed` asks each question of its own articles only, which unanswerable questions need.
`every=N` takes the questions about every n-th article alone: those the packaged reader did not
learn from (see retrieval.training.reader_sets).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.evaluation.data_set import DataSet, KnownQuestion, read_data_set

NAMED_SET = "SET[:closed][:every=N][@INDEX]"
STRANGERS_SHARE = 4
"""Of questions about articles that are not there a quarter of the others' number is taken."""


@dataclass(frozen=True, slots=True)
class NamedQuestions:
    """Questions of one set, and where and how they are asked; `index` None: of the common one."""

    questions: tuple[KnownQuestion, ...]
    closed: bool
    index: Path | None


def add_arguments(parser: argparse.ArgumentParser, limit: int) -> None:
    """What commands that learn from sets are told: which, over which index, and where to write."""
    parser.add_argument("sets", nargs="+", metavar=NAMED_SET)
    parser.add_argument("--strangers", nargs="*", default=[], metavar="SET")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=limit, help="questions of each set")


def named_questions(
    sets: Sequence[str], strangers: Sequence[str], limit: int
) -> Iterator[NamedQuestions]:
    """At most `limit` questions of each set, then those of strangers, which nothing answers."""
    for named in sets:
        place, _, index = named.partition("@")
        folder, *modes = place.split(":")
        data = _every(read_data_set(Path(folder)), modes).limited(limit)
        yield NamedQuestions(data.questions, "closed" in modes, Path(index) if index else None)
    for folder in strangers:
        data = read_data_set(Path(folder)).limited(limit // STRANGERS_SHARE)
        unknown = (
            replace(one, answerable=False, article_ids=frozenset()) for one in data.questions
        )
        yield NamedQuestions(tuple(unknown), closed=False, index=None)


def _every(data: DataSet, modes: Sequence[str]) -> DataSet:
    """The questions about every n-th article, in the order of their ids; all without `every=N`."""
    step = next((int(mode.removeprefix("every=")) for mode in modes if "=" in mode), 1)
    articles = sorted({article for one in data.questions for article in one.article_ids})
    kept = frozenset(articles[step - 1 :: step])
    chosen = tuple(one for one in data.questions if step == 1 or one.article_ids & kept)
    return replace(data, questions=chosen)
