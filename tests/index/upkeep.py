"""Long work on an index that holds much, each kind for ever, in a process that will be killed.

Each touches `begun` once it is at work.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from index.embedded.connections import open_writing
from index.embedded.location import Location
from index.embedded.making import renew_checkpoint
from index.migration import migrate
from index.opening import open_store, open_writer
from index.store import Change
from tests.index.collections_of_articles import DIMENSION, MODEL, small
from tests.index.crashing import State, change, last_state, teller

SENTENCES = 40
"""Of an article here: 20 passages."""

ARTICLES_AT_ONCE = 25
Work = Callable[[Path, Path, Path, int], None]


def fill(data: Path, articles: int, *, rebuild: bool = False) -> State:
    """An index of so many articles; what it holds."""
    state = {f"base-{number}": number for number in range(articles)}
    with open_writer(data, MODEL, DIMENSION, rebuild=rebuild) as writer:
        for first in range(0, articles, ARTICLES_AT_ONCE):
            numbers = range(first, min(first + ARTICLES_AT_ONCE, articles))
            puts = [small(f"base-{one}", one, sentences=SENTENCES) for one in numbers]
            writer.apply(Change(put=puts))
    return state


def open_and_close(data: Path) -> None:
    """A writer comes and goes."""
    with open_writer(data, MODEL, DIMENSION):
        pass


def write_checkpoint(data: Path) -> None:
    """Write the checkpoint anew, however little has changed."""
    database = Location(data).current()
    with closing(open_writing(database)) as connection:
        renew_checkpoint(database, connection, force=True)


def write_checkpoints(data: Path, journal: Path, begun: Path, seed: int) -> None:
    """Change a little, and write the whole checkpoint."""
    choice, tell, state = random.Random(seed), teller(journal), last_state(journal)
    while True:
        with open_writer(data, MODEL, DIMENSION) as writer:
            state = change(writer, state, choice, tell)
        begun.touch()
        write_checkpoint(data)


def rebuild(data: Path, journal: Path, begun: Path, seed: int) -> None:
    """Build the same anew. Nothing is changed, so that nothing is written into the journal."""
    articles = len(last_state(journal))
    begun.touch()
    for _ in count(seed):
        fill(data, articles, rebuild=True)


def adopt(data: Path, journal: Path, begun: Path, seed: int) -> None:
    """Lose the name of the index in use, and open it all the same, as a writer may."""
    for _ in count(seed):
        Location(data).pointer.unlink(missing_ok=True)
        begun.touch()
        open_and_close(data)


def bring_up(data: Path, journal: Path, begun: Path, seed: int) -> None:
    """Open an index of an earlier version; that it is done once suffices."""
    begun.touch()
    open_store(data).close()


def copy(data: Path, journal: Path, begun: Path, seed: int) -> None:
    """Copy the index into one folder after the other, all of them in a folder `copies`."""
    for number in count(seed):
        begun.touch()
        copy_to(data, data.parent / "copies" / f"{number:09}")


def copy_to(source: Path, target: Path) -> int:
    """Copy an index, or go on copying it; the number of articles that were not there yet."""
    with (
        open_writer(source, MODEL, DIMENSION, wait_seconds=60) as known,
        open_writer(target, MODEL, DIMENSION, wait_seconds=60) as made,
    ):
        return migrate(known, made, Untold()).copied


class Untold:
    """Nobody waits for the copy."""

    def stage(self, name: str, articles: int) -> None:
        """A stage begins."""

    def advanced(self, articles: int) -> None:
        """So many more articles are done."""
