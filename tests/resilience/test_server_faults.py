"""`onrecord serve` while the machine around it fails. Each test is a promise of the README."""

from __future__ import annotations

import resource
import signal
from pathlib import Path

import httpx
import pytest

from bot.conversations import Conversations
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
def test_damaged_conversations_are_told_in_one_line(folder: Path, damage: Damage) -> None:
    """The server is there and not ready, and says which file to delete."""
    path = folder / "data" / "conversations.sqlite"
    kept = Conversations(path, hours=6)
    for number in range(100):
        kept.append(f"conversation-{number}", Turn("Why?", "Why?", answered=True))
    kept.forget("nobody")  # empties the log into the file
    damage(path)
    with served(folder) as running:
        # The address is told before anybody listens there.
        with httpx.Client(transport=httpx.HTTPTransport(retries=8), timeout=PATIENCE) as client:
            refused = client.get(f"{running.url()}/readyz")
        assert refused.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert "conversations.sqlite" in refused.json()["detail"]
        assert "delete it" in refused.json()["detail"]


def test_conversations_that_are_damaged_while_it_runs_stop_no_answers(folder: Path) -> None:
    with served(folder) as running:
        url = running.wait_until_ready()
        conversation = ask(url, BORDER).json()["conversation_id"]
        for path in (folder / "data").glob("conversations.sqlite*"):
            path.write_bytes(b"\xff" * path.stat().st_size)
        answered = ask(url, BORDER, conversation)
        assert answered.status_code == httpx.codes.OK
        assert "1,084" in answered.json()["quotes"][0]["text"]
