"""What the passage reader learns from: questions paired with passages cut as in use.

A passage that answers is a window of whole sentences around the evidence, of varying length and
with the evidence anywhere in it. A passage that does not answer is one of

- another passage of the same article that shares many rare words with the question,
- the passage around the evidence, with the evidence taken out,
- the passage that answers, where the question now asks of another year, number or name, or the
  opposite,
- the paragraph that an unanswerable question was written for.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.training.reader_corpus import (
    Asked,
    OpenArticle,
    OpenSet,
    Range,
    overlaps,
    words_of,
)
from retrieval.training.reader_questions import ask_of_another, ask_the_opposite

SHORTEST, USUAL, LONGEST = 200, 420, 900
"""Characters of a passage in training: the shorter half costs less time and teaches as much."""

CLOSE_UP = 0.6
"""Share of the passages that are a sentence or a few, as the reader sees them on a second look."""

NEAREST, WIDEST = 60, 420
"""Characters of such a close-up."""

OTHER_PASSAGE, EVIDENCE_REMOVED, OTHER_SUBJECT = 0.42, 0.12, 0.26
"""Share of answerable questions that are also asked of a passage that does not answer."""

OPPOSITE = 0.5
"""Share of these that ask the opposite, where the question has one."""

PART_OF_PARAGRAPH = 0.8
"""Share of unanswerable questions asked of a passage cut anew, rather than of their paragraph."""

TEMPTING = 3
"""How many sentences of a paragraph are candidates for the one that seems to answer."""

HARDEST = 4
"""How many of the passages most like the question are candidates for one that does not answer."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage. No `answers` and no `evidence`: the passage does not answer.

    Both are ranges of code points of the passage. `answers` may be empty where only the sentence
    is known to answer.
    """

    question: str
    passage: str
    answers: tuple[Range, ...] = ()
    evidence: tuple[Range, ...] = ()


class Recipe:
    """Makes the examples of one pass over some sets; each pass cuts passages anew."""

    def __init__(
        self, sets: Sequence[OpenSet], generator: random.Random, close_up: float = CLOSE_UP
    ) -> None:
        self._sets = sets
        self._random = generator
        self._close_up = close_up

    def one_pass(self) -> list[Example]:
        """Every question in at least one passage, in random order."""
        examples = [
            example
            for open_set in self._sets
            for asked in open_set.questions
            for _ in range(self._times(open_set.repeat))
            for example in self._examples(open_set.articles[asked.article_id], asked)
        ]
        self._random.shuffle(examples)
        return examples

    def _times(self, repeat: float) -> int:
        """A whole number of times that is `repeat` on average."""
        return int(repeat + self._random.random())

    def _examples(self, article: OpenArticle, asked: Asked) -> Iterator[Example]:
        if not asked.evidence:
            yield self._unanswerable(article, asked)
            return
        answered = self._answerable(article, asked)
        if answered is not None:
            yield answered
        draw = self._random.random()
        other: Example | None = None
        if draw < OTHER_PASSAGE:
            other = self._other_passage(article, asked)
        elif draw < OTHER_PASSAGE + EVIDENCE_REMOVED:
            other = self._evidence_removed(article, asked)
        elif draw < OTHER_PASSAGE + EVIDENCE_REMOVED + OTHER_SUBJECT and answered is not None:
            other = self._other_subject(article, answered)
        if other is not None:
            yield other

    def _length(self) -> int:
        if self._random.random() < self._close_up:
            return self._random.randint(NEAREST, WIDEST)
        return int(self._random.triangular(SHORTEST, LONGEST, USUAL))

    def _window(self, article: OpenArticle, core: Range) -> Range:
        """Whole sentences around `core`, added on either side at random while they fit."""
        limit = self._length()
        sentences = article.sentences
        inside = [i for i, sentence in enumerate(sentences) if overlaps(sentence, core)]
        if not inside:
            return core
        first, last = inside[0], inside[-1]
        # How the room is shared decides where in the passage the evidence stands.
        lean = self._random.random()
        while True:
            before = sentences[first - 1] if first > 0 else None
            after = sentences[last + 1] if last + 1 < len(sentences) else None
            options = []
            if before is not None and sentences[last][1] - before[0] <= limit:
                options.append("before")
            if after is not None and after[1] - sentences[first][0] <= limit:
                options.append("after")
            if not options:
                return sentences[first][0], sentences[last][1]
            side = "before" if self._random.random() < lean else "after"
            if side not in options:
                side = options[0]
            if side == "before":
                first -= 1
            else:
                last += 1

    def _answerable(self, article: OpenArticle, asked: Asked) -> Example | None:
        core = self._random.choice(asked.evidence)
        start, end = self._window(article, core)
        if end - start > LONGEST:
            start, end = clip(start, end, core, LONGEST)
        example = example_of(article.text, asked, (start, end))
        return None if asked.answers and not example.answers else example

    def _other_passage(self, article: OpenArticle, asked: Asked) -> Example | None:
        tiles = [
            tile
            for tile in article.best_tiles(words_of(asked.question), self._length(), 2 * HARDEST)
            if not any(overlaps(tile, evidence) for evidence in asked.evidence)
            and not holds(article.text[tile[0] : tile[1]], asked.accepted)
        ]
        if not tiles:
            return None
        start, end = self._random.choice(tiles[:HARDEST])
        return Example(asked.question, article.text[start:end])

    def _evidence_removed(self, article: OpenArticle, asked: Asked) -> Example | None:
        start, end = self._window(article, self._random.choice(asked.evidence))
        kept = [
            sentence
            for sentence in article.sentences
            if start <= sentence[0]
            and sentence[1] <= end
            and not any(overlaps(sentence, evidence) for evidence in asked.evidence)
        ]
        passage = " ".join(article.text[first:last] for first, last in kept)
        if len(passage) < SHORTEST // 2 or holds(passage, asked.accepted):
            return None
        return Example(asked.question, passage)

    def _other_subject(self, article: OpenArticle, answered: Example) -> Example | None:
        question = None
        if self._random.random() < OPPOSITE:
            question = ask_the_opposite(answered.question, self._random)
        if question is None:
            question = ask_of_another(
                answered.question, answered.passage, article.capitalised, self._random
            )
        return None if question is None else Example(question, answered.passage)

    def _unanswerable(self, article: OpenArticle, asked: Asked) -> Example:
        if asked.paragraph is not None:
            start, end = asked.paragraph
            if end - start > LONGEST or self._random.random() < PART_OF_PARAGRAPH:
                start, end = self._window(article, self._tempting(article, asked.paragraph, asked))
        else:
            tiles = article.best_tiles(words_of(asked.question), self._length(), HARDEST)
            start, end = self._random.choice(tiles)
        return Example(asked.question, article.text[start:end][:LONGEST])

    def _tempting(self, article: OpenArticle, paragraph: Range, asked: Asked) -> Range:
        """One of the sentences of the paragraph that share most words with the question."""
        words = set(words_of(asked.question))
        inside = [tile for tile in article.sentences if overlaps(tile, paragraph)]
        inside.sort(key=lambda tile: -len(words & set(words_of(article.text[tile[0] : tile[1]]))))
        return self._random.choice(inside[:TEMPTING])


def example_of(text: str, asked: Asked, passage: Range) -> Example:
    """A question with one passage of its article, and what of answers and evidence is in there."""
    start, end = passage
    answers = [(a - start, b - start) for a, b in asked.answers if start <= a and b <= end]
    evidence = [
        (max(a, start) - start, min(b, end) - start)
        for a, b in asked.evidence
        if overlaps((a, b), passage)
    ]
    return Example(asked.question, text[start:end], tuple(sorted(answers)), tuple(evidence))


def clip(start: int, end: int, core: Range, length: int) -> Range:
    """The `length` characters of a range that hold as much as possible of `core`."""
    first = max(start, min(core[0], end - length))
    return first, min(end, first + length)


def holds(passage: str, accepted: Sequence[str]) -> bool:
    """Whether an accepted answer stands in the passage."""
    folded = passage.casefold()
    return any(answer.casefold().strip(" .") in folded for answer in accepted)
