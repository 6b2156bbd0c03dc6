"""The folders of `retrieval` import one way, so that each can be read without those above it."""

from __future__ import annotations

from pathlib import Path

import pytest

import retrieval
from tests.test_architecture import imported

ROOT = Path(retrieval.__file__).parent
BELOW = {
    "words": set(),
    "time": {"words"},
    "question": {"words"},
    "attribution": {"words"},
    "reading": {"words"},
    "evidence": {"words", "time", "question", "attribution", "reading"},
    "disputes": {"words", "question", "attribution"},
    "certainty": {"words", "time", "question", "attribution", "evidence", "disputes"},
    "selection": {"words", "time", "question", "attribution", "evidence", "disputes", "certainty"},
    "conversation": {"words", "time", "selection"},
    "proof": {"words", "attribution", "disputes"},
}
"""What each folder builds on. Values of the whole room (`answer`, `notes`, `progress`) are free."""

FILES = [path for folder in BELOW for path in (ROOT / folder).glob("*.py")]


def test_every_folder_of_the_way_has_its_place() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders - {"evaluation", "training", "models", "data"} == set(BELOW)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_folder_builds_on_those_below_it(path: Path) -> None:
    own = path.parent.name
    used = {name.split(".")[1] for name in imported(path) if name.startswith("retrieval.")}
    assert used & BELOW.keys() <= BELOW[own] | {own}
    assert not used & {"answerer", "assembling", "evaluation", "training"}
