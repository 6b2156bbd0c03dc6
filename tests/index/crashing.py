"""A writer to be killed: it does random work for ever and says what it has committed.

Run in a process of its own. A line is written to `journal` before a change ("begin") and after it
("done"), so that whoever killed the process knows what must and what may be there.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path

from index.check import repair
from index.embedded.writer import EmbeddedWriter
from index.opening import open_writer
from index.store import Change, Indexed
from tests.index.collections_of_articles import DIMENSION, MODEL, small

State = dict[str, int]
Tell = Callable[[str, State], None]


def work(data: Path, journal: Path, seed: int) -> None:
    """Add, change, remove, rebuild, repair and write checkpoints until killed."""
    choice = random.Random(seed)
    tell = teller(journal)
    state = last_state(journal)
    while True:
        if choice.random() < 0.15 and state:
            rebuild(data, state)
            continue
        if choice.random() < 0.1 and state:
            repair(data)
            continue
        with open_writer(data, MODEL, DIMENSION) as writer:
            for _ in range(choice.randint(1, 4)):
                state = change(writer, state, choice, tell)


def teller(journal: Path) -> Tell:
    """Adds a line to the journal for every event."""
    handle = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tell(event: str, state: State) -> None:
        os.write(handle, json.dumps([event, state]).encode() + b"\n")

    return tell


def change(writer: EmbeddedWriter, state: State, choice: random.Random, tell: Tell) -> State:
    """Add, change and remove a few articles, and tell of it; what the index holds then."""
    after = dict(state)
    put: list[Indexed] = []
    remove: list[str] = []
    for _ in range(choice.randint(1, 4)):
        name = f"article-{choice.randint(0, 30)}"
        if name in after and choice.random() < 0.4:
            del after[name]
            remove.append(name)
            put = [one for one in put if one.article.id != name]
        else:
            after[name] = choice.randint(0, 1_000_000)
            remove = [one for one in remove if one != name]
            put = [one for one in put if one.article.id != name]
            put.append(small(name, after[name]))
    tell("begin", after)
    writer.apply(Change(put=put, remove=remove))
    tell("done", after)
    return after


def rebuild(data: Path, state: State) -> None:
    """What is in the index does not change by this."""
    with open_writer(data, MODEL, DIMENSION, rebuild=True) as writer:
        for name, seed in state.items():
            writer.apply(Change(put=[small(name, seed)]))


def possible_states(journal: Path) -> list[State]:
    """What the index may hold: the last change that was done, and one begun after it."""
    states: list[State] = [{}]
    if journal.exists():
        # A line that was being written at the end has no end; its event had not happened.
        for line in journal.read_text().split("\n")[:-1]:
            event, state = json.loads(line)
            states = [state] if event == "done" else [states[0], state]
    return states


def last_state(journal: Path) -> State:
    """What the index holds, where the journal ends with a change that was done."""
    return possible_states(journal)[-1]
