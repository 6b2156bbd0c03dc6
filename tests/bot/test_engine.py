"""Questions and turns as the engine takes and keeps them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.composition import Parts, compose
from bot.engine import Inquiry
from bot.settings import Settings
from retrieval.answer import Answer, Turn
from retrieval.progress import Unwatched
from tests.conftest import SAMPLES

ASKED = date(2024, 9, 10)
SHORTEST = 60


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
