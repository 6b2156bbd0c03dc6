"""Answers that are on somebody's screen, kept so that their buttons go on working."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from bot.sound_files import SoundDatabase
from bot.telegram.kept_answer import read_answer, write_answer
from bot.telegram.limits import NO_LIMITS, Limits, read_limits
from bot.telegram.notes import named_quotes
from bot.telegram.steady_time import kept_between, steady_now
from retrieval.answer import Answer, Quote, Side
from retrieval.disputes.side_labels import label_of_shown

DAYS_KEPT = 30
SECONDS_KEPT = DAYS_KEPT * 86_400
COLUMNS = (
    "token, user, chat, asked_in, asked, shown_in, shown, in_context, answer, limits, language,"
    " wanted, voted, turn"
)


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer, the messages that show it, and how much of it they show.

    `answer` may hold more quotes than the `shown` ones; those numbered before its first are on the
    screen above. `asked_in` is the message with the
    question and `asked` what it says, `shown_in` are those of the answer. `token` names the
    answer in buttons. `language` and `wanted` quotes are those of who asked, whoever presses a
    button (empty and 0 for answers of an earlier version); `voted` is the verdict that shows.
    `turn` is the message that began the turn of the conversation, which further quotes belong to
    (0 for answers of an earlier version).
    """

    token: str
    user: int
    chat: int
    asked_in: int | None
    asked: str
    shown_in: tuple[int, ...]
    shown: int
    answer: Answer
    in_context: bool = False
    limits: Limits = NO_LIMITS
    language: str = ""
    wanted: int = 0
    voted: str | None = None
    turn: int = 0

    @property
    def visible(self) -> Answer:
        """The part of the answer that is on the screen; a note where all that it names is."""
        quotes = self.answer.quotes[: self.shown]
        shown = {quote.number: quote for quote in quotes}
        kept = []
        for side in self.answer.sides:
            numbers = tuple(number for number in side.quotes if number in shown)
            if numbers:
                spoken = [shown[number].speaker or side.speaker for number in numbers]
                kept.append(Side(label_of_shown(side.speaker, spoken), numbers))
        above = range(1, quotes[0].number) if quotes else range(0)
        seen = {*shown, *above}
        return replace(
            self.answer,
            quotes=quotes,
            sides=tuple(kept) if len(kept) > 1 else (),
            notes=tuple(note for note in self.answer.notes if named_quotes(note) <= seen),
        )

    @property
    def passages(self) -> tuple[Quote, ...]:
        """The quotes on the screen, or the nearest passages where nothing answers."""
        return self.visible.quotes or self.answer.nearest

    @property
    def further(self) -> int:
        """How many quotes are not on the screen yet."""
        return max(0, len(self.answer.quotes) - self.shown)


def new_token() -> str:
    """A short name that cannot be guessed; 12 characters."""
    return secrets.token_urlsafe(9)


class ShownAnswers:
    """Answers by their token and by the message that asked."""

    def __init__(self, connection: SoundDatabase) -> None:
        self._connection = connection
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def lock(self, token: str) -> asyncio.Lock:
        """Held while the messages of an answer change.

        A reader may press a button before Telegram has told the bot that the message is sent.
        """
        return self._locks.setdefault(token, asyncio.Lock())

    def put(self, shown: ShownAnswer) -> None:
        """Keep an answer, in place of what was kept under its token; drop what has expired."""
        self.drop_expired()
        self._connection.execute(
            "INSERT INTO answers (token, at, user, chat, asked_in, asked, shown_in, shown,"
            " in_context, answer, limits, language, wanted, voted, turn)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (token) DO UPDATE SET at = excluded.at, shown_in = excluded.shown_in,"
            " shown = excluded.shown, in_context = excluded.in_context, answer = excluded.answer,"
            " voted = excluded.voted",
            (
                shown.token,
                steady_now(),
                shown.user,
                shown.chat,
                shown.asked_in,
                shown.asked,
                json.dumps(shown.shown_in),
                shown.shown,
                shown.in_context,
                write_answer(shown.answer),
                shown.limits.written(),
                shown.language,
                shown.wanted,
                shown.voted,
                shown.turn,
            ),
        )

    def get(self, token: str) -> ShownAnswer | None:
        """The answer of a button; None where it has expired."""
        return self._one("token = ?", (token,))

    def asked_in(self, chat: int, message: int) -> ShownAnswer | None:
        """The last answer to the question in a message."""
        return self._one("chat = ? AND asked_in = ?", (chat, message))

    def shown_in(self, chat: int, message: int) -> ShownAnswer | None:
        """The answer that a message shows; None where it shows none, or has expired."""
        shows = "EXISTS (SELECT 1 FROM json_each(shown_in) WHERE value = ?)"
        return self._one(f"chat = ? AND {shows}", (chat, message))

    def last_of(self, chat: int, user: int) -> ShownAnswer | None:
        """The last answer to somebody in a chat."""
        return self._one("chat = ? AND user = ?", (chat, user))

    def drop_expired(self) -> None:
        """Delete for good what is older than `DAYS_KEPT`, or as far ahead: the clock was wrong."""
        dropped = self._connection.execute(
            "DELETE FROM answers WHERE at < ? OR at > ?", kept_between(SECONDS_KEPT)
        ).rowcount
        if dropped:
            self._connection.erase_log()

    def _one(self, condition: str, values: tuple[object, ...]) -> ShownAnswer | None:
        """The last answer of which a condition holds, unless it has expired."""
        row = self._connection.execute(
            # The sign keeps SQLite from looking through all times: the condition names few rows.
            f"SELECT {COLUMNS} FROM answers WHERE {condition} AND +at BETWEEN ? AND ?"  # noqa: S608
            " ORDER BY rowid DESC LIMIT 1",
            (*values, *kept_between(SECONDS_KEPT)),
        ).fetchone()
        if row is None:
            return None
        token, user, chat, asked_in, asked, shown_in, shown, in_context, answer, limits = row[:10]
        language, wanted, voted, turn = row[10:]
        return ShownAnswer(
            token=token,
            user=user,
            chat=chat,
            asked_in=asked_in,
            asked=asked,
            shown_in=tuple(json.loads(shown_in)),
            shown=shown,
            answer=read_answer(answer),
            in_context=bool(in_context),
            limits=read_limits(limits),
            language=language,
            wanted=wanted,
            voted=voted,
            turn=turn,
        )
