"""Articles with passages and random vectors, for tests of the store alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from corpus.article import Article, Passage, Span, content_hash
from index.embedding.embedder import PassageText, PassageVectors, Vectors
from index.fingerprints import vector_key
from index.store import Indexed

DIMENSION = 32
MODEL = "random/32"


def eventually(holds: Callable[[], object], seconds: float = 120.0) -> bool:
    """Whether something comes to hold: readers follow at once, but not on a machine that stands."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def unit_rows(rows: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(rows, DIMENSION)).astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = vectors / lengths
    return result


def article_of(
    article_id: str,
    sentences: Sequence[str],
    *,
    title: str = "A title",
    source: str | None = None,
    published: date | None = None,
    language: str | None = "en",
) -> Article:
    text = " ".join(sentences)
    return Article(
        id=article_id,
        title=title,
        text=text,
        content_hash=content_hash(title, text),
        source=source,
        published=published,
        language=language,
    )


def indexed(article: Article, sentences: Sequence[str], *, sentences_each: int = 2) -> Indexed:
    """Cut into passages of so many sentences; vectors follow from the texts."""
    spans, place = [], 0
    for sentence in sentences:
        spans.append(Span(place, place + len(sentence)))
        place += len(sentence) + 1
    groups = [spans[n : n + sentences_each] for n in range(0, len(spans), sentences_each)]
    starts = [group[0].start for group in groups]
    ends = [*starts[1:], len(article.text)]
    passages = tuple(
        Passage(start, end, tuple(group))
        for start, end, group in zip(starts, ends, groups, strict=True)
    )
    texts = [
        PassageText(article.title, article.text[one.start : one.end], one.sentences)
        for one in passages
    ]
    keys = tuple(vector_key(MODEL, text) for text in texts)
    return Indexed(article, passages, tuple(map(vectors_of, keys, texts)), keys)


def vectors_of(key: str, text: PassageText) -> PassageVectors:
    rows = unit_rows(1 + len(text.sentences), int(key[:8], 16))
    return PassageVectors(rows[0], rows[1:])


def small(article_id: str, seed: int = 0, *, sentences: int = 4, **about: object) -> Indexed:
    """An article of made-up words."""
    random = np.random.default_rng(seed)
    words = np.array(
        [
            "border",
            "river",
            "bridge",
            "council",
            "harvest",
            "engine",
            "storm",
            "vote",
            "price",
            "train",
        ]
    )
    made = [
        " ".join([f"{article_id}-{seed}", *random.choice(words, 6)]).capitalize() + "."
        for _ in range(sentences)
    ]
    return indexed(article_of(article_id, made, **about), made)  # type: ignore[arg-type]
