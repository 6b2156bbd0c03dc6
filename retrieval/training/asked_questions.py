"""Questions as people ask them who have not seen the articles: `questions_asked.txt`.

Written for this project with only headlines of the open `news` in view, then asked of all of it
on ASKED; of the six best passages for each, and the best of the article that the headline was of,
every sentence was judged. The file has under each question those that answer it (`=`), or that tell
a part of it (`~`), as the article's id and a fingerprint of the sentence: the articles are not
kept here. A question without any is not answered by what was found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from index.store import StoreReader
from retrieval.evaluation.data_set import KnownQuestion

WRITTEN = Path(__file__).with_name("questions_asked.txt")
ASKED = date(2022, 10, 10)
KIND = "asked"
FINGERPRINT = 10
"""Hexadecimal digits that tell a sentence from the others of its article."""


def fingerprint(sentence: str) -> str:
    """What a sentence is known by."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:FINGERPRINT]


def asked_questions(store: StoreReader) -> Iterator[KnownQuestion]:
    """The questions that are answered, with the sentences that do so, and those that are not.

    Those of which only a part is told are neither and are left out.
    """
    lines = WRITTEN.read_text(encoding="utf-8").splitlines()
    for number, (text, whole, parts) in enumerate(judged(lines), 1):
        if whole or not parts:
            evidence = [sentence_of(store, *place) for place in whole]
            yield KnownQuestion(
                id=f"{KIND} {number}",
                text=text,
                answers=(),
                article_ids=frozenset(article for article, _ in whole),
                evidence=tuple(evidence),
                answerable=bool(whole),
                kind=KIND,
                asked=ASKED,
            )


Place = tuple[str, str]
"""An article's id and the fingerprint of a sentence of it."""


def judged(lines: Sequence[str]) -> list[tuple[str, list[Place], list[Place]]]:
    """Each question with the places that answer it, and those that tell a part.

    Raises ValueError naming a line that is none of these.
    """
    read: list[tuple[str, list[Place], list[Place]]] = []
    for number, line in enumerate(lines, 1):
        match line[:2], line[2:].split():
            case "? ", _:
                read.append((line[2:], [], []))
            case "= ", [article, told] if read:
                read[-1][1].append((article, told))
            case "~ ", [article, told] if read:
                read[-1][2].append((article, told))
            case _ if line and not line.startswith("#"):
                raise ValueError(f"line {number} is no question and no place: {line!r}")
    return read


def sentence_of(store: StoreReader, article_id: str, told: str) -> str:
    """The sentence with a fingerprint.

    Raises ValueError where the article has none: it is another one, or was cleaned otherwise.
    """
    for passage in store.neighbours(article_id):
        for sentence in passage.sentence_texts():
            if fingerprint(sentence) == told:
                return sentence
    raise ValueError(f"{article_id} has no sentence {told}: index the open `news` anew")
