"""Reads the open question sets, puts tokenised text right, and finds where the answers stand."""

from __future__ import annotations

import json
import lzma
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

Range = tuple[int, int]

_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n+")
_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]{2,}")
_BEFORE_SPACE = re.compile(r" ([,.;:!?)\]%]|'s\b|n't\b)")
_AFTER_SPACE = re.compile(r"([(\[]) ")
_DASH = re.compile(r"(?<=\w) - (?=\w)")

LONGEST_ANSWER = 220
"""Characters of the longest answer whose exact words are learned; of longer ones the sentence."""


@dataclass(slots=True)
class OpenArticle:
    """An article, its sentences, and its passages of several lengths."""

    text: str
    sentences: list[Range]
    capitalised: list[str]
    _tiles: dict[int, list[tuple[Range, Counter[str]]]] = field(default_factory=dict)
    _rarity: dict[str, float] = field(default_factory=dict)

    def best_tiles(self, words: Sequence[str], length: int, count: int) -> list[Range]:
        """The passages of about `length` characters that share most with `words`, best first."""
        size = min((150, 300, 500, 800), key=lambda each: abs(each - length))
        if size not in self._tiles:
            self._tiles[size] = [
                (tile, Counter(words_of(self.text[tile[0] : tile[1]])))
                for tile in tile_sentences(self.sentences, size)
            ]
        tiles = self._tiles[size]
        if not self._rarity:
            seen = Counter(word for _, held in tiles for word in held)
            self._rarity = {word: math.log(1 + len(tiles) / n) for word, n in seen.items()}
        scored = [
            (sum(self._rarity.get(word, 0.0) for word in set(words) if word in held), tile)
            for tile, held in tiles
        ]
        scored.sort(key=lambda pair: -pair[0])
        return [tile for _, tile in scored[:count]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `answers`, `evidence` and `paragraph` are ranges of its article's text.

    No `evidence`: its article does not answer it; `sort` may say how it tempts. No `answers`: only
    the sentences are known.
    """

    question: str
    article_id: str
    accepted: tuple[str, ...]
    answers: tuple[Range, ...]
    evidence: tuple[Range, ...]
    paragraph: Range | None
    sort: str | None = None


@dataclass(frozen=True, slots=True)
class OpenSet:
    """Questions over articles; `repeat` is how often one pass takes each question, on average."""

    name: str
    articles: dict[str, OpenArticle]
    questions: list[Asked]
    repeat: float = 1.0


def load_set(folder: Path, *, tokenised: bool = False, repeat: float = 1.0) -> OpenSet:
    """Read a folder of `articles` and `questions`; questions that cannot be located are left."""
    articles: dict[str, OpenArticle] = {}
    paragraphs: dict[str, list[Range]] = {}
    for row in read_rows(folder / "articles.jsonl"):
        text = untokenised(row["text"]) if tokenised else row["text"]
        articles[row["id"]] = open_article(text)
        starts = [] if tokenised else row.get("paragraph_offsets", [])
        paragraphs[row["id"]] = list(pairwise([*starts, len(text)]))
    questions = []
    for row in read_rows(folder / "questions.jsonl"):
        if tokenised:
            row["question"] = untokenised(row["question"])
            row["answers"] = [untokenised(answer) for answer in row["answers"]]
            row["evidence"] = [untokenised(evidence) for evidence in row["evidence"]]
        identifier = row["article_ids"][0]
        asked = _locate(row, identifier, articles[identifier].text, paragraphs[identifier])
        if asked is not None:
            questions.append(asked)
    return OpenSet(folder.name, articles, questions, repeat)


def open_article(text: str) -> OpenArticle:
    """An article with its sentences and the names in it."""
    return OpenArticle(text, split_sentences(text), sorted(set(_CAPITALISED.findall(text))))


def held_out_apart(whole: OpenSet, every: int) -> tuple[OpenSet, OpenSet]:
    """Split by article, in the order of their ids: to learn from, and every n-th held out."""
    order = sorted(whole.articles)
    held_out = set(order[every - 1 :: every])
    parts = []
    for ids in (set(order) - held_out, held_out):
        parts.append(
            OpenSet(
                whole.name,
                {each: whole.articles[each] for each in order if each in ids},
                [asked for asked in whole.questions if asked.article_id in ids],
                whole.repeat,
            )
        )
    return parts[0], parts[1]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file, or of its `.xz` form beside it."""
    if path.exists():
        content = path.read_text(encoding="utf-8")
    else:
        with lzma.open(path.with_name(path.name + ".xz"), "rt", encoding="utf-8") as stream:
            content = stream.read()
    return [json.loads(line) for line in content.split("\n") if line.strip()]


def untokenised(text: str) -> str:
    """Text as people write it, from text with a space around every mark."""
    text = text.replace("`` ", '"').replace(" ''", '"')
    text = _AFTER_SPACE.sub(r"\1", _BEFORE_SPACE.sub(r"\1", text))
    return _DASH.sub("-", text)


def split_sentences(text: str) -> list[Range]:
    """Ranges of sentences, by a rule that is good enough to cut training passages."""
    edges = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    ranges = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            ranges.append((left, start + len(piece.rstrip())))
    return ranges


def tile_sentences(sentences: Sequence[Range], length: int) -> list[Range]:
    """Consecutive passages of whole sentences, each of about `length` characters."""
    tiles: list[Range] = []
    start: int | None = None
    for first, last in sentences:
        if start is None:
            start = first
        if last - start >= length:
            tiles.append((start, last))
            start = None
    if start is not None:
        tiles.append((start, sentences[-1][1]))
    return tiles


def words_of(text: str) -> list[str]:
    """Lower-case words; those of one or two letters carry too little."""
    return [word for word in _WORD.findall(text.casefold()) if len(word) > 2]


def overlaps(one: Range, other: Range) -> bool:
    """Whether two ranges share a character."""
    return one[0] < other[1] and other[0] < one[1]


def _locate(
    row: dict[str, Any], identifier: str, text: str, paragraphs: Sequence[Range]
) -> Asked | None:
    index = row.get("paragraph_index")
    paragraph = paragraphs[index] if index is not None and index < len(paragraphs) else None
    low, high = paragraph if paragraph is not None else (0, len(text))
    evidence: list[Range] = []
    answers: list[Range] = []
    accepted = tuple(answer.strip() for answer in row["answers"] if answer.strip())
    for sentence in row["evidence"]:
        at = text.find(sentence, low, high)
        if at < 0:
            continue
        spot = (at, at + len(sentence))
        inside = [(at + sentence.find(words), words) for words in accepted if words in sentence]
        spans = [(first, first + len(words)) for first, words in inside]
        # Evidence that begins with a page of headings is narrowed to what answers.
        if len(sentence) > LONGEST_ANSWER * 3 and spans:
            spot = (min(first for first, _ in spans), max(last for _, last in spans))
        evidence.append(spot)
        answers += [span for span in spans if span[1] - span[0] <= LONGEST_ANSWER]
    if row["answerable"] and not evidence:
        return None
    found = tuple(sorted(set(answers)))
    return Asked(row["question"], identifier, accepted, found, tuple(evidence), paragraph)
