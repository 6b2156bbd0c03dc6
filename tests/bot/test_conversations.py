"""Conversations where their file cannot be opened: without them at first, with them later."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import conversations
from bot.conversations import Conversations
from bot.sound_files import put_aside_in
from corpus.errors import StoreUnavailable
from retrieval.answer import Turn
from tests.resilience.damaging import WAYS, Damage

TURN = Turn("Why?", "Why?", answered=True)


@pytest.mark.parametrize("damage", WAYS)
def test_a_damaged_file_is_put_aside_and_begun_anew(tmp_path: Path, damage: Damage) -> None:
    path = tmp_path / "conversations.sqlite"
    before = Conversations(path, hours=6)
    for number in range(100):
        before.append(f"conversation-{number}", TURN)
    before.forget("nobody")  # empties the log into the file
    damage(path)
    damaged = path.read_bytes()
    kept = Conversations(path, hours=6)
    kept.append("one", TURN)
    assert kept.history("one") == (TURN,)
    [aside] = put_aside_in(tmp_path)
    assert aside.read_bytes() == damaged


def test_a_file_that_cannot_be_opened_is_told_once_and_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "conversations.sqlite"
    path.mkdir()
    monkeypatch.setattr(conversations, "SECONDS_BETWEEN_OPENINGS", 0.0)
    kept = Conversations(path, hours=6)
    for _ in range(2):
        kept.append("one", TURN)
        assert kept.history("one") == ()
    assert capsys.readouterr().out.count("conversations not kept") == 1
    # Who wants to be forgotten is not told that nothing was kept.
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        kept.forget("one")
    path.rmdir()
    kept.append("one", TURN)
    assert kept.history("one") == (TURN,)
