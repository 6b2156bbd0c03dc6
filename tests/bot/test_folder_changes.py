from __future__ import annotations

from pathlib import Path

from bot.folder_changes import FolderChanges
from tests.index.collections_of_articles import eventually

ONE, TWO = frozenset({Path("one")}), frozenset({Path("two")})


def test_changes_are_gathered_and_told_once() -> None:
    changes = FolderChanges()
    assert not changes.call()
    changes.add(None)
    assert changes.call()
    assert changes.take() is None
    changes.settle()
    changes.add(ONE)
    assert changes.call()
    changes.add(TWO)
    assert not changes.call()
    assert changes.take() == ONE | TWO
    assert not changes.call()
    changes.add(TWO)
    assert changes.call()
    assert changes.take() == TWO


def test_it_is_everything_at_first_and_after_a_failure() -> None:
    changes = FolderChanges()
    changes.add(ONE)
    assert changes.take() is None
    changes.lose()
    changes.add(ONE)
    assert changes.take() is None
    changes.add(ONE)
    changes.add(None)
    assert changes.take() is None


def test_after_a_failure_it_is_called_again_once_a_pause_is_over() -> None:
    changes = FolderChanges()
    changes.add(ONE)
    assert changes.call()
    changes.take()
    changes.lose()
    assert eventually(changes.call)
    changes.take()
    for _ in range(5):
        changes.lose()
    # Files that change do not make a store come back; a folder that does may be all it took.
    changes.add(TWO)
    assert not changes.call()
    changes.add(None)
    assert changes.call()
