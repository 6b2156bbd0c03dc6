"""The rooms import one way: bot, retrieval, index, corpus."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEIGHT = {"corpus": 0, "index": 1, "retrieval": 2, "bot": 3}
FILES = [path for room in HEIGHT for path in (ROOT / room).rglob("*.py")]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""


def test_every_room_has_files() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(HEIGHT)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_down(path: Path) -> None:
    own = HEIGHT[path.relative_to(ROOT).parts[0]]
    rooms = {name.split(".")[0] for name in imported(path)} & HEIGHT.keys()
    assert all(HEIGHT[room] <= own for room in rooms)
    assert "tests" not in {name.split(".")[0] for name in imported(path)}
