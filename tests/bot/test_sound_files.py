"""Damaged files of ratings and of the Telegram bot: put aside whole, and begun anew."""

from __future__ import annotations

import random
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from telegram import Chat, Message, Update, User

from bot.feedback import Feedback
from bot.sound_files import put_aside_in
from bot.telegram.database import open_database
from bot.telegram.inbox import Inbox
from bot.telegram.preferences import Preference, Preferences
from corpus.errors import StoreUnavailable
from retrieval.answer import Answer
from tests.resilience.damaging import PAGE, WAYS, Damage, tear, truncate

ANSWER = Answer("Why?", "Why?", False, 0.1, (), (), (), 1, 1.0)
USERS = 400
TOGETHER = 4
OPENS_WHEN_TOLD = """
import sys
from pathlib import Path
from bot.feedback import Feedback
from retrieval.answer import Answer
print("there", flush=True)
sys.stdin.readline()
Feedback(Path(sys.argv[1])).rate(sys.argv[2], "telegram:1", "good",
    Answer("", "", False, 0.1, (), (), (), 1, 1.0))
"""


def rated(path: Path) -> Path:
    """A file with ratings of many, closed."""
    with closing(Feedback(path)) as feedback:
        for number in range(USERS):
            feedback.rate(f"answer-{number}", f"telegram:{number}", "good", ANSWER)
    return path


def remembered(folder: Path) -> Path:
    """A file of the bot with choices of many and an update that waits, closed."""
    with closing(open_database(folder)) as database:
        for number in range(USERS):
            Preferences(database).put(number, Preference("uk", 2))
            Inbox(database).take(an_update(number))
    return folder / "telegram.sqlite3"


def an_update(number: int) -> Update:
    chat, user = Chat(number, Chat.PRIVATE), User(number, "Somebody", is_bot=False)
    message = Message(1, None, chat, from_user=user, text="How long is the border?")  # type: ignore[arg-type]
    return Update(number, message=message)


@pytest.mark.parametrize("damage", WAYS)
def test_damaged_ratings_are_put_aside_and_begun_anew(tmp_path: Path, damage: Damage) -> None:
    path = rated(tmp_path / "feedback.sqlite")
    damage(path)
    damaged = path.read_bytes()
    with closing(Feedback(path)) as feedback:
        feedback.rate("new", "telegram:1", "bad", ANSWER)
        assert feedback.counts() == (0, 1)
    [aside] = put_aside_in(tmp_path)
    assert aside.read_bytes() == damaged
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(Feedback(path)) as again:
        assert again.counts() == (0, 1)
    assert put_aside_in(tmp_path) == [aside]


@pytest.mark.parametrize("damage", WAYS)
def test_a_damaged_file_of_the_bot_is_put_aside_and_begun_anew(
    tmp_path: Path, damage: Damage
) -> None:
    path = remembered(tmp_path)
    damage(path)
    damaged = path.read_bytes()
    with closing(open_database(tmp_path)) as database:
        assert Inbox(database).take(an_update(1))
    [aside] = put_aside_in(tmp_path)
    assert aside.read_bytes() == damaged


def test_each_damaged_file_keeps_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    for _ in range(3):
        truncate(rated(path))
        Feedback(path).close()
    assert len(put_aside_in(tmp_path)) == 3


def test_a_sound_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = rated(tmp_path / "feedback.sqlite")
    with closing(Feedback(path)) as feedback:
        assert feedback.counts() == (USERS, 0)
    assert put_aside_in(tmp_path) == []


def test_a_file_that_may_not_be_read_is_no_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    path.mkdir()
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        Feedback(path)
    assert put_aside_in(tmp_path) == []


def test_the_log_of_a_damaged_file_goes_with_it(tmp_path: Path) -> None:
    """What a killed process wrote last is in the log alone; in the new file it would be damage."""
    live, path = tmp_path / "live", tmp_path / "copy"
    live.mkdir()
    path.mkdir()
    rated(live / "feedback.sqlite")
    with closing(Feedback(live / "feedback.sqlite")) as feedback:
        feedback.rate("last", "telegram:1", "good", ANSWER)
        for file in live.iterdir():
            (path / file.name).write_bytes(file.read_bytes())
    # The header is in the log too; without its page there the file is what it says itself.
    tear(path / "feedback.sqlite")
    with closing(Feedback(path / "feedback.sqlite")) as begun:
        good, _ = begun.counts()
    assert good in (0, USERS + 1)
    assert len(put_aside_in(path)) == (good == 0)


