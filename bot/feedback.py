"""What people thought of answers, kept as material for evaluation."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from bot.answer_json import answer_json
from bot.sound_files import SoundDatabase
from retrieval.answer import Answer

Verdict = Literal["good", "bad"]
NO_FILTERS: Mapping[str, object] = MappingProxyType({})

SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    answer TEXT NOT NULL,
    user TEXT NOT NULL,
    at REAL NOT NULL,
    verdict TEXT NOT NULL,
    generation INTEGER NOT NULL,
    content TEXT NOT NULL,
    filters TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY (answer, user)
);
CREATE INDEX IF NOT EXISTS feedback_by_user ON feedback (user);
"""

FILTERS_ADDED = "ALTER TABLE feedback ADD COLUMN filters TEXT NOT NULL DEFAULT '{}'"
"""For a file of the time when filters were not kept."""
BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Rating:
    """One person's verdict on one answer. `content` is the Answer of the HTTP contract.

    `filters` are those that the question was asked with: `since`, `until`, `sources`, where set.
    """

    answer_id: str
    at: datetime
    verdict: Verdict
    generation: int
    content: dict[str, Any]
    filters: dict[str, Any]


class Feedback:
    """Ratings in one SQLite file, which several processes may use at once."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._connection = SoundDatabase(
            path, _prepare, timeout=BUSY_SECONDS, check_same_thread=False
        )

    def rate(
        self,
        answer_id: str,
        user: str,
        verdict: Verdict,
        answer: Answer,
        filters: Mapping[str, object] = NO_FILTERS,
    ) -> None:
        """Keep a verdict, in place of the one that this user gave on this answer before.

        `user` is the face and the number there, as in "telegram:12345"; `filters` what the
        question was limited to, as JSON takes it: see `Rating`.
        """
        content = json.dumps(answer_json(answer, None), ensure_ascii=True)
        with self._lock:
            self._connection.execute(
                "INSERT OR REPLACE INTO feedback"
                " (answer, user, at, verdict, generation, content, filters)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    answer_id,
                    user,
                    time.time(),
                    verdict,
                    answer.generation,
                    content,
                    json.dumps({name: value for name, value in filters.items() if value}),
                ),
            )

    def ratings(self) -> list[Rating]:
        """Every rating, oldest first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT answer, at, verdict, generation, content, filters FROM feedback"
                " ORDER BY at, rowid"
            ).fetchall()
        return [
            Rating(
                answer,
                datetime.fromtimestamp(at, UTC),
                verdict,
                generation,
                json.loads(content),
                json.loads(filters),
            )
            for answer, at, verdict, generation, content, filters in rows
        ]

    def counts(self) -> tuple[int, int]:
        """How many good and how many bad verdicts there are."""
        with self._lock:
            [(good, bad)] = self._connection.execute(
                "SELECT total(verdict = 'good'), total(verdict = 'bad') FROM feedback"
            ).fetchall()
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
        """Delete a user's ratings for good; how many there were."""
        with self._lock:
            deleted = self._connection.execute("DELETE FROM feedback WHERE user = ?", (user,))
            self._connection.erase_log()
            return deleted.rowcount

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the table, and add what a file of an earlier version lacks."""
    connection.executescript(SCHEMA)
    columns = connection.execute("PRAGMA table_info(feedback)").fetchall()
    if not any(name == "filters" for _, name, *_ in columns):
        with suppress(sqlite3.OperationalError):  # another process has added it meanwhile
            connection.execute(FILTERS_ADDED)


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
        **rating.filters,
    }


def _answering_words(quote: dict[str, Any]) -> str:
    """The highlighted words of a quote, or all of it."""
    highlight, text = quote["highlight"], str(quote["text"])
    if highlight is None:
        return text
    return text[highlight["start"] - quote["start"] : highlight["end"] - quote["start"]]
