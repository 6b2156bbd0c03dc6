"""`onrecord serve` while the machine around it fails. Each test is a promise of the README."""

from __future__ import annotations

import resource
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.conversations import Conversations
from bot.sound_files import put_aside_in
from index.check import check
from retrieval.answer import Turn
from tests.http.process import served
from tests.patience import PATIENCE
from tests.resilience.asking import BORDER, FERRY, NEWS, ask
from tests.resilience.damaging import WAYS, Damage


def test_what_was_acknowledged_outlives_sigkill(folder: Path) -> None:
    """An article that was added, and a conversation that went on."""
    with served(folder) as first:
        url = first.wait_until_ready()
        added = httpx.post(f"{url}/articles", json=NEWS, timeout=PATIENCE)
        assert added.status_code == httpx.codes.CREATED
        conversation = ask(url, FERRY).json()["conversation_id"]
        first.stop(signal.SIGKILL)
    assert check(folder / "data").sound
    with served(folder) as second:
        url = second.wait_until_ready()
        assert "240" in ask(url, FERRY).json()["quotes"][0]["text"]
        follow_up = ask(url, "And who said so?", conversation).json()
        assert follow_up["standalone_question"] != follow_up["question"]


def test_a_full_disk_stops_no_answers(folder: Path) -> None:
    """Files may not grow: turns are not remembered, additions are refused, questions answered."""
    with served(folder) as running:
        url = running.wait_until_ready()
        conversation = ask(url, BORDER).json()["conversation_id"]
        pid = running.process.pid
        no_limit = resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        for _ in range(3):
            answered = ask(url, BORDER, conversation)
            assert answered.status_code == httpx.codes.OK
            assert "1,084" in answered.json()["quotes"][0]["text"]
        refused = httpx.post(f"{url}/articles", json=NEWS, timeout=PATIENCE)
        assert refused.status_code in (httpx.codes.SERVICE_UNAVAILABLE, 507)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, no_limit)
        added = httpx.post(f"{url}/articles", json=NEWS, timeout=PATIENCE)
        assert added.status_code == httpx.codes.CREATED
        assert "240" in ask(url, FERRY).json()["quotes"][0]["text"]
    assert any("turn not remembered" in line for line in running.said)
    assert check(folder / "data").kinds <= {"checkpoint"}


@pytest.mark.parametrize("damage", WAYS)
def test_conversations_damaged_before_the_start_are_put_aside(folder: Path, damage: Damage) -> None:
    """The server says so in one line, answers, and remembers what is said from then on."""
    path = folder / "data" / "conversations.sqlite"
    kept = Conversations(path, hours=6)
    for number in range(100):
        kept.append(f"conversation-{number}", Turn("Why?", "Why?", answered=True))
    kept.forget("nobody")  # empties the log into the file
    damage(path)
    damaged = path.read_bytes()
    with served(folder) as running:
        url = running.wait_until_ready()
        conversation = ask(url, BORDER).json()["conversation_id"]
        follow_up = ask(url, "And who said so?", conversation).json()
        assert follow_up["standalone_question"] != follow_up["question"]
    [aside] = put_aside_in(folder / "data")
    assert aside.read_bytes() == damaged
    assert sum("damaged file put aside" in line for line in running.said) == 1
    assert not running.faults()


def test_a_disk_that_is_full_at_the_start_stops_no_answers(folder: Path) -> None:
    """Not even the turns whose time is over can be deleted."""
    path = folder / "data" / "conversations.sqlite"
    with served(folder) as running:
        running.wait_until_ready()
    long_ago = Conversations(path, hours=6)
    for number in range(100):
        long_ago.append(f"conversation-{number}", Turn("Why? " * 400, "Why?", answered=True))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE turns SET at = 1")
        connection.commit()
    # Room for SQLite's shared memory, but not for the log of what goes.
    with served(folder, through=("prlimit", "--fsize=65536")) as running:
        answered = ask(running.wait_until_ready(), BORDER)
        assert answered.status_code == httpx.codes.OK
        assert "1,084" in answered.json()["quotes"][0]["text"]
    assert any("conversations not dropped" in line for line in running.said)
    assert not running.faults()


def test_conversations_that_are_damaged_while_it_runs_stop_no_answers(folder: Path) -> None:
    with served(folder) as running:
        url = running.wait_until_ready()
        conversation = ask(url, BORDER).json()["conversation_id"]
        for path in (folder / "data").glob("conversations.sqlite*"):
            path.write_bytes(b"\xff" * path.stat().st_size)
        answered = ask(url, BORDER, conversation)
        assert answered.status_code == httpx.codes.OK
        assert "1,084" in answered.json()["quotes"][0]["text"]
