"""Fixtures of the tests of faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.fixtures import model
from tests.http.process import make_collection
from tests.resilience.disturbing import Disturbance
from tests.telegram.conftest import indexed

__all__ = ["indexed", "model"]


@pytest.fixture
def folder(tmp_path: Path, model_cache: Path) -> Path:
    """A collection for a server of one's own."""
    make_collection(tmp_path, model_cache)
    return tmp_path


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Disturbance]:
    """A machine that can be disturbed."""
    disturbed = Disturbance(tmp_path)
    yield disturbed
    disturbed.close()