def test_damage_that_comes_while_it_runs(tmp_path: Path) -> None:
    remembered(tmp_path)
    with closing(open_database(tmp_path)) as database:
        inbox = Inbox(database)
        for file in tmp_path.glob("telegram.sqlite3*"):
            file.write_bytes(b"\xff" * file.stat().st_size)
        for number in range(USERS, 2 * USERS):
            assert inbox.take(an_update(number))
        assert len(inbox.unfinished()) > 0
        inbox.finish(USERS)


def test_several_processes_put_it_aside_once(tmp_path: Path) -> None:
    """None takes the file that another has just begun for the damaged one."""
    path = rated(tmp_path / "feedback.sqlite")
    truncate(path)
    others = [
        subprocess.Popen(
            [sys.executable, "-c", OPENS_WHEN_TOLD, str(path), f"by-{number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(TOGETHER)
    ]
    for one in others:
        assert one.stdout is not None
        assert one.stdout.readline() == "there\n"
    for one in others:
        assert one.stdin is not None
        one.stdin.write("now\n")
        one.stdin.flush()
    for one in others:
        with one:
            one.communicate()
        assert one.returncode == 0
    with closing(Feedback(path)) as feedback:
        assert feedback.counts() == (TOGETHER, 0)
    assert len(put_aside_in(tmp_path)) == 1


def test_one_damaged_update_keeps_no_other_waiting(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as database:
        inbox = Inbox(database)
        inbox.take(an_update(1))
        inbox.take(an_update(2))
        database.execute("UPDATE updates SET content = CAST(x'7bff' AS TEXT) WHERE id = 1")
        [left] = inbox.unfinished()
    assert left["update_id"] == 2


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of the bot."""
    return remembered(tmp_path_factory.mktemp("sound"))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(start=st.integers(0, 1 << 20), length=st.integers(1, PAGE), seed=st.integers(0, 99))
@example(start=0, length=PAGE, seed=1)
@example(start=18, length=2, seed=1)
def test_whatever_is_overwritten_the_bot_starts(
    sound: Path, tmp_path_factory: pytest.TempPathFactory, start: int, length: int, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("overwritten")
    whole = bytearray(sound.read_bytes())
    place = start % len(whole)
    length = min(length, len(whole) - place)
    whole[place : place + length] = random.Random(seed).randbytes(length)
    (folder / "telegram.sqlite3").write_bytes(whole)
    try:
        opened = open_database(folder)
    except StoreUnavailable:  # two bytes of the header say how it may be written, and read
        assert whole[18:20] != b"\2\2"
        return
    with closing(opened) as database:
        inbox = Inbox(database)
        inbox.unfinished()
        assert inbox.take(an_update(10 * USERS))
        inbox.finish(10 * USERS)
        for number in range(USERS):
            Preferences(database).get(number)


def test_a_damaged_table_whose_name_is_no_text_is_found(tmp_path: Path) -> None:
    """SQLite's complaint quotes it, and Python cannot read the complaint."""
    path = remembered(tmp_path)
    whole = path.read_bytes()
    assert whole.count(b"CREATE TABLE preferences") == 1
    path.write_bytes(
        whole.replace(b"CREATE TABLE preferences", b"CREATE TABLE \xd8\xd8 (\xff ererr")
    )
    open_database(tmp_path).close()
    assert len(put_aside_in(tmp_path)) == 1


def test_a_column_whose_name_was_damaged_is_found(tmp_path: Path) -> None:
    path = remembered(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"quotes INTEGER", b"qu0tes INTEGER"))
    with closing(open_database(tmp_path)) as database:
        assert Preferences(database).get(1) == Preference()
    assert len(put_aside_in(tmp_path)) == 1
