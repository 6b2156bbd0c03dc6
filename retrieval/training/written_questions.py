"""Questions written for this project over passages of the open sets: `questions_written/*.txt`.

Each file belongs to a set and says of which passages, by article and code points, what is asked:

    @ article start-end
    + question | the answer, as the passage has it
    - question | how the passage tempts, but does not answer

The open sets have few questions that a passage seems to answer and does not; here more than half
are. A quarter of what was written is left out: what its words alone gave away, as a classifier that
sees no passage tells across passages (after Le Bras et al. 2020, arXiv:2002.04108). The articles
are the sets' own and are not kept here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from retrieval.training.reader_corpus import Asked, OpenArticle, OpenSet, overlaps

FOLDER = Path(__file__).with_name("questions_written")
HELD_OUT = Path(__file__).with_name("questions_held_out.txt")
"""Of the same form, over passages of `news` that no reader has learned from: to measure on."""

_PASSAGE = re.compile(r"@ (\S+) (\d+)-(\d+)")
_LINE = re.compile(r"([+-]) (.+) \| (.+)")


def written_set(name: str, articles: dict[str, OpenArticle], repeat: float = 1.0) -> OpenSet:
    """The questions of `questions_written/NAME.txt` over the articles of their set.

    Those over articles that are not given are left out: they are held out.
    """
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return OpenSet(f"written for {name}", articles, list(located(lines, articles)), repeat)


def named_articles(path: Path) -> frozenset[str]:
    """The ids of the articles that a file asks about."""
    text = path.read_text(encoding="utf-8")
    return frozenset(found.group(1) for found in _PASSAGE.finditer(text))


def located(lines: Sequence[str], articles: dict[str, OpenArticle]) -> Iterator[Asked]:
    """The questions of a file, their answers found in their articles.

    Raises ValueError naming the line that is neither a passage nor a question, or whose answer its
    passage does not have.
    """
    identifier, passage = "", (0, 0)
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line:
            continue
        place, asked = _PASSAGE.fullmatch(line), _LINE.fullmatch(line)
        if place is not None:
            identifier, passage = place.group(1), (int(place.group(2)), int(place.group(3)))
        elif asked is None:
            raise ValueError(f"line {number} is neither a passage nor a question: {line!r}")
        elif identifier in articles:
            sign, question, answer = asked.groups()
            if sign == "-":
                yield Asked(question, identifier, (), (), (), passage, sort=answer)
                continue
            article = articles[identifier]
            at = article.text.find(answer, *passage)
            if at < 0:
                raise ValueError(f"line {number}: the passage does not have its answer: {line!r}")
            span = (at, at + len(answer))
            evidence = tuple(one for one in article.sentences if overlaps(one, span))
            yield Asked(question, identifier, (answer,), (span,), evidence, passage)
