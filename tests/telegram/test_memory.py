"""What the bot keeps: updates, answers, choices, confirmations, ratings; and that it forgets."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, Update, User

from bot.answer_json import answer_json
from bot.feedback import Feedback
from bot.sound_files import SoundDatabase
from bot.telegram.access import Access, QuestionLimit
from bot.telegram.confirmations import Confirmations
from bot.telegram.database import forget_user, open_database
from bot.telegram.inbox import MOST_ATTEMPTS, Inbox
from bot.telegram.kept_answer import read_answer, write_answer
from bot.telegram.limits import Limits
from bot.telegram.preferences import Preference, Preferences
from bot.telegram.shown_answers import ShownAnswer, ShownAnswers
from bot.telegram.texts import LANGUAGES
from bot.telegram.texts.catalogue import Texts
from corpus.article import Article, Span
from retrieval.answer import Answer, Quote, Side
from retrieval.notes import NOTHING_MORE, agrees, revised

TEXT = "The border runs for 1,084 kilometres."
ARTICLE = Article(
    "a1", "Title", "", "hash", "Ann", "Courier", date(2024, 8, 26), None, "https://e.org/"
)
QUOTE = Quote(
    1, TEXT, 10, 47, ARTICLE, 0.9, Span(30, 46), "Ann", "Before.", "After.", (ARTICLE,), direct=True
)
SECOND = Quote(2, "No.", 0, 3, ARTICLE, 0.5, direct=False)
NOTES = (agrees(1, "Herald {x}"), revised(2, "52", 1, "40"), NOTHING_MORE)
SIDES = (Side("Ann", (1,)), Side("B", (2,)))
ANSWERED = Answer("q", "q alone", True, 0.9, (QUOTE, SECOND), (), SIDES, 7, 1.5, notes=NOTES)
UNANSWERED = Answer("q", "q alone", False, 0.1, (), (QUOTE,), (), 7, 1.5)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SoundDatabase]:
    connection = open_database(tmp_path)
    yield connection
    connection.close()


def an_update(number: int, user: int = 5) -> Update:
    message = Message(
        1,
        datetime.now(UTC),
        Chat(user, Chat.PRIVATE),
        from_user=User(user, "Somebody", is_bot=False),
        text="a secret question",
    )
    return Update(number, message=message)


def test_an_update_is_taken_once_and_kept_until_it_is_finished(
    database: SoundDatabase,
) -> None:
    inbox = Inbox(database)
    assert inbox.take(an_update(1))
    assert not inbox.take(an_update(1))
    assert inbox.waiting() == 1
    [content] = inbox.unfinished()
    assert content["message"]["text"] == "a secret question"
    inbox.finish(1)
    assert inbox.unfinished() == []
    assert not inbox.take(an_update(1))
    stored = database.execute("SELECT content FROM updates").fetchall()
    assert stored == [(None,)]


def test_an_update_that_is_not_handled_is_kept_longer_than_a_number(
    database: SoundDatabase,
) -> None:
    inbox = Inbox(database)
    inbox.take(an_update(1))
    database.execute("UPDATE updates SET taken = taken - ?", (3 * 86_400,))
    inbox.take(an_update(2))
    assert [content["update_id"] for content in inbox.unfinished()] == [1, 2]
    inbox.finish(1)
    inbox.drop_expired()
    assert database.execute("SELECT id FROM updates").fetchall() == [(2,)]


def test_an_update_that_ends_the_process_again_and_again_is_given_up(
    database: SoundDatabase,
) -> None:
    inbox = Inbox(database)
    inbox.take(an_update(1))
    for _ in range(MOST_ATTEMPTS):
        assert len(inbox.unfinished()) == 1
    assert inbox.unfinished() == []


@pytest.mark.parametrize("answer", [ANSWERED, UNANSWERED])
def test_an_answer_is_read_back_as_it_was(answer: Answer) -> None:
    assert read_answer(write_answer(answer)) == answer


def test_shown_answers_are_found_by_token_and_by_question(database: SoundDatabase) -> None:
    shown = ShownAnswer("t", 5, 6, 7, "q", (8, 9), 1, ANSWERED)
    answers = ShownAnswers(database)
    answers.put(shown)
    assert answers.get("t") == shown
    assert answers.asked_in(6, 7) == shown
    assert answers.get("x") is None
    database.execute("UPDATE answers SET at = 0")
    answers.drop_expired()
    assert answers.get("t") is None


@pytest.mark.parametrize("days", [-31, 31])
def test_an_expired_answer_is_found_no_more_and_goes_with_the_next(
    database: SoundDatabase, days: int
) -> None:
    answers = ShownAnswers(database)
    shown = ShownAnswer("t", 5, 6, 7, "q", (8,), 1, ANSWERED)
    answers.put(shown)
    database.execute("UPDATE answers SET at = at + ?", (days * 86_400,))
    assert answers.get("t") is answers.asked_in(6, 7) is None
    assert answers.shown_in(6, 8) is answers.last_of(6, 5) is None
    other = replace(shown, token="u", asked_in=9)
    answers.put(other)
    assert answers.last_of(6, 5) == other
    assert database.execute("SELECT token FROM answers").fetchall() == [("u",)]


def test_numbers_of_updates_go_after_two_days_with_the_next(database: SoundDatabase) -> None:
    inbox = Inbox(database)
    inbox.take(an_update(1))
    inbox.finish(1)
    database.execute("UPDATE updates SET taken = taken - ?", (3 * 86_400,))
    inbox.take(an_update(2))
    assert database.execute("SELECT id FROM updates").fetchall() == [(2,)]


@pytest.mark.parametrize("table", ["answers", "updates"])
def test_what_has_expired_is_found_without_looking_at_all_there_is(
    database: SoundDatabase, table: str
) -> None:
    """It is dropped before each question: the answers of a month must not be read for that."""
    column = {"answers": "at", "updates": "taken"}[table]
    handled = "content IS NULL AND " if table == "updates" else ""
    deletion = f"DELETE FROM {table} WHERE {handled}({column} < ? OR {column} > ?)"  # noqa: S608
    plan = database.execute(f"EXPLAIN QUERY PLAN {deletion}", (1.0, 2.0)).fetchall()
    assert not [step for step in plan if step[3].startswith("SCAN")]


def test_answers_of_an_earlier_version_are_still_shown(tmp_path: Path) -> None:
    connection = open_database(tmp_path)
    ShownAnswers(connection).put(ShownAnswer("t", 5, 6, 7, "q", (8,), 1, ANSWERED))
    for column in ("limits", "turn"):
        connection.execute(f"ALTER TABLE answers DROP COLUMN {column}")
    connection.close()
    connection = open_database(tmp_path)
    shown = ShownAnswers(connection).get("t")
    assert shown == ShownAnswer("t", 5, 6, 7, "q", (8,), 1, ANSWERED)
    connection.close()


def test_only_what_is_shown_counts_as_visible() -> None:
    shown = ShownAnswer("t", 5, 6, 7, "q", (), 1, ANSWERED)
    assert shown.visible.quotes == (QUOTE,)
    assert shown.visible.sides == ()
    assert shown.further == 1
    assert ShownAnswer("t", 5, 6, 7, "q", (), 2, ANSWERED).visible.sides == ANSWERED.sides


def test_a_confirmation_counts_once(database: SoundDatabase) -> None:
    confirmations = Confirmations(database)
    token = confirmations.ask(5, "an article")
    assert confirmations.take(token) == "an article"
    assert confirmations.take(token) is None


def test_a_user_is_forgotten(tmp_path: Path) -> None:
    assert forget_user(tmp_path, 5) == 0
    connection = open_database(tmp_path)
    Preferences(connection).put(5, Preference("ru", 1))
    Preferences(connection).put(6, Preference("uk", None))
    ShownAnswers(connection).put(ShownAnswer("t", 5, 6, 7, "q", (), 1, ANSWERED))
    Inbox(connection).take(an_update(1))
    Confirmations(connection).ask(5, "a")
    assert forget_user(tmp_path, 5) == 4
    assert Preferences(connection).get(5) == Preference()
    assert Preferences(connection).get(6) == Preference("uk", None)
    connection.close()


def test_ratings_keep_their_filters_also_in_a_file_of_before_there_were_any(
    tmp_path: Path,
) -> None:
    path = tmp_path / "feedback.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.execute(
            "CREATE TABLE feedback (answer TEXT NOT NULL, user TEXT NOT NULL, at REAL NOT NULL,"
            " verdict TEXT NOT NULL, generation INTEGER NOT NULL, content TEXT NOT NULL,"
            " PRIMARY KEY (answer, user))"
        )
        content = json.dumps(answer_json(ANSWERED, None))
        old.execute("INSERT INTO feedback VALUES ('1', 'telegram:5', 1, 'good', 7, ?)", (content,))
        old.commit()
    limits = Limits(since=date(2024, 6, 1), sources=frozenset({"Courier"}))
    for _ in range(2):
        feedback = Feedback(path)
        feedback.rate("2", "telegram:5", "good", ANSWERED, limits.fields())
        before, after = feedback.evaluation_questions()
        feedback.close()
        assert not {"since", "until", "sources"} & set(before)
        assert (after["since"], after["sources"]) == ("2024-06-01", ["Courier"])
        assert "until" not in after


def test_ratings_become_evaluation_questions(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / "feedback.sqlite")
    feedback.rate("1", "telegram:5", "bad", ANSWERED)
    feedback.rate("1", "telegram:5", "good", ANSWERED)
    feedback.rate("2", "telegram:5", "good", UNANSWERED)
    feedback.rate("3", "telegram:6", "bad", UNANSWERED)
    feedback.rate("4", "telegram:6", "bad", ANSWERED)
    assert feedback.counts() == (2, 2)
    lines = {line["id"]: line for line in feedback.evaluation_questions()}
    good = lines["feedback-1"]
    assert good["question"] == "q alone"
    assert good["answers"] == [TEXT[20:36], "No."]
    assert good["evidence"] == [TEXT, "No."]
    assert good["article_ids"] == ["a1"]
    assert good["generation"] == 7
    assert (good["answerable"], lines["feedback-2"]["answerable"]) == (True, False)
    assert lines["feedback-3"]["answerable"] is True
    assert "feedback-4" not in lines
    assert len(list(feedback.evaluation_questions(undecided=True))) == 4
    assert feedback.forget("telegram:5") == 2
    assert feedback.counts() == (0, 2)
    feedback.close()


@given(st.lists(st.integers(0, 30), max_size=30), st.integers(1, 5))
def test_nobody_asks_more_often_than_allowed(pauses: list[int], per_minute: int) -> None:
    now = 0.0
    limit = QuestionLimit(per_minute, clock=lambda: now)
    asked: list[float] = []
    for pause in pauses:
        now += pause
        wait = limit.seconds_to_wait(1)
        if wait == 0:
            asked.append(now)
        else:
            assert 0 < wait <= 60
    for start in asked:
        assert sum(start <= time < start + 60 for time in asked) <= per_minute


def test_the_list_admits_users_chats_and_administrators() -> None:
    access = Access([1, -100], [9])
    assert access.admits(1, 1)
    assert access.admits(2, -100)
    assert access.admits(9, 9)
    assert not access.admits(2, 2)
    assert Access([], []).admits(2, None)


def places(texts: object, path: str = "") -> dict[str, set[str]]:
    """The placeholders of every text, by its name."""
    found: dict[str, set[str]] = {}
    for field in fields(texts):  # type: ignore[arg-type]
        value = getattr(texts, field.name)
        if is_dataclass(value):
            found |= places(value, f"{path}{field.name}.")
        elif isinstance(value, str) and path:
            found[path + field.name] = set(re.findall(r"{(\w+)}", value))
    return found


@pytest.mark.parametrize("texts", LANGUAGES.values(), ids=list(LANGUAGES))
def test_every_language_says_the_same(texts: Texts) -> None:
    assert places(texts) == places(LANGUAGES["en"])
    assert len(texts.months) == 12
    assert all(1 <= len(getattr(texts.commands, f.name)) <= 256 for f in fields(texts.commands))
    assert len(texts.guide.inline_nothing) <= 64
