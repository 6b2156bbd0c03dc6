"""Files of personal data under several threads and processes at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from bot.conversations import Conversations
from retrieval.answer import Turn

OTHER_PROCESS = """
import sys
from pathlib import Path
from bot.conversations import Conversations
for turn in Conversations(Path(sys.argv[1]), 6).history("a"):
    print(turn.question)
"""


def test_a_second_process_does_not_delete_the_log_under_the_first(tmp_path: Path) -> None:
    """It comes and goes as `onrecord ask` does beside a server of several threads."""
    path = tmp_path / "conversations.sqlite3"
    kept = Conversations(path, hours=6)
    kept.append("a", turn("one"))
    in_another_thread(lambda: kept.history("a"))
    assert asked_in_another_process(path) == ["one"]
    kept.append("a", turn("two"))
    in_another_thread(lambda: kept.append("a", turn("three")))
    assert asked_in_another_process(path) == ["one", "two", "three"]
    assert [one.question for one in kept.history("a")] == ["one", "two", "three"]
    assert kept.forget("a") == 3
    assert asked_in_another_process(path) == []


def turn(question: str) -> Turn:
    return Turn(question, question, answered=True)


def in_another_thread(work: Callable[[], object]) -> None:
    """Run it in a thread of its own, which connects anew, and keep the connection."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def asked_in_another_process(path: Path) -> list[str]:
    """The questions that another process finds; it then ends, and so closes its connection."""
    ended = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    return ended.stdout.split()
