"""What people thought of answers, kept as material for evaluation."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from bot.answer_json import answer_json
from retrieval.answer import Answer

Verdict = Literal["good", "bad"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    answer TEXT NOT NULL,
    user TEXT NOT NULL,
    at REAL NOT NULL,
    verdict TEXT NOT NULL,
    generation INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (answer, user)
);
CREATE INDEX IF NOT EXISTS feedback_by_user ON feedback (user);
"""

BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Rating:
    """One person's verdict on one answer. `content` is the Answer of the HTTP contract."""

    answer_id: str
    at: datetime
    verdict: Verdict
    generation: int
    content: dict[str, Any]


class Feedback:
    """Ratings in one SQLite file, which several processes may use at once."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.executescript(SCHEMA)

    def rate(self, answer_id: str, user: str, verdict: Verdict, answer: Answer) -> None:
        """Keep a verdict, in place of the one that this user gave on this answer before.

        `user` is the face and the number there, as in "telegram:12345".
        """
        content = json.dumps(answer_json(answer, None), ensure_ascii=True)
        with self._lock:
            self._connection.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?)",
                (answer_id, user, time.time(), verdict, answer.generation, content),
            )

    def ratings(self) -> list[Rating]:
        """Every rating, oldest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT answer, at, verdict, generation, content FROM feedback ORDER BY at, rowid"
            ).fetchall()
        return [
            Rating(
                answer, datetime.fromtimestamp(at, UTC), verdict, generation, json.loads(content)
            )
            for answer, at, verdict, generation, content in rows
        ]

    def counts(self) -> tuple[int, int]:
        """How many good and how many bad verdicts there are."""
        with self._lock, closing(self._connection.cursor()) as cursor:
            cursor.execute("SELECT total(verdict = 'good'), total(verdict = 'bad') FROM feedback")
            good, bad = cursor.fetchone()
        return int(good), int(bad)

    def evaluation_questions(self, *, undecided: bool = False) -> Iterator[dict[str, Any]]:
        """Ratings as the lines of an evaluation's `questions.jsonl`.

        A good answer gives the expected answers and evidence; a good "the articles don't say" an
        unanswerable question; a bad "don't say" an answerable one without evidence. A bad answer
        tells what is wrong but not what is right: such lines come only where `undecided` asks for
        them, with `answerable` null, for a person to complete.
        """
        for rating in self.ratings():
            line = _evaluation_question(rating)
            if line["answerable"] is not None or undecided:
                yield line

    def forget(self, user: str) -> int:
        """Delete a user's ratings; how many there were."""
        with self._lock:
            return self._connection.execute("DELETE FROM feedback WHERE user = ?", (user,)).rowcount

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()


def _evaluation_question(rating: Rating) -> dict[str, Any]:
    answer = rating.content
    good = rating.verdict == "good"
    quotes = answer["quotes"] if good else []
    answerable = good if answer["answered"] else not good
    return {
        "id": f"feedback-{rating.answer_id}",
        "question": answer["standalone_question"],
        "answers": list(dict.fromkeys(_answering_words(quote) for quote in quotes)),
        "article_ids": list(dict.fromkeys(quote["article"]["id"] for quote in quotes)),
        "evidence": [quote["text"] for quote in quotes],
        "answerable": None if answer["answered"] and not good else answerable,
        "kind": f"feedback_{rating.verdict}",
        "date": rating.at.date().isoformat(),
        "generation": rating.generation,
    }


def _answering_words(quote: dict[str, Any]) -> str:
    """The highlighted words of a quote, or all of it."""
    highlight, text = quote["highlight"], str(quote["text"])
    if highlight is None:
        return text
    return text[highlight["start"] - quote["start"] : highlight["end"] - quote["start"]]
