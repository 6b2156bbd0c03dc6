"""Questions and turns as the engine takes and keeps them."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.composition import Parts, compose
from bot.engine import Inquiry
from bot.settings import Settings
from index.store import Filter
from retrieval.answer import Answer, Turn
from retrieval.progress import Unwatched
from tests.conftest import SAMPLES
from tests.patience import PATIENCE

ASKED = date(2024, 9, 10)
SHORTEST = 60
QUESTIONS = 32
"""More than are answered at once."""


@pytest.fixture
def parts(sample_data: Path, tmp_path: Path) -> Iterator[Parts]:
    """A process over the sample articles that remembers in a folder of its own."""
    for kept in sample_data.iterdir():
        if not kept.name.startswith("conversations"):
            (tmp_path / kept.name).symlink_to(kept)
    made = compose(Settings(data=tmp_path, articles=(SAMPLES,), max_question_characters=SHORTEST))
    yield made
    made.close()


def ask(parts: Parts, *texts: str) -> Answer:
    """The answer to the last of several questions of one conversation."""
    for text in texts:
        reply = parts.engine.ask_now(Inquiry(text, "one", asked=ASKED), Unwatched())
    return reply.answer


def kept_turns(parts: Parts) -> int:
    """How many turns are on the disk, of whichever conversation."""
    with closing(sqlite3.connect(parts.settings.data / "conversations.sqlite")) as kept:
        (number,) = kept.execute("SELECT count(*) FROM turns").fetchone()
    return int(number)


@pytest.mark.parametrize("text", ["hi", "?", "Thanks!", "Спасибо"])
def test_a_turn_in_which_nothing_was_said_is_not_remembered(parts: Parts, text: str) -> None:
    ask(parts, text)
    assert parts.conversations.history("one") == ()


def test_what_else_is_remembered_for_what_it_showed(parts: Parts) -> None:
    ask(parts, "Who won the Essling Chess Open?", "What else?")
    assert len(parts.conversations.history("one")) == 2


def test_a_question_that_nobody_can_follow_up_is_not_kept(parts: Parts) -> None:
    alone = Inquiry("Who won the Essling Chess Open?", history=(), asked=ASKED)
    parts.engine.ask_now(alone, Unwatched())
    assert kept_turns(parts) == 0
    begun = parts.engine.ask_now(replace(alone, history=None), Unwatched())
    assert len(parts.conversations.history(begun.conversation_id)) == kept_turns(parts) == 1


def test_a_follow_up_is_not_completed_beyond_the_longest_question(parts: Parts) -> None:
    long = "Who won the Essling Chess Open in the Halvern town hall?"
    assert len(long) <= SHORTEST < len(f"Why? {long}")
    assert ask(parts, long, "Why?").standalone_question == "Why?"


def test_turns_of_a_caller_that_are_too_long_are_left_out(parts: Parts) -> None:
    endless = "bridge " * SHORTEST
    history = (
        Turn("Who won the chess open?", "Who won the chess open?", True),
        Turn(endless, endless, True),
    )
    inquiry = Inquiry("When?", history=history, asked=ASKED)
    answer = parts.engine.ask_now(inquiry, Unwatched()).answer
    assert answer.standalone_question == "When? Who won the chess open?"


def test_only_quotes_that_were_shown_are_remembered_as_shown(parts: Parts) -> None:
    question = "What did Lukashenko say about Ukraine?"
    inquiry = Inquiry(
        question, "one", asked=ASKED, max_quotes=9, turn="7", shows=lambda answer: answer.quotes[:1]
    )
    answer = parts.engine.ask_now(inquiry, Unwatched()).answer
    first, *others = answer.quotes
    assert others
    [turn] = parts.conversations.history("one")
    assert turn.shown == (first.text,)
    assert turn.names == ((first.speaker,) if first.speaker else ())
    again = parts.engine.ask_now(Inquiry("What else?", "one", asked=ASKED), Unwatched()).answer
    assert first.text not in {quote.text for quote in again.quotes}
    assert {quote.text for quote in again.quotes} & {quote.text for quote in others}


async def test_quotes_shown_later_belong_to_the_turn_that_found_them(parts: Parts) -> None:
    question = "What did Lukashenko say about Ukraine?"
    inquiry = Inquiry(
        question, "one", asked=ASKED, max_quotes=9, turn="7", shows=lambda answer: answer.quotes[:1]
    )
    answer = (await parts.engine.ask(inquiry)).answer
    await parts.engine.ask(Inquiry("Who won the Essling Chess Open?", "one", asked=ASKED))
    for _ in range(2):
        await parts.engine.showed("one", "7", answer.quotes[1:])
    turn, _ = parts.conversations.history("one")
    assert turn.shown == tuple(dict.fromkeys(quote.text for quote in answer.quotes))
    await parts.engine.forget("one")
    await parts.engine.showed("one", "7", answer.quotes)
    assert parts.conversations.history("one") == ()


class Held(Unwatched):
    """Whoever makes an answer that is watched so goes on once it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()

    def check(self) -> None:
        """Wait."""
        self.let_go.wait()


async def test_a_look_at_what_is_there_waits_behind_no_questions(parts: Parts) -> None:
    """Else a server with much to answer is taken for one that does not answer any more."""
    held, alone = Held(), Inquiry("Who won the Essling Chess Open?", history=(), asked=ASKED)
    engine = parts.engine
    asked = [asyncio.ensure_future(engine.ask(alone, held)) for _ in range(QUESTIONS)]
    try:
        async with asyncio.timeout(PATIENCE):
            assert (await engine.status()).articles > 0
            assert await engine.sources()
            [first, *_], _ = await engine.articles(Filter(), 0, 1)
            assert await engine.article(first.id)
        assert not any(question.done() for question in asked)
    finally:
        held.let_go.set()
        await asyncio.gather(*asked)
